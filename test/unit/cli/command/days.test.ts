/** Days as people name them, in every command that takes days. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { daysNamed, withDaysJoined } from '../../../../src/cli/command/days.js';
import { isoDate } from '../../../../src/model/dates.js';
import { configText } from '../../../support/institutions.js';
import { runCli } from '../../../support/run-cli.js';
import { scratchDir } from '../../../support/scratch.js';

const friday = isoDate('2026-11-20');

test.each([
  ['2026-11-03', '2026-11-03', '2026-11-03'],
  ['today', '2026-11-20', '2026-11-20'],
  ['Yesterday', '2026-11-19', '2026-11-19'],
  ['0d', '2026-11-20', '2026-11-20'],
  ['30d', '2026-10-21', '2026-10-21'],
  ['this week', '2026-11-16', '2026-11-22'],
  ['last week', '2026-11-09', '2026-11-15'],
  ['this month', '2026-11-01', '2026-11-30'],
  ['last month', '2026-10-01', '2026-10-31'],
  ['last-month', '2026-10-01', '2026-10-31'],
  ['lastmonth', '2026-10-01', '2026-10-31'],
  ['this year', '2026-01-01', '2026-12-31'],
  ['last  year', '2025-01-01', '2025-12-31'],
  ['2026-10', '2026-10-01', '2026-10-31'],
  ['2026-02', '2026-02-01', '2026-02-28'],
  ['2024-02', '2024-02-01', '2024-02-29'],
  ['2025-12', '2025-12-01', '2025-12-31'],
  ['2026', '2026-01-01', '2026-12-31'],
])('%s is %s to %s', (text, from, to) => {
  expect(daysNamed(text, friday)).toEqual({ from, to });
});

test.each(['', '2026-13', '2026-02-30', '26', '2026-1', '20261120', 'last', 'next month', 'rent', '-3d', '1234567d'])(
  '%j names no days',
  (text) => {
    expect(daysNamed(text, friday)).toBeNull();
  },
);

test.each([
  ['2026-01-15', '2025-12-01', '2025-12-31'],
  ['2024-03-31', '2024-02-01', '2024-02-29'],
])('last month, seen from %s, is %s to %s', (today, from, to) => {
  expect(daysNamed('last month', isoDate(today))).toEqual({ from, to });
});

test('two words without quotes are joined after --since and --until, and nowhere else', () => {
  expect(withDaysJoined(['transactions', '--since', 'last', 'month', 'river'])).toEqual([
    'transactions',
    '--since',
    'last month',
    'river',
  ]);
  expect(withDaysJoined(['--since', 'this', 'year', '--until', 'Last', 'Month'])).toEqual([
    '--since',
    'this year',
    '--until',
    'Last Month',
  ]);
  for (const argv of [
    ['transactions', 'last', 'month'],
    ['--since', 'last', 'river'],
    ['--since', '30d', 'month'],
  ])
    expect(withDaysJoined(argv)).toEqual(argv);
});

describe('in commands', () => {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'data'));
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'river', url: 'sandbox://summit' }]));
  const run = (...argv: string[]) => runCli(argv, { cwd, now: () => new Date(2026, 10, 20, 6, 30) });

  test('each command with --since takes the same words, with or without quotes', async () => {
    await run('sync');
    const october = (await run('transactions', '--since', '2026-10-01', '--until', '2026-10-31', '--csv')).stdout;
    expect(october.split('\r\n').length).toBeGreaterThan(3);
    for (const words of [['last month'], ['last', 'month'], ['2026-10']])
      expect((await run('transactions', '--since', ...words, '--until', ...words, '--csv')).stdout).toBe(october);
    const exported = await run('export', '--format', 'csv', '--since', '2026-10', '--until', 'last', 'month');
    expect(exported.stdout.trimEnd().split('\n')).toHaveLength(october.trimEnd().split('\n').length);
    for (const argv of [
      ['rules', 'test', '--since', 'yesterday'],
      ['closings', '--since', 'last month'],
      ['import', '--replay', '--since', 'today'],
      ['sync', '--since', 'yesterday', '--until', 'this month', '--dry-run'],
    ])
      expect(await run(...argv)).toMatchObject({ code: 0 });
  });

  test('an account is a word', async () => {
    const all = (await run('transactions', '--csv')).stdout;
    expect((await run('transactions', 'river', '--csv')).stdout).toBe(all);
    expect((await run('transactions', 'river/card', '--account', 'river', '--csv')).stdout).toBe(all);
    const whole = (await run('export', '--format', 'csv')).stdout;
    expect((await run('export', 'river', '--format', 'csv')).stdout).toBe(whole);
    expect(await run('transactions', 'rivr')).toMatchObject({ code: 2, stderr: expect.stringContaining('river') });
    expect(await run('export', 'hledger')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Did you mean: ofx-sync export --format hledger?'),
    });
  });

  test('the end of this month is to come: the bank is asked for an open end', async () => {
    const { stdout } = await run('sync', '--since', 'last month', '--until', 'this month', '--dry-run');
    expect(stdout).toContain('<DTSTART>20261001');
    expect(stdout).not.toContain('<DTEND>');
    expect((await run('sync', '--since', 'last month', '--until', 'last month', '--dry-run')).stdout).toContain(
      '<DTEND>20261031',
    );
  });

  test.each([
    [['--since', 'soon'], '--since takes a day such as'],
    [['--until', 'last', 'moon'], '--until takes a day such as'],
    [['--since', 'today', '--until', 'yesterday'], '--since is later than --until: 2026-11-20, 2026-11-19'],
  ])('%j is refused', async (words, message) => {
    expect(await run('transactions', ...words)).toMatchObject({ code: 2, stderr: expect.stringContaining(message) });
  });
});
