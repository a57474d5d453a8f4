/** A secret from a command, such as a password manager's: the first line that it prints. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expect, firstLineSecret, interrupted, notFound, unavailable } from './refusals.js';

/** A password manager may ask for its own password in a window. */
const TIME_LIMIT_MS = 60_000;
const MOST_OUTPUT = 65_536;
const MOST_SHOWN = 300;
/** For the rest of the output, once the command itself has ended. */
const GRACE_MS = 1000;

interface Ended {
  readonly code: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

interface Running {
  readonly line: string | readonly string[];
  /** The program alone: what follows it may be a secret. */
  readonly shown: string;
  readonly timeLimitMs: number;
}

export const command: SecretProvider = commandProvider(TIME_LIMIT_MS);

/** @param timeLimitMs After which the command is ended and its secret counts as not found. */
export function commandProvider(timeLimitMs: number): SecretProvider {
  return {
    scheme: 'command',
    get: async (reference, context) => {
      const { command: line } = expect(reference, 'command');
      const program = typeof line === 'string' ? (line.trim().split(/\s+/)[0] ?? '') : (line[0] ?? '');
      const shown = `the command ${JSON.stringify(program)}`;
      const { code, stdout, stderr } = await run({ line, shown, timeLimitMs }, context);
      if (code !== 0) {
        const how = code === null ? 'was ended by a signal' : `failed with exit status ${code}`;
        throw notFound(context, `${shown} ${how}${said(stderr)}`, 'Run the command by hand to see why.');
      }
      if (stdout.length === 0)
        throw notFound(
          context,
          `${shown} printed nothing${said(stderr)}`,
          'Run the command by hand: the first line that it prints is the secret.',
        );
      return firstLineSecret(stdout, `what ${shown} printed`, context);
    },
  };
}

/** Ends one way or another: by itself, by the time limit, or by the signal. */
async function run({ line, shown, timeLimitMs }: Running, context: SecretContext): Promise<Ended> {
  if (context.signal?.aborted === true) throw interrupted(context);
  const child = start(line, context);
  let release = () => {};
  const stopped = new Promise<never>((_, reject) => {
    release = stops(child, { shown, timeLimitMs, context, stop: reject });
  });
  try {
    return await Promise.race([ended(child), stopped]);
  } finally {
    release();
    child.kill('SIGKILL');
    child.stdout.destroy();
    child.stderr.destroy();
  }
}

interface Stops {
  readonly shown: string;
  readonly timeLimitMs: number;
  readonly context: SecretContext;
  readonly stop: (error: Error) => void;
}

/** @returns what takes the stops away again. */
function stops(child: Child, { shown, timeLimitMs, context, stop }: Stops): () => void {
  const late = `${shown} did not end within ${timeLimitMs / 1000} s`;
  const timer = setTimeout(
    () => stop(unavailable(context, late, 'Run the command by hand to see what it waits for')),
    timeLimitMs,
  );
  const onAbort = () => stop(interrupted(context));
  context.signal?.addEventListener('abort', onAbort, { once: true });
  child.on('error', () =>
    stop(unavailable(context, `${shown} cannot be run`, 'Check its name and whether it is in the PATH of this run')),
  );
  return () => {
    clearTimeout(timer);
    context.signal?.removeEventListener('abort', onAbort);
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** A list runs as it is; a text goes through the shell. Standard input is closed: nobody is there to type. */
function start(line: string | readonly string[], context: SecretContext): Child {
  const [program = '', ...args] = typeof line === 'string' ? [line] : line;
  return spawn(program, args, {
    shell: typeof line === 'string',
    cwd: context.baseDir,
    env: { ...context.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(child: Child): Promise<Ended> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  collect(child.stdout, stdout);
  collect(child.stderr, stderr);
  return new Promise((resolve) => {
    const finish = (code: number | null) =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
    child.on('close', finish);
    // A program that it left running may hold the pipes open for ever.
    child.on('exit', (code) => setTimeout(finish, GRACE_MS, code).unref());
  });
}

function collect(stream: Readable, into: Buffer[]): void {
  let length = 0;
  stream.on('data', (chunk: Buffer) => {
    if (length < MOST_OUTPUT) into.push(chunk);
    length += chunk.length;
  });
}

/** What the command said on standard error, with control characters made visible. */
function said(stderr: string): string {
  const text = stderr.trim();
  if (text === '') return '';
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  const visible = shown
    .replace(/\r?\n/g, ' / ')
    .replace(
      /[\u0000-\u001f\u007f-\u009f]/g,
      (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
    );
  return `: ${visible}`;
}
