/** Runs a command in this process with a world of its own, and gives back what it wrote. */

import { PassThrough, Readable } from 'node:stream';
import { cli } from '../../src/cli/cli.js';
import { namedConfig } from './named-config.js';

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly signal?: AbortSignal;
  readonly now?: () => Date;
  readonly random?: () => number;
  /** The program that a schedule is to run. */
  readonly script?: string;
  /** Leaves the accounts.yaml of the folder to be found, as somebody else's may be; otherwise it is named, as one's own. */
  readonly found?: boolean;
  /** The user who runs the command, in the place of this process's. */
  readonly user?: { readonly uid: number; readonly gid: number } | null;
  /** The streams are terminals, so wide and 24 lines high. */
  readonly columns?: number;
  /** A person at a terminal, who answers each question. */
  readonly answers?: (question: string) => string | Promise<string>;
}

export async function runCli(argv: readonly string[], options: RunOptions): Promise<Run> {
  const { answers } = options;
  const columns = options.columns ?? (answers === undefined ? undefined : 100);
  const stdout = capture(columns);
  const stderr = capture(columns);
  const keyboard = answers === undefined ? null : person(stderr.stream, answers);
  const code = await cli(argv, {
    stdin: keyboard ?? Readable.from(options.stdin === undefined ? [] : [Buffer.from(options.stdin)]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: {
      PATH: '/usr/bin:/bin',
      OFX_SYNC_DATA: `${options.cwd}/data`,
      ...(options.found === true ? {} : namedConfig(options.cwd)),
      ...options.env,
    },
    cwd: options.cwd,
    home: options.cwd,
    platform: 'linux',
    pid: 4711,
    user: options.user === undefined ? thisUser() : options.user,
    program: [process.execPath, options.script ?? '/opt/ofx-sync/dist/bin.js'],
    now: options.now ?? (() => new Date()),
    random: options.random ?? Math.random,
    signal: options.signal ?? new AbortController().signal,
    interrupt: () => undefined,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

export function thisUser(): { readonly uid: number; readonly gid: number } {
  return { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 };
}

/** Types an answer whenever a question, which ends with a colon or a question mark and a blank, is the last thing on the screen. */
function person(
  screen: PassThrough,
  answers: NonNullable<RunOptions['answers']>,
): PassThrough & { readonly isTTY: true } {
  const keyboard = Object.assign(new PassThrough(), { isTTY: true as const });
  screen.on('data', (chunk: Buffer) => {
    const question = chunk.toString('utf8');
    if (!/[:?] $/.test(question)) return;
    void Promise.resolve(answers(question)).then((answer) => setImmediate(() => keyboard.write(`${answer}\n`)));
  });
  return keyboard;
}

function capture(columns?: number): { stream: PassThrough; text: () => string } {
  const stream = Object.assign(new PassThrough(), columns === undefined ? {} : { isTTY: true, columns, rows: 24 });
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
