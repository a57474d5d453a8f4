/** The sandbox broker: a monthly plan of purchases, dividends and a yearly sale, with positions that add up to them. */

import { addDays, type IsoDate, isoDate } from '../model/dates.js';
import { decimalOf, leaves, noonOf, type Tree, thousandths } from './elements.js';

/** A transaction with its change of units in thousandths and of cash in cents. */
export interface DatedTrade {
  readonly date: IsoDate;
  readonly tree: Tree;
  readonly units: number;
  readonly cents: number;
}

/** The request for an investment account, with the circumstances of the reply. */
export interface InvestmentInput {
  readonly brokerId: string;
  readonly id: string;
  readonly currency: string;
  readonly today: IsoDate;
  readonly asOf: string;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly include: boolean;
}

export const SECURITY = { id: '037833100', type: 'CUSIP', name: 'Acme Corporation', ticker: 'ACME' } as const;
const SECID: Tree = ['SECID', leaves({ UNIQUEID: SECURITY.id, UNIQUEIDTYPE: SECURITY.type })];
const CASH = leaves({ SUBACCTSEC: 'CASH', SUBACCTFUND: 'CASH' });
const FIRST_YEAR = 2019;
const OPENING_CENTS = 500_000;

/** Returns INVSTMTRS with the transactions of the window, followed by `rest`. */
export function investmentReply(
  input: InvestmentInput,
  { trades, firstYear, rest }: { trades: readonly DatedTrade[]; firstYear: number; rest: readonly Tree[] },
): Tree {
  const { from, to, today } = input;
  const inside = trades.filter(({ date }) => (from === null || date >= from) && (to === null || date <= to));
  const trees = inside.map(({ tree }) => tree);
  const isCash = ([name]: Tree) => name === 'INVBANKTRAN';
  const list: Tree = [
    'INVTRANLIST',
    [
      ...leaves({ DTSTART: noonOf(from ?? isoDate(`${firstYear}-01-01`)), DTEND: noonOf(to ?? today) }),
      // The DTD wants the cash movements of the list after all others.
      ...trees.filter((tree) => !isCash(tree)),
      ...trees.filter(isCash),
    ],
  ];
  return [
    'INVSTMTRS',
    [
      ...leaves({ DTASOF: input.asOf, CURDEF: input.currency }),
      ['INVACCTFROM', leaves({ BROKERID: input.brokerId, ACCTID: input.id })],
      ...(input.include ? [list] : []),
      ...rest,
    ],
  ];
}

export interface Holding {
  /** In thousandths. */
  readonly units: number;
  /** In cents, each. */
  readonly price: number;
  /** In cents. */
  readonly cash: number;
}

/** Returns what the account holds at the end of a day. */
export function holdingOn(day: IsoDate): Holding {
  const trades = tradesUntil(day);
  const units = trades.reduce((sum, trade) => sum + trade.units, 0);
  return { units, price: priceOn(day), cash: trades.reduce((sum, trade) => sum + trade.cents, OPENING_CENTS) };
}

export function brokerReply(input: InvestmentInput): Tree {
  const trades = tradesUntil(input.today);
  const { units, price, cash } = holdingOn(input.today);
  const values = leaves({
    HELDINACCT: 'CASH',
    POSTYPE: 'LONG',
    UNITS: thousandths(units),
    UNITPRICE: decimalOf(price),
    MKTVAL: decimalOf(Math.round((units * price) / 1000)),
    DTPRICEASOF: noonOf(input.today),
  });
  const balances = leaves({ AVAILCASH: decimalOf(cash), MARGINBALANCE: '0.00', SHORTBALANCE: '0.00' });
  const rest: Tree[] = [
    ['INVPOSLIST', [['POSSTOCK', [['INVPOS', [SECID, ...values]]]]]],
    ['INVBAL', balances],
  ];
  return investmentReply(input, { trades, firstYear: FIRST_YEAR, rest });
}

export function brokerSecurities(today: IsoDate): Tree {
  const { name, ticker } = SECURITY;
  const values = { SECNAME: name, TICKER: ticker, UNITPRICE: decimalOf(priceOn(today)), DTASOF: noonOf(today) };
  const info: Tree = ['SECINFO', [SECID, ...leaves(values)]];
  return ['SECLISTMSGSRSV1', [['SECLIST', [['STOCKINFO', [info]]]]]];
}

export function tradesUntil(today: IsoDate): DatedTrade[] {
  const trades: DatedTrade[] = [];
  for (let year = FIRST_YEAR; year <= Number(today.slice(0, 4)); year += 1) {
    for (let month = 1; month <= 12; month += 1)
      trades.push(...tradesOf(isoDate(`${year}-${String(month).padStart(2, '0')}-10`)));
  }
  return trades.filter(({ date }) => date <= today);
}

function tradesOf(day: IsoDate): DatedTrade[] {
  const month = Number(day.slice(5, 7));
  return [
    deposit(day),
    purchase(addDays(day, 1)),
    ...(month % 3 === 0 ? [dividend(addDays(day, 5))] : []),
    ...(month === 12 ? [sale(addDays(day, 8))] : []),
  ];
}

function deposit(date: IsoDate): DatedTrade {
  const values = { TRNTYPE: 'CREDIT', DTPOSTED: noonOf(date), TRNAMT: '400.00' };
  const movement = leaves({ ...values, FITID: fitidOf(date, 'D'), NAME: 'CONTRIBUTION' });
  const tree: Tree = ['INVBANKTRAN', [['STMTTRN', movement], ...leaves({ SUBACCTFUND: 'CASH' })]];
  return { date, tree, units: 0, cents: 40_000 };
}

function purchase(date: IsoDate): DatedTrade {
  const price = priceOn(date);
  const cents = -(5 * price + 495);
  const values = { UNITS: '5', UNITPRICE: decimalOf(price), COMMISSION: '4.95', TOTAL: decimalOf(cents) };
  const buy: Tree = ['INVBUY', [invtran(date, 'B'), SECID, ...leaves(values), ...CASH]];
  return { date, tree: ['BUYSTOCK', [buy, ['BUYTYPE', 'BUY']]], units: 5000, cents };
}

function dividend(date: IsoDate): DatedTrade {
  const values = leaves({ INCOMETYPE: 'DIV', TOTAL: '18.75' });
  return { date, tree: ['INCOME', [invtran(date, 'I'), SECID, ...values, ...CASH]], units: 0, cents: 1875 };
}

function sale(date: IsoDate): DatedTrade {
  const price = priceOn(date);
  const cents = 10 * price - 495;
  const values = { UNITS: '-10', UNITPRICE: decimalOf(price), COMMISSION: '4.95', TOTAL: decimalOf(cents) };
  const sell: Tree = ['INVSELL', [invtran(date, 'S'), SECID, ...leaves(values), ...CASH]];
  return { date, tree: ['SELLSTOCK', [sell, ['SELLTYPE', 'SELL']]], units: -10_000, cents };
}

function fitidOf(date: IsoDate, letter: string): string {
  return `${noonOf(date)}${letter}`;
}

function invtran(date: IsoDate, letter: string): Tree {
  const settled = noonOf(addDays(date, 2));
  return ['INVTRAN', leaves({ FITID: fitidOf(date, letter), DTTRADE: noonOf(date), DTSETTLE: settled })];
}

/** Returns the price of a day in cents: a slow climb with a wave. */
function priceOn(day: IsoDate): number {
  const days = Math.round((Date.parse(day) - Date.parse('2019-01-01')) / 86_400_000);
  return 5000 + days * 2 + ((days * 37) % 211);
}
