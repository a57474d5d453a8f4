/** The balance with which a budget begins, and the value of an investment account or a loan. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { Position } from '../../../src/model/statement.js';
import type { Holdings } from '../../../src/model/stored.js';
import { accountValue, openingOf } from '../../../src/push/state.js';
import { account } from '../../support/builders.js';
import { state, stored } from '../../support/export-input.js';

const DAY = isoDate('2026-11-20');
const BROKER = account({ kind: 'investment', accountKind: 'investment' });
const LOAN = account({ kind: 'loan', accountKind: 'loan' });
const usd = (amount: string) => ({ amount: decimal(amount), currency: 'USD', asOf: DAY });

function position(change: Partial<Position> = {}): Position {
  return {
    ...{ security: { uniqueId: '037833100', idType: 'CUSIP' }, securityName: 'Acme', ticker: 'ACME', type: 'stock' },
    ...{ units: decimal('3'), unitPrice: decimal('10.50'), marketValue: decimal('31.50'), currency: 'USD' },
    ...{ asOf: DAY, side: 'LONG', heldIn: null, source401k: null, memo: null },
    ...change,
  };
}

const holding = (...positions: Position[]): Holdings => ({
  ...{ asOf: DAY, positions, cash: usd('100.00'), margin: null, short: null },
});

describe('a budget begins with', () => {
  const moved = [
    stored({ amount: '-30.00', postedOn: '2026-11-10' }),
    stored({ amount: '-5.00', postedOn: '2026-11-21' }),
  ];
  test('the balance less the transactions up to it', () => {
    const of = state(account(), { ledgerBalance: usd('70.00') });
    expect(openingOf(account(), of, moved)).toEqual({ opening: '100', openingOn: '2026-11-10' });
  });
  test('the cash of a broker, whatever its ledger balance', () => {
    const of = state(BROKER, { holdings: holding(position()), ledgerBalance: usd('131.50') });
    expect(openingOf(BROKER, of, moved).opening).toBe('130');
  });
  test('zero without a balance', () => {
    expect(openingOf(account(), null, []).opening).toBe('0');
  });
});

describe('the value', () => {
  test.each<[string, Position[], string]>([
    ['is that of positions and cash', [position(), position({ marketValue: decimal('-1.25') })], '130.25'],
    ['is units times price for shares without a market value', [position({ marketValue: null })], '131.5'],
    ['is the cash without positions', [], '100'],
  ])('of a broker %s', (_, positions, amount) => {
    const value = accountValue(BROKER, state(BROKER, { holdings: holding(...positions) }));
    expect(value).toEqual({ amount, currency: 'USD', on: DAY });
  });

  test.each<[string, Partial<Position>, string]>([
    ['a bond without a market value', { type: 'debt', marketValue: null }, 'ACME has no market value'],
    ['a position without a price', { marketValue: null, unitPrice: null, ticker: null }, 'Acme has no market value'],
    ['a position in another currency', { currency: 'EUR' }, 'ACME is in EUR, but its cash is in USD'],
  ])('is unknown with %s', (_, change, message) => {
    const of = state(BROKER, { holdings: holding(position(change)) });
    expect(() => accountValue(BROKER, of)).toThrow(message);
  });

  test('of a loan is its balance, and other accounts have none', () => {
    const of = { ledgerBalance: usd('-900.00') };
    expect(accountValue(LOAN, state(LOAN, of))).toEqual({ amount: '-900.00', currency: 'USD', on: DAY });
    expect(accountValue(account(), state(account(), of))).toBeNull();
    expect([accountValue(BROKER, null), accountValue(LOAN, null)]).toEqual([null, null]);
  });
});
