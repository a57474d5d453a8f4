/** Whole processes from outside: the program with its own folder and a bank beside it, and curl with the same requests. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { requestText } from './request-text.mjs';

/** Another build to compare with: the path of its program. */
export const PROGRAM = process.env.OFX_SYNC_PROGRAM ?? fileURLToPath(new URL('../../../dist/bin.cjs', import.meta.url));
const BANK = fileURLToPath(new URL('./bank-process.mjs', import.meta.url));
const FLOOR = fileURLToPath(new URL('./floor-process.mjs', import.meta.url));
const TIME = '/usr/bin/time';

/**
 * Starts the bank and writes the configuration of `institutions`: for each, the ids of its `accounts`, and the
 * `path` at which the bank has its latency; `more` is a further line.
 */
export async function openScene({ institutions, defaults, transactions = 3 }) {
  const folder = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  const bank = spawn(process.execPath, [BANK, String(transactions)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve) => bank.stdout.once('data', (text) => resolve(Number(text))));
  const address = `http://127.0.0.1:${port}`;
  writeFileSync(
    join(folder, 'accounts.yaml'),
    [
      `defaults: ${JSON.stringify(defaults)}`,
      'institutions:',
      ...institutions.map((one, at) => entry(one, at, address)),
      '',
    ].join('\n'),
  );
  return {
    folder,
    address,
    /** Runs the program once; a warm store is one that it has synced to before. */
    run: (args, program) => timedRun([process.execPath, program ?? PROGRAM, ...args], folder),
    /** Sends as many requests, reads the replies, and stores one row for each: nothing else of what a sync does. */
    floor: () => timedRun([process.execPath, FLOOR, address, String(institutions.length)], folder),
    forget: () => rmSync(join(folder, 'data'), { recursive: true, force: true }),
    peak: async () => Number(await (await fetch(`${address}/peak`)).text()),
    /** Sends one request to each institution with `curl -Z` and throws the replies away. */
    curl: (parallel) => {
      const body = join(folder, 'request.ofx');
      writeFileSync(body, requestText());
      const list = join(folder, 'curl.conf');
      const each = institutions.map(
        ({ path }, at) => `url = "${address}/i${at}/${path}"\noutput = "/dev/null"\ndata-binary = "@${body}"`,
      );
      writeFileSync(list, each.join('\nnext\n'));
      return timedRun(['curl', '-s', '-Z', '--parallel-max', String(parallel), '-K', list], folder);
    },
    close: () => {
      bank.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function entry({ path, accounts, more }, at, address) {
  const list = accounts.map((id, index) => `      - { name: a${index}, kind: checking, id: "${id}", routing: "1" }`);
  return `  - name: i${at}\n    url: ${address}/i${at}/${path}\n    userId: user${at}\n    password: env:BENCH_PASSWORD\n    ofxVersion: 203${more === undefined ? '' : `\n    ${more}`}\n    accounts:\n${list.join('\n')}`;
}

/** @returns the wall time and the time of the processors in milliseconds, and the peak memory in MB; `null` without GNU time. */
function timedRun([command, ...args], folder) {
  const figures = join(folder, 'time.txt');
  const hasTime = existsSync(TIME);
  const line = hasTime ? [TIME, '-o', figures, '-f', '%U %S %M', command, ...args] : [command, ...args];
  const started = process.hrtime.bigint();
  const done = spawnSync(line[0], line.slice(1), {
    cwd: folder,
    env: {
      ...process.env,
      OFX_SYNC_CONFIG: join(folder, 'accounts.yaml'),
      OFX_SYNC_DATA: join(folder, 'data'),
      BENCH_PASSWORD: 'pw',
    },
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(' ')} ended with ${done.status}: ${done.stderr.slice(-2000)}`);
  const [user, system, memory] = hasTime ? readFileSync(figures, 'utf8').trim().split(' ').map(Number) : [];
  return {
    ms,
    cpuMs: hasTime ? (user + system) * 1000 : null,
    memoryMb: hasTime ? memory / 1024 : null,
    stdout: done.stdout,
  };
}

/** The least of each figure. */
export function least(runs) {
  const of = (name) => Math.min(...runs.map((one) => one[name] ?? Number.NaN));
  return { ms: of('ms'), cpuMs: of('cpuMs'), memoryMb: of('memoryMb') };
}
