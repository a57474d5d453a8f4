/** The worth of accounts and totals, by currency. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { holdingsValue, positionValue } from '../../../src/model/overview/worth.js';
import { accountWorth, totalsByCurrency } from '../../../src/report/worth.js';
import { position } from '../../support/builders.js';

const DAY = isoDate('2026-11-20');

describe('the value of a position', () => {
  test('is the stated one, else units by price', () => {
    expect(positionValue(position({ marketValue: '2512.34', unitPrice: '1' }))).toBe('2512.34');
    expect(positionValue(position({ units: '3', unitPrice: '1.25' }))).toBe('3.75');
    expect(positionValue(position({}))).toBeNull();
  });

  test('is not guessed from the price of an option or a bond', () => {
    expect(positionValue(position({ type: 'opt', unitPrice: '1.25' }))).toBeNull();
    expect(positionValue(position({ type: 'debt', unitPrice: '101' }))).toBeNull();
  });

  test('is negative for securities that are owed, whichever sign the institution writes', () => {
    expect(positionValue(position({ marketValue: '100', side: 'SHORT' }))).toBe('-100');
    expect(positionValue(position({ marketValue: '-100', side: 'SHORT' }))).toBe('-100');
  });
});

test('holdings count by currency, with the cash', () => {
  const positions = [
    position({ marketValue: '100.10' }),
    position({ marketValue: '7', currency: 'EUR' }),
    position({}),
  ];
  const cash = { amount: decimal('-0.10'), currency: 'USD', asOf: DAY };
  expect(holdingsValue({ asOf: DAY, positions, cash, margin: null, short: null })).toEqual([
    { currency: 'USD', amount: '100', asOf: DAY },
    { currency: 'EUR', amount: '7', asOf: DAY },
  ]);
});

test('an account is worth its holdings, else its ledger balance', () => {
  const ledgerBalance = { amount: decimal('-12.50'), currency: 'USD', asOf: DAY };
  const holdings = { asOf: DAY, positions: [position({ marketValue: '5' })], cash: null, margin: null, short: null };
  expect(accountWorth({ ledgerBalance })).toEqual([{ currency: 'USD', amount: '-12.50', asOf: DAY }]);
  expect(accountWorth({ ledgerBalance, holdings })).toEqual([{ currency: 'USD', amount: '5', asOf: DAY }]);
  expect(accountWorth({ ledgerBalance: null, holdings: null })).toEqual([]);
});

test('totals are exact, keep debts apart, and never add up two currencies', () => {
  const worth = (amount: string, currency = 'USD') => ({ amount: decimal(amount), currency, asOf: DAY });
  const accounts = [
    [worth('7', 'EUR')],
    [worth('0.10')],
    [worth('0.20')],
    [worth('-1.30')],
    [],
    [worth('0'), worth('1', 'CHF')],
  ];
  expect(totalsByCurrency(accounts)).toEqual([
    { currency: 'USD', assets: '0.3', debts: '-1.3', net: '-1', accounts: 4 },
    { currency: 'CHF', assets: '1', debts: '0', net: '1', accounts: 1 },
    { currency: 'EUR', assets: '7', debts: '0', net: '7', accounts: 1 },
  ]);
  expect(totalsByCurrency([])).toEqual([]);
});
