/** `serve` as a process: its signals, its own syncs, another process that writes, and where its secrets are seen. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.js';
import { makeCertificate } from '../../src/sandbox/tls.js';
import { configText } from '../support/institutions.js';
import { builtProgram, type Finished, type Started, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { type AccountSet, readAccounts, request } from '../support/serving.js';

vi.setConfig({ testTimeout: 120_000 });

const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

interface Scene {
  readonly cwd: string;
  readonly run: (...argv: string[]) => Promise<Finished>;
  readonly serve: (...argv: string[]) => Promise<{ readonly server: Started; readonly root: string }>;
}

function scene(url = 'sandbox://summit'): Scene {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url }]));
  const program = builtProgram();
  return {
    cwd,
    run: (...argv) => start([program, ...argv], cwd).finished,
    serve: async (...argv) => {
      const server = start([program, 'serve', '--listen', '127.0.0.1:0', ...argv], cwd);
      cleanUps.push(() => server.child.kill('SIGKILL'));
      let stdout = '';
      server.child.stdout?.on('data', (text: string) => {
        stdout += text;
      });
      await Promise.race([server.said('/simplefin'), server.finished]);
      if (server.child.exitCode !== null) throw new Error((await server.finished).stderr);
      return { server, root: stdout.trim() };
    },
  };
}

async function tokenFor({ run }: Scene): Promise<string> {
  return (await run('serve', 'token', 'new', `t${Math.random()}`, '--access-url', '-q')).stdout.trim();
}

async function until<Value>(look: () => Promise<Value>, isDone: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await look();
    if (isDone(value)) return value;
    await delay(100);
  }
}

describe('signals', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s ends it with status 0', async (signal) => {
    const { server } = await scene().serve();
    server.child.kill(signal);
    expect((await server.finished).code).toBe(0);
  });

  test('end a sync that is running: status 130, and the store is whole', async () => {
    const bank = await startSandbox();
    cleanUps.push(() => bank.close());
    const own = scene(`${bank.url('summit')}?fault=hang`);
    const { server } = await own.serve('--every', '1h', '--spread', '0s');
    await until(
      async () => bank.counts('summit').requests,
      (requests) => requests > 0,
    );
    server.child.kill('SIGTERM');
    expect((await server.finished).code).toBe(130);
    expect((await own.run('store', 'check')).code).toBe(0);
  });
});

test('--every syncs at once, serves meanwhile, and a failure ends nothing', async () => {
  const own = scene();
  const { server } = await own.serve('--every', '1h', '--spread', '0s');
  const access = await tokenFor(own);
  const set = await until(
    () => readAccounts(access),
    ({ accounts }) => accounts.length > 0,
  );
  expect(set.accounts[0]?.transactions.length).toBeGreaterThan(10);
  expect(set.errors).toEqual([]);
  // The run is recorded as one of a timer.
  const { stdout } = await own.run('status', '--json');
  expect(JSON.parse(stdout)).toMatchObject({ runs: [{ unattended: true }] });
  server.child.kill('SIGTERM');
  expect(await server.finished).toMatchObject({ code: 0 });
});

test('a configuration that becomes invalid is reported, and the former one serves on', async () => {
  const own = scene();
  const { server } = await own.serve();
  await own.run('-q');
  const access = await tokenFor(own);
  writeFileSync(join(own.cwd, 'accounts.yaml'), 'institutions: [');
  expect((await readAccounts(access)).accounts).toHaveLength(1);
  expect((await readAccounts(access)).accounts).toHaveLength(1);
  server.child.kill('SIGTERM');
  const { stderr } = await server.finished;
  expect(stderr.match(/goes on with the former configuration/g)).toHaveLength(1);
});

test('each answer is one moment while another process syncs again and again', async () => {
  const own = scene();
  await own.run('-q');
  await own.serve();
  const access = await tokenFor(own);
  let isDone = false;
  const writing = (async () => {
    for (let count = 0; count < 3; count += 1) {
      const since = `2026-0${count + 1}-01`;
      expect((await own.run('sync', '-q', '--since', since)).stderr).toBe('');
    }
    isDone = true;
  })();
  const answers: AccountSet[] = [];
  while (!isDone) answers.push(await readAccounts(access, '?start-date=0'));
  await writing;
  const counts = answers.map(({ accounts }) => accounts[0]?.transactions.length ?? 0);
  expect(counts).toEqual(counts.toSorted((a, b) => a - b));
  const all = answers.flatMap(({ accounts }) =>
    accounts.map((one) => new Set(one.transactions.map(({ id }) => id)).size),
  );
  expect(all).toEqual(counts);
});

test('secrets are neither in the process list nor in output, log and files', async () => {
  const own = scene();
  const { server } = await own.serve('--verbose');
  const made = await own.run('serve', 'token', 'new', 'phone', '-q');
  const claimUrl = Buffer.from(made.stdout, 'base64').toString();
  const access = await (await fetch(claimUrl, { method: 'POST' })).text();
  await readAccounts(access);
  await request(access.replace(/.@/, '@'), '/accounts');
  const secrets = [made.stdout.trim(), claimUrl.split('/').at(-1) ?? '', new URL(access).password];
  const commandLine = readFileSync(`/proc/${server.child.pid}/cmdline`, 'utf8');
  const environment = readFileSync(`/proc/${server.child.pid}/environ`, 'utf8');
  server.child.kill('SIGTERM');
  const { stdout, stderr } = await server.finished;
  const data = join(own.cwd, 'data');
  const files = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'));
  expect(stderr).toContain('POST claim: HTTP 200');
  for (const secret of secrets)
    expect([commandLine, environment, stdout, stderr, ...files].filter((text) => text.includes(secret))).toEqual([]);
});

test('with a certificate it serves https', async () => {
  const own = scene();
  const { key, cert, ca } = await makeCertificate();
  writeFileSync(join(own.cwd, 'key.pem'), key, { mode: 0o600 });
  writeFileSync(join(own.cwd, 'cert.pem'), cert);
  const { root } = await own.serve('--cert', 'cert.pem', '--key', 'key.pem');
  expect(root).toMatch(/^https:/);
  const body = await new Promise<string>((resolve, reject) => {
    httpsRequest(`${root}/info`, { ca }, (response) => response.setEncoding('utf8').once('data', resolve))
      .once('error', reject)
      .end();
  });
  expect(JSON.parse(body)).toEqual({ versions: ['1.0', '2.0'] });
  const { stdout } = await own.run('serve', 'token', 'new', 'phone', '-q');
  expect(Buffer.from(stdout, 'base64').toString()).toMatch(/^https:/);
});

test('/metrics has what kept the last run by a timer from going on, for a token of all accounts', async () => {
  const own = scene();
  await own.run('sync', '-q');
  const store = readdirSync(own.cwd, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('ofx-sync.db'),
  );
  const error = { code: 'STORE_FAILED', message: 'the disk is full', hint: null };
  const at = new Date(Date.now() + 1000).toISOString();
  writeFileSync(
    join(own.cwd, store ?? '', '..', 'last-attempt.json'),
    JSON.stringify({ version: 1, startedAt: at, endedAt: at, told: null, error }),
  );
  await own.serve();
  const tokenOf = async (...argv: string[]) =>
    (await own.run('serve', 'token', 'new', `t${argv.length}`, '--access-url', '-q', ...argv)).stdout.trim();
  const metricsFor = async (access: string) => (await request(access.replace('/simplefin', ''), 'metrics')).text();
  expect(await metricsFor(await tokenOf())).toContain('ofx_sync_last_attempt_failed 1\n');
  expect(await metricsFor(await tokenOf('--accounts', 'summit/card'))).not.toContain('last_attempt');
});
