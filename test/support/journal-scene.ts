/** Accounts and transactions with everything that a journal has to cope with, for golden files and for the real programs. */

import type { Account } from '../../src/model/account.js';
import { isoDate } from '../../src/model/dates.js';
import { decimal } from '../../src/model/decimal.js';
import type { InvestmentDetail, Position } from '../../src/model/statement.js';
import type { AccountState, ExportInput, StoredTransaction } from '../../src/ports.js';
import { account, card, institution, investment } from './builders.js';
import { exportInput, state, stored } from './export-input.js';

const CHECKING = account();
const SAVINGS = account({ name: 'savings', accountKind: 'savings', id: '000123457' });
const CARD = card();
export const BROKER = account({
  institution: 'harbor',
  name: 'ira',
  accountKind: 'investment',
  kind: 'investment',
  id: '77-1234',
  brokerId: 'harbor.example',
});

const IN_ACME = {
  security: { uniqueId: '037833100', idType: 'CUSIP' },
  securityName: 'Acme Corporation',
  ticker: 'ACME',
  subAccount: 'CASH',
  fundSubAccount: 'CASH',
};

let number = 0;
type Change = Parameters<typeof stored>[0];

function on(postedOn: string, change: Change): StoredTransaction {
  number += 1;
  return stored({ id: `id-${number}`, fitid: `F${number}`, postedOn, ...change });
}

export function trade(
  postedOn: string,
  amount: string,
  { action = '', ...detail }: Partial<InvestmentDetail>,
  change: Change = {},
): StoredTransaction {
  return on(postedOn, {
    institution: 'harbor',
    account: 'ira',
    type: action,
    amount,
    name: null,
    investment: investment(action, { ...IN_ACME, ...detail }),
    ...change,
  });
}

const units = (value: string) => decimal(value);

function transactions(): StoredTransaction[] {
  number = 0;
  const savings = { account: 'savings' };
  const visa = { account: 'card' };
  const euro = { currency: 'EUR', rate: decimal('1.1') };
  return [
    on('2026-11-01', { amount: '-12.34', name: 'COFFEE & BAR #12', memo: 'two, commas [2026-13-45] date: x' }),
    on('2026-11-01', { amount: '-5', name: '(x) ; odd | payee', checkNumber: '101' }),
    on('2026-11-02', { amount: '-6.00', name: '(no check)', fitid: null }),
    on('2026-11-03', { amount: '-300.00', name: 'TRANSFER TO SAVINGS', type: 'XFER' }),
    on('2026-11-03', { ...savings, amount: '300.00', name: 'FROM CHECKING', type: 'CREDIT' }),
    on('2026-11-05', { amount: '-250.50', name: 'CARD PAYMENT', type: 'PAYMENT' }),
    on('2026-11-05', {
      ...visa,
      amount: '-10.00',
      currency: 'EUR',
      exchange: { ...euro, converted: false },
      name: 'CAFÉ',
    }),
    on('2026-11-06', { ...visa, amount: '-22.00', exchange: { ...euro, converted: true }, name: 'HÔTEL "ROYAL"' }),
    on('2026-11-07', { ...visa, amount: '250.50', name: 'THANK YOU', type: 'CREDIT' }),
    trade('2026-11-08', '-259.95', {
      action: 'BUYSTOCK',
      detail: 'BUY',
      units: units('10'),
      unitPrice: units('25.50'),
      commission: units('4.95'),
    }),
    trade('2026-11-09', '-100', {
      action: 'BUYMF',
      detail: 'BUY',
      units: units('3.333'),
      unitPrice: units('30.01'),
      security: { uniqueId: '922908728', idType: 'CUSIP' },
      ticker: null,
    }),
    trade('2026-11-10', '18.75', { action: 'INCOME', detail: 'DIV' }),
    trade('2026-11-10', '-12.50', {
      action: 'REINVEST',
      detail: 'DIV',
      units: units('0.5'),
      unitPrice: units('25.00'),
    }),
    trade('2026-11-11', '0', { action: 'SPLIT', splitRatio: '2/1' }, { extra: { OLDUNITS: '10.5', NEWUNITS: '21' } }),
    trade('2026-11-12', '48.05', {
      action: 'SELLSTOCK',
      detail: 'SELL',
      units: units('-4'),
      unitPrice: units('13.25'),
      commission: units('4.95'),
    }),
    trade('2026-11-13', '0', { action: 'TRANSFER', detail: 'OUT', units: units('-1') }),
    trade('2026-11-13', '-1.50', { action: 'INVEXPENSE' }),
    trade('2026-11-14', '100.00', { action: 'JRNLFUND', security: null }),
    trade('2026-11-14', '400.00', { action: 'INVBANKTRAN', security: null }, { name: 'CONTRIBUTION', type: 'CREDIT' }),
    trade('2026-11-15', '40.00', {
      action: 'SELLSTOCK',
      detail: 'SELL',
      units: units('-2'),
      unitPrice: units('20'),
      security: { uniqueId: 'V', idType: 'TICKER' },
      ticker: 'V',
    }),
    on('2026-11-16', { amount: '1000', name: '   ', memo: 'salary\nNovember', type: 'DIRECTDEP' }),
  ];
}

const balance = (amount: string, asOf = '2026-11-18') => ({
  amount: decimal(amount),
  currency: 'USD',
  asOf: isoDate(asOf),
});

/** A position of the broker on the 18th. */
export function position(
  ticker: string | null,
  uniqueId: string,
  count: string,
  change: Partial<Position> = {},
): Position {
  return {
    security: { uniqueId, idType: 'CUSIP' },
    securityName: null,
    ticker,
    type: 'stock',
    units: decimal(count),
    unitPrice: null,
    marketValue: null,
    currency: 'USD',
    asOf: isoDate('2026-11-18'),
    side: 'LONG',
    heldIn: 'CASH',
    source401k: null,
    memo: null,
    ...change,
  };
}

function states(): AccountState[] {
  return [
    state(CHECKING, { ledgerBalance: balance('4737.66') }),
    state(SAVINGS, { ledgerBalance: balance('300.00', '2026-11-04') }),
    state(CARD, { ledgerBalance: balance('-33.00') }),
    state(BROKER, {
      holdings: {
        asOf: isoDate('2026-11-18'),
        cash: balance('1000.00'),
        margin: null,
        short: null,
        positions: [
          position('ACME', '037833100', '16', { unitPrice: decimal('14.10'), marketValue: decimal('225.60') }),
          position(null, '922908728', '103.333'),
        ],
      },
    }),
  ];
}

export const SCENE_ACCOUNTS: readonly Account[] = [CHECKING, SAVINGS, CARD, BROKER];

export function scene(change: Partial<Omit<ExportInput, 'settings'>> = {}): ExportInput {
  return exportInput(transactions(), {
    accounts: SCENE_ACCOUNTS,
    states: states(),
    institutions: [institution(), institution({ name: 'harbor', fid: '6006' })],
    accountMap: new Map([['river/checking', 'Assets:Bank:Checking']]),
    classify: ({ name }) => ({
      payee: name === 'COFFEE & BAR #12' ? 'Coffee Bar' : null,
      category: name === 'COFFEE & BAR #12' ? 'Food:Out' : null,
      tags: name === 'COFFEE & BAR #12' ? ['out', 'two words'] : [],
    }),
    ...change,
  });
}
