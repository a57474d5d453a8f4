/**
 * From the institution to the books: the stored balances, read through the documented views in SQLite's own shell, equal those
 * that other programs compute from our exports, to the cent and for each kind of account; and each program notices a wrong cent.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { exporters } from '../../src/exporters/index.js';
import { openStore } from '../../src/store/open.js';
import { VIEWS } from '../../src/store/views.js';
import { exportInput, rendered, stored as transaction } from '../support/export-input.js';
import { READERS, skrooge } from '../support/figures.js';
import { configText } from '../support/institutions.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG } from '../support/statement-file.js';

const cwd = scratchDir();
const HAS_SQLITE = hasPeer('sqlite3', ['-version']);

const ACCOUNTS = [
  { kind: 'bank', key: 'meadow/joint', journal: 'Assets:Meadow:Joint' },
  { kind: 'card', key: 'summit/card', journal: 'Liabilities:Summit:Card' },
  { kind: 'euro bank', key: 'linden/courant', journal: 'Assets:Linden:Courant' },
  { kind: 'investment', key: 'harbor/ira', journal: 'Assets:Harbor:Ira:Cash' },
] as const;

beforeAll(async () => {
  const entries = [
    { name: 'summit', url: 'sandbox://summit' },
    {
      name: 'meadow',
      url: 'sandbox://meadow',
      accounts: '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]',
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

function sql(query: string, folder = cwd): string[] {
  const { stdout, stderr, status } = runPeer('sqlite3', [join(folder, 'data', 'ofx-sync.db'), query]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout.trim().split('\n').toSorted();
}

/** Returns the latest balance of an account from the view; of an investment account its cash. */
async function stored(key: string): Promise<string> {
  const [institution = '', name = ''] = key.split('/');
  if (key === 'harbor/ira') {
    const store = await openStore(join(cwd, 'data'));
    const amount = store.accountState({ institution, name })?.holdings?.cash?.amount ?? '';
    store.close();
    return amount;
  }
  return sql(`SELECT balance FROM v_accounts WHERE institution = '${institution}' AND account = '${name}'`)[0] ?? '';
}

async function exported(argv: readonly string[], key: string): Promise<string> {
  // Skrooge detects the format by the end of the name.
  const path = join(cwd, `${key.replace('/', '-')}-${argv.slice(2).at(-1) ?? ''}.${argv[1]}`);
  const { code, stderr } = await runCli(['export', ...argv, '--account', key, '--output', path], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return path;
}

const CENT: Readonly<Record<string, string>> = { '9': '8' };

/** Returns the amount with another last digit. */
function off(amount: string): string {
  const last = amount.slice(-1);
  return `${amount.slice(0, -1)}${CENT[last] ?? Number(last) + 1}`;
}

describe.runIf(HAS_SQLITE)('the balance of an account', () => {
  const cases = READERS.filter(({ isHere }) => isHere).flatMap((reader) =>
    ACCOUNTS.map((account) => ({ ...reader, ...account })),
  );

  // Two readers do not compute the cash of a broker.
  test.each(cases.filter(({ program, kind }) => kind !== 'investment' || !/^(?:skrooge|aqbanking)/.test(program)))(
    'by $program: $kind, and a wrong cent',
    async ({ argv, key, journal, balance, changed }) => {
      const [path, wanted] = [await exported(argv, key), await stored(key)];
      expect(wanted).toMatch(/^-?\d+\.\d\d$/);
      expect(balance(path, journal)).toBe(wanted);
      const text = readFileSync(path, 'utf8');
      const wrong = changed(text, wanted, off(wanted));
      expect(wrong).not.toBe(text);
      writeFileSync(path, wrong);
      expect(() => expect(balance(path, journal)).toBe(wanted)).toThrow();
    },
  );

  test.runIf(hasPeer('skroogeconvert')).each(ACCOUNTS.filter(({ kind }) => kind === 'bank' || kind === 'euro bank'))(
    'QIF, which has no balance: skroogeconvert adds up its movements, $kind',
    async ({ key }) => {
      const [institution = '', name = ''] = key.split('/');
      const path = await exported(['--format', 'qif'], key);
      const cents = sql(
        `SELECT SUM(CAST(ROUND(amount * 100) AS INTEGER)) FROM v_transactions WHERE pending = 0 AND institution = '${institution}' AND account = '${name}'`,
      );
      expect(skrooge(path)).toBe((Number(cents[0]) / 100).toFixed(2));
      const amount = /^T(-?\d+\.\d\d)$/m.exec(readFileSync(path, 'utf8'))?.[1] ?? '';
      writeFileSync(path, readFileSync(path, 'utf8').replace(`T${amount}\n`, `T${off(amount)}\n`));
      expect(skrooge(path)).not.toBe((Number(cents[0]) / 100).toFixed(2));
    },
  );
});

test.runIf(hasPeer('skroogeconvert'))('skroogeconvert keeps the sign of every kind of transaction', () => {
  const types = ['CREDIT', 'DEBIT', 'INT', 'DIV', 'FEE', 'SRVCHG', 'DEP', 'ATM', 'POS', 'XFER', 'CHECK', 'PAYMENT'];
  const kinds = [...types, 'CASH', 'DIRECTDEP', 'DIRECTDEBIT', 'REPEATPMT', 'OTHER'];
  for (const sign of ['', '-']) {
    const transactions = kinds.map((type, index) =>
      transaction({ type, amount: `${sign}${2 ** index}.00`, fitid: type }),
    );
    const path = join(scratchDir(), 'signs.ofx');
    writeFileSync(path, rendered(exporters.ofx.render(exportInput(transactions, { settings: { ofxVersion: '102' } }))));
    expect(skrooge(path)).toBe(`${sign}${2 ** kinds.length - 1}.00`);
  }
});

test.runIf(HAS_SQLITE && hasPeer('hledger'))(
  'each transaction of the store is in the journal of all accounts once',
  async () => {
    const path = join(cwd, 'all.hledger');
    expect((await runCli(['export', '--format', 'hledger', '--output', path], { cwd })).code).toBe(0);
    expect(runPeer('hledger', ['-f', path, 'check', '--strict'])).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = runPeer('hledger', ['-f', path, 'tags', 'ofxid', '--values']);
    const count = sql('SELECT COUNT(*) FROM v_transactions WHERE pending = 0');
    expect([String(stdout.trim().split('\n').length)]).toEqual(count);
  },
);

describe('units of a security', () => {
  test.each([
    ['hledger', 'hledger', ['-f'], ['check', '--strict']],
    ['ledger', 'ledger', ['-f'], ['--pedantic', 'balance']],
    ['beancount', 'bean-check', ['-C'], []],
  ] as const)('%s agrees with the broker, and notices a wrong thousandth', async (format, program, before, after) => {
    if (!hasPeer(program)) return;
    const path = await exported(['--format', format], 'harbor/ira');
    const text = readFileSync(path, 'utf8');
    const units = /(?: = |Ira:ACME {2})(\d+\.\d{3}) (?:~ 0 )?ACME$/m.exec(text)?.[1] ?? '';
    expect(Number(units)).toBeGreaterThan(0);
    expect(runPeer(program, [...before, path, ...after])).toMatchObject({ status: 0, stderr: '' });
    writeFileSync(path, text.replace(units, off(units)));
    expect(runPeer(program, [...before, path, ...after]).status).not.toBe(0);
  });
});

describe.runIf(HAS_SQLITE)('the store itself', () => {
  test.each(VIEWS)('$name has the columns that docs/store.md lists', ({ name, columns }) => {
    const { stdout } = runPeer('sqlite3', [
      join(cwd, 'data', 'ofx-sync.db'),
      `SELECT name FROM pragma_table_info('${name}')`,
    ]);
    expect(stdout.trim().split('\n')).toEqual(columns.map((column) => column.split(' ')[0]));
  });

  test('v_history has earlier versions of a transaction, and removed ones', async () => {
    const own = scratchDir();
    writeFileSync(join(own, 'accounts.yaml'), FILES_CONFIG);
    const list = (amount: string) => [{ fitid: 'A', amount, on: '20261105' }];
    for (const [index, amount] of ['-1.00', '-2.00'].entries()) {
      writeFileSync(join(own, `${index}.qfx`), bankFile(list(amount), { to: `2026111${index}`, balance: '1.00' }));
      expect((await runCli(['import', `${index}.qfx`, '-q'], { cwd: own })).code).toBe(0);
    }
    expect(sql('SELECT amount, removed FROM v_history', own)).toEqual(['-1.00|0']);
    expect(sql('SELECT amount, fitid FROM v_transactions', own)).toEqual(['-2.00|A']);
  });

  test.each([
    ['right', '92.50', ''],
    ['a cent off', '92.51', 'nodc|joint|2026-11-10|2026-11-20|0.01|USD|'],
  ])('v_gaps reports a balance that is %s', async (_, second, gap) => {
    const own = scratchDir();
    writeFileSync(join(own, 'accounts.yaml'), FILES_CONFIG);
    const files = [
      bankFile([{ fitid: 'A', amount: '-1.00', on: '20261105' }], { to: '20261110', balance: '100.00' }),
      bankFile([{ fitid: 'B', amount: '-7.50', on: '20261115' }], {
        from: '20261108',
        to: '20261120',
        balance: second,
      }),
    ];
    for (const [index, text] of files.entries()) {
      writeFileSync(join(own, `${index}.qfx`), text);
      expect((await runCli(['import', `${index}.qfx`, '-q'], { cwd: own })).code).toBe(0);
    }
    expect(sql('SELECT * FROM v_gaps', own)).toEqual([gap]);
    expect(sql('SELECT as_of, amount FROM v_balances', own)).toEqual(['2026-11-10|100.00', `2026-11-20|${second}`]);
  });
});

describe('an account with movements in another currency', () => {
  const dir = scratchDir();
  const CURRENCY = (name: string) => `<${name}><CURRATE>1.1<CURSYM>EUR</${name}>`;

  beforeAll(async () => {
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

  test.runIf(hasPeer('hledger'))('spending is in the currency of the purchase', () => {
    const { stdout } = runPeer('hledger', ['-f', join(dir, 'j.hledger'), 'balance', '-N', '-O', 'csv', 'Expenses']);
    expect(stdout).toContain('"Expenses:Unknown","30.00 EUR, 10.00 USD"');
  });
});
