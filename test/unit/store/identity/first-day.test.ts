/** The first day of a window: of most sources it is a part of a day, of some it is whole. */

import { expect, test } from 'vitest';
import { openStore } from '../../../../src/store/open.js';
import { moved, saveAt, storedIn } from '../../../support/saving.js';
import { scratchDir } from '../../../support/scratch.js';

const REST = [moved('B', '2026-11-07', '-20.00'), moved('C', '2026-11-09', '-30.00')];

test.each([
  ['whole: an equal booking of another FITID is the same one', true, 1],
  ['a part: it may be another one, booked at a later hour', undefined, 2],
])('the first day is %s', async (_, wholeDays, count) => {
  const store = await openStore(scratchDir());
  const shown = (fitid: string) => ({
    transactions: [moved(fitid, '2026-11-05', '-10.00'), ...REST],
    ...(wholeDays === true ? { wholeDays } : {}),
  });
  saveAt(store, { at: '2026-11-10' }, shown('A'));
  saveAt(store, { at: '2026-11-11', from: '2026-11-05' }, shown('A-renewed'));
  expect(storedIn(store).filter((row) => row.startsWith('2026-11-05'))).toHaveLength(count);
});
