#!/usr/bin/env node
/** Runs `cli()` with the process. No other file uses `process`. */

import { existsSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './cli/command/cache-folder.js';
import { type Parts, partsBeside } from './cli/command/parts.js';
import type { CliIo } from './cli/terminal/io.js';
import { NOWHERE } from './config/yaml/locate.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
/** Node's word for the look-up of a host name, which nothing can stop. */
const LOOK_UP = 'GetAddrInfoReqWrap';

const interruption = new AbortController();
function interrupt(): void {
  // The second signal ends the program without waiting for the first to take effect.
  if (interruption.signal.aborted) endInterrupted();
  interruption.abort();
}

/** Ends with status 130. `exit()` waits for host names that are being looked up, which without a network takes long. */
function endInterrupted(): void {
  // A signal that Windows knows nothing of would end it with another status.
  if (process.platform === 'win32' || !process.getActiveResourcesInfo().includes(LOOK_UP)) process.exit(130);
  for (const signal of SIGNALS) process.off(signal, interrupt);
  process.kill(process.pid, 'SIGINT');
}

for (const signal of SIGNALS) process.on(signal, interrupt);

/** Leaves signals to the system while work gives the event loop no turn to hear of them. */
function endedBySignals<Result>(work: () => Result): Result {
  for (const signal of SIGNALS) process.off(signal, interrupt);
  try {
    return work();
  } finally {
    for (const signal of SIGNALS) process.on(signal, interrupt);
  }
}
let outputFailed = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that stops reading (`| head`) is not an error; a full disk is, and is reported.
    if (error.code === 'EPIPE' || outputFailed) return;
    outputFailed = true;
    process.stderr.write(`ofx-sync: the output could not be written: ${error.message}\n`);
  });
}

/** Returns the numbers of the effective user and group, which decide what the process may do. */
function userNumbers(): { readonly uid: number; readonly gid: number } | null {
  const [uid, gid] = [process.geteuid?.(), process.getegid?.()];
  return uid === undefined || gid === undefined ? null : { uid, gid };
}

/** Returns the current folder; one that was removed has nothing in it. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    const { PWD } = process.env;
    return PWD === undefined || !isAbsolute(PWD) || existsSync(PWD) ? NOWHERE : PWD;
  }
}

/** Returns the home folder; a user whom the system does not know has none unless HOME is set. */
function homeFolder(): string {
  try {
    return homedir();
  } catch {
    return NOWHERE;
  }
}

const io: CliIo = {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: currentFolder(),
  home: homeFolder(),
  platform: process.platform,
  pid: process.pid,
  user: userNumbers(),
  program: [process.execPath, fileURLToPath(new URL('./bin.js', import.meta.url))],
  now: () => new Date(),
  random: Math.random,
  signal: interruption.signal,
  interrupt,
  endedBySignals,
};

/** The bundled program loads what follows through it (scripts/bundle.mjs). `null` where nothing is kept. */
function keptParts(): Parts | null {
  const folder = cacheFolder(io);
  // Two builds of one version may compile to something else. It is gone while Node is being updated.
  const built = statSync(process.execPath, { throwIfNoEntry: false });
  if (folder === null || built === undefined) return null;
  const { execPath, version, execArgv } = process;
  const engine = [execPath, built.size, built.mtimeMs, version, process.env['NODE_OPTIONS'], ...execArgv];
  return partsBeside(fileURLToPath(import.meta.url), { folder, pid: process.pid, engine: engine.join(' ') });
}

async function run(): Promise<void> {
  const parts = keptParts();
  const { cli } = await import('./cli/cli.js');
  const code = await cli(process.argv.slice(2), io);
  // Not `exit()`: what a module of others still writes, as that of a budget does, is written to its end.
  process.exitCode = outputFailed && code === 0 ? 1 : code;
  parts?.keep(io.now());
  if (process.exitCode === 130) setInterval(endUnlessBusy, 100).unref();
}

/** Ends the program when all that holds it are look-ups of host names; the standard streams do not. */
function endUnlessBusy(): void {
  const holding = process.getActiveResourcesInfo().filter((one) => one !== 'PipeWrap' && one !== 'TTYWrap');
  if (holding.length > 0 && holding.every((one) => one === LOOK_UP)) endInterrupted();
}

void run();
