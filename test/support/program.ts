/** The program as it is installed: compiled once from today's sources, and run as a process of its own. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { namedConfig } from './named-config.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache');
const BUNDLER = join(ROOT, 'scripts', 'bundle.mjs');

/** Compiles the program, once for today's sources however many tests ask. @returns the path of its executable. */
export function builtProgram(): string {
  const home = join(CACHE, `ofx-sync-program-${stampOfSources()}`);
  const executable = join(home, 'dist', 'bin.js');
  if (existsSync(executable)) return executable;
  mkdirSync(CACHE, { recursive: true });
  const begun = `${home}-begun`;
  if (isBegunByAnother(begun) && isBuiltSoon(executable)) return executable;
  try {
    build(home);
  } finally {
    rmSync(begun, { recursive: true, force: true });
  }
  return executable;
}

function isBegunByAnother(begun: string): boolean {
  try {
    mkdirSync(begun);
    return false;
  } catch {
    return true;
  }
}

/** Waits for the worker that has begun, which may have been killed. */
function isBuiltSoon(executable: string): boolean {
  const quarters = new Int32Array(new SharedArrayBuffer(4));
  for (let waited = 0; waited < 120 && !existsSync(executable); waited += 1) Atomics.wait(quarters, 0, 0, 250);
  return existsSync(executable);
}

function build(home: string): void {
  dropOld();
  const fresh = mkdtempSync(join(CACHE, 'ofx-sync-building-'));
  // A test may run it as another user.
  chmodSync(fresh, 0o755);
  writeManifest(fresh);
  const compiler = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--outDir', join(fresh, 'dist')], {
    cwd: ROOT,
  });
  execFileSync(process.execPath, [BUNDLER, join(fresh, 'dist')]);
  try {
    renameSync(fresh, home);
  } catch {
    // Another worker was faster with the same.
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** Programs of sources that are no more; another run may be using one of this hour. */
function dropOld(): void {
  for (const name of readdirSync(CACHE)) {
    const path = join(CACHE, name);
    if (name.startsWith('ofx-sync-') && statSync(path).mtimeMs < Date.now() - 3_600_000)
      rmSync(path, { recursive: true, force: true });
  }
}

/** Writes package.json for a program that is built: npm before version 11 builds when it packs, also with `--ignore-scripts`. */
export function writeManifest(folder: string): void {
  const { scripts, ...manifest } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: object };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Changes when a source does. */
function stampOfSources(): string {
  const stamp = createHash('sha256').update(readFileSync(BUNDLER));
  for (const entry of readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { mtimeMs, size } = statSync(path);
    stamp.update(`${path} ${mtimeMs} ${size}\n`);
  }
  return stamp.digest('hex').slice(0, 16);
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

/** Starts Node with these arguments in a folder, without the environment of the tests, and with what is added to it. */
export function start(argv: readonly string[], cwd: string, added: Readonly<Record<string, string>> = {}): Started {
  return startCommand([process.execPath, ...argv], cwd, added);
}

/** Starts any command in the same way. */
export function startCommand(
  [command, ...argv]: readonly [string, ...string[]],
  cwd: string,
  added: Readonly<Record<string, string>> = {},
): Started {
  const own = { PATH: process.env['PATH'], HOME: cwd, TMPDIR: tmpdir(), OFX_SYNC_DATA: join(cwd, 'data') };
  const env = { ...namedConfig(cwd), ...added, ...own };
  const child = spawn(command, argv, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
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
