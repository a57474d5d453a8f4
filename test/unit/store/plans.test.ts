/** Queries use an index and sort only new transactions, so that a million rows are not read for twenty. */

import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { TransactionQuery } from '../../../src/ports.js';
import { BALANCES_AROUND } from '../../../src/store/balances/reconcile.js';
import { Database } from '../../../src/store/database.js';
import { NAMESAKES, NAMESAKES_OF_MANY, ROWS_OF_DAYS } from '../../../src/store/identity/candidates.js';
import { openStore } from '../../../src/store/open.js';
import { transactionsSql } from '../../../src/store/read.js';
import { account, card } from '../../support/builders.js';
import { moved, saveAt } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

test.each<[string, TransactionQuery, string]>([
  ['everything', {}, 'transactions_in_order'],
  ['newest first', { reverse: true, limit: 20 }, 'transactions_in_order'],
  ['an account', { accounts: [account()], reverse: true }, 'transactions_by_date'],
  ['some accounts', { accounts: [account(), card()], reverse: true, limit: 20 }, 'transactions_in_order'],
  ['some accounts, what is new', { accounts: [account(), card()], newFor: 'served' }, 'transactions_by_change'],
  ['what is new for a consumer that had nothing', { accounts: [account()], newFor: 'other' }, 'transactions_by_date'],
])('%s', async (_, query, index) => {
  const dir = scratchDir();
  const store = await openStore(dir);
  saveAt(store, { at: '2026-11-18' }, { transactions: [moved('A', '2026-11-18', '-1.00')] });
  store.setMark('served', [account(), card()], store.latestChange());
  store.close();
  const db = new Database(join(dir, 'ofx-sync.db'));
  const { sql, values } = transactionsSql(db, query);
  const plan = db.all(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => String(detail));
  db.close();
  expect(plan.find((step) => /^(SCAN|SEARCH) t\b/.test(step))).toContain(index);
  expect(plan.some((step) => step.includes('TEMP B-TREE'))).toBe(index === 'transactions_by_change');
});

test.each([
  [
    'the FITID of a new transaction',
    NAMESAKES,
    'A',
    ['(rowid=?)', '(account=? AND fitid=?)', '(account=? AND key=?)', '(account=? AND fitid=?)'],
  ],
  [
    'one of many FITIDs',
    NAMESAKES_OF_MANY,
    '["A", "B"]',
    ['(rowid=?)', '(account=? AND fitid=?)', '(account=? AND key=?)'],
  ],
])('rows with %s are found by an index, whatever else the account has', async (_, sql, fitids, indexes) => {
  const dir = scratchDir();
  (await openStore(dir)).close();
  const db = new Database(join(dir, 'ofx-sync.db'));
  const plan = db.all(`EXPLAIN QUERY PLAN ${sql}`, 1, fitids).map(({ detail }) => String(detail));
  db.close();
  const steps = plan.filter((step) => /^(SCAN|SEARCH)/.test(step) && !step.includes('json_each'));
  expect(steps.map((step) => /\(.*\)/.exec(step)?.[0])).toEqual(indexes);
});

test.each([
  ['the transactions of some days', ROWS_OF_DAYS.sql, [1, '2026-11-01', '2026-11-18', 60], ['transactions_by_date']],
  [
    'the balances from a day on and some before it',
    BALANCES_AROUND.sql,
    [1, '2026-11-01'],
    ['sqlite_autoindex_balances_1', 'sqlite_autoindex_balances_1'],
  ],
])('%s are read by an index alone, and not sorted', async (_, sql, values, indexes) => {
  const dir = scratchDir();
  (await openStore(dir)).close();
  const db = new Database(join(dir, 'ofx-sync.db'));
  const plan = db.all(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => String(detail));
  db.close();
  const steps = plan.filter((step) => /^(SCAN|SEARCH) (transactions|balances)/.test(step));
  expect(steps.map((step) => /INDEX (\w+)/.exec(step)?.[1])).toEqual(indexes);
  expect(plan.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
});

test('new transactions are correct when a consumer has only one of two accounts', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-18' }, { transactions: [moved('A', '2026-11-18', '-1.00')] });
  store.setMark('served', [account()], store.latestChange());
  saveAt(store, { at: '2026-11-19' }, { transactions: [moved('B', '2026-11-18', '-2.00')] });
  const fitids = (query: TransactionQuery) => [...store.transactions(query)].map(({ fitid }) => fitid);
  expect(fitids({ newFor: 'served' })).toEqual(['B']);
  expect(fitids({ newFor: 'served', limit: 1, offset: 1 })).toEqual([]);
  expect(fitids({ newFor: 'other', accounts: [account(), card()] })).toEqual(['A', 'B']);
});
