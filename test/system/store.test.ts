/** The store when something is wrong with it, its care, and what people ask of it. */

import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.js';
import { change, dump } from '../support/dump.js';
import { configText } from '../support/institutions.js';
import { builtProgram, start } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const SUMMIT = configText([{ name: 'summit', url: 'sandbox://summit' }]);

function project(text: string = SUMMIT): { cwd: string; data: string; store: string } {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  return { cwd, data: join(cwd, 'data'), store: join(cwd, 'data', 'ofx-sync.db') };
}

async function synced(text?: string): Promise<ReturnType<typeof project>> {
  const made = project(text);
  expect((await runCli(['-q'], { cwd: made.cwd })).code).toBe(0);
  return made;
}

const count = (data: string) => dump(data)['transactions']?.length ?? 0;

describe('store check', () => {
  test('a healthy store has nothing to complain of', async () => {
    const { cwd } = await synced();
    const { code, stdout } = await runCli(['store', 'check'], { cwd });
    expect([code, stdout.split('\n').filter((line) => line.startsWith('✓')).length]).toEqual([0, 4]);
  });

  test('others who may read it, content that does not agree, and a file that is not a database are each reported', async () => {
    const { cwd, data, store } = await synced();
    chmodSync(store, 0o644);
    change(data, "UPDATE transactions SET amount = '1.00' WHERE id = 1");
    const { code, stdout } = await runCli(['store', 'check', '--json'], { cwd });
    const { findings } = JSON.parse(stdout) as { findings: { what: string; ok: boolean }[] };
    expect(code).toBe(1);
    expect(findings.filter(({ ok }) => !ok).map(({ what }) => what)).toEqual(['permissions', 'transactions']);
    writeFileSync(store, 'no database at all, but long enough to be looked at as one\n'.repeat(200));
    const broken = await runCli(['store', 'check'], { cwd });
    expect([broken.code, broken.stdout]).toEqual([1, expect.stringContaining('is damaged, or is not a database')]);
  });

  test('a page that is damaged is found', async () => {
    const { cwd, store } = await synced();
    expect((await runCli(['store', 'compact'], { cwd })).code).toBe(0);
    const bytes = readFileSync(store);
    bytes.fill(0x5a, bytes.length - 12_288, bytes.length - 4096);
    writeFileSync(store, bytes);
    const { code, stdout } = await runCli(['store', 'check'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/backups|damaged/);
  });
});

describe('store backup and compact', () => {
  test('a backup is a whole store, for its owner alone, and never overwrites', async () => {
    const { cwd, data } = await synced();
    const { stdout } = await runCli(['store', 'backup'], { cwd });
    const file = stdout.trim();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const restored = join(cwd, 'restored');
    mkdirSync(restored);
    writeFileSync(join(restored, 'ofx-sync.db'), readFileSync(file));
    expect(dump(restored)).toEqual(dump(data));
    expect((await runCli(['store', 'backup', 'mine.db'], { cwd })).stdout.trim()).toBe(join(cwd, 'mine.db'));
    const again = await runCli(['store', 'backup', 'mine.db'], { cwd });
    expect([again.code, again.stderr]).toEqual([1, expect.stringContaining('exists already')]);
    expect(readdirSync(cwd).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('compacting makes the file smaller and keeps everything', async () => {
    const { cwd, data } = await synced();
    change(data, 'CREATE TABLE ballast AS SELECT randomblob(2000000) AS x', 'DROP TABLE ballast');
    const before = dump(data);
    const { stdout } = await runCli(['store', 'compact', '--json'], { cwd });
    const sizes = JSON.parse(stdout) as { before: number; after: number };
    expect(sizes.after).toBeLessThan(sizes.before - 1_500_000);
    expect(dump(data)).toEqual(before);
  });

  test('without a store, both say so', async () => {
    const { cwd } = project();
    for (const action of ['backup', 'compact', 'check']) {
      const { code, stdout, stderr } = await runCli(['store', action], { cwd });
      expect([code, stdout + stderr]).toEqual([1, expect.stringContaining('no store found in')]);
    }
  });
});

describe('a store that cannot be used', () => {
  test('a newer one is named and left alone', async () => {
    const { cwd, data } = await synced();
    change(data, 'PRAGMA user_version = 99');
    const { code, stderr } = await runCli([], { cwd });
    expect([code, stderr]).toEqual([1, expect.stringContaining('newer ofx-sync (schema 99')]);
  });

  test('a damaged one gives no raw error, and nothing is sent', async () => {
    const { cwd, store } = await synced();
    truncateSync(store, 5000);
    appendFileSync(store, Buffer.alloc(20_000, 0x41));
    const { code, stderr } = await runCli([], { cwd });
    expect(code).toBe(1);
    expect(stderr).toMatch(/is damaged.*\n.*backup/);
  });

  test.skipIf(process.getuid?.() === 0)('a folder that may not be written says which', async () => {
    const { cwd, data } = await synced();
    chmodSync(data, 0o500);
    const { code, stderr } = await runCli([], { cwd });
    chmodSync(data, 0o700);
    expect([code, stderr]).toEqual([1, expect.stringContaining(data)]);
  });
});

describe('two at once', () => {
  test('two syncs started together: both end well, one after the other, and nothing is there twice', async () => {
    const program = builtProgram();
    const { cwd, data } = project(configText([{ name: 'summit', url: 'sandbox://summit?delay=2500ms' }]));
    const [one, two] = [start([program], cwd), start([program], cwd)];
    const ended = await Promise.all([one.finished, two.finished]);
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    expect(ended.map(({ stderr }) => stderr).join('')).toMatch(
      /another run is at work \((?:since \d\d:\d\d|it has just started)\); waiting up to 10 s for it to finish/,
    );
    const clean = await synced();
    expect(count(data)).toBe(count(clean.data));
  });
});

test('three mornings with a wrong password are one signon at the institution, and the login is not locked', async () => {
  const sandbox = await startSandbox();
  try {
    const entry = { name: 'summit', url: sandbox.url('summit') };
    const { cwd } = project(configText([{ ...entry, password: '{ literal: wrong }' }]));
    for (let morning = 0; morning < 3; morning += 1) await runCli(['-q', '--no-progress'], { cwd });
    expect(sandbox.counts('summit')).toMatchObject({ signons: 1, refusedSignons: 1 });
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
    expect((await runCli(['-q'], { cwd })).code).toBe(0);
    expect(sandbox.counts('summit')).toMatchObject({ signons: 2, refusedSignons: 1 });
  } finally {
    await sandbox.close();
  }
});

test('a statement that leaves out one transaction is listed with its amount until a full one explains it', async () => {
  const now = (day: string) => () => new Date(`${day}T07:00:00`);
  const address = (query: string) => configText([{ name: 'summit', url: `sandbox://summit${query}` }]);
  const { cwd, data } = project(address(''));
  await runCli(['-q'], { cwd, now: now('2026-11-01') });
  const later = project(address(''));
  await runCli(['-q'], { cwd: later.cwd, now: now('2026-11-20') });
  const missing = dump(later.data)
    ['transactions']?.map(({ fitid, body }) => ({ fitid, body: String(body) }))
    .find(({ fitid }) => String(fitid) > '20261105' && String(fitid) < '20261115');
  const amount = (JSON.parse(missing?.body ?? '{}') as { amount: string }).amount;

  writeFileSync(join(cwd, 'accounts.yaml'), address(`?fault=without&fitid=${String(missing?.fitid)}`));
  const { stdout } = await runCli(['--json'], { cwd, now: now('2026-11-20') });
  const [account] = (JSON.parse(stdout) as { accounts: { notices: { code: string; message: string }[] }[] }).accounts;
  expect(account?.notices).toMatchObject([{ code: 'balance-gap', message: expect.stringContaining(`${amount} USD`) }]);
  const listed = await runCli(['check', '--balances'], { cwd });
  expect([listed.code, listed.stdout]).toEqual([1, expect.stringContaining(`${amount} USD`)]);

  writeFileSync(join(cwd, 'accounts.yaml'), address(''));
  const full = await runCli(['--json'], { cwd, now: now('2026-11-21') });
  expect((JSON.parse(full.stdout) as { accounts: { notices: unknown[] }[] }).accounts[0]?.notices).toEqual([]);
  expect((await runCli(['check', '--balances'], { cwd })).code).toBe(0);
  expect(existsSync(data)).toBe(true);
});
