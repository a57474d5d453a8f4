/** Journals of several files: a new year, a renamed and a deleted file, and files that stand alone. */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG, type FileOptions, type FileTransaction } from '../support/statement-file.js';

let cwd = '';
const read = (name: string) => readFileSync(join(cwd, name), 'utf8');

async function importStatement(transactions: readonly FileTransaction[], options: FileOptions): Promise<void> {
  writeFileSync(join(cwd, 'statement.qfx'), bankFile(transactions, options));
  expect((await runCli(['import', 'statement.qfx', '-q'], { cwd })).code).toBe(0);
}

function append(format: string, name: string, ...more: readonly string[]): Promise<Run> {
  return runCli(['export', '--format', format, '--new', '--append', '--output', name, ...more], { cwd });
}

const NOVEMBER = () =>
  importStatement(
    [
      { fitid: 'A1', amount: '-10.00', on: '20251102', name: 'GROCER' },
      { fitid: 'A2', amount: '-5.00', on: '20251103', name: 'CAFE' },
    ],
    { from: '20251101', to: '20251105', balance: '85.00' },
  );
const DECEMBER = () =>
  importStatement([{ fitid: 'B1', amount: '-20.00', on: '20251230', name: 'GROCER' }], {
    from: '20251106',
    to: '20251231',
    balance: '65.00',
  });
const JANUARY = () =>
  importStatement([{ fitid: 'C1', amount: '-1.00', on: '20260104', name: 'GROCER' }], {
    from: '20260101',
    to: '20260105',
    balance: '64.00',
  });
const FEBRUARY = () =>
  importStatement([{ fitid: 'D1', amount: '100.00', on: '20260201', name: 'ACME' }], {
    from: '20260106',
    to: '20260205',
    balance: '164.00',
  });

beforeEach(async () => {
  cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), FILES_CONFIG);
  await NOVEMBER();
});

/** The three programs, with the check that each makes and the way in which it includes a file. */
const PROGRAMS = [
  ['hledger', 'hledger', ['-f'], ['check', '--strict'], (name: string) => `include ${name}\n`],
  ['ledger', 'ledger', ['-f'], ['--pedantic', 'balance'], (name: string) => `include ${name}\n`],
  ['beancount', 'bean-check', ['-C'], [], (name: string) => `include "${name}"\n`],
] as const;

describe.each(PROGRAMS)('%s', (format, program, file, check, include) => {
  function accepts(...names: readonly string[]): void {
    const all = `all-of-${names.join('-').replaceAll('/', '-')}`;
    writeFileSync(join(cwd, all), names.map(include).join(''));
    if (!hasPeer(program)) return;
    const { status, stdout, stderr } = runPeer(program, [...file, join(cwd, all), ...check]);
    expect({ names, status, stderr, stdout: status === 0 ? '' : stdout }).toEqual({
      names,
      status: 0,
      stderr: '',
      stdout: '',
    });
    if (format !== 'beancount') expect(balance(join(cwd, all))).toContain(total);
  }
  let total = '';
  const balance = (path: string) => runPeer(program, ['-f', path, 'balance', 'Assets:Nodc:Joint']).stdout;

  test('a file that is begun in January continues that of the old year, and both are accepted together', async () => {
    await append(format, '2025.journal');
    await DECEMBER();
    await append(format, '2025.journal');
    await JANUARY();
    const { code, stderr } = await append(format, '2026.journal');
    expect([code, stderr]).toEqual([0, expect.not.stringContaining('is gone')]);
    expect(read('2025.journal')).toContain('Opening balance');
    expect(read('2026.journal').split('\n')[0]).toBe('; Continues: 2025.journal');
    expect(read('2026.journal')).not.toContain('Opening balance');
    total = '64.00 USD';
    accepts('2025.journal', '2026.journal');
    await FEBRUARY();
    await append(format, '2026.journal');
    expect(read('2026.journal').match(/Continues/g)).toHaveLength(1);
    expect(read('2026.journal')).not.toContain('Opening balance');
    total = '164.00 USD';
    accepts('2025.journal', '2026.journal');
    await importStatement([{ fitid: 'E1', amount: '-4.00', on: '20261103', name: 'GROCER' }], {
      from: '20260206',
      to: '20261104',
      balance: '160.00',
    });
    await append(format, '2027.journal');
    expect(read('2027.journal').split('\n')[0]).toBe('; Continues: 2026.journal');
    total = '160.00 USD';
    accepts('2025.journal', '2026.journal', '2027.journal');
  });

  test('--openings begins a file that stands alone at the balance before its first entry', async () => {
    await append(format, '2025.journal');
    await DECEMBER();
    await append(format, '2025.journal');
    await JANUARY();
    expect((await append(format, '2026.journal', '--openings')).code).toBe(0);
    expect(read('2026.journal')).toMatch(/^; Opens at the balances before its first entry/);
    expect(read('2026.journal')).toMatch(/2026-01-04 .*Opening balance/);
    expect(read('2026.journal')).toMatch(/\b65\.00 USD/);
    total = '64.00 USD';
    accepts('2026.journal');
    await FEBRUARY();
    await append(format, '2026.journal');
    total = '164.00 USD';
    accepts('2026.journal');
    expect(read('2026.journal').match(/opening: /g)).toHaveLength(1);
  });

  test('--openings opens rightly when the bank states no balance after the first entry yet', async () => {
    await append(format, '2025.journal');
    await importStatement([{ fitid: 'C1', amount: '-1.00', on: '20260104', name: 'GROCER' }], {
      from: '20251106',
      to: '20260105',
      balance: '85.00',
      asOf: '20251231',
    });
    await append(format, '2026.journal', '--openings');
    await importStatement([{ fitid: 'D1', amount: '-2.00', on: '20260107', name: 'GROCER' }], {
      from: '20260106',
      to: '20260108',
      balance: '82.00',
    });
    await append(format, '2026.journal', '--openings');
    total = '82.00 USD';
    accepts('2026.journal');
  });

  test('a renamed file is found, and continued by a new one of its former name', async () => {
    await append(format, 'bank.journal');
    renameSync(join(cwd, 'bank.journal'), join(cwd, 'old.journal'));
    await DECEMBER();
    const { stderr } = await append(format, 'bank.journal');
    expect(stderr).toContain('bank.journal is gone');
    expect(read('bank.journal').split('\n')[0]).toBe('; Continues: old.journal');
    total = '65.00 USD';
    accepts('old.journal', 'bank.journal');
  });

  test('a renamed file goes on under its new name', async () => {
    await append(format, 'bank.journal');
    renameSync(join(cwd, 'bank.journal'), join(cwd, 'new.journal'));
    await DECEMBER();
    await append(format, 'new.journal');
    expect(read('new.journal')).not.toContain('Continues');
    total = '65.00 USD';
    accepts('new.journal');
  });

  test('after a file was deleted, the new one says what is missing; reset begins again', async () => {
    await append(format, 'bank.journal');
    rmSync(join(cwd, 'bank.journal'));
    await DECEMBER();
    await append(format, 'bank.journal');
    expect(read('bank.journal')).toMatch(/^; Continues an earlier file, which was not found/);
    expect(read('bank.journal')).not.toContain('Opening balance');
    rmSync(join(cwd, 'bank.journal'));
    expect((await runCli(['consumers', 'reset', format], { cwd })).code).toBe(0);
    await append(format, 'bank.journal');
    expect(read('bank.journal')).not.toContain('Continues');
    total = '65.00 USD';
    accepts('bank.journal');
  });

  test('a file in another folder names the earlier one by its path from there', async () => {
    await append(format, '2025.journal');
    await DECEMBER();
    mkdirSync(join(cwd, 'new'));
    await append(format, 'new/2026.journal');
    expect(read('new/2026.journal').split('\n')[0]).toBe('; Continues: ../2025.journal');
    total = '65.00 USD';
    accepts('2025.journal', 'new/2026.journal');
  });

  test('a file that is not appended to continues as well', async () => {
    const run = (name: string) => runCli(['export', '--format', format, '--new', '--output', name], { cwd });
    await run('november.journal');
    await DECEMBER();
    await run('december.journal');
    expect(read('december.journal').split('\n')[0]).toBe('; Continues: november.journal');
    total = '65.00 USD';
    accepts('november.journal', 'december.journal');
    expect(existsSync(join(cwd, 'data', 'appending'))).toBe(false);
  });
});

/** Returns a home with checking and savings, a broker and an account in euros, none of them synced. */
async function banks(): Promise<(day: string, ...argv: readonly string[]) => Promise<Run>> {
  cwd = scratchDir();
  const at = (day: string, ...argv: readonly string[]) =>
    runCli(argv, { cwd, env: { PASSWORD: 'demo' }, now: () => new Date(`${day}T12:00:00Z`) });
  const how = ['--non-interactive', '--user-id', 'demo', '--password', 'env:PASSWORD'];
  for (const name of ['river', 'harbor', 'linden'])
    expect((await at('2026-08-20', 'init', `sandbox://${name}`, ...how)).code).toBe(0);
  return at;
}

test.each(PROGRAMS)(
  '%s accepts files of several banks with securities, transfers and a second currency',
  async (format, program, file, check, include) => {
    const at = await banks();
    const add = async (day: string, name: string, ...more: readonly string[]) => {
      const argv = ['export', '--format', format, '--new', '--append', '--output', name, ...more];
      expect((await at(day, ...argv)).code).toBe(0);
    };
    const accepts = (...names: readonly string[]) => {
      writeFileSync(join(cwd, 'all'), names.map(include).join(''));
      if (!hasPeer(program)) return '';
      expect(runPeer(program, [...file, join(cwd, 'all'), ...check])).toMatchObject({ status: 0, stderr: '' });
      return format === 'hledger' ? runPeer(program, ['-f', join(cwd, 'all'), 'balance', 'Assets', '-N']).stdout : '';
    };
    await at('2026-08-20', '-q');
    await add('2026-08-20', 'a.journal');
    await add('2026-08-20', 'a2.journal', '--consumer', 'alone');
    for (const day of ['2026-10-01', '2026-11-01']) {
      await at(day, '-q');
      await add(day, 'b.journal');
      await add(day, 'b2.journal', '--consumer', 'alone', '--openings');
      expect(accepts('a.journal', 'b.journal')).toBe(accepts('b2.journal'));
    }
    if (format !== 'hledger' || !hasPeer(program)) return;
    const { stdout } = await at('2026-11-01', 'accounts', '--json');
    const { accounts } = JSON.parse(stdout) as { accounts: { ledgerBalance: { amount: string } | null }[] };
    const stated = accounts.flatMap(({ ledgerBalance }) => ledgerBalance?.amount ?? []);
    expect(stated).toHaveLength(3);
    for (const amount of stated) expect(accepts('b2.journal')).toContain(amount);
  },
);

test('what version 0.1 exported is found in the folder', async () => {
  await append('hledger', '2025.journal');
  const { Database } = await import('../../src/store/database.js');
  const db = new Database(join(cwd, 'data', 'ofx-sync.db'));
  db.exec('UPDATE marks SET file = NULL, served_at = NULL');
  db.close();
  await DECEMBER();
  await append('hledger', '2025.journal');
  expect(read('2025.journal')).not.toContain('Continues');
  const again = new Database(join(cwd, 'data', 'ofx-sync.db'));
  again.exec('UPDATE marks SET file = NULL, served_at = NULL');
  again.close();
  await JANUARY();
  await append('hledger', '2026.journal');
  expect(read('2026.journal').split('\n')[0]).toBe('; Continues: 2025.journal');
});
