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
