/** Openings of accounts before the first exported transaction. */

import { expect, test } from 'vitest';
import { OpeningTally } from '../../../src/exporters/index.js';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import type { InvestmentDetail, Position } from '../../../src/model/statement.js';
import type { Holdings } from '../../../src/model/stored.js';
import type { StoredTransaction } from '../../../src/ports.js';
import { account, investment } from '../../support/builders.js';
import { state, stored } from '../../support/export-input.js';

const BROKER = account({ name: 'ira', kind: 'investment', accountKind: 'investment', brokerId: 'harbor.example' });
const ACME = { uniqueId: '037833100', idType: 'CUSIP' };

function trade(
  action: string,
  units: string,
  change: Partial<InvestmentDetail> & { currency?: string } = {},
): StoredTransaction {
  const { currency = 'USD', ...detail } = change;
  const own = { security: ACME, ticker: 'ACME', units: decimal(units), unitPrice: decimal('10') };
  return stored({
    account: 'ira',
    amount: units.startsWith('-') ? '50.00' : '-50.00',
    currency,
    investment: investment(action, { ...own, ...detail }),
  });
}

function position(units: string, security = ACME, heldIn = 'CASH'): Position {
  return {
    ...{ security, securityName: null, ticker: null, type: 'stock', units: decimal(units), unitPrice: decimal('12') },
    ...{ marketValue: null, currency: 'USD', asOf: null, side: 'LONG', heldIn, source401k: null, memo: null },
  };
}

function openings(transactions: readonly StoredTransaction[], positions: readonly Position[] | null) {
  const asOf = isoDate('2026-11-20');
  const cash = { amount: decimal('100.00'), currency: 'USD', asOf };
  const holdings: Holdings | null = positions === null ? null : { asOf, positions, cash, margin: null, short: null };
  const tally = new OpeningTally({ accounts: [BROKER], states: [state(BROKER, { holdings })], institutions: [] });
  for (const transaction of transactions) tally.add(transaction);
  const [opening] = tally.openings();
  return {
    cash: opening?.balance?.amount ?? null,
    units: opening?.securities.map(({ units, of }) => `${units} ${of.security?.uniqueId}`),
  };
}

test.each([
  ['the units held less the units bought', [trade('BUYSTOCK', '5')], [position('12')], ['7 037833100']],
  [
    'the units of two sub-accounts',
    [trade('BUYSTOCK', '5')],
    [position('12'), position('3', ACME, 'MARGIN')],
    ['10 037833100'],
  ],
  [
    'a security without a trade',
    [trade('BUYSTOCK', '5')],
    [position('5'), position('9', { uniqueId: 'X1', idType: 'CUSIP' })],
    ['9 X1'],
  ],
  ['units that were sold without an earlier trade', [trade('SELLSTOCK', '-5')], null, ['5 037833100']],
  ['a short position that was closed', [trade('BUYOPT', '1', { detail: 'BUYTOCLOSE' })], null, ['-1 037833100']],
  ['nothing for a sale of some of what was bought', [trade('BUYSTOCK', '5'), trade('SELLSTOCK', '-2')], null, []],
  ['a short option that was assigned', [trade('CLOSUREOPT', '2', { detail: 'ASSIGN' })], null, ['-2 037833100']],
  ['nothing for a sale of some of what was bought', [trade('BUYSTOCK', '5'), trade('SELLSTOCK', '-2')], null, []],
  ['a short option that was assigned', [trade('CLOSUREOPT', '2', { detail: 'ASSIGN' })], null, ['-2 037833100']],
  ['nothing for a short sale', [trade('SELLOPT', '-1', { detail: 'SELLTOOPEN' })], null, []],
  [
    'nothing where more was bought than is held: the difference must stay visible',
    [trade('BUYSTOCK', '5')],
    [position('3')],
    [],
  ],
])('%s', (_, transactions, positions, units) => {
  expect(openings(transactions, positions).units).toEqual(units);
});

test('cash is the stated balance less the movements', () => {
  expect(openings([trade('BUYSTOCK', '5')], []).cash).toBe('150');
});

test('cash in two currencies has no opening', () => {
  expect(openings([trade('BUYSTOCK', '5'), trade('BUYSTOCK', '1', { currency: 'EUR' })], []).cash).toBeNull();
});

test.each([
  ['what was posted up to the day of the balance counts, that day too', ['2026-11-01', '2026-11-18'], '130'],
  ['what was posted later does not', ['2026-11-01', '2026-11-19'], '115'],
  ['a balance of the first day of all', ['2026-11-18'], '115'],
  ['an older balance says nothing of what came before the first transaction', ['2026-11-19'], null],
])('the opening balance of a bank account: %s', (_, days, expected) => {
  const checking = account();
  const ledgerBalance = { amount: decimal('100.00'), currency: 'USD', asOf: isoDate('2026-11-18') };
  const states = [state(checking, { ledgerBalance })];
  const tally = new OpeningTally({ accounts: [checking], states, institutions: [] });
  for (const postedOn of days) tally.add(stored({ amount: '-15.00', postedOn }));
  expect(tally.openings().map(({ balance }) => balance?.amount ?? null)).toEqual([expected]);
});
