/** Opens a file with the program that the system has for it. */

import { spawn } from 'node:child_process';

interface Surroundings {
  readonly platform: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Some programs that open a file stay until it is closed: one that has not failed by then has opened it. */
const PATIENCE_MS = 5_000;

/** Returns program and arguments that open a file. */
export function openerOf(file: string, platform: string): readonly [program: string, ...words: string[]] {
  if (platform === 'darwin') return ['open', file];
  // Unlike `start`, this gives the name of the file to no shell.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', file];
  return ['xdg-open', file];
}

/** Opens the file. @returns the reason why it could not, `null` when it was opened. */
export function openFile(file: string, { platform, env }: Surroundings): Promise<string | null> {
  const [program, ...words] = openerOf(file, platform);
  return new Promise((resolve) => {
    const child = spawn(program, words, { env, stdio: 'ignore', detached: true });
    const settle = (problem: string | null) => {
      clearTimeout(timer);
      child.unref();
      resolve(problem);
    };
    const timer = setTimeout(() => settle(null), PATIENCE_MS);
    child.once('error', () => settle(`${program} was not found`));
    child.once('exit', (code) => settle(code === 0 ? null : `${program} ended with status ${code ?? 'unknown'}`));
  });
}
