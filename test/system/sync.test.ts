/** `ofx-sync` as people run it, against the embedded institutions over real HTTP. */

import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.js';
import { lockDataDir } from '../../src/store/lock.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const EXAMPLE = readFileSync(new URL('../../accounts.example.yaml', import.meta.url), 'utf8').replace(
  '  - name: glacier',
  '  - name: glacier\n    timeout: 20s',
);

function project(text: string): string {
  const dir = scratchDir();
  writeFileSync(join(dir, 'accounts.yaml'), text);
  return dir;
}

test('the example syncs, and a second sync adds nothing', async () => {
  const cwd = project(EXAMPLE);
  const first = await runCli(['--json'], { cwd });
  expect(first.code).toBe(0);
  const document = JSON.parse(first.stdout) as {
    version: number;
    run: Record<string, unknown>;
    totals: Record<string, number>;
    accounts: Record<string, unknown>[];
  };
  expect(Object.keys(document)).toEqual(['version', 'run', 'totals', 'accounts']);
  expect(Object.keys(document.run)).toEqual(['startedAt', 'durationMs', 'sequentialMs', 'concurrency']);
  expect(Object.keys(document.accounts[0] ?? {})).toEqual(
    'institution account kind status transactions ledgerBalance availableBalance period durationMs attempts notices unread error'.split(
      ' ',
    ),
  );
  expect(document.totals['newTransactions']).toBeGreaterThan(100);
  const stored = await runCli(['transactions', '--json'], { cwd });

  const second = await runCli(['--json'], { cwd });
  const again = JSON.parse(second.stdout) as typeof document;
  expect(again.totals).toMatchObject({ ok: 8, failed: 0, skipped: 0, newTransactions: 0 });
  for (const { transactions } of again.accounts) expect(transactions).toMatchObject({ new: 0, changed: 0, removed: 0 });
  expect((await runCli(['transactions', '--json'], { cwd })).stdout).toBe(stored.stdout);
});

test('everything that is made is for its owner alone', async () => {
  const cwd = project(configText([{ name: 'summit', url: 'sandbox://summit' }]));
  await runCli(['--quiet'], { cwd });
  expect(statSync(join(cwd, 'data')).mode & 0o777).toBe(0o700);
  expect(statSync(join(cwd, 'data', 'ofx-sync.db')).mode & 0o777).toBe(0o600);
});

test('the later window begins at the last end less the overlap, and --since overrides it', async () => {
  const cwd = project(configText([{ name: 'summit', url: 'sandbox://summit' }], '{ history: 30d, overlap: 5d }'));
  const now = () => new Date('2026-11-20T12:00:00');
  const period = async (argv: readonly string[]) => {
    const { stdout } = await runCli([...argv, '--json'], { cwd, now });
    return (JSON.parse(stdout) as { accounts: { period: unknown }[] }).accounts[0]?.period;
  };
  expect(await period([])).toEqual({ from: '2026-10-21', to: '2026-11-20' });
  expect(await period([])).toEqual({ from: '2026-11-15', to: '2026-11-20' });
  expect(await period(['--since', '2026-09-01', '--until', '2026-09-30'])).toEqual({
    from: '2026-09-01',
    to: '2026-09-30',
  });
});

test('a window that is too long is halved until the institution answers, and nothing is missing', async () => {
  const accounts = '[{ name: courant, kind: checking, id: "20041010050500013", routing: "30004" }]';
  const cwd = project(
    configText(
      [{ name: 'linden', url: 'sandbox://linden', accounts, more: ['ofxVersion: "102"'] }],
      '{ history: 200d }',
    ),
  );
  const { stdout, code } = await runCli(['--json'], { cwd });
  expect(code).toBe(0);
  const [account] = (
    JSON.parse(stdout) as {
      accounts: { period: { from: string; to: string }; attempts: number; transactions: { new: number } }[];
    }
  ).accounts;
  expect(account?.attempts).toBeGreaterThan(4);
  const again = await runCli(['--json', '--since', '200d'], { cwd });
  expect((JSON.parse(again.stdout) as { totals: { newTransactions: number } }).totals.newTransactions).toBe(0);
  expect(account?.transactions.new).toBeGreaterThan(100);
});

test('six mistakes are six lines with places, exit 2, and nothing is made or sent', async () => {
  const text = [
    'defaults: { history: 90 }',
    'institutions:',
    '  - name: river',
    '    url: http://ofx.example/ofx',
    '    userid: alex',
    '    password: hunter2-secret',
    '    accounts:',
    '      - { name: a, kind: chequing, id: 000123456, routing: "121000248" }',
    '',
  ].join('\n');
  const cwd = project(text);
  const { code, stdout, stderr } = await runCli([], { cwd });
  expect(code).toBe(2);
  expect(stdout).toBe('');
  const places = stderr.split('\n').filter((line) => /accounts\.yaml:\d+:\d+: /.test(line));
  expect(
    places.map((line) =>
      line
        .replace(/^.*accounts\.yaml:/, '')
        .split(': ')
        .slice(0, 2)
        .join(' '),
    ),
  ).toEqual([
    '1:22 defaults.history',
    '4:10 institutions.0.url',
    '5:5 institutions.0.userid',
    '6:15 institutions.0.password',
    '8:26 institutions.0.accounts.0.kind',
    '8:40 institutions.0.accounts.0.id',
  ]);
  expect(stderr).toContain('did you mean `userId`?');
  expect(stderr).toContain('"000123456"');
  expect(stderr).not.toContain('hunter2');
  expect(existsSync(join(cwd, 'data'))).toBe(false);
});

test('a configuration that is wrong is one JSON document with --json', async () => {
  const cwd = scratchDir();
  const { code, stdout } = await runCli(['--json'], { cwd });
  expect(code).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ version: 1, error: { code: 'CONFIG_NOT_FOUND' } });
});

test('names choose institutions and accounts; an unknown one is named with its nearest', async () => {
  const cwd = project(EXAMPLE);
  const { stdout } = await runCli(['summit', 'river/savings', '--json'], { cwd });
  const { accounts } = JSON.parse(stdout) as { accounts: { institution: string; account: string }[] };
  expect(accounts.map(({ institution, account }) => `${institution}/${account}`)).toEqual([
    'river/savings',
    'summit/card',
  ]);
  const wrong = await runCli(['sumit'], { cwd });
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('Did you mean summit?');
  const command = await runCli(['transactoins'], { cwd });
  expect(command.stderr).toContain('ofx-sync transactions');
});

test('a dry run shows the exact requests, resolves no secret and sends nothing', async () => {
  const cwd = project(
    configText([
      {
        name: 'river',
        url: 'https://ofx.example/x',
        password: 'env:NOT_SET',
        more: ['ofxVersion: "102"', 'org: RIVER', 'fid: "1001"'],
      },
    ]),
  );
  const { code, stdout } = await runCli(['sync', '--dry-run'], { cwd });
  expect(code).toBe(0);
  expect(stdout).toContain('POST https://ofx.example/x');
  expect(stdout).toMatch(/OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n/);
  expect(stdout).toContain('<USERPASS>********\n');
  expect(stdout).toContain('<ACCTID>4111111111111111\n');
  expect(existsSync(join(cwd, 'data'))).toBe(false);
});

test('Ctrl-C stops at once, keeps what had arrived, and ends with 130', async () => {
  const cwd = project(
    configText([
      { name: 'quick', url: 'sandbox://summit' },
      { name: 'hanging', url: 'sandbox://summit?fault=hang' },
    ]),
  );
  const arrived = async () => {
    const { stdout } = await runCli(['transactions', '--json'], { cwd });
    return stdout === '' ? 0 : (JSON.parse(stdout) as { transactions: unknown[] }).transactions.length;
  };
  const interruption = new AbortController();
  const run = runCli(['--json'], { cwd, signal: interruption.signal });
  while ((await arrived()) === 0) await delay(20);
  interruption.abort();
  const { code, stdout } = await run;
  expect(code).toBe(130);
  const { accounts } = JSON.parse(stdout) as { accounts: { status: string; error: { code: string } | null }[] };
  expect(accounts.map(({ status, error }) => [status, error?.code ?? null])).toEqual([
    ['ok', null],
    ['skipped', 'INTERRUPTED'],
  ]);
  expect(await arrived()).toBeGreaterThan(20);
});

test('a wrong password is tried once; later runs leave the login alone until it changes or --force is given', async () => {
  const text = (password: string) =>
    configText([{ name: 'summit', url: 'sandbox://summit', password: `{ literal: ${password} }` }]);
  const cwd = project(text('wrong'));
  const codeOf = async (argv: readonly string[]) => {
    const { stdout } = await runCli([...argv, '--json'], { cwd });
    const [account] = (
      JSON.parse(stdout) as { accounts: { status: string; attempts: number; error: { code: string } | null }[] }
    ).accounts;
    return [account?.status, account?.attempts, account?.error?.code ?? null];
  };
  expect(await codeOf([])).toEqual(['failed', 1, 'SIGNON_REJECTED']);
  expect(await codeOf([])).toEqual(['skipped', 0, 'SIGNON_BLOCKED']);
  expect(await codeOf(['--force'])).toEqual(['failed', 1, 'SIGNON_REJECTED']);
  writeFileSync(join(cwd, 'accounts.yaml'), text('demo'));
  expect(await codeOf([])).toEqual(['ok', 1, null]);
  expect(await codeOf([])).toEqual(['ok', 1, null]);
});

test.each([
  ['signon-15500', 'SIGNON_REJECTED', ['skipped', 0, 'SIGNON_BLOCKED']],
  ['signon-15502', 'SIGNON_LOCKED', ['skipped', 0, 'SIGNON_BLOCKED']],
  ['signon-15501', 'SIGNON_BUSY', ['failed', 1, 'SIGNON_BUSY']],
] as const)('%s: %s, and what the next run does', async (fault, code, next) => {
  const cwd = project(configText([{ name: 'summit', url: `sandbox://summit?fault=${fault}` }]));
  const outcome = async () => {
    const { stdout } = await runCli(['--json', '--retries', '0'], { cwd });
    const { accounts } = JSON.parse(stdout) as {
      accounts: { status: string; attempts: number; error: { code: string } | null }[];
    };
    return accounts.map(({ status, attempts, error }) => [status, attempts, error?.code ?? null]);
  };
  expect(await outcome()).toEqual([['failed', 1, code]]);
  expect(await outcome()).toEqual([next]);
});

test('a login that was good is no longer trusted when its password changes: one signon, not two at once', async () => {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const accounts =
    '[{ name: a, kind: checking, id: "000123456", routing: "121000248" }, { name: b, kind: savings, id: "000123457", routing: "121000248" }]';
  const more = ['ofxVersion: "102"', 'accountsPerRequest: 1', 'perInstitution: 2'];
  const text = (password: string) =>
    configText([{ name: 'river', url: sandbox.url('river'), accounts, more, password: `{ literal: ${password} }` }]);
  const cwd = project(text('demo'));
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
  expect(sandbox.counts('river')).toMatchObject({ signons: 2, refusedSignons: 0 });
  writeFileSync(join(cwd, 'accounts.yaml'), text('wrong'));
  expect((await runCli(['-q'], { cwd })).code).toBe(3);
  expect(sandbox.counts('river')).toMatchObject({ signons: 3, refusedSignons: 1 });
});

test('all failed is 3, one of two is 1', async () => {
  const bad = { name: 'bad', url: 'sandbox://summit?fault=http-403' };
  expect((await runCli(['-q'], { cwd: project(configText([bad])) })).code).toBe(3);
  const mixed = await runCli(['-q'], { cwd: project(configText([bad, { name: 'good', url: 'sandbox://summit' }])) });
  expect(mixed.code).toBe(1);
  expect(mixed.stdout).toBe('');
  expect(mixed.stderr).toContain('✗ bad › card ••••1111: ');
});

test('a second run says since when another is at work and who that is, with a status of its own', async () => {
  const cwd = project(configText([{ name: 'summit', url: 'sandbox://summit' }]));
  const since = new Date(2026, 10, 20, 6, 30).toISOString();
  const lock = await lockDataDir(join(cwd, 'data'), { holder: { pid: 12_345, since } });
  const tryFor = (argv: readonly string[], day: number) => {
    const interruption = new AbortController();
    setTimeout(() => interruption.abort(), 300);
    return runCli(argv, { cwd, signal: interruption.signal, now: () => new Date(2026, 10, day, 6, 31) });
  };
  const same = await tryFor([], 20);
  const later = await tryFor(['--json'], 21);
  const writing = await tryFor(['consumers', 'remove', 'books', '-q'], 20);
  lock.release();
  expect([same.code, later.code, writing.code]).toEqual([75, 75, 75]);
  expect(same.stderr).toContain('another run is at work (since 06:30); waiting up to 10 s for it to finish\n');
  expect(same.stderr).toContain('ofx-sync: another run is at work (since 06:30)\n');
  expect(same.stderr).toContain('process 12345 is using ');
  expect(JSON.parse(later.stdout)).toMatchObject({
    error: { code: 'STORE_LOCKED', message: 'another run is at work (since 2026-11-20 06:30)' },
  });
  expect(writing.stderr).not.toContain('waiting');
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
});
