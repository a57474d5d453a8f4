/** Secrets from commands, such as password managers: the first line that the command prints. */

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, resolve, sep } from 'node:path';
import type { Readable } from 'node:stream';
import type { SecretReference } from '../model/secret.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expectScheme, firstLineSecret, interrupted, notFound, unavailable } from './errors.js';

/** A password manager may ask for its own password in a window. */
const TIME_LIMIT_MS = 60_000;
const MOST_OUTPUT = 65_536;
const MOST_SHOWN = 300;
/** Time for the rest of the output after the command itself has ended. */
const GRACE_MS = 1000;

interface CommandResult {
  readonly code: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

interface CommandRun {
  readonly line: string | readonly string[];
  /** Only the program, since its arguments may be secret. */
  readonly shown: string;
  readonly timeLimitMs: number;
}

export const command: SecretProvider = commandProvider(TIME_LIMIT_MS);

/** Makes the provider. @param timeLimitMs limit after which the command is killed */
export function commandProvider(timeLimitMs: number): SecretProvider {
  return {
    scheme: 'command',
    get: async (reference, context) => {
      const { command: line } = expectScheme(reference, 'command');
      const program = typeof line === 'string' ? (line.trim().split(/\s+/)[0] ?? '') : (line[0] ?? '');
      const shown = `the command ${JSON.stringify(program)}`;
      const { code, stdout, stderr } = await run({ line, shown, timeLimitMs }, context);
      if (code !== 0) {
        const how = code === null ? 'was killed by a signal' : `failed with exit status ${code}`;
        throw notFound(context, `${shown} ${how}${errorOutput(stderr)}`, 'To see why, run the command yourself.');
      }
      if (stdout.length === 0)
        throw notFound(
          context,
          `${shown} printed nothing${errorOutput(stderr)}`,
          'Run the command yourself: the first line that it prints must be the secret.',
        );
      return firstLineSecret(stdout, `what ${shown} printed`, context);
    },
  };
}

/** Runs the command until it ends, the time limit is over, or the run is interrupted. */
async function run({ line, shown, timeLimitMs }: CommandRun, context: SecretContext): Promise<CommandResult> {
  if (context.signal?.aborted === true) throw interrupted(context);
  const child = start(line, context);
  let release = () => {};
  const stopped = new Promise<never>((_, reject) => {
    release = rejectWhenStopped(child, { shown, timeLimitMs }, context, reject);
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

/** Calls `stop` at the time limit, when the run is interrupted, or when the command cannot start. @returns a function that ends this */
function rejectWhenStopped(
  child: Child,
  { shown, timeLimitMs }: Pick<CommandRun, 'shown' | 'timeLimitMs'>,
  context: SecretContext,
  stop: (error: Error) => void,
): () => void {
  const late = `${shown} did not end within ${timeLimitMs / 1000} s`;
  const timer = setTimeout(
    () => stop(unavailable(context, late, 'To see what it waits for, run the command yourself')),
    timeLimitMs,
  );
  const onAbort = () => stop(interrupted(context));
  context.signal?.addEventListener('abort', onAbort, { once: true });
  child.on('error', () =>
    stop(unavailable(context, `${shown} cannot be run`, 'Check its name, and that it is in the PATH of this run')),
  );
  return () => {
    clearTimeout(timer);
    context.signal?.removeEventListener('abort', onAbort);
  };
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** Starts a list directly, and a text through the shell. Standard input is closed, since nobody is there to type. */
function start(line: string | readonly string[], context: SecretContext): Child {
  const [program = '', ...args] = typeof line === 'string' ? [line] : line;
  return spawn(program, args, {
    shell: typeof line === 'string',
    cwd: context.baseDir,
    env: { ...context.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function ended(child: Child): Promise<CommandResult> {
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  collect(child.stdout, stdout);
  collect(child.stderr, stderr);
  return new Promise((resolve) => {
    const finish = (code: number | null) =>
      resolve({ code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') });
    child.on('close', finish);
    // A program that it started in the background may keep the pipes open forever.
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

/** Returns what the command wrote to standard error, with control characters escaped. */
function errorOutput(stderr: string): string {
  const text = stderr.trim();
  if (text === '') return '';
  const shown = text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text;
  const escaped = shown
    .replace(/\r?\n/g, ' / ')
    .replace(
      /[\u0000-\u001f\u007f-\u009f]/g,
      (character) => `\\x${(character.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}`,
    );
  return `: ${escaped}`;
}

/** Checks that the program of a command exists, without running it. @throws SecretError */
export async function requireProgram(reference: SecretReference, context: SecretContext): Promise<void> {
  const { command: line } = expectScheme(reference, 'command');
  // The words of a line belong to the shell.
  const program = typeof line === 'string' ? null : (line[0] ?? '');
  if (program === null || (await isProgram(program, context))) return;
  throw unavailable(
    context,
    `the command ${JSON.stringify(program)} cannot be run`,
    'Check its name, and that it is in the PATH of this run',
  );
}

async function isProgram(program: string, { env, baseDir }: SecretContext): Promise<boolean> {
  const isPath = program.includes('/') || program.includes(sep);
  const folders = isPath ? [''] : (env['PATH'] ?? env['Path'] ?? '').split(delimiter);
  const endings = sep === '/' ? [''] : ['', ...(env['PATHEXT'] ?? '.EXE').split(';')];
  for (const folder of folders)
    for (const ending of endings) if (await canRun(resolve(baseDir, folder, `${program}${ending}`))) return true;
  return false;
}

async function canRun(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
