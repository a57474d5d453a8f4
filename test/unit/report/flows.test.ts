/** Cash flow and spending: by currency, exactly, without transfers. */

import { describe, expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import { decimal } from '../../../src/model/decimal.js';
import { sum, ZERO } from '../../../src/model/money.js';
import type { InvestmentDetail } from '../../../src/model/statement.js';
import { cashFlows, type FlowInput } from '../../../src/report/flows.js';
import { account, investment as investmentDetail } from '../../support/builders.js';
import { stored } from '../../support/export-input.js';
import { fc } from '../../support/properties.js';

const PERIOD = { from: isoDate('2026-09-15'), to: isoDate('2026-11-20') };

interface Spec {
  readonly on?: string;
  readonly amount: string;
  readonly payee?: string | null;
  readonly category?: string | null;
  readonly currency?: string;
  readonly isTransfer?: boolean;
  readonly account?: string;
  readonly investment?: InvestmentDetail | null;
}

function flow({
  on = '2026-11-02',
  amount,
  payee = 'GROCER',
  category = null,
  currency = 'USD',
  isTransfer = false,
  account: name = 'checking',
  investment = null,
}: Spec): FlowInput {
  return {
    transaction: stored({ postedOn: on, amount, currency, account: name, investment }),
    isTransfer,
    payee,
    category,
  };
}

function flowsOf(...specs: Spec[]) {
  return cashFlows(specs.map(flow), { accounts: [account()], ...PERIOD });
}

describe('cash flow', () => {
  test('has every month of the period, also those without transactions', () => {
    const [flows] = flowsOf({ on: '2026-09-30', amount: '-0.10' }, { amount: '-0.20' }, { amount: '3' });
    expect(flows).toMatchObject({ currency: 'USD', cashIn: '3', cashOut: '0.3' });
    expect(flows?.months).toEqual([
      { month: '2026-09', cashIn: '0', cashOut: '0.1' },
      { month: '2026-10', cashIn: '0', cashOut: '0' },
      { month: '2026-11', cashIn: '3', cashOut: '0.2' },
    ]);
  });

  test('never adds up two currencies', () => {
    const flows = flowsOf({ amount: '-1' }, { amount: '-2', currency: 'EUR' }, { amount: '-4', currency: 'EUR' });
    expect(flows.map(({ currency, cashOut }) => `${cashOut} ${currency}`)).toEqual(['6 EUR', '1 USD']);
  });

  test('omits transfers, other accounts, and days after the period', () => {
    expect(
      flowsOf(
        { amount: '-5', isTransfer: true },
        { amount: '-5', account: 'other' },
        { amount: '-5', on: '2026-11-21' },
      ),
    ).toEqual([]);
  });

  test('omits purchases and sales of securities, and counts dividends and fees', () => {
    const [flows] = flowsOf(
      { amount: '-1000', investment: investmentDetail('BUYSTOCK') },
      { amount: '-10', investment: investmentDetail('REINVEST') },
      { amount: '7', investment: investmentDetail('INCOME') },
      { amount: '-2', investment: investmentDetail('INVEXPENSE') },
    );
    expect(flows).toMatchObject({ cashIn: '7', cashOut: '2' });
  });
});

describe('spending', () => {
  test('is sorted by category and payee, the largest first; blank names are none', () => {
    const [flows] = flowsOf(
      { amount: '-5', payee: 'BAKER', category: 'Food' },
      { amount: '-7.5', payee: 'GROCER', category: 'Food' },
      { amount: '-9', payee: ' ', category: '' },
      { amount: '2', payee: 'GROCER', category: 'Food' },
    );
    expect(flows?.categories).toEqual([
      { name: 'Food', amount: '12.5', count: 2 },
      { name: null, amount: '9', count: 1 },
    ]);
    expect(flows?.payees.map(({ name, amount }) => `${name} ${amount}`)).toEqual(['null 9', 'GROCER 7.5', 'BAKER 5']);
    expect(flows?.cashIn).toBe('2');
  });

  test('has the fifteen largest payees', () => {
    const [flows] = flowsOf(...Array.from({ length: 40 }, (_, n) => ({ amount: `-${n + 1}`, payee: `P${n + 1}` })));
    expect(flows?.payees).toHaveLength(15);
    expect(flows?.payees[14]?.name).toBe('P26');
  });

  test('categories add up to the cash that went out, exactly, whatever the digits', () => {
    const amount = fc
      .tuple(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), fc.integer({ min: 0, max: 9 }))
      .map(([units, places]) => {
        const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
        const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
        return units < 0n ? `-${text}` : text;
      });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, fc.constantFrom('Food', 'Rent', null)), { maxLength: 50 }), (specs) => {
        const [flows] = flowsOf(...specs.map(([value, category]) => ({ amount: value, category })));
        const spent = sum(specs.filter(([value]) => value.startsWith('-')).map(([value]) => decimal(value.slice(1))));
        expect(flows?.cashOut ?? ZERO).toBe(spent);
        expect(sum((flows?.categories ?? []).map((part) => part.amount))).toBe(spent);
      }),
    );
  });
});
