/** Transfers whose sides are exported on different days, and rules that name an own account. */

import { describe, expect, test } from 'vitest';
import { exporters } from '../../../src/exporters/index.js';
import type { StoredTransaction } from '../../../src/ports.js';
import { account, card } from '../../support/builders.js';
import { exportInput, rendered, stored } from '../../support/export-input.js';
import { fc } from '../../support/properties.js';

const ACCOUNTS = [account(), card(), account({ name: 'savings', id: '000123457' })];

const PAID = stored({ id: 'paid', fitid: 'P1', amount: '-300.00', name: 'CARD AUTOPAY', postedOn: '2026-11-05' });
const RECEIVED = stored({
  id: 'received',
  fitid: 'R1',
  account: 'card',
  amount: '300.00',
  name: 'THANK YOU',
  postedOn: '2026-11-07',
});
const SHOP = stored({ id: 'shop', fitid: 'S1', amount: '-5.00', name: 'SHOP', postedOn: '2026-11-06' });

interface Export {
  readonly fresh: readonly StoredTransaction[];
  readonly earlier?: readonly StoredTransaction[];
  readonly rules?: Readonly<Record<string, string>>;
  readonly transferAccount?: string;
}

/** Returns the postings of each entry, as `ACCOUNT AMOUNT`. */
function postings({ fresh, earlier = [], rules = {}, transferAccount = 'Assets:Transfers' }: Export): string[][] {
  const input = exportInput(fresh, {
    accounts: ACCOUNTS,
    earlier,
    transferAccount,
    accountMap: new Map([['river/card', 'Liabilities:Visa']]),
    classify: ({ name }) => ({ payee: null, category: rules[name ?? ''] ?? null, tags: [] }),
    settings: { header: false, declarations: false },
  });
  return rendered(exporters.hledger.render(input))
    .trim()
    .split('\n\n')
    .filter((entry) => entry !== '')
    .map((entry) =>
      entry.split('\n').flatMap((line) => /^ {4}(\S+) {2}(\S+) USD/.exec(line)?.slice(1).join(' ') ?? []),
    );
}

const RULE = { 'CARD AUTOPAY': 'Liabilities:Visa' };

describe('with a rule that names the other account', () => {
  test('the first side waits in the account for transfers', () => {
    expect(postings({ fresh: [PAID, SHOP], rules: RULE })).toEqual([
      ['Assets:River:Checking -300.00', 'Assets:Transfers 300.00'],
      ['Assets:River:Checking -5.00', 'Expenses:Unknown 5.00'],
    ]);
  });

  test('the second side closes it', () => {
    expect(postings({ fresh: [RECEIVED], earlier: [PAID, SHOP], rules: RULE })).toEqual([
      ['Liabilities:Visa 300.00', 'Assets:Transfers -300.00'],
    ]);
  });

  test('the account has the name of the configuration', () => {
    const transferAccount = 'Assets:Transit';
    expect(postings({ fresh: [RECEIVED], earlier: [PAID], rules: RULE, transferAccount })).toEqual([
      ['Liabilities:Visa 300.00', 'Assets:Transit -300.00'],
    ]);
  });

  test('both on one day are one entry, although neither looks like a transfer', () => {
    const plain = (of: StoredTransaction, name: string) => ({ ...of, name, type: 'DEBIT' });
    expect(
      postings({
        fresh: [plain(PAID, 'VISA 4111'), plain(RECEIVED, 'RECEIVED')],
        rules: { 'VISA 4111': 'Liabilities:Visa' },
      }),
    ).toEqual([['Assets:River:Checking -300.00', 'Liabilities:Visa 300.00']]);
  });

  test('another account does not become the other side', () => {
    expect(postings({ fresh: [{ ...RECEIVED, account: 'savings' }], earlier: [PAID], rules: RULE })).toEqual([
      ['Assets:River:Savings 300.00', 'Expenses:Unknown -300.00'],
    ]);
  });

  test('the account of the transaction itself is no transfer', () => {
    expect(postings({ fresh: [PAID], rules: { 'CARD AUTOPAY': 'Assets:River:Checking' } })).toEqual([
      ['Assets:River:Checking -300.00', 'Assets:River:Checking 300.00'],
    ]);
  });
});

describe('without a rule', () => {
  test('the second side takes the money from where the first has put it', () => {
    expect(postings({ fresh: [RECEIVED], earlier: [PAID], rules: { 'CARD AUTOPAY': 'Payments' } })).toEqual([
      ['Liabilities:Visa 300.00', 'Expenses:Payments -300.00'],
    ]);
  });

  test('a side whose account number the bank names waits, too', () => {
    const id = card().id;
    const named = { kind: 'creditcard', id, routing: null, branch: null, brokerId: null, accountType: null } as const;
    expect(postings({ fresh: [{ ...PAID, counterAccount: named }] })).toEqual([
      ['Assets:River:Checking -300.00', 'Assets:Transfers 300.00'],
    ]);
  });
});

test('an earlier pair is closed: a third movement of the amount stays single', () => {
  const again = { ...RECEIVED, id: 'again', fitid: 'R2' };
  expect(postings({ fresh: [again], earlier: [PAID, RECEIVED], rules: RULE })).toEqual([
    ['Liabilities:Visa 300.00', 'Expenses:Unknown -300.00'],
  ]);
});

test('a side that closes a transfer has the place of its own day', () => {
  const dates = rendered(
    exporters.hledger.render(
      exportInput([SHOP, RECEIVED], {
        accounts: ACCOUNTS,
        earlier: [PAID],
        settings: { header: false },
      }),
    ),
  ).match(/^\d{4}-\d\d-\d\d/gm);
  expect(dates).toEqual(['2026-11-06', '2026-11-07']);
});

test('each new transaction is written once, and no earlier one, whatever was exported before', () => {
  const movement = fc.record({
    account: fc.constantFrom('checking', 'savings', 'card'),
    amount: fc.constantFrom('-5', '5', '-7', '7'),
    day: fc.integer({ min: 1, max: 28 }),
    name: fc.constantFrom('CARD AUTOPAY', 'TRANSFER', 'SHOP'),
    isNew: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 40 }), (movements) => {
      const all = movements
        .toSorted((a, b) => a.day - b.day)
        .map(({ day, isNew, ...rest }, index) => ({
          isNew,
          of: stored({
            ...rest,
            id: `t${index}`,
            fitid: `F${index}E`,
            postedOn: `2026-11-${String(day).padStart(2, '0')}`,
          }),
        }));
      const [fresh, earlier] = [true, false].map((wanted) =>
        all.filter(({ isNew }) => isNew === wanted).map(({ of }) => of),
      );
      const classify = ({ name }: StoredTransaction) => ({
        payee: null,
        category: name === 'CARD AUTOPAY' ? 'Liabilities:River:Card' : null,
        tags: [],
      });
      for (const format of ['hledger', 'beancount'] as const) {
        const input = exportInput(fresh ?? [], { accounts: ACCOUNTS, earlier: earlier ?? [], classify });
        const written = rendered(exporters[format].render(input)).matchAll(/\bfitid: "?(F\d+E)/g);
        expect([...written].map(([, fitid]) => fitid).toSorted()).toEqual(
          (fresh ?? []).map(({ fitid }) => fitid).toSorted(),
        );
      }
    }),
  );
});
