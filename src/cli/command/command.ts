/** What a command is made of: its row in the table, and what it is run with. */

import type { CliIo, GlobalOptions } from '../terminal/io.js';

export interface OptionRow {
  /** As commander writes it: `--since <date>`. */
  readonly flags: string;
  readonly summary: string;
}

/** What a command is run with: its words, its options (names in camel case) and the world. */
export interface Invocation {
  readonly words: readonly string[];
  readonly options: GlobalOptions & Readonly<Record<string, unknown>>;
  readonly io: CliIo;
  /** All commands, for those that speak of the others: help and completion. */
  readonly commands: readonly CommandRow[];
}

export type Handler = (invocation: Invocation) => Promise<number>;

export interface CommandRow {
  readonly name: string;
  /** As commander writes them: `[names...]`. */
  readonly words: string;
  readonly summary: string;
  readonly options: readonly OptionRow[];
  readonly examples: readonly string[];
  readonly load: () => Promise<Handler>;
}

export const GLOBAL_OPTIONS: readonly OptionRow[] = [
  {
    flags: '--config <file>',
    summary: 'accounts.yaml to use (else $OFX_SYNC_CONFIG, ./accounts.yaml, or the one in your configuration folder)',
  },
  { flags: '--data <dir>', summary: 'folder of the store (else $OFX_SYNC_DATA, or your data folder)' },
  { flags: '--json', summary: 'print one JSON document on standard output and nothing else there' },
  { flags: '-q, --quiet', summary: 'say only what went wrong' },
  { flags: '-v, --verbose', summary: 'tell each step with its time, and where an error came from' },
  { flags: '--log-format <format>', summary: 'json: everything on standard error is a JSON object a line (text)' },
  { flags: '--no-color', summary: 'no colour' },
  { flags: '--no-progress', summary: 'no progress' },
];
