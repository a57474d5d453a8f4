/** Programs of the operating system, asked to take a schedule over or to say what they have. */

import { spawn } from 'node:child_process';

export interface PlannedCommand {
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** Its failure changes nothing: there was nothing to stop. */
  readonly mayFail?: boolean;
  /** Tried so often, since the system may still be at work on the command before. */
  readonly attempts?: number;
}

export interface Ran {
  /** 127: there is no such program. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const TIME_LIMIT_MS = 30_000;

/** Runs a program to its end. Never rejects. */
export function runProgram({ argv, stdin }: PlannedCommand, env: Environment): Promise<Ran> {
  const [program = '', ...words] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, words, { env: { ...env, LC_ALL: 'C' }, timeout: TIME_LIMIT_MS, windowsHide: true });
    const heard = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      heard.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      heard.stderr += text;
    });
    child.stdin.on('error', () => undefined).end(stdin ?? '');
    child.once('error', (error) => resolve({ ...heard, code: 127, stderr: error.message }));
    child.once('close', (code) => resolve({ ...heard, code: code ?? 1 }));
  });
}

/** The first line that a program said on standard error. */
export function firstLine(stderr: string): string {
  return stderr.trim().split('\n')[0] ?? '';
}
