#!/usr/bin/env node
/** The executable: hands the process to `cli()`. The only file that touches `process`. */

import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { cli } from './cli/cli.js';

const interruption = new AbortController();
function interrupt(): void {
  // Whoever asks a second time does not want to wait for the end of the first.
  if (interruption.signal.aborted) process.exit(130);
  interruption.abort();
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, interrupt);
let outputFailed = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // A reader that has gone away (`| head`) is no error of ours; a full disk is one to be told of.
    if (error.code === 'EPIPE' || outputFailed) return;
    outputFailed = true;
    process.stderr.write(`ofx-sync: the output could not be written: ${error.message}\n`);
  });
}

const code = await cli(process.argv.slice(2), {
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  env: process.env,
  cwd: process.cwd(),
  home: homedir(),
  platform: process.platform,
  pid: process.pid,
  program: [process.execPath, fileURLToPath(import.meta.url)],
  now: () => new Date(),
  random: Math.random,
  signal: interruption.signal,
  interrupt,
});
process.exitCode = outputFailed && code === 0 ? 1 : code;
