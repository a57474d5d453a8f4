/** `ofx-sync status`: what it says after runs that went well, failed, were refused and were interrupted. */

import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

interface StatusDocument {
  readonly status: string;
  readonly accounts: readonly {
    readonly institution: string;
    readonly stale: boolean;
    readonly failing: boolean;
    readonly failures: number;
    readonly failingSince: string | null;
    readonly ageSeconds: number | null;
    readonly lastFailure: { readonly code: string } | null;
    readonly signonBlocked: { readonly code: string } | null;
  }[];
  readonly runs: readonly object[];
}

const at =
  (day: number, hour = 6) =>
  () =>
    new Date(2026, 10, day, hour, 30);

function project(): { cwd: string; faults: (river: string, summit?: string) => void } {
  const cwd = scratchDir();
  const faults = (river: string, summit = '') =>
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      configText(
        [
          {
            name: 'river',
            url: `sandbox://river${river}`,
            accounts: '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]',
          },
          { name: 'summit', url: `sandbox://summit${summit}` },
        ],
        '{ retries: 0 }',
      ),
    );
  faults('');
  return { cwd, faults };
}

async function status(cwd: string, day: number, more: readonly string[] = []) {
  const { code, stdout } = await runCli(['status', '--json', ...more], { cwd, now: at(day) });
  return { code, document: JSON.parse(stdout) as StatusDocument };
}

describe('status', () => {
  test('before the first sync every account needs a person, and nothing is made', async () => {
    const { cwd } = project();
    const { code, stdout } = await runCli(['status'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toMatch(/river\/checking +never +never downloaded/);
    expect(existsSync(join(cwd, 'data'))).toBe(false);
  });

  test('fresh after a success, stale after its age, by account, option and default', async () => {
    const { cwd } = project();
    await runCli(['-q'], { cwd, now: at(1) });
    expect((await status(cwd, 1)).code).toBe(0);
    expect((await status(cwd, 4)).document.accounts.map(({ stale }) => stale)).toEqual([false, false]);
    expect((await status(cwd, 5)).code).toBe(1);
    expect((await status(cwd, 5, ['--stale-after', '10d'])).code).toBe(0);
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      configText(
        [
          {
            name: 'river',
            url: 'sandbox://river',
            accounts: '[{ name: checking, kind: checking, id: "000123456", routing: "121000248", staleAfter: 90d }]',
            more: ['staleAfter: 1d'],
          },
          { name: 'summit', url: 'sandbox://summit' },
        ],
        '{ staleAfter: 12h }',
      ),
    );
    expect((await status(cwd, 30)).document.accounts.map(({ stale }) => stale)).toEqual([false, true]);
  });

  test('a clock that jumped back makes nothing negative', async () => {
    const { cwd } = project();
    await runCli(['-q'], { cwd, now: at(20, 7) });
    const { code, document } = await status(cwd, 20);
    expect(document.accounts.map(({ ageSeconds }) => ageSeconds)).toEqual([0, 0]);
    expect(code).toBe(0);
  });

  test('a success more than a day ahead shows nothing: its clock or this one is wrong', async () => {
    const { cwd } = project();
    await runCli(['-q'], { cwd, now: at(20) });
    const { code, document } = await status(cwd, 10);
    expect(document.accounts.map(({ ageSeconds, stale }) => [ageSeconds, stale])).toEqual([
      [null, true],
      [null, true],
    ]);
    expect(code).toBe(1);
  });

  test('counts the runs that failed since the last success, and names the last failure with its advice', async () => {
    const { cwd, faults } = project();
    await runCli(['-q'], { cwd, now: at(1) });
    faults('?fault=http-503');
    await runCli(['-q'], { cwd, now: at(2) });
    await runCli(['-q'], { cwd, now: at(3) });
    const { code, document } = await status(cwd, 3);
    expect(code).toBe(1);
    expect(document.accounts).toMatchObject([
      {
        failing: true,
        failures: 2,
        failingSince: at(2)().toISOString(),
        stale: false,
        lastFailure: { code: 'SERVER_UNAVAILABLE' },
      },
      { failing: false, failures: 0, lastFailure: null },
    ]);
    const { stdout } = await runCli(['status'], { cwd, now: at(3) });
    expect(stdout).toContain('failing since 2026-11-02 (2 runs)');
    expect(stdout).toMatch(/503/);
    expect(stdout).toContain('2026-11-03 06:30  1 ok, 1 failed');

    faults('');
    await runCli(['-q'], { cwd, now: at(4) });
    const after = await status(cwd, 4);
    expect(after.code).toBe(0);
    expect(after.document.accounts[0]).toMatchObject({
      failing: false,
      failures: 0,
      lastFailure: { code: 'SERVER_UNAVAILABLE' },
    });
  });

  test('shows a sign-on that is blocked until it is put right', async () => {
    const { cwd, faults } = project();
    faults('', '?fault=signon-15500');
    await runCli(['-q'], { cwd, now: at(1) });
    await runCli(['-q'], { cwd, now: at(2) });
    const { document } = await status(cwd, 2);
    expect(document.accounts[1]).toMatchObject({
      failures: 2,
      signonBlocked: { code: 'SIGNON_REJECTED' },
      lastFailure: { code: 'SIGNON_BLOCKED', status: 'skipped' },
    });
    const { stdout } = await runCli(['status', '--quiet'], { cwd, now: at(2) });
    expect(stdout).not.toContain('river');
    expect(stdout).toContain('sign-on blocked since 2026-11-01 (2 runs)');
    expect(stdout).toContain('ofx-sync sync summit --force');
  });

  test('a run that a person stopped is no failure', async () => {
    const { cwd, faults } = project();
    await runCli(['-q'], { cwd, now: at(1) });
    faults('?fault=hang');
    const interruption = new AbortController();
    const run = runCli(['-q'], { cwd, now: at(1, 7), signal: interruption.signal });
    setTimeout(() => interruption.abort(), 200);
    expect((await run).code).toBe(130);
    expect((await status(cwd, 1)).document.accounts[0]).toMatchObject({ failing: false, lastFailure: null });
  });

  test('names choose accounts, and wrong options end before anything is read', async () => {
    const { cwd } = project();
    expect((await status(cwd, 1, ['summit'])).document.accounts.map(({ institution }) => institution)).toEqual([
      'summit',
    ]);
    for (const argv of [
      ['--stale-after', '3'],
      ['--format', 'xml'],
      ['--runs', 'x'],
      ['--json', '--format', 'text'],
    ])
      expect((await runCli(['status', ...argv], { cwd })).code, argv.join(' ')).toBe(2);
  });
});

describe('status --format prometheus', () => {
  const parser = '/usr/bin/python3';
  const missing = !hasPrometheusParser(parser);
  if (missing && process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1')
    throw new Error('python3-prometheus-client is not installed');

  test.skipIf(missing)(
    `is read by the Prometheus client library${missing ? ' (python3-prometheus-client is not installed)' : ''}`,
    async () => {
      const { cwd, faults } = project();
      await runCli(['-q'], { cwd, now: at(1) });
      faults('?fault=http-503');
      await runCli(['-q'], { cwd, now: at(2) });
      const { code, stdout } = await runCli(['status', '--format', 'prometheus'], { cwd, now: at(5) });
      expect(code).toBe(1);
      const script =
        'import sys,json\nfrom prometheus_client.parser import text_string_to_metric_families as p\nprint(json.dumps([[s.name, s.labels, s.value] for f in p(sys.stdin.read()) for s in f.samples]))';
      const samples = JSON.parse(
        execFileSync(parser, ['-c', script], { input: stdout, encoding: 'utf8' }),
      ) as unknown[];
      const river = { institution: 'river', account: 'checking' };
      expect(samples).toContainEqual([
        'ofx_sync_account_last_success_timestamp_seconds',
        river,
        at(1)().getTime() / 1000,
      ]);
      expect(samples).toContainEqual(['ofx_sync_account_stale', river, 1]);
      expect(samples).toContainEqual(['ofx_sync_account_failing_runs', river, 1]);
      expect(samples).toContainEqual(['ofx_sync_signon_blocked', { institution: 'summit' }, 0]);
      expect(samples).toContainEqual(['ofx_sync_last_run_accounts', { status: 'failed' }, 1]);
      expect(samples).toContainEqual(['ofx_sync_last_run_timestamp_seconds', {}, at(2)().getTime() / 1000]);
    },
  );
});

test('a balance that the transactions do not explain is shown until one does', async () => {
  const { cwd, faults } = project();
  await runCli(['-q'], { cwd, now: at(1) });
  faults('?fault=without&fitid=20261105-1');
  await runCli(['-q'], { cwd, now: at(10) });
  const { stdout, code } = await runCli(['status'], { cwd, now: at(10) });
  expect(stdout).toMatch(/notice: the balances of 2026-11-01 and 2026-11-10 differ by -\d+\.\d\d USD more/);
  expect(code).toBe(0);
  faults('');
  await runCli(['-q'], { cwd, now: at(11) });
  expect((await runCli(['status'], { cwd, now: at(11) })).stdout).not.toContain('notice');
});

function hasPrometheusParser(python: string): boolean {
  try {
    execFileSync(python, ['-c', 'import prometheus_client.parser'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
