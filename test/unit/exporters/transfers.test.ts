/** Pairs of movements that are one transfer, and others that only look alike. */

import { describe, expect, test } from 'vitest';
import { ownTransfers, withTransfers } from '../../../src/exporters/transfers.js';
import type { Account } from '../../../src/model/account.js';
import type { StoredTransaction } from '../../../src/ports.js';
import { account, card } from '../../support/builders.js';
import { exportInput, stored } from '../../support/export-input.js';
import { fc } from '../../support/properties.js';

const ACCOUNTS = [
  account(),
  account({ name: 'savings', id: '000123457' }),
  card(),
  account({ institution: 'meadow', name: 'joint', id: '777' }),
];

let number = 0;
function move(name: string, amount: string, change: Parameters<typeof stored>[0] = {}): StoredTransaction {
  number += 1;
  const [institution = '', accountName = ''] = name.includes('/') ? name.split('/') : ['river', name];
  return stored({ id: `t${number}`, institution, account: accountName, amount, type: 'XFER', ...change });
}

/** Pairs as `a+b`, others alone, by id. */
function matched(...transactions: StoredTransaction[]): string[] {
  return matchedIn(ACCOUNTS, ...transactions);
}

function matchedIn(accounts: readonly Account[], ...transactions: StoredTransaction[]): string[] {
  return [...withTransfers(transactions, accounts)].map((movement) => movement.map(({ id }) => id).join('+'));
}

describe('a pair', () => {
  test('same day, opposite amounts, one is marked as a transfer', () => {
    const [a, b] = [move('checking', '-300.00'), move('savings', '300', { type: 'CREDIT' })];
    expect(matched(a, b)).toEqual([`${a.id}+${b.id}`]);
  });

  test('a few days apart, with others in between, in the place of the first', () => {
    const a = move('checking', '-250.50', { type: 'DEBIT', name: 'CARD PAYMENT', postedOn: '2026-11-01' });
    const other = move('checking', '-1', { type: 'POS', postedOn: '2026-11-02' });
    const b = move('card', '250.50', { type: 'CREDIT', name: 'THANK YOU', postedOn: '2026-11-05' });
    expect(matched(a, other, b)).toEqual([`${a.id}+${b.id}`, other.id]);
  });

  test('words of other languages', () => {
    const [a, b] = [
      move('checking', '-5', { type: 'DEBIT', name: 'Überweisung' }),
      move('savings', '5', { type: 'CREDIT' }),
    ];
    expect(matched(a, b)).toEqual([`${a.id}+${b.id}`]);
  });

  test('the nearest in time pair', () => {
    const a = move('checking', '-5', { postedOn: '2026-11-01' });
    const b = move('checking', '-5', { postedOn: '2026-11-04' });
    const c = move('savings', '5', { postedOn: '2026-11-04' });
    expect(matched(a, b, c)).toEqual([a.id, `${b.id}+${c.id}`]);
  });

  test('the named account comes first', () => {
    const a = move('checking', '-5', {
      counterAccount: { kind: 'bank', id: '777', routing: null, branch: null, brokerId: null, accountType: null },
    });
    const [b, c] = [move('savings', '5'), move('meadow/joint', '5')];
    expect(matched(a, b, c)).toEqual([`${a.id}+${c.id}`, b.id]);
  });

  test('a bank names an account of a bridge by its number', () => {
    const bridged = account({ institution: 'bridge', name: 'giro', id: 'ACT-1', number: '555' });
    const counterAccount = {
      kind: 'bank',
      id: '555',
      routing: null,
      branch: null,
      brokerId: null,
      accountType: null,
    } as const;
    const a = move('checking', '-5', { type: 'DEBIT', name: 'STANDING ORDER 4', counterAccount });
    const [b, c] = [move('savings', '5'), move('bridge/giro', '5')];
    expect(matchedIn([...ACCOUNTS, bridged], a, b, c)).toEqual([`${a.id}+${c.id}`, b.id]);
    expect(ownTransfers(exportInput([a], { accounts: [bridged] })).isTransfer(a)).toBe(true);
    expect(ownTransfers(exportInput([a], { accounts: ACCOUNTS })).isTransfer(a)).toBe(false);
  });

  test('the same institution comes before another', () => {
    const all = [move('checking', '-5'), move('meadow/joint', '-5'), move('savings', '5')];
    expect(matched(...all)).toEqual([`${all[0]?.id}+${all[2]?.id}`, all[1]?.id]);
  });

  test('equal ones of the same two accounts pair one by one', () => {
    const all = [move('checking', '-5'), move('checking', '-5'), move('savings', '5'), move('savings', '5')];
    expect(matched(...all)).toEqual([`${all[0]?.id}+${all[2]?.id}`, `${all[1]?.id}+${all[3]?.id}`]);
  });
});

describe('no pair', () => {
  const plain = { type: 'POS', name: 'SHOP' } as const;
  test.each([
    ['neither looks like a transfer', move('checking', '-5', plain), move('savings', '5', plain)],
    ['the same account', move('checking', '-5'), move('checking', '5')],
    ['the same sign', move('checking', '-5'), move('savings', '-5')],
    ['another amount', move('checking', '-5'), move('savings', '5.01')],
    ['another currency', move('checking', '-5'), move('savings', '5', { currency: 'EUR' })],
    [
      'one that was exchanged, and arrives as another amount',
      move('checking', '-5', { exchange: { currency: 'EUR', rate: null, converted: true } }),
      move('savings', '5'),
    ],
    ['zero', move('checking', '0'), move('savings', '0')],
    [
      'too many days apart',
      move('checking', '-5', { postedOn: '2026-11-01' }),
      move('savings', '5', { postedOn: '2026-11-07' }),
    ],
    [
      'another account is named',
      move('checking', '-5', {
        counterAccount: { kind: 'bank', id: '999', routing: null, branch: null, brokerId: null, accountType: null },
      }),
      move('savings', '5'),
    ],
  ])('%s', (_, a, b) => expect(matched(a, b)).toEqual([a.id, b.id]));

  test('a guess between two other institutions', () => {
    const all = [move('checking', '-5'), move('meadow/joint', '5'), move('other/x', '5')];
    expect(matched(...all)).toEqual(all.map(({ id }) => id));
  });
});

test('each movement is returned once, in the order of its date, for any input', () => {
  const movement = fc.record({
    account: fc.constantFrom('checking', 'savings', 'card', 'meadow/joint'),
    amount: fc.constantFrom('-5', '5', '-5.00', '7', '-7'),
    day: fc.integer({ min: 1, max: 28 }),
    type: fc.constantFrom('XFER', 'POS', 'CREDIT'),
  });
  fc.assert(
    fc.property(fc.array(movement, { maxLength: 60 }), (movements) => {
      const transactions = movements
        .toSorted((a, b) => a.day - b.day)
        .map(({ account: name, amount, day, type }) =>
          move(name, amount, { type, postedOn: `2026-11-${String(day).padStart(2, '0')}` }),
        );
      const out = [...withTransfers(transactions, ACCOUNTS)];
      expect(
        out
          .flat()
          .map(({ id }) => id)
          .toSorted(),
      ).toEqual(transactions.map(({ id }) => id).toSorted());
      const dates = out.map(([first]) => first.postedOn);
      expect(dates).toEqual(dates.toSorted());
    }),
  );
});

test('a hundred thousand equal amounts of one day are fast', () => {
  const all = Array.from({ length: 100_000 }, (_, index) =>
    move(index % 2 ? 'checking' : 'savings', index % 2 ? '-5' : '5'),
  );
  expect([...withTransfers(all, ACCOUNTS)]).toHaveLength(100_000);
});
