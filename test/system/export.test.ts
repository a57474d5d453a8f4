/** `ofx-sync export` as a person uses it: selection, formats, and files that are written completely or not at all. */

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readCsv } from '../support/csv-reader.js';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cwd = scratchDir();
const run = (...argv: string[]): Promise<Run> => runCli(['export', ...argv], { cwd });

beforeAll(async () => {
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([
      { name: 'summit', url: 'sandbox://summit' },
      {
        name: 'meadow',
        url: 'sandbox://meadow',
        accounts: '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]',
      },
    ]),
  );
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
});

describe('selection', () => {
  test('all configured accounts, in the order of the dates', async () => {
    const { code, stdout, stderr } = await run('--format', 'csv');
    const [head = [], ...rows] = readCsv(stdout);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(new Set(rows.map((row) => row[head.indexOf('account')]))).toEqual(new Set(['card', 'joint']));
    const dates = rows.map((row) => row[head.indexOf('postedOn')] ?? '');
    expect(dates).toEqual(dates.toSorted());
    expect(dates.length).toBeGreaterThan(20);
  });

  test('one account, some days', async () => {
    const all = readCsv((await run('--format', 'ynab', '--account', 'summit/card')).stdout).slice(1);
    const day = all[5]?.[0] ?? '';
    const some = readCsv(
      (await run('--format', 'ynab', '--account', 'card', '--since', day, '--until', day)).stdout,
    ).slice(1);
    expect(some).toEqual(all.filter(([date]) => date === day));
  });

  test('ndjson is what transactions --json has', async () => {
    const lines = (await run('--format', 'ndjson')).stdout.trimEnd().split('\n');
    const { transactions } = JSON.parse((await runCli(['transactions', '--json'], { cwd })).stdout) as {
      transactions: unknown[];
    };
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(transactions);
    expect(JSON.parse((await run('--format', 'json')).stdout)).toEqual({ version: 1, transactions });
  });

  test.each([
    [[], 'export needs a format'],
    [['--format', 'yanb'], 'Did you mean --format ynab?'],
    [['--format', 'constructor'], 'unknown format "constructor"'],
    [['--format', 'csv', '--since', 'someday'], '--since takes a day such as'],
    [['--format', 'csv', '--since', '2026-02-01', '--until', '2026-01-01'], '--since is later than --until'],
    [['--format', 'csv', '--account', 'nobody'], 'nobody'],
  ])('%j is invalid', async (argv, message) => {
    const { code, stderr, stdout } = await run(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('--output', () => {
  test('writes the same output, readable by its owner only, and no temporary file remains', async () => {
    const dir = join(cwd, 'out');
    mkdirSync(dir);
    const { code, stdout } = await run('--format', 'csv', '--output', 'out/all.csv');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(join(dir, 'all.csv'), 'utf8')).toBe((await run('--format', 'csv')).stdout);
    expect(statSync(join(dir, 'all.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(dir)).toEqual(['all.csv']);
  });

  test('follows a link instead of replacing it', async () => {
    writeFileSync(join(cwd, 'real.csv'), 'before');
    symlinkSync('real.csv', join(cwd, 'link.csv'));
    expect((await run('--format', 'csv', '--output', 'link.csv')).code).toBe(0);
    expect(readFileSync(join(cwd, 'real.csv'), 'utf8')).toContain('institution,account');
  });

  test.each([
    ['a folder', '.', 'is a folder'],
    ['no folder', 'nowhere/x.csv', 'its folder does not exist'],
    ['a file as folder', 'accounts.yaml/x.csv', 'its folder is a file'],
  ])('%s', async (_, path, message) => {
    const { code, stderr } = await run('--format', 'csv', '--output', path);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test('an interrupted run keeps the previous file', async () => {
    const dir = join(cwd, 'kept');
    mkdirSync(dir);
    writeFileSync(join(dir, 'a.csv'), 'before');
    const interruption = new AbortController();
    interruption.abort();
    const { code } = await runCli(['export', '--format', 'csv', '--output', 'kept/a.csv'], {
      cwd,
      signal: interruption.signal,
    });
    expect(code).toBe(130);
    expect(readFileSync(join(dir, 'a.csv'), 'utf8')).toBe('before');
    expect(readdirSync(dir)).toEqual(['a.csv']);
  });

  test.skipIf(process.getuid?.() === 0)('a folder without permission says so', async () => {
    const dir = join(cwd, 'closed');
    mkdirSync(dir);
    chmodSync(dir, 0o500);
    expect((await run('--format', 'csv', '--output', 'closed/a.csv')).stderr).toContain('no permission');
  });
});

describe('--output-dir', () => {
  test('a file for each account, named after it', async () => {
    mkdirSync(join(cwd, 'each'));
    expect((await run('--format', 'ofx', '--output-dir', 'each')).code).toBe(0);
    expect(readdirSync(join(cwd, 'each')).toSorted()).toEqual(['meadow-joint.ofx', 'summit-card.ofx']);
    const { stdout } = await runCli(['inspect', 'each/meadow-joint.ofx', '--json', '--strict'], { cwd });
    const wanted = (await run('--format', 'ndjson', '--account', 'joint')).stdout.trim().split('\n').length;
    expect(JSON.parse(stdout)).toMatchObject({ notices: [], statements: [{ account: { id: '0044881200' } }] });
    expect(
      (JSON.parse(stdout) as { statements: { transactions: unknown[] }[] }).statements[0]?.transactions,
    ).toHaveLength(wanted);
  });

  test('with --new only for accounts with new transactions', async () => {
    await run('--format', 'qif', '--new', '--account', 'card', '--output', 'card.qif');
    expect((await run('--format', 'qif', '--new', '--output-dir', 'fresh')).code).toBe(0);
    expect(readdirSync(join(cwd, 'fresh'))).toEqual(['meadow-joint.qif']);
  });

  test.each(['ynab', 'actual', 'ofx'])(
    '%s cannot hold several accounts in one output, and names the way out',
    async (format) => {
      const { code, stdout, stderr } = await run('--format', format, '--new', '--output', `mixed-${format}`);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain('Write a file for each: --output-dir DIR');
      expect(existsSync(join(cwd, `mixed-${format}`))).toBe(false);
      const dir = `each-${format}`;
      expect((await run('--format', format, '--new', '--output-dir', dir)).code).toBe(0);
      expect(readdirSync(join(cwd, dir))).toHaveLength(2);
    },
  );

  test.each(['csv', 'ndjson', 'mint', 'lunchmoney', 'gnucash', 'hledger', 'qif'])(
    '%s keeps several accounts apart',
    async (format) => {
      expect((await run('--format', format)).code).toBe(0);
    },
  );

  test.each([
    [['--format', 'ofx'], 'one ofx file cannot keep 2 accounts apart'],
    [['--output-dir', 'x', '--name', 'x'], '--name must contain {account}'],
    [['--output-dir', 'x', '--name', '{acount} {account}'], '--name has no place {acount}'],
    [['--output-dir', 'x', '--name', '../{account}'], '--name takes a file name, not a path'],
    [['--output-dir', 'x', '--output', 'y'], 'exclude each other'],
    [['--name', '{account}'], '--name requires --output-dir'],
    [['--ofx-version', '160'], '--ofx-version takes 203 or 102'],
  ])('%j is invalid', async (argv, message) => {
    const { code, stderr } = await run('--format', 'qif', ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('several accounts in one OFX file with --together', async () => {
    const { stdout } = await run('--format', 'ofx', '--together', '--ofx-version', '102');
    expect(stdout.match(/<ACCTID>/g)).toHaveLength(2);
  });
});

test('before the first sync an export is empty and succeeds', async () => {
  const empty = scratchDir();
  writeFileSync(join(empty, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
  const { code, stdout } = await runCli(['export', '--format', 'ynab'], { cwd: empty });
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'Date,Payee,Memo,Outflow,Inflow\r\n' });
});
