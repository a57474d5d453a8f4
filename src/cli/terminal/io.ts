/** The outside world of a command: all that `process` offers, passed in, so that commands run the same way in tests. */

import type { Readable, Writable } from 'node:stream';
import type { Person } from '../../config/trust/ownership.js';

export type LogLevel = 'debug' | 'info' | 'error';
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  /** Steps have the level `debug`, which only `--verbose` shows. */
  write(level: LogLevel, event: string, message: string, fields?: LogFields): void;
}

export interface CliIo {
  readonly stdin: Readable & {
    readonly isTTY?: boolean | undefined;
    /** Switches the editing and echo of the terminal off and on; only a terminal has it. */
    readonly setRawMode?: (isRaw: boolean) => unknown;
  };
  readonly stdout: Writable & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };
  readonly stderr: Writable & {
    readonly isTTY?: boolean | undefined;
    readonly columns?: number | undefined;
    readonly rows?: number | undefined;
  };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
  readonly pid: number;
  /** The user who runs the program; `null` where the system has no such numbers. */
  readonly user: Person | null;
  /** The program itself, as absolute paths: Node, and the script that it runs. */
  readonly program: readonly [node: string, script: string];
  readonly now: () => Date;
  /** At least 0, less than 1. */
  readonly random: () => number;
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Does the same as Ctrl-C, for the time when the terminal delivers Ctrl-C as a key. */
  readonly interrupt: () => void;
  /** Does work that gives nothing else a turn, and during which Ctrl-C ends the program at once. */
  readonly endedBySignals?: <Result>(work: () => Result) => Result;
  /** The log of steps, when one was asked for. */
  readonly log?: Log;
}

/** The options of every command. */
export interface GlobalOptions {
  readonly config?: string;
  readonly data?: string;
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly color?: boolean;
  readonly progress?: boolean;
}

/** Writes all of the text, at the pace of the reader. A reader that has gone away (`| head`) ends the writing silently. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (text === '' || stream.destroyed || stream.write(text)) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      stream.off('drain', done).off('close', done).off('error', done);
      resolve();
    };
    stream.once('drain', done).once('close', done).once('error', done);
  });
}

/** Writes each text as a line. */
export async function writeLines(stream: Writable, lines: readonly string[]): Promise<void> {
  await write(stream, lines.map((line) => `${line}\n`).join(''));
}

/** Writes all of the text and waits until the system has it. @returns false when the reader has gone away. */
export async function writeFlushed(stream: Writable, text: string): Promise<boolean> {
  if (stream.destroyed || stream.writableEnded) return false;
  return new Promise((resolve) => {
    const gone = () => resolve(false);
    stream.once('close', gone);
    stream.write(text, (error) => {
      stream.off('close', gone);
      resolve(error == null);
    });
  });
}
