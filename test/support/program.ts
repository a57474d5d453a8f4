/** The program as it is installed: compiled once from today's sources, and run as a process of its own. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** One a worker, so that none reads what another is writing. */
const HOME = join(ROOT, 'node_modules', '.cache', `ofx-sync-program-${process.env['VITEST_POOL_ID'] ?? '0'}`);

/** Compiles the program. @returns the path of its executable. */
export function builtProgram(): string {
  mkdirSync(HOME, { recursive: true });
  copyFileSync(join(ROOT, 'package.json'), join(HOME, 'package.json'));
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const out = join(HOME, 'dist');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', out], { cwd: ROOT });
  return join(out, 'bin.js');
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Started {
  readonly child: ChildProcess;
  /** Resolves when standard error or standard output has said so. */
  readonly said: (text: string) => Promise<void>;
  readonly finished: Promise<Finished>;
}

/** Starts Node with these arguments in a folder, without the environment of the tests. */
export function start(argv: readonly string[], cwd: string): Started {
  const env = { PATH: process.env['PATH'], HOME: cwd, OFX_SYNC_DATA: join(cwd, 'data') };
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const heard = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    heard();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    heard();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, stdout, stderr }));
  });
  const said = (text: string) =>
    new Promise<void>((resolve) => {
      const look = () => {
        if (!stdout.includes(text) && !stderr.includes(text)) return;
        listeners.delete(look);
        resolve();
      };
      listeners.add(look);
      look();
    });
  return { child, said, finished };
}
