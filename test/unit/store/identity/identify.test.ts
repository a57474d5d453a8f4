/** Identity of transactions: FITIDs that change, that are used again, that are missing. */

import { describe, expect, test } from 'vitest';
import { addDays, isoDate } from '../../../../src/model/dates.js';
import type { Quirks } from '../../../../src/model/institution.js';
import type { Transaction } from '../../../../src/model/statement.js';
import type { SaveResult, Store } from '../../../../src/ports.js';
import { openStore } from '../../../../src/store/open.js';
import { account, institution, statement, transaction } from '../../../support/builders.js';
import { scratchDir } from '../../../support/scratch.js';

interface How {
  readonly day?: number;
  readonly from?: string;
  readonly quirks?: Quirks;
  /** A file, of the period or of none. */
  readonly file?: 'with period' | 'without period';
}

function save(store: Store, transactions: readonly Transaction[], how: How = {}): SaveResult {
  const { day = 20, from = '2026-11-01', quirks = {}, file } = how;
  const at = new Date(`2026-11-${day}T12:00:00Z`);
  const period = file === 'without period' ? null : { from: isoDate(from), to: isoDate('2026-11-20') };
  const wanted = file === undefined ? { account: account(), from: isoDate(from), to: null } : null;
  return store.save(account(), statement({ transactions, period }), {
    runId: null,
    at,
    wanted,
    institution: institution({}, quirks),
  });
}

function stored(store: Store): string[] {
  return [...store.transactions({})].map(({ postedOn, amount, name }) => `${postedOn} ${amount} ${name}`);
}

const ids = (store: Store) => [...store.transactions({})].map(({ id }) => id);
const codes = ({ notices }: SaveResult) => notices.map(({ code }) => code);
const list = (prefix: string) => [
  transaction({ fitid: `${prefix}1`, postedOn: '2026-11-10', amount: '-1.00', name: 'BAKER' }),
  transaction({ fitid: `${prefix}2`, postedOn: '2026-11-11', amount: '-2.00', name: 'COFFEE' }),
  transaction({ fitid: `${prefix}3`, postedOn: '2026-11-11', amount: '-2.00', name: 'COFFEE' }),
  transaction({ fitid: `${prefix}4`, postedOn: '2026-11-12', amount: '50.00', name: 'REFUND' }),
];

describe('FITIDs that change from download to download', () => {
  test('are noticed, and add nothing', async () => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    const before = ids(store);
    const again = save(store, list('B'), { day: 21 });
    expect(again).toMatchObject({ new: 0, changed: 0, unchanged: 4 });
    expect(codes(again)).toEqual(['unstable-fitid']);
    expect(save(store, list('C'), { day: 22 })).toMatchObject({ new: 0, changed: 0, unchanged: 4 });
    expect(ids(store)).toEqual(before);
  });

  test('are noticed beside new ones', async () => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    const fresh = transaction({ fitid: 'B9', postedOn: '2026-11-19', amount: '-9.00', name: 'NEW' });
    expect(save(store, [...list('B'), fresh], { day: 21 })).toMatchObject({ new: 1, unchanged: 4 });
  });

  test('are noticed when they only trade places', async () => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    const [one, two, three, four] = list('A');
    if (one === undefined || two === undefined || three === undefined || four === undefined) throw new Error('list');
    const traded = [
      { ...one, fitid: 'A4' },
      { ...two, fitid: 'A1' },
      { ...three, fitid: 'A2' },
      { ...four, fitid: 'A3' },
    ];
    expect(save(store, traded, { day: 21 })).toMatchObject({ new: 0, changed: 0, unchanged: 4 });
    expect(stored(store)).toHaveLength(4);
  });

  test.each([
    ['some of them older than what was asked for', '2026-11-11'],
    ['all of them older than what was asked for', '2026-11-18'],
  ])('are noticed when the institution pays no heed to DTSTART, %s', async (_, from) => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    const again = save(store, list('B'), { day: 21, from });
    expect(again).toMatchObject({ new: 0, changed: 0, unchanged: 4 });
    expect(codes(again)).toEqual(['unstable-fitid']);
  });

  test('are accepted for older ones when most of them are known', async () => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    const late = transaction({ fitid: 'B9', postedOn: '2026-11-10', amount: '-9.00', name: 'LATE' });
    const again = save(store, [...list('B').slice(0, 3), late], { day: 21, from: '2026-11-18' });
    expect(again).toMatchObject({ new: 1, unchanged: 3 });
    expect(stored(store)).toHaveLength(5);
  });

  test.each([
    [2, { new: 2, unchanged: 0 }],
    [3, { new: 0, unchanged: 3 }],
  ])('are believed of older ones alone from three on, of which each is known: %i', async (count, expected) => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    expect(save(store, list('B').slice(0, count), { day: 21, from: '2026-11-18' })).toMatchObject(expected);
  });

  test.each([
    ['are not believed when most of what was known of these days is not in the statement', '2026-11-11', 4],
    ['are believed for the days up to which a statement lists anything', '2026-11-13', 0],
  ])('%s', async (_, postedOn, count) => {
    const store = await openStore(scratchDir());
    const others = Array.from({ length: 5 }, (__, index) =>
      transaction({ fitid: `O${index}`, postedOn, amount: `-10${index}.00`, name: 'OTHER' }),
    );
    save(store, [...list('A'), ...others]);
    expect(save(store, list('B'), { day: 21 })).toMatchObject({ new: count, unchanged: 4 - count });
    expect(stored(store)).toHaveLength(9 + count);
  });

  test('once known to be unstable match whatever was stored before', async () => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    const quirks = { unstableFitid: true };
    expect(save(store, list('B').slice(1), { day: 21, quirks })).toMatchObject({ new: 0, changed: 0, unchanged: 3 });
    expect(stored(store)).toHaveLength(4);
  });

  test('a purchase like another of the day is new while the other is still listed', async () => {
    const store = await openStore(scratchDir());
    const coffee = (fitid: string) => transaction({ fitid, postedOn: '2026-11-11', amount: '-2.00', name: 'COFFEE' });
    save(store, [coffee('1')]);
    expect(save(store, [coffee('1'), coffee('2')], { day: 21 })).toMatchObject({ new: 1, unchanged: 1 });
  });

  test('a file that is a selection proves nothing', async () => {
    const store = await openStore(scratchDir());
    const coffee = (fitid: string) => transaction({ fitid, postedOn: '2026-11-11', amount: '-2.00', name: 'COFFEE' });
    save(store, [coffee('1')], { file: 'without period' });
    expect(save(store, [coffee('2')], { file: 'without period', day: 21 })).toMatchObject({ new: 1 });
  });
});

describe('FITIDs that are used again', () => {
  test('for another transaction weeks later keep both, again and again', async () => {
    const store = await openStore(scratchDir());
    save(store, [transaction({ fitid: '1', postedOn: '2026-11-02', amount: '-5.00', name: 'OLD' })]);
    const now = transaction({ fitid: '1', postedOn: '2026-11-19', amount: '-6.00', name: 'NEW' });
    const result = save(store, [now], { from: '2026-11-15', day: 21 });
    expect(result).toMatchObject({ new: 1, changed: 0 });
    expect(codes(result)).toEqual(['reused-fitid']);
    expect(save(store, [now], { from: '2026-11-15', day: 22 })).toMatchObject({ new: 0, changed: 0, unchanged: 1 });
    expect(stored(store)).toEqual(['2026-11-02 -5.00 OLD', '2026-11-19 -6.00 NEW']);
  });

  test('a hold that settles a day later under another name and amount is one', async () => {
    const store = await openStore(scratchDir());
    save(store, [transaction({ fitid: '1', postedOn: '2026-11-18', amount: '-1.00', name: 'HOLD SHELL' })]);
    const settled = transaction({ fitid: '1', postedOn: '2026-11-19', amount: '-40.12', name: 'SHELL OIL' });
    expect(save(store, [settled], { from: '2026-11-10', day: 21 })).toMatchObject({ new: 0, changed: 1 });
    expect(stored(store)).toEqual(['2026-11-19 -40.12 SHELL OIL']);
  });
});

describe('FITIDs that are missing', () => {
  test('beside one that is named and was corrected: what says the same as before is another', async () => {
    const store = await openStore(scratchDir());
    const coffee = (fitid: string | null, amount: string) =>
      transaction({ fitid, postedOn: '2026-11-11', amount, name: 'COFFEE' });
    save(store, [coffee('1', '-2.00')]);
    const both = [coffee('1', '-2.50'), coffee(null, '-2.00')];
    expect(save(store, both, { day: 21 })).toMatchObject({ new: 1, changed: 1 });
    expect(stored(store).toSorted()).toEqual(['2026-11-11 -2.00 COFFEE', '2026-11-11 -2.50 COFFEE']);
    expect(save(store, both, { day: 22 })).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
  });

  test('in a file of downloaded transactions are found by content', async () => {
    const store = await openStore(scratchDir());
    save(store, list('A'));
    const bare = list('A').map((one) => ({ ...one, fitid: null }));
    expect(save(store, bare, { file: 'without period', day: 21 })).toMatchObject({ new: 0, unchanged: 4 });
  });

  test('in a file, before a download with FITIDs', async () => {
    const store = await openStore(scratchDir());
    const bare = list('A').map((one) => ({ ...one, fitid: null }));
    save(store, bare, { file: 'without period' });
    expect(save(store, list('A'), { day: 21 })).toMatchObject({ new: 0, unchanged: 4 });
    const more = transaction({ fitid: null, postedOn: '2026-11-11', amount: '-2.00', name: 'COFFEE' });
    expect(save(store, [...bare, more], { file: 'without period', day: 21 })).toMatchObject({ new: 1, unchanged: 4 });
    expect(stored(store)).toHaveLength(5);
  });
});

test('older content never replaces newer content', async () => {
  const store = await openStore(scratchDir());
  save(store, [transaction({ name: 'NEWER' })], { day: 21 });
  const old = {
    runId: null,
    at: new Date('2026-11-22T12:00:00Z'),
    asOf: new Date('2026-11-19T12:00:00Z'),
    wanted: null,
  };
  const result = store.save(account(), statement({ transactions: [transaction({ name: 'OLDER' })] }), {
    ...old,
    institution: institution(),
  });
  expect(result).toMatchObject({ new: 0, changed: 0, unchanged: 1 });
  expect(stored(store)).toEqual(['2026-11-18 -12.34 NEWER']);
});

test('a deletion under the transaction’s own FITID removes it', async () => {
  const store = await openStore(scratchDir());
  save(store, [transaction({ fitid: 'X' })]);
  const deletion = transaction({ fitid: 'X', corrects: { fitid: 'X', action: 'DELETE' } });
  expect(save(store, [deletion], { day: 21 })).toMatchObject({ removed: 1 });
  expect(stored(store)).toEqual([]);
});

test('a replacement under the transaction’s own FITID is a change, and removes nothing', async () => {
  const store = await openStore(scratchDir());
  save(store, [transaction({ fitid: 'X' })]);
  const replacement = transaction({ fitid: 'X', amount: '-13.00', corrects: { fitid: 'X', action: 'REPLACE' } });
  expect(save(store, [replacement], { day: 21 })).toMatchObject({ new: 0, changed: 1, removed: 0 });
  expect(stored(store)).toEqual(['2026-11-18 -13.00 GROCER']);
});

test('a window of one day gives the same dates and ids', async () => {
  const store = await openStore(scratchDir());
  for (let day = 0; day < 5; day += 1) {
    const postedOn = addDays(isoDate('2026-11-10'), day);
    save(store, [transaction({ fitid: `D${day}`, postedOn })], { from: postedOn });
  }
  expect(stored(store)).toHaveLength(5);
});
