/** One FITID for several transactions, and several for one: used twice in a statement, month by month, changed, corrected. */

import { expect, test } from 'vitest';
import { openStore } from '../../../../src/store/open.js';
import { moved, saveAt, storedIn } from '../../../support/saving.js';
import { scratchDir } from '../../../support/scratch.js';

test('two transactions of one FITID, day and amount are both kept, in any order', async () => {
  const store = await openStore(scratchDir());
  const a = moved('X', '2026-11-05', '-3.00', { name: 'A' });
  const b = moved('X', '2026-11-05', '-3.00', { name: 'B' });
  saveAt(store, { at: '2026-11-08' }, { transactions: [a, b] });
  expect(saveAt(store, { at: '2026-11-09' }, { transactions: [b, a] })).toMatchObject({ new: 0, changed: 0 });
  expect(saveAt(store, { at: '2026-11-10', from: '2026-11-05' }, { transactions: [b] })).toMatchObject({
    new: 0,
    changed: 0,
  });
  expect(storedIn(store)).toHaveLength(2);
});

test('three transactions of one FITID that differ only in a number are three, again and again', async () => {
  const store = await openStore(scratchDir());
  const all = ['1', '2', '3'].map((refNumber) => moved('X', '2026-11-05', '-3.00', { refNumber }));
  expect(saveAt(store, { at: '2026-11-08' }, { transactions: all })).toMatchObject({ new: 3 });
  expect(saveAt(store, { at: '2026-11-09' }, { transactions: all })).toMatchObject({ new: 0, changed: 0 });
  expect(storedIn(store)).toHaveLength(3);
});

test('payments of each month with one FITID are all kept', async () => {
  const store = await openStore(scratchDir());
  saveAt(
    store,
    { at: '2026-09-10', from: '2026-08-20' },
    { transactions: [moved('RENT', '2026-09-01', '-900.00', { name: 'RENT' })] },
  );
  saveAt(
    store,
    { at: '2026-10-02', from: '2026-09-20' },
    { transactions: [moved('RENT', '2026-10-01', '-900.00', { name: 'RENT' })] },
  );
  saveAt(
    store,
    { at: '2026-11-02', from: '2026-10-20' },
    { transactions: [moved('RENT', '2026-11-01', '-900.00', { name: 'RENT' })] },
  );
  expect(storedIn(store)).toHaveLength(3);
});

test('an older statement read again finds what has changed its day, amount and name since', async () => {
  const store = await openStore(scratchDir());
  const s1 = () =>
    saveAt(store, { at: '2026-11-05' }, { transactions: [moved('X', '2026-11-05', '-10.00', { name: 'HOLD' })] });
  const s2 = () =>
    saveAt(store, { at: '2026-11-08' }, { transactions: [moved('X', '2026-11-07', '-12.00', { name: 'SHOP' })] });
  s1();
  s2();
  s1();
  s2();
  expect(storedIn(store)).toEqual(['2026-11-07 -12.00 SHOP']);
});

test('a deletion under a FITID that was used twice removes the one that it resembles', async () => {
  const store = await openStore(scratchDir());
  saveAt(
    store,
    { at: '2026-09-10', from: '2026-08-20' },
    { transactions: [moved('R', '2026-09-01', '-900.00', { name: 'RENT' })] },
  );
  saveAt(
    store,
    { at: '2026-11-02', from: '2026-10-20' },
    { transactions: [moved('R', '2026-11-01', '-5.00', { name: 'CAFE' })] },
  );
  saveAt(
    store,
    { at: '2026-11-03', from: '2026-10-21' },
    { transactions: [moved('R', '2026-11-01', '-5.00', { name: 'CAFE', corrects: { fitid: 'R', action: 'DELETE' } })] },
  );
  expect(storedIn(store)).toEqual(['2026-09-01 -900.00 RENT']);
});

test('a replaced transaction that later replaces its successor is valid again', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-02' }, { transactions: [moved('A', '2026-11-01', '-9.00')] });
  saveAt(
    store,
    { at: '2026-11-03' },
    { transactions: [moved('B', '2026-11-01', '-8.00', { corrects: { fitid: 'A', action: 'REPLACE' } })] },
  );
  saveAt(
    store,
    { at: '2026-11-04' },
    { transactions: [moved('A', '2026-11-01', '-9.00', { corrects: { fitid: 'B', action: 'REPLACE' } })] },
  );
  expect(storedIn(store)).toEqual(['2026-11-01 -9.00 GROCER']);
});

test('a FITID that its transaction no longer has is free for another one', async () => {
  const store = await openStore(scratchDir());
  saveAt(store, { at: '2026-11-06' }, { transactions: [moved('1', '2026-11-05', '-1.00', { name: 'A' })] });
  saveAt(
    store,
    { at: '2026-11-08' },
    {
      transactions: [
        moved('1', '2026-11-07', '-2.00', { name: 'B' }),
        moved('2', '2026-11-05', '-1.00', { name: 'A' }),
      ],
    },
  );
  saveAt(
    store,
    { at: '2026-11-10' },
    {
      transactions: [
        moved('3', '2026-11-05', '-1.00', { name: 'A' }),
        moved('2', '2026-11-07', '-2.00', { name: 'B' }),
      ],
    },
  );
  saveAt(
    store,
    { at: '2026-11-26', from: '2026-11-16' },
    { transactions: [moved('1', '2026-11-25', '-7.00', { name: 'D' })] },
  );
  expect(storedIn(store)).toEqual(['2026-11-05 -1.00 A', '2026-11-07 -2.00 B', '2026-11-25 -7.00 D']);
});
