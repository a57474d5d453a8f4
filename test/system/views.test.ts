/** The views of the store, as another program reads them: amounts in cents, positions, trades, and the work of the rules. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { Database } from '../../src/store/database.js';
import { minorUnits } from '../../src/store/derived/minor-units.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG, type FileOptions, type FileTransaction } from '../support/statement-file.js';

function rowsIn(cwd: string, sql: string) {
  const db = new Database(join(cwd, 'data', 'ofx-sync.db'), { readOnly: true });
  const rows = db.all(sql);
  db.close();
  return rows;
}

describe('an amount in the smallest unit of its currency', () => {
  const dir = scratchDir();
  mkdirSync(dir, { recursive: true });
  const db = new Database(join(dir, 'x.db'));

  test.each([
    ['-12.34', 'USD', -1234],
    ['-100', 'USD', -10000],
    ['0.5', 'EUR', 50],
    ['-0.05', 'EUR', -5],
    ['0', 'USD', 0],
    ['-0.00', 'USD', 0],
    ['1234', 'JPY', 1234],
    ['1234.00', 'JPY', 1234],
    ['1.234', 'KWD', 1234],
    ['1.2', 'KWD', 1200],
    ['1.23456', 'CLF', 12346],
    ['12.345', 'USD', 1235],
    ['-12.345', 'USD', -1235],
    ['12.3449', 'USD', 1234],
    ['7.25', 'XYZ', 725],
    ['9876543210987.54', 'USD', 987654321098754],
  ])('%s %s', (amount, currency, expected) => {
    const [row] = db.all(
      `SELECT ${minorUnits('?1', '?2')} AS minor, typeof(${minorUnits('?1', '?2')}) AS type`,
      amount,
      currency,
    );
    expect(row).toEqual({ minor: expected, type: 'integer' });
  });

  test('NULL stays NULL', () => {
    expect(db.all(`SELECT ${minorUnits('NULL', "'USD'")} AS minor`)).toEqual([{ minor: null }]);
  });
});

describe('the work of the rules', () => {
  let cwd = '';
  const configure = (more: string) => writeFileSync(join(cwd, 'accounts.yaml'), `${FILES_CONFIG}\n${more}`);
  const importStatement = async (transactions: readonly FileTransaction[], options: FileOptions = {}) => {
    writeFileSync(join(cwd, 'statement.qfx'), bankFile(transactions, options));
    expect((await runCli(['import', 'statement.qfx', '-q'], { cwd })).code).toBe(0);
  };
  const made = () =>
    rowsIn(cwd, 'SELECT payee, category, tags, amount_minor FROM v_classified ORDER BY posted_on, payee').map((row) =>
      Object.values(row).join(' | '),
    );
  const RULES = 'rules: [{ match: { payee: grocer }, set: { payee: Green Grocer, category: Food, tags: [weekly] } }]';

  beforeAll(async () => {
    cwd = scratchDir();
    configure(RULES);
    await importStatement(
      [
        { fitid: 'A1', amount: '-120.00', on: '20261102', name: 'GROCER 7' },
        { fitid: 'A2', amount: '-5.00', on: '20261103', name: 'CAFE' },
      ],
      { to: '20261105' },
    );
  });

  test('is there after an import', () => {
    expect(made()).toEqual(['Green Grocer | Food | ["weekly"] | -12000', 'CAFE |  | [] | -500']);
    expect(rowsIn(cwd, 'SELECT COUNT(*) AS count FROM v_transactions WHERE amount_minor < -10000')).toEqual([
      { count: 1 },
    ]);
  });

  test('comes for new transactions, and leaves the others', async () => {
    await importStatement([{ fitid: 'B1', amount: '-7.00', on: '20270301', name: 'GROCER 8' }], {
      from: '20270201',
      to: '20270305',
    });
    expect(made()).toEqual([
      'Green Grocer | Food | ["weekly"] | -12000',
      'CAFE |  | [] | -500',
      'Green Grocer | Food | ["weekly"] | -700',
    ]);
  });

  test('follows other rules at the next export', async () => {
    configure('rules: [{ match: { payee: cafe }, set: { category: Out } }]');
    expect((await runCli(['export', '--format', 'ndjson', '--new'], { cwd })).code).toBe(0);
    expect(made()).toEqual(['GROCER 7 |  | [] | -12000', 'CAFE | Out | [] | -500', 'GROCER 8 |  | [] | -700']);
  });

  test('a copy for others has it, without the rules', async () => {
    expect((await runCli(['store', 'backup', '--share', 'copy.db'], { cwd })).code).toBe(0);
    const db = new Database(join(cwd, 'copy.db'), { readOnly: true });
    expect(db.all("SELECT category FROM v_classified WHERE payee = 'CAFE'")).toEqual([{ category: 'Out' }]);
    expect(db.all('SELECT * FROM classified')).toEqual([]);
    db.close();
  });
});

describe('the accounts of the sandbox', () => {
  let cwd = '';
  const RIVER =
    '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }, { name: savings, kind: savings, id: "000123457", routing: "121000248" }]';
  beforeAll(async () => {
    cwd = scratchDir();
    const broker = '[{ name: ira, kind: investment, id: "77-1234" }]';
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      configText(
        [
          { name: 'summit', url: 'sandbox://summit' },
          {
            name: 'river',
            url: 'sandbox://river',
            accounts: RIVER,
          },
          { name: 'harbor', url: 'sandbox://harbor', more: ['brokerId: harbor.example'], accounts: broker },
        ],
        '{ history: 60d }',
      ),
    );
    expect((await runCli(['-q'], { cwd })).code).toBe(0);
  });

  test('positions are those of the newest statement', () => {
    const rows = rowsIn(cwd, 'SELECT * FROM v_positions');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect(row).toMatchObject({ institution: 'harbor', account: 'ira', currency: 'USD' });
      expect(String(row['units'])).toMatch(/^-?\d+(?:\.\d+)?$/);
      expect(row['market_value_minor']).toBe(Math.round(Number(row['market_value']) * 100));
    }
  });

  test('trades have security, units and price', () => {
    const rows = rowsIn(cwd, "SELECT * FROM v_trades WHERE action LIKE 'BUY%'");
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) {
      expect([row['security'], row['units'], row['unit_price']].map((one) => typeof one)).toEqual([
        'string',
        'string',
        'string',
      ]);
      expect(row['amount_minor']).toBe(Math.round(Number(row['amount']) * 100));
    }
    expect(rowsIn(cwd, "SELECT * FROM v_trades WHERE action = 'INVBANKTRAN'")).toEqual([]);
  });

  test('both sides of a transfer name each other', () => {
    const pairs = rowsIn(
      cwd,
      'SELECT a.amount_minor AS one, b.amount_minor AS other, b.transfer = a.id AS back FROM v_classified a JOIN v_classified b ON b.id = a.transfer',
    );
    expect(pairs.length).toBeGreaterThan(0);
    for (const { one, other, back } of pairs) {
      expect(back).toBe(1);
      expect(Number(one) + Number(other)).toBe(0);
    }
  });
});
