/** Mistakes that years of statements would make, each in its shortest form: nothing is stored twice, and nothing is lost. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../../src/model/dates.js';
import type { Statement, Transaction } from '../../../../src/model/statement.js';
import type { Store } from '../../../../src/ports.js';
import { openStore } from '../../../../src/store/open.js';
import { balanceOf, gapsIn, moved, type Saving, saveAt, storedIn } from '../../../support/saving.js';
import { scratchDir } from '../../../support/scratch.js';

const ids = (store: Store) => [...store.transactions({})].map(({ id }) => id);
const codes = (how: Saving, store: Store, change: Partial<Statement>) =>
  saveAt(store, how, change).notices.map(({ code }) => code);
const around = [
  moved('R1', '2026-11-03', '-70.00', { name: 'RENT' }),
  moved('R2', '2026-11-14', '-8.00', { name: 'BOOKS' }),
];

describe('what a complete list no longer has', () => {
  const leaked = moved('P1', '2026-11-10', '-20.00', { name: 'HOLD HOTEL' });

  test.each([
    ['another FITID', moved('S1', '2026-11-10', '-20.00', { name: 'HOLD HOTEL' })],
    ['another FITID and name', moved('S1', '2026-11-10', '-20.00', { name: 'GRAND HOTEL' })],
    ['another FITID and day', moved('S1', '2026-11-12', '-20.00', { name: 'HOLD HOTEL' })],
    ['another FITID and amount', moved('S1', '2026-11-11', '-23.50', { name: 'HOLD HOTEL' })],
    ['no FITID, and another name', moved(null, '2026-11-10', '-20.00', { name: 'HOTEL' })],
  ])('is the transaction that came with %s', async (_, settled) => {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-15' }, { transactions: [...around, leaked] });
    const before = ids(store);
    saveAt(store, { at: '2026-11-16' }, { transactions: [...around, settled] });
    expect(ids(store).toSorted()).toEqual(before.toSorted());
    expect(storedIn(store)).toContain(`${settled.postedOn} ${settled.amount} ${settled.name}`);
  });

  test('is said when nothing new can be it, and kept', async () => {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-15' }, { transactions: [...around, leaked] });
    expect(codes({ at: '2026-11-16' }, store, { transactions: around })).toEqual(['unlisted-transaction']);
    expect(storedIn(store)).toHaveLength(3);
  });

  test('is removed when the balances agree only without it, and comes back when it is listed again', async () => {
    const store = await openStore(scratchDir());
    const first = [moved('R0', '2026-11-02', '-1.00', { name: 'FEE' })];
    saveAt(store, { at: '2026-11-04' }, { transactions: first, ledgerBalance: balanceOf('100.00', '2026-11-04') });
    const all = [...first, moved('R1', '2026-11-05', '-70.00', { name: 'RENT' }), leaked];
    saveAt(store, { at: '2026-11-11' }, { transactions: all, ledgerBalance: balanceOf('10.00', '2026-11-11') });
    expect(gapsIn(store)).toEqual([]);
    const without = [...all.filter((one) => one !== leaked), moved('R2', '2026-11-14', '-8.00', { name: 'BOOKS' })];
    const gone = { transactions: without, ledgerBalance: balanceOf('22.00', '2026-11-15') };
    expect(codes({ at: '2026-11-15' }, store, gone)).toContain('withdrawn-transaction');
    expect(gapsIn(store)).toEqual([]);
    expect(storedIn(store)).toHaveLength(3);
    const back = { transactions: [...without, leaked], ledgerBalance: balanceOf('2.00', '2026-11-16') };
    saveAt(store, { at: '2026-11-16' }, back);
    expect(storedIn(store)).toHaveLength(4);
  });

  test.each([
    ['empty', []],
    ['cut off', around.slice(0, 1)],
  ])('proves nothing when the list is %s', async (_, listed) => {
    const store = await openStore(scratchDir());
    const known = [...around, leaked, moved('R3', '2026-11-15', '-9.00', { name: 'OTHER' })];
    saveAt(store, { at: '2026-11-15' }, { transactions: known });
    saveAt(store, { at: '2026-11-16' }, { transactions: listed });
    saveAt(store, { at: '2026-11-17' }, { transactions: known });
    expect(storedIn(store)).toHaveLength(4);
  });
});

describe('FITIDs that changed once', () => {
  const list = (prefix: string): Transaction[] =>
    ['05', '06', '07', '08'].map((day) =>
      moved(`${prefix}${day}`, `2026-11-${day}`, `-${Number(day)}.00`, { name: `SHOP ${day}` }),
    );
  const corrected = (prefix: string) =>
    list(prefix).map((one, index) =>
      index === 1 ? { ...moved(one.fitid, one.postedOn, '-6.50'), name: one.name } : one,
    );

  test('are trusted again: a correction under the same FITID is a change', async () => {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-10' }, { transactions: list('A') });
    saveAt(store, { at: '2026-11-11' }, { transactions: list('B') });
    saveAt(store, { at: '2026-11-12' }, { transactions: list('B') });
    expect(saveAt(store, { at: '2026-11-13' }, { transactions: corrected('B') })).toMatchObject({ new: 0, changed: 1 });
  });

  test('even before that, a correction of the amount keeps the day and is no new transaction', async () => {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-10' }, { transactions: list('A') });
    saveAt(store, { at: '2026-11-11' }, { transactions: list('B') });
    expect(saveAt(store, { at: '2026-11-12' }, { transactions: corrected('B') })).toMatchObject({ new: 0, changed: 1 });
  });

  test('in a file do not make those of the downloads doubtful', async () => {
    const store = await openStore(scratchDir());
    const period = { from: isoDate('2026-11-01'), to: isoDate('2026-11-09') };
    saveAt(store, { at: '2026-11-10' }, { transactions: list('A') });
    expect(saveAt(store, { at: '2026-11-11', file: true }, { transactions: list('F'), period })).toMatchObject({
      new: 0,
    });
    expect(saveAt(store, { at: '2026-11-12' }, { transactions: corrected('A') })).toMatchObject({ new: 0, changed: 1 });
    expect(saveAt(store, { at: '2026-11-13', file: true }, { transactions: list('F'), period })).toMatchObject({
      new: 0,
    });
  });
});

describe('a file that overlaps with downloads', () => {
  const list = ['05', '06', '07', '08'].map((day) =>
    moved(`A${day}`, `2026-11-${day}`, `-${Number(day)}.00`, { name: `Shop ${day}`, memo: 'card 4411' }),
  );
  const period = { from: isoDate('2026-11-01'), to: isoDate('2026-11-09') };

  test.each([
    [
      'names in upper case',
      (one: Transaction) => ({ ...one, fitid: `F${one.fitid}`, name: String(one.name).toUpperCase() }),
    ],
    [
      'names and memos joined, without FITIDs',
      (one: Transaction) => ({ ...one, fitid: null, name: `${one.name} ${one.memo}`, memo: null }),
    ],
    [
      'days one earlier',
      (one: Transaction) =>
        moved(`F${one.fitid}`, `2026-11-0${Number(one.postedOn.slice(9)) - 1}`, one.amount, {
          name: one.name,
          memo: one.memo,
        }),
    ],
    [
      'another spelling of everything',
      (one: Transaction) => ({ ...one, fitid: null, name: `POS ${one.postedOn}`, memo: null }),
    ],
  ])('adds nothing, with %s, and changes nothing', async (_, respelled) => {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-10' }, { transactions: list });
    const before = storedIn(store);
    const file = { transactions: list.map(respelled), period };
    for (const at of ['2026-11-11', '2026-11-12'])
      expect(saveAt(store, { at, file: true }, file)).toMatchObject({ new: 0, changed: 0 });
    expect(saveAt(store, { at: '2026-11-13' }, { transactions: list })).toMatchObject({ new: 0, changed: 0 });
    expect(storedIn(store)).toEqual(before);
  });

  test('first, is completed by the download of the same days', async () => {
    const store = await openStore(scratchDir());
    const file = {
      transactions: list.map((one) => ({ ...one, fitid: null, name: String(one.name).toUpperCase() })),
      period,
    };
    saveAt(store, { at: '2026-11-10', file: true }, file);
    expect(saveAt(store, { at: '2026-11-11' }, { transactions: list })).toMatchObject({ new: 0 });
    expect(storedIn(store)).toEqual(list.map(({ postedOn, amount, name }) => `${postedOn} ${amount} ${name}`));
  });
});

test('FITIDs that count a day newest first: a day that grows adds one', async () => {
  const store = await openStore(scratchDir());
  const day = (...names: readonly string[]) =>
    names.map((name, index) => moved(`20261110-${index + 1}`, '2026-11-10', `-${name.length}.00`, { name }));
  saveAt(store, { at: '2026-11-10' }, { transactions: [...day('BOOK', 'A'), ...around] });
  const before = ids(store);
  expect(
    saveAt(store, { at: '2026-11-11' }, { transactions: [...day('GROCER', 'BOOK', 'A'), ...around] }),
  ).toMatchObject({
    new: 1,
    changed: 0,
  });
  expect(ids(store)).toEqual(expect.arrayContaining(before));
});

describe('equal transactions with one FITID', () => {
  const ticket = moved('T', '2026-11-10', '-2.75', { name: 'TICKET' });

  test('are both kept when the balances need both', async () => {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-09' }, { ledgerBalance: balanceOf('10.00', '2026-11-09') });
    const both = { transactions: [ticket, ticket], ledgerBalance: balanceOf('4.50', '2026-11-11') };
    expect(saveAt(store, { at: '2026-11-11' }, both)).toMatchObject({ new: 2, notices: [] });
    expect(saveAt(store, { at: '2026-11-12' }, both)).toMatchObject({ new: 0, unchanged: 2, notices: [] });
  });

  test('are one when the balances need one', async () => {
    const store = await openStore(scratchDir());
    saveAt(store, { at: '2026-11-09' }, { ledgerBalance: balanceOf('10.00', '2026-11-09') });
    const one = { transactions: [ticket, ticket], ledgerBalance: balanceOf('7.25', '2026-11-11') };
    expect(saveAt(store, { at: '2026-11-11' }, one)).toMatchObject({ new: 1, notices: [] });
    expect(saveAt(store, { at: '2026-11-12' }, one)).toMatchObject({ new: 0, notices: [] });
  });

  test('are both kept and reported without balances, until a complete list has one', async () => {
    const store = await openStore(scratchDir());
    expect(codes({ at: '2026-11-15' }, store, { transactions: [...around, ticket, ticket] })).toEqual([
      'repeated-transaction',
    ]);
    expect(storedIn(store)).toHaveLength(4);
    expect(codes({ at: '2026-11-16' }, store, { transactions: [...around, ticket] })).toContain('repeated-transaction');
    expect(storedIn(store)).toHaveLength(3);
  });
});
