/**
 * The log of steps on standard error: sentences with times for a person (`--verbose`), or a JSON object per line for a program
 * that collects logs (`--log-format json`), which turns every other message there into such a line too. It never contains a
 * secret, an account number or an amount.
 */

import { Writable } from 'node:stream';
import { visible } from '../terminal/escape.js';
import type { CliIo, Log, LogFields, LogLevel } from '../terminal/io.js';

export interface LogChoice {
  readonly verbose: boolean;
  readonly quiet: boolean;
  readonly format: 'text' | 'json';
}

/** Reads the log options before the command line is parsed, so that its mistakes are reported in the same format. */
export function logChoice(argv: readonly string[]): LogChoice & { readonly unknown: string | null } {
  const at = argv.findLastIndex((word) => word === '--log-format' || word.startsWith('--log-format='));
  const given = at < 0 ? 'text' : (argv[at]?.split('=')[1] ?? argv[at + 1] ?? '');
  return {
    verbose: argv.some((word) => word === '--verbose' || /^-q*v[qv]*$/.test(word)),
    quiet: argv.some((word) => word === '--quiet' || /^-v*q[qv]*$/.test(word)),
    format: given === 'json' ? 'json' : 'text',
    unknown: given === 'json' || given === 'text' ? null : given,
  };
}

/** Adds the log that was asked for. */
export function withLog(io: CliIo, choice: LogChoice): CliIo {
  if (choice.format === 'json') return withJsonLog(io, choice);
  return choice.verbose ? { ...io, log: textLog(io) } : io;
}

function textLog(io: CliIo): Log {
  const started = io.now().getTime();
  return {
    write: (_level, _event, message) => {
      const seconds = ((io.now().getTime() - started) / 1000).toFixed(3).padStart(8);
      io.stderr.write(`${seconds} s  ${visible(message)}\n`);
    },
  };
}

function withJsonLog(io: CliIo, { verbose, quiet }: LogChoice): CliIo {
  const isWanted: Readonly<Record<LogLevel, boolean>> = { debug: verbose, info: verbose || !quiet, error: true };
  const line = (level: LogLevel, event: string, message: string, fields: LogFields = {}) => {
    const entry = { time: io.now().toISOString(), level, event, message, ...fields };
    io.stderr.write(`${JSON.stringify(entry)}\n`);
  };
  let rest = '';
  const stderr = new Writable({
    decodeStrings: false,
    write: (chunk: unknown, _encoding, done) => {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const message of lines) if (message.trim() !== '') line('info', 'message', message);
      done();
    },
  });
  return {
    ...io,
    stderr,
    log: {
      write: (level, event, message, fields) => {
        if (isWanted[level]) line(level, event, message, fields);
      },
    },
  };
}
