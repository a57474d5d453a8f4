/** Runs the programs of the operating system that manage schedules. */

import { spawn } from 'node:child_process';

export interface PlannedCommand {
  readonly argv: readonly string[];
  readonly stdin?: string;
  /** True if a failure does not matter, such as when there was nothing to stop. */
  readonly mayFail?: boolean;
  /** Most attempts, since the system may still be busy with the previous command. */
  readonly attempts?: number;
}

export interface ProgramResult {
  /** 127: the program was not found. */
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const TIME_LIMIT_MS = 30_000;

/** Runs a program to its end. Never rejects. */
export function runProgram({ argv, stdin }: PlannedCommand, env: Environment): Promise<ProgramResult> {
  const [program = '', ...words] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, words, { env: { ...env, LC_ALL: 'C' }, timeout: TIME_LIMIT_MS, windowsHide: true });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.stdin.on('error', () => undefined).end(stdin ?? '');
    child.once('error', (error) => resolve({ ...output, code: 127, stderr: error.message }));
    child.once('close', (code) => resolve({ ...output, code: code ?? 1 }));
  });
}

/** Returns the first line that a program wrote to standard error. */
export function firstLine(stderr: string): string {
  return stderr.trim().split('\n')[0] ?? '';
}
