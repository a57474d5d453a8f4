/** Statements that were made earlier, imported later, or requested for a past window. */

import { expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { openStore } from '../../../src/store/open.js';
import { account } from '../../support/builders.js';
import { moved, saveAt, storedIn } from '../../support/saving.js';
import { scratchDir } from '../../support/scratch.js';

test('a file covers days up to the one at which it was made', async () => {
  const store = await openStore(scratchDir());
  saveAt(
    store,
    { at: '2026-12-05', asOf: '2026-11-10', file: true },
    { period: { from: isoDate('2026-11-01'), to: isoDate('2026-11-30') } },
  );
  expect(store.accountState(account())?.coverage.map(({ to }) => to)).toEqual(['2026-11-10']);
});

test('a past window changes neither the pending transactions nor the covered period', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-18' }, { transactions: [moved(null, '2026-11-18', '-1.00', { pending: true })] });
  saveAt(store, { at: '2026-11-19', from: '2026-01-01', to: '2026-02-01' }, { transactions: [] });
  expect(storedIn(store)).toHaveLength(1);
  expect(store.accountState(account())?.lastPeriod?.to).toBe('2026-11-18');
});

test('a file that lists no pending ones says nothing of them; one that does replaces them', async () => {
  const store = await openStore(scratchDir());
  const hold = (amount: string) => moved(null, '2026-11-18', amount, { name: 'HOLD', pending: true });
  saveAt(store, { at: '2026-11-18' }, { transactions: [hold('-1.00')] });
  saveAt(store, { at: '2026-11-19', file: true }, { transactions: [moved('A', '2026-11-17', '-5.00')] });
  expect(storedIn(store).toSorted()).toEqual(['2026-11-17 -5.00 GROCER', '2026-11-18 -1.00 HOLD pending']);
  saveAt(store, { at: '2026-11-20', file: true }, { transactions: [hold('-2.00')] });
  expect(storedIn(store).toSorted()).toEqual(['2026-11-17 -5.00 GROCER', '2026-11-18 -2.00 HOLD pending']);
  saveAt(store, { at: '2026-11-21' });
  expect(storedIn(store)).toEqual(['2026-11-17 -5.00 GROCER']);
});
