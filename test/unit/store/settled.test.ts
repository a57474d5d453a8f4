/** Balances that a journal may assert for good. */

import { expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Transaction } from '../../../src/model/statement.js';
import type { Store } from '../../../src/ports.js';
import { openStore } from '../../../src/store/open.js';
import { account, institution, statement, transaction } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

const at = (day: number) => `2026-11-${String(day).padStart(2, '0')}`;

/** Saves the statement of a day, with a balance of that day. */
function save(store: Store, day: number, amount: string, transactions: readonly Transaction[] = []): void {
  const ledgerBalance = { amount: decimal(amount), currency: 'USD', asOf: isoDate(at(day)) };
  const period = { from: isoDate(at(1)), to: isoDate(at(day)) };
  store.save(account(), statement({ transactions, ledgerBalance, period }), {
    runId: null,
    at: new Date(`${at(day)}T12:00:00Z`),
    wanted: { account: account(), from: period.from, to: null },
    institution: institution(),
  });
}

const booked = (fitid: string, day: number, amount = '-5.00') =>
  transaction({ fitid, name: fitid, amount, postedOn: at(day) });
const settledOn = (store: Store, days: number | null) => store.settledState(account(), days)?.ledgerBalance?.asOf;

test('the newest balance of a day that is far enough back', async () => {
  const store = await openStore(scratchDir());
  for (const day of [5, 9, 10, 20]) save(store, day, '100.00');
  expect(settledOn(store, 10)).toBe(at(9));
  expect(settledOn(store, null)).toBe(at(20));
  expect(settledOn(store, 15)).toBeUndefined();
});

test('a balance that a later booking contradicts is passed over, on its own day as well', async () => {
  const store = await openStore(scratchDir());
  save(store, 5, '100.00', [booked('A', 3)]);
  save(store, 8, '100.00', [booked('A', 3)]);
  save(store, 9, '95.00', [booked('A', 3), booked('B', 8)]);
  expect(settledOn(store, 0)).toBe(at(5));
  save(store, 20, '90.00', [booked('A', 3), booked('B', 8), booked('C', 4)]);
  expect(settledOn(store, 0)).toBeUndefined();
  expect(settledOn(store, null)).toBe(at(20));
});

test('so is one from before an amount was corrected', async () => {
  const store = await openStore(scratchDir());
  save(store, 5, '100.00', [booked('A', 3)]);
  save(store, 20, '99.00', [booked('A', 3, '-6.00')]);
  expect(settledOn(store, 10)).toBeUndefined();
});

test('and from before one was corrected and corrected back, since a journal may have both', async () => {
  const store = await openStore(scratchDir());
  save(store, 5, '100.00', [booked('A', 3)]);
  save(store, 8, '99.00', [booked('A', 3, '-6.00')]);
  save(store, 20, '100.00', [booked('A', 3)]);
  expect(settledOn(store, 10)).toBeUndefined();
  expect(settledOn(store, null)).toBe(at(20));
});

test('and from before a transaction that came and was removed again', async () => {
  const store = await openStore(scratchDir());
  const deletion = transaction({ fitid: 'X', corrects: { fitid: 'B', action: 'DELETE' } });
  save(store, 5, '100.00', [booked('A', 3)]);
  save(store, 8, '95.00', [booked('A', 3), booked('B', 4)]);
  save(store, 20, '100.00', [booked('A', 3), deletion]);
  expect(settledOn(store, 10)).toBeUndefined();
});

test('an account without statements has none', async () => {
  const store = await openStore(scratchDir());
  expect(store.settledState(account(), 10)).toBeNull();
});
