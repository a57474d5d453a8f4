/**
 * From the institution to the journal and back: what is stored, by the documented views in SQLite's own shell, and what the
 * programs of plain-text accounting make of our journals are the same to the cent, for each kind of account.
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cwd = scratchDir();
const HAS_SQLITE = hasPeer('sqlite3', ['-version']);

beforeAll(async () => {
  const entries = [
    { name: 'summit', url: 'sandbox://summit' },
    {
      name: 'meadow',
      url: 'sandbox://meadow',
      accounts:
        '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }, { name: card, kind: creditcard, id: "5500005555555559" }]',
    },
    {
      name: 'linden',
      url: 'sandbox://linden',
      accounts: '[{ name: courant, kind: checking, id: "20041010050500013", routing: "30004" }]',
    },
    {
      name: 'harbor',
      url: 'sandbox://harbor',
      more: ['brokerId: harbor.example'],
      accounts: '[{ name: ira, kind: investment, id: "77-1234" }]',
    },
  ];
  writeFileSync(join(cwd, 'accounts.yaml'), configText(entries, '{ history: 60d }'));
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
});

function sql(query: string): string[] {
  const { stdout, stderr, status } = runPeer('sqlite3', [join(cwd, 'data', 'ofx-sync.db'), query]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trim().split('\n').toSorted();
}

const NAMES: Readonly<Record<string, string>> = {
  'Liabilities:Summit:Card': 'summit|card',
  'Assets:Meadow:Joint': 'meadow|joint',
  'Liabilities:Meadow:Card': 'meadow|card',
  'Assets:Linden:Courant': 'linden|courant',
};

async function journal(format: string): Promise<string> {
  const path = join(cwd, `all.${format}`);
  expect((await runCli(['export', '--format', format, '--output', path], { cwd })).code).toBe(0);
  return path;
}

/** `institution|account|amount|currency` of the accounts with a ledger balance, from `account amount currency` lines. */
function comparable(lines: readonly (readonly [account: string, amount: string, currency: string])[]): string[] {
  return lines
    .flatMap(([account, amount, currency]) => {
      const name = NAMES[account];
      return name === undefined ? [] : [`${name}|${amount}|${currency}`];
    })
    .toSorted();
}

describe.runIf(HAS_SQLITE)('balances', () => {
  const stored = () =>
    sql(
      "SELECT institution, account, balance, currency FROM v_accounts WHERE balance IS NOT NULL AND kind <> 'investment'",
    );

  test.runIf(hasPeer('hledger'))('hledger', async () => {
    const path = await journal('hledger');
    const check = runPeer('hledger', ['-f', path, 'check', '--strict']);
    expect(check).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = runPeer('hledger', ['-f', path, 'balance', '-N', '--flat', '-O', 'csv']);
    const rows = [...stdout.matchAll(/^"([^"]+)","(\S+) (\S+)"$/gm)];
    expect(comparable(rows.map(([, account = '', amount = '', currency = '']) => [account, amount, currency]))).toEqual(
      stored(),
    );
  });

  test.runIf(hasPeer('ledger'))('ledger', async () => {
    const format = '%(account)|%(display_total)\n';
    const { stdout, stderr, status } = runPeer('ledger', [
      ...['-f', await journal('ledger'), '--pedantic', 'balance', '--flat', '--no-total'],
      ...['--format', format],
    ]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const rows = [...stdout.matchAll(/^([^|\n]+)\|(\S+) (\S+)$/gm)];
    expect(comparable(rows.map(([, account = '', amount = '', currency = '']) => [account, amount, currency]))).toEqual(
      stored(),
    );
  });

  test.runIf(hasPeer('bean-check') && hasPeer('bean-query'))('beancount', async () => {
    const path = await journal('beancount');
    expect(runPeer('bean-check', ['-C', path])).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = runPeer('bean-query', ['-f', 'csv', path, 'select account, sum(position) group by account']);
    const rows = [...stdout.matchAll(/^(\S+)\s*,\s*(-?[\d.]+)\s+(\S+)\s*$/gm)];
    expect(comparable(rows.map(([, account = '', amount = '', currency = '']) => [account, amount, currency]))).toEqual(
      stored(),
    );
  });

  test.runIf(hasPeer('hledger'))('each transaction of the store is in the journal once', async () => {
    const { stdout } = runPeer('hledger', ['-f', await journal('hledger'), 'tags', 'ofxid', '--values']);
    const theirs = stdout.trim().split('\n').toSorted();
    const count = sql('SELECT COUNT(*) FROM v_transactions WHERE pending = 0');
    expect([String(theirs.length)]).toEqual(count);
  });
});

describe.runIf(HAS_SQLITE && hasPeer('bean-query'))('investments', () => {
  test('units and cash move in the journal as they do in the store', async () => {
    const path = await journal('beancount');
    const query = (filter: string) =>
      runPeer('bean-query', [
        ...['-f', 'csv', path],
        `select sum(number) as total where account = '${filter}' and not narration = '' and any_meta('fitid') != ''`,
      ]).stdout;
    const units = sql(
      "SELECT PRINTF('%.3f', SUM(CASE WHEN type LIKE 'BUY%' THEN 5 WHEN type LIKE 'SELL%' THEN -10 ELSE 0 END)) FROM v_transactions WHERE account = 'ira'",
    );
    expect(Number(/-?\d+(?:\.\d+)?/.exec(query('Assets:Harbor:Ira:ACME'))?.[0])).toBe(Number(units[0]));
  });

  test('the cash is the sum of what the store has', async () => {
    const path = await journal('hledger');
    const { stdout } = runPeer('hledger', [
      '-f',
      path,
      'balance',
      '-N',
      '--flat',
      '-O',
      'csv',
      'Harbor:Ira:Cash',
      'not:desc:Opening',
    ]);
    const [cents] = sql(
      "SELECT CAST(ROUND(SUM(CAST(amount AS REAL)) * 100) AS INTEGER) FROM v_transactions WHERE account = 'ira'",
    );
    expect(Math.round(Number(/"(-?[\d.]+) USD"/.exec(stdout)?.[1]) * 100)).toBe(Number(cents));
  });
});

describe('an account with movements in another currency', () => {
  const dir = scratchDir();
  const CURRENCY = (name: string) => `<${name}><CURRATE>1.1<CURSYM>EUR</${name}>`;

  beforeAll(async () => {
    const { bankFile, FILES_CONFIG } = await import('../support/statement-file.js');
    writeFileSync(join(dir, 'accounts.yaml'), FILES_CONFIG);
    const first = [{ fitid: 'A1', amount: '-10.00', on: '20261102' }];
    const second = [
      { fitid: 'B1', amount: '-10.00', on: '20261112', more: CURRENCY('CURRENCY') },
      { fitid: 'B2', amount: '-22.00', on: '20261113', more: CURRENCY('ORIGCURRENCY') },
    ];
    for (const [name, text] of [
      ['a.qfx', bankFile(first, { to: '20261105', balance: '100.00' })],
      ['b.qfx', bankFile(second, { from: '20261106', to: '20261115', balance: '67.00' })],
    ] as const) {
      writeFileSync(join(dir, name), text);
      expect((await runCli(['import', name, '-q'], { cwd: dir })).code).toBe(0);
      for (const format of ['hledger', 'ledger', 'beancount'])
        await runCli(['export', '--format', format, '--new', '--append', '--output', `j.${format}`], { cwd: dir });
    }
  });

  test.each([
    ['hledger', 'hledger', ['check', '--strict'], ['-f']],
    ['ledger', 'ledger', ['--pedantic', 'balance'], ['-f']],
    ['beancount', 'bean-check', [], ['-C']],
  ] as const)('%s follows the institution’s balances with the rates', (format, program, args, file) => {
    if (!hasPeer(program)) return;
    expect(runPeer(program, [...file, join(dir, `j.${format}`), ...args])).toMatchObject({ status: 0, stderr: '' });
  });

  test.runIf(hasPeer('hledger'))('and what was spent is in the currency in which it was spent', () => {
    const { stdout } = runPeer('hledger', ['-f', join(dir, 'j.hledger'), 'balance', '-N', '-O', 'csv', 'Expenses']);
    expect(stdout).toContain('"Expenses:Unknown","30.00 EUR, 10.00 USD"');
  });
});
