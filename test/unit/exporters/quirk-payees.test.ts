/** Payees and memos of institutions that write them into other fields. */

import { describe, expect, test } from 'vitest';
import { withQuirkPayees, withRulePayees } from '../../../src/exporters/quirk-payees.js';
import type { Quirks } from '../../../src/model/institution.js';
import { stored } from '../../support/export-input.js';

const rows = (quirks: Quirks, transactions: Parameters<typeof withQuirkPayees>[0]) =>
  [...withQuirkPayees(transactions, [{ name: 'river', quirks }])].map(({ name, memo }) => `${name} | ${memo ?? ''}`);

const PAID = stored({ fitid: 'A', amount: '-12.00', name: 'DEBIT', memo: 'GROCER', postedOn: '2026-11-01' });
const WORDS = stored({ fitid: 'B', amount: '0.00', name: 'STORE 17', memo: 'OAK STREET', postedOn: '2026-11-01' });
const LATER = stored({ fitid: 'C', amount: '0.00', name: 'FEE WAIVED', memo: null, postedOn: '2026-11-02' });

describe('payee: memo', () => {
  test('name and memo change places', () => {
    expect(rows({ payee: 'memo' }, [PAID])).toEqual(['GROCER | DEBIT']);
  });
  test('without a memo the name stays', () => {
    expect(rows({ payee: 'memo' }, [LATER])).toEqual(['FEE WAIVED | ']);
  });
});

describe('commentRows: join', () => {
  test('a comment of the same day joins the memo of the previous transaction', () => {
    expect(rows({ commentRows: 'join' }, [PAID, WORDS, LATER])).toEqual([
      'DEBIT | GROCER STORE 17 OAK STREET',
      'FEE WAIVED | ',
    ]);
  });
  test('a comment joins its own account, even between transactions of others', () => {
    const other = stored({ account: 'savings', amount: '5.00', name: 'INTEREST', memo: null, postedOn: '2026-11-01' });
    expect(rows({ commentRows: 'join' }, [PAID, other, WORDS])).toEqual([
      'DEBIT | GROCER STORE 17 OAK STREET',
      'INTEREST | ',
    ]);
  });
  test('a check of zero is no comment', () => {
    const check = stored({ amount: '0.00', name: 'VOID', memo: null, checkNumber: '101', postedOn: '2026-11-01' });
    expect(rows({ commentRows: 'join' }, [PAID, check])).toHaveLength(2);
  });
});

test('without quirks nothing changes, and the result can be iterated twice', () => {
  const all = [PAID, WORDS, LATER];
  expect(withQuirkPayees(all, [{ name: 'river', quirks: {} }])).toBe(all);
  const joined = withQuirkPayees(all, [{ name: 'river', quirks: { commentRows: 'join' } }]);
  expect([...joined]).toEqual([...joined]);
});

test('the payee of a rule replaces the name, which moves to the memo', () => {
  const classify = () => ({ payee: 'Corner shop', category: null, tags: [] });
  expect([...withRulePayees([PAID], classify)]).toMatchObject([{ name: 'Corner shop', memo: 'DEBIT · GROCER' }]);
});

test('the note of a rule begins the memo, and what a rule ignores is omitted', () => {
  const noted = () => ({ payee: null, category: null, tags: [], note: 'shared' });
  expect([...withRulePayees([PAID], noted)]).toMatchObject([{ name: PAID.name, memo: `shared · ${PAID.memo}` }]);
  const ignored = () => ({ payee: null, category: null, tags: [], ignore: true as const });
  expect([...withRulePayees([PAID], ignored)]).toEqual([]);
});
