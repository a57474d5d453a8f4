/** The types of a command (its row in the table, its invocation, its handler), and the options that several commands share. */

import type { CliIo, GlobalOptions } from '../terminal/io.js';

export interface OptionRow {
  /** In the syntax of commander: `--since <date>`. */
  readonly flags: string;
  readonly summary: string;
}

/** One run of a command: its words, its options (names in camel case) and the outside world. */
export interface Invocation {
  readonly words: readonly string[];
  readonly options: GlobalOptions & Readonly<Record<string, unknown>>;
  readonly io: CliIo;
  /** All commands, for help and completion. */
  readonly commands: readonly CommandRow[];
}

export type Handler = (invocation: Invocation) => Promise<number>;

export interface CommandRow {
  readonly name: string;
  /** In the syntax of commander: `[names...]`. */
  readonly words: string;
  readonly summary: string;
  readonly options: readonly OptionRow[];
  readonly examples: readonly string[];
  readonly load: () => Promise<Handler>;
}

/** The summary of each option by its flags; a later entry replaces an earlier one with the same flags. */
type Summaries = Readonly<Record<string, string>>;

/** Returns the rows of options, in their order. */
export function optionRows(summaries: Summaries): readonly OptionRow[] {
  return Object.entries(summaries).map(([flags, summary]) => ({ flags, summary }));
}

export const GLOBAL_OPTIONS = optionRows({
  '--config <file>':
    'accounts.yaml to use (default: $OFX_SYNC_CONFIG, ./accounts.yaml, or the one in your configuration folder)',
  '--data <dir>': 'folder of the store (default: $OFX_SYNC_DATA, or your data folder)',
  '--json': 'print one JSON document on standard output, and nothing else there',
  '-q, --quiet': 'print only what went wrong',
  '-v, --verbose': 'log each step with its time, and where an error came from',
  '--log-format <format>': 'text (default), or json: one JSON object per line on standard error',
  '--no-color': 'no colour',
  '--no-progress': 'no progress display',
});

/** Options of `serve` that `schedule install --serve` takes, too. */
export const SERVER_OPTIONS = {
  '--listen <address>': 'ADDRESS:PORT to listen on (default 127.0.0.1:8639)',
  '--public-url <url>': 'address by which others reach the server, and the only one answered',
  '--cert <file>': 'PEM file of a certificate, for https',
  '--key <file>': 'PEM file of its private key',
  '--behind-proxy': 'a proxy does the encryption; needs --public-url',
  '--plain-http': 'no encryption, in a network that is yours alone',
  '--metrics-balances': 'include balances in /metrics',
} as const;

/** Options of several commands. */
export const ACCOUNT = {
  '--account <name...>': 'the same as a name',
} as const;
export const SINCE = {
  '--since <date>': 'first day: 2026-11-20, 30d, yesterday, last month, 2026',
} as const;
export const UNTIL = { '--until <date>': 'last day, in the same words' } as const;
export const TIMEOUT = { '--timeout <time>': 'time limit of one request, such as 60s' } as const;
export const FORCE = { '--force': 'sign on even though an earlier sign-on was refused' } as const;
