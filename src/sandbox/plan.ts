/** The sandbox plan: an account with everything that an investment statement can hold, and positions that add up to it. */

import { addDays, type IsoDate, isoDate } from '../model/dates.js';
import { type InvestmentInput, investmentReply } from './broker.js';
import { compact, decimalOf, leaves, noonOf, type Tree, thousandths } from './elements.js';
import { HOLDINGS, type Holding, type PlanTrade, secid, YEAR_OF_TRADES } from './plan-trades.js';

interface Dated extends PlanTrade {
  readonly date: IsoDate;
}

const FIRST_YEAR = 2025;
const FIRST_DAY = 4;
const DAYS_BETWEEN = 15;
const ALL: readonly Holding[] = ['stock', 'fund', 'bond', 'call', 'gold'];
/** The aggregates of positions and of securities for each holding. */
const KINDS: Readonly<Record<Holding, readonly [position: string, security: string]>> = {
  stock: ['POSSTOCK', 'STOCKINFO'],
  fund: ['POSMF', 'MFINFO'],
  bond: ['POSDEBT', 'DEBTINFO'],
  call: ['POSOPT', 'OPTINFO'],
  gold: ['POSOTHER', 'OTHERINFO'],
};
/** The elements of each kind of security after its SECINFO. */
const DETAILS: Readonly<Record<Holding, readonly Tree[]>> = {
  stock: leaves({ STOCKTYPE: 'COMMON', YIELD: '1.50', ASSETCLASS: 'LARGESTOCK' }),
  fund: [
    ['MFTYPE', 'OPENEND'],
    ['MFASSETCLASS', [['PORTION', leaves({ ASSETCLASS: 'LARGESTOCK', PERCENT: '100' })]]],
  ],
  bond: leaves({ PARVALUE: '1.00', DEBTTYPE: 'COUPON', DEBTCLASS: 'TREASURY', COUPONRT: '2.5', DTMAT: '20310115' }),
  call: leaves({ OPTTYPE: 'CALL', STRIKEPRICE: '70.00', DTEXPIRE: '20310116', SHPERCTRCT: '100' }),
  gold: leaves({ TYPEDESC: 'Certificate' }),
};

export function planStatement(input: InvestmentInput): Tree {
  const trades = tradesUntil(input.today);
  const rest: Tree[] = [
    ['INVPOSLIST', ALL.flatMap((holding) => position(holding, trades, input.today))],
    balances(trades, input.asOf),
    openOrders(input.today),
    retirementBalances(trades),
  ];
  return investmentReply(input, { trades, firstYear: FIRST_YEAR, rest });
}

export function planSecurities(today: IsoDate): Tree {
  const infos = ALL.map((holding): Tree => {
    const { name, ticker, cents } = HOLDINGS[holding];
    const values = leaves({ SECNAME: name, TICKER: ticker, UNITPRICE: decimalOf(cents), DTASOF: noonOf(today) });
    return [KINDS[holding][1], [['SECINFO', [secid(holding), ...values]], ...DETAILS[holding]]];
  });
  return ['SECLISTMSGSRSV1', [['SECLIST', infos]]];
}

function tradesUntil(today: IsoDate): Dated[] {
  const trades: Dated[] = [];
  for (let year = FIRST_YEAR; year <= Number(today.slice(0, 4)); year += 1) {
    YEAR_OF_TRADES.forEach((make, index) => {
      const date = addDays(isoDate(`${year}-01-01`), FIRST_DAY + index * DAYS_BETWEEN);
      const fitid = `${compact(date)}${String(index + 1).padStart(2, '0')}`;
      const units = (holding: Holding) => held(holding, trades);
      if (date <= today) trades.push({ date, ...make({ fitid, day: date, units }) });
    });
  }
  return trades;
}

function held(holding: Holding, trades: readonly PlanTrade[]): number {
  return trades.reduce((sum, trade) => (trade.holding === holding ? sum + trade.units : sum), 0);
}

function position(holding: Holding, trades: readonly PlanTrade[], today: IsoDate): Tree[] {
  const units = held(holding, trades);
  if (units === 0) return [];
  const { cents } = HOLDINGS[holding];
  const lot = holding === 'call' ? 100 : 1;
  const values = leaves({
    HELDINACCT: 'CASH',
    POSTYPE: 'LONG',
    UNITS: thousandths(units),
    UNITPRICE: decimalOf(cents),
    MKTVAL: decimalOf(Math.round((units * cents * lot) / 1_000)),
    DTPRICEASOF: noonOf(today),
  });
  const source = holding === 'fund' ? leaves({ INV401KSOURCE: 'PRETAX' }) : [];
  return [[KINDS[holding][0], [['INVPOS', [secid(holding), ...values, ...source]]]]];
}

function balances(trades: readonly PlanTrade[], asOf: string): Tree {
  const cash = trades.reduce((sum, { cents }) => sum + cents, 0);
  const points = leaves({
    NAME: 'Contributions',
    DESC: 'Paid in this year',
    BALTYPE: 'DOLLAR',
    VALUE: '10000.00',
    DTASOF: asOf,
  });
  const values = leaves({
    AVAILCASH: decimalOf(cash),
    MARGINBALANCE: '-100.00',
    SHORTBALANCE: '0.00',
    BUYPOWER: decimalOf(cash * 2),
  });
  return ['INVBAL', [...values, ['BALLIST', [['BAL', points]]]]];
}

function openOrders(today: IsoDate): Tree {
  const values = leaves({
    DTPLACED: noonOf(today),
    UNITS: '5',
    SUBACCT: 'CASH',
    DURATION: 'GOODTILCANCEL',
    RESTRICTION: 'NONE',
    LIMITPRICE: '50.00',
  });
  const order: Tree = ['OO', [['FITID', `OO${today.slice(0, 4)}`], secid('stock'), ...values]];
  return ['INVOOLIST', [['OOBUYSTOCK', [order, ['BUYTYPE', 'BUY']]]]];
}

function retirementBalances(trades: readonly PlanTrade[]): Tree {
  const fund = decimalOf(Math.round((held('fund', trades) * HOLDINGS.fund.cents) / 1_000));
  return ['INV401KBAL', leaves({ PRETAX: fund, AFTERTAX: '0.00', MATCH: '0.00', TOTAL: fund })];
}
