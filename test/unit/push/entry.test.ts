/** Values of a budget's transaction: payee and memo as plain text, amounts as whole numbers, import ids. */

import { describe, expect, test } from 'vitest';
import { memoOf, payeeOf } from '../../../src/model/payee.js';
import type { InvestmentDetail } from '../../../src/model/statement.js';
import { type EntryLimits, entryValues } from '../../../src/push/entry.js';
import { stored } from '../../support/export-input.js';

const LIMITS: EntryLimits = { places: 2, payee: 10, memo: 12 };
const UNRULED = { payee: null };

const SECURITY: InvestmentDetail = {
  ...{ action: 'BUYSTOCK', detail: null, security: { uniqueId: '037833100', idType: 'CUSIP' }, securityName: null },
  ...{ ticker: null, units: null, unitPrice: null, commission: null, fees: null, taxes: null, load: null },
  ...{ withholding: null, accruedInterest: null, gain: null, subAccount: null, fundSubAccount: null },
  ...{ source401k: null, splitRatio: null },
};

describe('payee and memo of a budget differ from those of a file', () => {
  test('one line of plain text instead of the original', () => {
    const transaction = stored({ name: ' A\tB\ud800', memo: 'two\r\nlines' });
    expect(entryValues(transaction, LIMITS)).toMatchObject({ payee: 'A B\ufffd', memo: 'two lines' });
    expect([payeeOf(transaction, UNRULED), memoOf(transaction, UNRULED)]).toEqual([' A\tB\ud800', 'two\r\nlines']);
  });

  test('cut to the limits, in whole characters', () => {
    const transaction = stored({ name: '😀'.repeat(11), memo: '0123456789abc' });
    expect(entryValues(transaction, LIMITS)).toMatchObject({ payee: `${'😀'.repeat(9)}…`, memo: '0123456789a…' });
    expect(payeeOf(transaction, UNRULED)).toBe('😀'.repeat(11));
    expect(entryValues(stored({ name: '😀'.repeat(10), memo: null }), LIMITS).payee).toBe('😀'.repeat(10));
  });

  test('the check number belongs to the memo', () => {
    const transaction = stored({ name: 'CHECK', memo: null, checkNumber: '101' });
    expect(entryValues(transaction, LIMITS).memo).toBe('check 101');
    expect(memoOf(transaction, UNRULED)).toBe('');
  });

  test('the unique id of a security is not a payee', () => {
    const transaction = stored({ name: null, memo: 'BOUGHT', investment: SECURITY });
    expect(entryValues(transaction, LIMITS)).toMatchObject({ payee: 'BOUGHT', memo: null });
    expect(payeeOf(transaction, UNRULED)).toBe('037833100');
  });
});

test('the words of the institution appear once', () => {
  const transaction = stored({ name: 'SHOP', extendedName: 'SHOP', memo: 'SHOP' });
  expect(entryValues(transaction, LIMITS)).toMatchObject({ payee: 'SHOP', memo: null });
  expect(memoOf(transaction, { payee: 'Corner shop' })).toBe('SHOP');
});

test('without any words the kind of the transaction is the payee', () => {
  expect(entryValues(stored({ name: '\u0000', memo: ' ', type: 'ATM' }), LIMITS).payee).toBe('ATM');
});

test.each([
  ['-12.34', 2, -1234],
  ['5', 3, 5000],
] as const)('the amount %s with %i decimals is %i', (amount, places, units) => {
  expect(entryValues(stored({ amount }), { ...LIMITS, places }).amount).toBe(units);
});

test('an import id has at most 36 characters and is the same each time', () => {
  expect(entryValues(stored({ id: 'id-1' }), LIMITS).importId).toBe('ofx-sync:id-1');
  const long = entryValues(stored({ id: 'x'.repeat(60) }), LIMITS).importId;
  expect(long).toMatch(/^ofx-sync:[0-9a-f]{24}$/);
  expect(entryValues(stored({ id: 'x'.repeat(60) }), LIMITS).importId).toBe(long);
});
