/** Saving a statement: identity, changes, corrections, pending transactions, balances. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Quirks } from '../../../src/model/institution.js';
import type { Statement, Transaction } from '../../../src/model/statement.js';
import type { SaveResult, Store } from '../../../src/ports.js';
import { openStore } from '../../../src/store/open.js';
import { account, institution, statement, transaction } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

const AT = new Date('2026-11-20T06:30:00Z');

async function fresh(): Promise<Store> {
  return openStore(scratchDir());
}

function save(
  store: Store,
  input: Partial<Statement> & { transactions: readonly Transaction[] },
  quirks: Quirks = {},
): SaveResult {
  const wanted = { account: account(), from: isoDate('2026-11-01'), to: null };
  return store.save(account(), statement(input), { runId: null, at: AT, wanted, institution: institution({}, quirks) });
}

function stored(store: Store): string[] {
  return [...store.transactions({})].map(
    ({ postedOn, amount, name, pending }) => `${postedOn} ${amount} ${name}${pending ? ' pending' : ''}`,
  );
}

const balance = (amount: string, asOf: string) => ({ amount: decimal(amount), currency: 'USD', asOf: isoDate(asOf) });

describe('identity', () => {
  test('saving the same again changes nothing', async () => {
    const store = await fresh();
    const transactions = [transaction({ fitid: 'A' }), transaction({ fitid: 'B' })];
    expect(save(store, { transactions })).toMatchObject({ new: 2, changed: 0, unchanged: 0 });
    expect(save(store, { transactions })).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
  });

  test('the same FITID with other content is a change, whose former version is kept', async () => {
    const store = await fresh();
    save(store, { transactions: [transaction({ name: 'PENDING AUTH' })] });
    expect(save(store, { transactions: [transaction({ name: 'GROCER' })] })).toMatchObject({ new: 0, changed: 1 });
    expect(stored(store)).toEqual(['2026-11-18 -12.34 GROCER']);
  });

  test('one FITID for a charge and its fee keeps both, again and again', async () => {
    const store = await fresh();
    const charge = transaction({ amount: '-100.00', name: 'HOTEL' });
    const fee = transaction({ amount: '-3.00', name: 'FOREIGN FEE' });
    expect(save(store, { transactions: [charge, fee] })).toMatchObject({ new: 2 });
    expect(save(store, { transactions: [fee, charge] })).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
    expect(stored(store)).toHaveLength(2);
  });

  test('without FITIDs two equal purchases on a day are two transactions', async () => {
    const store = await fresh();
    const coffee = transaction({ fitid: null, name: 'CAFE' });
    expect(save(store, { transactions: [coffee, coffee] })).toMatchObject({ new: 2 });
    expect(save(store, { transactions: [coffee, coffee] })).toMatchObject({ new: 0, unchanged: 2 });
  });

  test('unstableFitid: new FITIDs for the same transactions change nothing', async () => {
    const store = await fresh();
    const quirks: Quirks = { unstableFitid: true };
    save(
      store,
      { transactions: [transaction({ fitid: 'A1' }), transaction({ fitid: 'A2', amount: '-1.00' })] },
      quirks,
    );
    expect(
      save(
        store,
        { transactions: [transaction({ fitid: 'B1' }), transaction({ fitid: 'B2', amount: '-1.00' })] },
        quirks,
      ),
    ).toMatchObject({ new: 0, changed: 0, unchanged: 2 });
  });
});

describe('corrections', () => {
  const wrong = transaction({ fitid: 'OLD', amount: '-10.00', name: 'WRONG' });
  const replacing = transaction({
    fitid: 'NEW',
    amount: '-11.00',
    name: 'RIGHT',
    corrects: { fitid: 'OLD', action: 'REPLACE' },
  });
  const deleting = transaction({ fitid: 'DEL', corrects: { fitid: 'OLD', action: 'DELETE' } });

  test.each([
    ['REPLACE', replacing, ['2026-11-18 -11.00 RIGHT']],
    ['DELETE', deleting, []],
  ])('%s, whichever arrives first, or both at once', async (_, correction, expected) => {
    for (const order of [
      [[wrong], [correction]],
      [[correction], [wrong]],
      [[wrong, correction]],
      [[correction, wrong]],
    ]) {
      const store = await fresh();
      for (const transactions of order) save(store, { transactions });
      for (const transactions of order)
        expect(save(store, { transactions })).toMatchObject({ new: 0, changed: 0, removed: 0 });
      expect(stored(store)).toEqual(expected);
    }
  });
});

test('pending transactions are those of the latest statement', async () => {
  const store = await fresh();
  const hold = transaction({ fitid: null, name: 'HOLD', pending: true });
  expect(save(store, { transactions: [hold] })).toMatchObject({ new: 0, pending: 1 });
  expect(stored(store)).toEqual(['2026-11-18 -12.34 HOLD pending']);
  expect(save(store, { transactions: [transaction({ name: 'POSTED' })] })).toMatchObject({ new: 1, pending: 0 });
  expect(stored(store)).toEqual(['2026-11-18 -12.34 POSTED']);
});

describe('reconciliation', () => {
  const first = {
    ledgerBalance: balance('100.00', '2026-11-10'),
    transactions: [transaction({ fitid: 'A', postedOn: '2026-11-09', amount: '-1.00' })],
  };
  const b = transaction({ fitid: 'B', postedOn: '2026-11-12', amount: '-20.00' });
  const c = transaction({ fitid: 'C', postedOn: '2026-11-13', amount: '-7.77' });

  test('balances that agree give no notice', async () => {
    const store = await fresh();
    save(store, first);
    expect(save(store, { ledgerBalance: balance('72.23', '2026-11-15'), transactions: [b, c] }).notices).toEqual([]);
  });

  test('a missing transaction gives a notice with exactly its amount, and the next full statement clears it', async () => {
    const store = await fresh();
    save(store, first);
    const [notice] = save(store, { ledgerBalance: balance('72.23', '2026-11-15'), transactions: [b] }).notices;
    expect(notice?.code).toBe('balance-gap');
    expect(notice?.message).toContain('-7.77 USD');
    expect(save(store, { ledgerBalance: balance('72.23', '2026-11-15'), transactions: [b, c] }).notices).toEqual([]);
  });

  test('a movement on the balance’s own day may be on either side of it', async () => {
    const store = await fresh();
    save(store, first);
    const late = transaction({ fitid: 'L', postedOn: '2026-11-10', amount: '-5.00' });
    expect(save(store, { ledgerBalance: balance('95.00', '2026-11-15'), transactions: [late] }).notices).toEqual([]);
  });

  test('an institution with unreliable balances gets no notice', async () => {
    const store = await fresh();
    const quirks: Quirks = { ledgerBalance: 'unreliable' };
    save(store, first, quirks);
    expect(save(store, { ledgerBalance: balance('1.00', '2026-11-15'), transactions: [] }, quirks).notices).toEqual([]);
  });
});

test('queries: dates, text without regard to case, exact amounts, limit', async () => {
  const store = await fresh();
  save(store, {
    transactions: [
      transaction({ fitid: 'A', postedOn: '2026-11-01', amount: '-0.10', name: 'Épicerie' }),
      transaction({ fitid: 'B', postedOn: '2026-11-02', amount: '-0.30', memo: 'the ÉPICERIE again' }),
      transaction({ fitid: 'C', postedOn: '2026-11-03', amount: '9007199254740993.01' }),
    ],
  });
  const ids = (query: Parameters<Store['transactions']>[0]) =>
    [...store.transactions(query)].map(({ fitid }) => fitid).join('');
  expect(ids({ since: isoDate('2026-11-02') })).toBe('BC');
  expect(ids({ until: isoDate('2026-11-02') })).toBe('AB');
  expect(ids({ search: 'épicerie' })).toBe('AB');
  expect(ids({ min: '9007199254740993.01' })).toBe('C');
  expect(ids({ min: '9007199254740993.02' })).toBe('');
  expect(ids({ max: '-0.30' })).toBe('B');
  expect(ids({ limit: 2, offset: 1 })).toBe('BC');
  expect(ids({ accounts: [] })).toBe('');
});

test('a NUL in text of the institution does not truncate it', async () => {
  const store = await fresh();
  save(store, { transactions: [transaction({ name: 'before\u0000after' })] });
  expect(stored(store)[0]).toContain('before');
  expect(stored(store)[0]).toContain('after');
});

test('a folder that cannot be created is an error, even where Node’s own way would not end', async () => {
  await expect(openStore('/proc/no-such-folder/data')).rejects.toMatchObject({ code: 'STORE_FAILED' });
});
