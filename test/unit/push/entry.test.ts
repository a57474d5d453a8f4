/** Values of a budget's transaction: payee and memo as plain text, amounts as whole numbers, import ids. */

import { describe, expect, test } from 'vitest';
import { memoOf, payeeOf } from '../../../src/model/payee.js';
import type { StoredTransaction } from '../../../src/ports.js';
import { type EntryLimits, entryValues } from '../../../src/push/entry.js';
import { investment } from '../../support/builders.js';
import { stored } from '../../support/export-input.js';

const LIMITS: EntryLimits = { places: 2, payee: 10, memo: 12 };
const valuesOf = (transaction: StoredTransaction, limits = LIMITS, payee: string | null = null) =>
  entryValues({ transaction, payee, category: null }, limits);
const UNRULED = { payee: null };

const SECURITY = investment('BUYSTOCK', { security: { uniqueId: '037833100', idType: 'CUSIP' } });

describe('payee and memo of a budget differ from those of a file', () => {
  test('one line of plain text instead of the original', () => {
    const transaction = stored({ name: ' A\tB\ud800', memo: 'two\r\nlines' });
    expect(valuesOf(transaction)).toMatchObject({ payee: 'A B\ufffd', memo: 'two lines' });
    expect([payeeOf(transaction, UNRULED), memoOf(transaction, UNRULED)]).toEqual([' A\tB\ud800', 'two\r\nlines']);
  });

  test('cut to the limits, in whole characters', () => {
    const transaction = stored({ name: '😀'.repeat(11), memo: '0123456789abc' });
    expect(valuesOf(transaction)).toMatchObject({ payee: `${'😀'.repeat(9)}…`, memo: '0123456789a…' });
    expect(payeeOf(transaction, UNRULED)).toBe('😀'.repeat(11));
    expect(valuesOf(stored({ name: '😀'.repeat(10), memo: null })).payee).toBe('😀'.repeat(10));
  });

  test('the check number belongs to the memo', () => {
    const transaction = stored({ name: 'CHECK', memo: null, checkNumber: '101' });
    expect(valuesOf(transaction).memo).toBe('check 101');
    expect(memoOf(transaction, UNRULED)).toBe('');
  });

  test('the unique id of a security is not a payee', () => {
    const transaction = stored({ name: null, memo: 'BOUGHT', investment: SECURITY });
    expect(valuesOf(transaction)).toMatchObject({ payee: 'BOUGHT', memo: null });
    expect(payeeOf(transaction, UNRULED)).toBe('037833100');
  });
});

test('the words of the institution appear once', () => {
  const transaction = stored({ name: 'SHOP', extendedName: 'SHOP', memo: 'SHOP' });
  expect(valuesOf(transaction)).toMatchObject({ payee: 'SHOP', memo: null });
  expect(memoOf(transaction, { payee: 'Corner shop' })).toBe('SHOP');
});

test('without any words the kind of the transaction is the payee', () => {
  expect(valuesOf(stored({ name: '\u0000', memo: ' ', type: 'ATM' })).payee).toBe('ATM');
});

test.each([
  ['-12.34', 2, -1234],
  ['5', 3, 5000],
] as const)('the amount %s with %i decimals is %i', (amount, places, units) => {
  expect(valuesOf(stored({ amount }), { ...LIMITS, places }).amount).toBe(units);
});

test('an import id has at most 36 characters and is the same each time', () => {
  expect(valuesOf(stored({ id: 'id-1' })).importId).toBe('ofx-sync:id-1');
  const long = valuesOf(stored({ id: 'x'.repeat(60) })).importId;
  expect(long).toMatch(/^ofx-sync:[0-9a-f]{24}$/);
  expect(valuesOf(stored({ id: 'x'.repeat(60) })).importId).toBe(long);
});

test('the payee of a rule replaces the name, which moves to the memo and is known as the payee of the bank', () => {
  const transaction = stored({ name: 'CORNER SHOP 17', memo: 'card 3' });
  expect(valuesOf(transaction, { places: 2, payee: 50, memo: 50 }, 'Corner shop')).toMatchObject({
    ...{ payee: 'Corner shop', bankPayee: 'CORNER SHOP 17', memo: 'CORNER SHOP 17 · card 3' },
  });
});
