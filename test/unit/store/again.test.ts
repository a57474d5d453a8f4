/** Statements that list again what is stored: rows that stay as they are cost nothing, and order and damage are as before. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Store } from '../../../src/ports.js';
import { Database } from '../../../src/store/database.js';
import { openStore } from '../../../src/store/open.js';
import { account, institution, statement } from '../../support/builders.js';
import { balanceOf, moved, saveAt, storedIn } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

const TABLES = ['transactions', 'statements', 'coverage', 'balances', 'gaps'];

/** Opens a store that logs each change of a row. @returns the changes since the last call, in their order. */
async function loggedStore(): Promise<{ readonly store: Store; readonly changes: () => string[] }> {
  const dir = scratchDir();
  const store = await openStore(dir);
  const db = new Database(join(dir, 'ofx-sync.db'));
  db.exec('CREATE TABLE log (line TEXT)');
  for (const table of TABLES)
    for (const action of ['INSERT', 'UPDATE', 'DELETE'])
      db.exec(
        `CREATE TRIGGER log_${table}_${action} AFTER ${action} ON ${table} BEGIN INSERT INTO log VALUES ('${action} ${table}'); END`,
      );
  const changes = () => {
    const lines = db.all('SELECT line FROM log ORDER BY rowid').map(({ line }) => String(line));
    db.run('DELETE FROM log');
    return lines;
  };
  return { store, changes };
}

test('a statement that comes again changes its own row alone, and the next day also the end of the covered days', async () => {
  const { store, changes } = await loggedStore();
  const transactions = [moved('A', '2026-11-17', '-1.00'), moved('B', '2026-11-18', '-2.00')];
  saveAt(store, { at: '2026-11-18' }, { transactions, ledgerBalance: balanceOf('10.00', '2026-11-18') });
  expect(changes().toSorted()).toEqual([
    'INSERT balances',
    'INSERT coverage',
    'INSERT statements',
    'INSERT transactions',
    'INSERT transactions',
  ]);
  saveAt(store, { at: '2026-11-18' }, { transactions, ledgerBalance: balanceOf('10.00', '2026-11-18') });
  expect(changes()).toEqual(['UPDATE statements']);
  saveAt(store, { at: '2026-11-19' }, { transactions, ledgerBalance: balanceOf('10.00', '2026-11-19') });
  expect(changes()).toEqual(['INSERT balances', 'UPDATE coverage', 'UPDATE statements']);
});

test('of a file and downloads with the same last day, the one that came last counts', async () => {
  const store = await openStore(scratchDir());
  const save = (runId: number | null, hour: number, cash: string) =>
    store.save(
      account(),
      statement({
        period: { from: isoDate('2026-11-01'), to: isoDate('2026-11-18') },
        cash: { available: decimal(cash), margin: null, short: null, buyingPower: null },
      }),
      {
        runId,
        at: new Date(Date.UTC(2026, 10, 18, hour)),
        serverTime: null,
        wanted: runId === null ? null : { account: account(), from: isoDate('2026-11-01'), to: null },
        institution: institution(),
      },
    );
  const cash = () => store.accountState(account())?.holdings?.cash?.amount;
  const seen = (['1.00', '2.00', '3.00', '4.00', '5.00'] as const).map((amount, index) => {
    save(index === 1 || index === 4 ? null : index + 1, 10 + index, amount);
    return cash();
  });
  expect(seen).toEqual(['1.00', '2.00', '3.00', '4.00', '5.00']);
});

test.each([
  ['content', 'body'],
  ['an amount', 'amount'],
  ['a day', 'posted_on'],
])('%s that became binary is mended by a statement that lists it', async (_, column) => {
  const dir = scratchDir();
  const store = await openStore(dir);
  const transactions = [moved('A', '2026-11-17', '-1.00'), moved('B', '2026-11-18', '-2.00')];
  saveAt(store, { at: '2026-11-18' }, { transactions });
  const before = storedIn(store);
  const db = new Database(join(dir, 'ofx-sync.db'));
  db.run(`UPDATE transactions SET ${column} = x'ff00fe' WHERE key = 'A'`);
  expect(saveAt(store, { at: '2026-11-19' }, { transactions })).toMatchObject({ new: 0, changed: 1, unchanged: 1 });
  expect(storedIn(store)).toEqual(before);
});

test('many rows of the days of a short statement do not hide which it has again', async () => {
  const store = await openStore(scratchDir());
  const many = Array.from({ length: 300 }, (_, index) => moved(`F${index}`, '2026-11-10', `-${index + 1}.00`));
  saveAt(store, { at: '2026-11-18' }, { transactions: many });
  const some = [...many.slice(0, 2), moved('NEW', '2026-11-17', '-1.50')];
  expect(saveAt(store, { at: '2026-11-18', file: true }, { transactions: some })).toMatchObject({
    new: 1,
    changed: 0,
    unchanged: 2,
  });
});
