/** One year of the sandbox plan: every kind of investment transaction that OFX has, in the order of the months. */

import type { IsoDate } from '../model/dates.js';
import { decimalOf, leaves, noonOf, type Tree, thousandths } from './elements.js';

/** The securities of the plan, with their prices in cents. */
export const HOLDINGS = {
  stock: { id: '037833100', kind: 'CUSIP', name: 'Acme Corporation', ticker: 'ACME', cents: 6_000 },
  fund: { id: '922908728', kind: 'CUSIP', name: 'Growth & Income Fund', ticker: 'GRWIX', cents: 2_500 },
  bond: { id: '912828ZT0', kind: 'CUSIP', name: 'Treasury Note 2.5% 2031', ticker: 'T31', cents: 100 },
  call: { id: 'ACME310116C', kind: 'OTHER', name: 'ACME Jan 2031 70 Call', ticker: 'ACME31C', cents: 250 },
  gold: { id: '38141G104', kind: 'CUSIP', name: 'Gold Certificate', ticker: 'GLDC', cents: 18_000 },
} as const;
export type Holding = keyof typeof HOLDINGS;

/** A transaction with its change of units in thousandths and of cash in cents. */
export interface PlanTrade {
  readonly tree: Tree;
  readonly holding: Holding | null;
  readonly units: number;
  readonly cents: number;
}

interface TradeContext {
  readonly fitid: string;
  readonly day: IsoDate;
  /** Thousandths held before this transaction. */
  readonly units: (holding: Holding) => number;
}
type Make = (context: TradeContext) => PlanTrade;

const CASH: readonly Tree[] = leaves({ SUBACCTSEC: 'CASH', SUBACCTFUND: 'CASH' });
const FROM_PAY = leaves({ INV401KSOURCE: 'PRETAX' });

/** The transactions in the order of their days. */
export const YEAR_OF_TRADES: readonly Make[] = [
  deposit(1_000_000),
  bought('BUYSTOCK', 'stock', { units: 40_000, each: 12_000, after: leaves({ BUYTYPE: 'BUY' }) }),
  bought('BUYMF', 'fund', { units: 100_000, each: 2_500, inside: FROM_PAY, after: leaves({ BUYTYPE: 'BUY' }) }),
  bought('BUYDEBT', 'bond', { units: 1_000_000, each: 99, after: leaves({ ACCRDINT: '3.21' }) }),
  bought('BUYOPT', 'call', {
    units: 2_000,
    each: 250,
    lot: 100,
    after: leaves({ OPTBUYTYPE: 'BUYTOOPEN', SHPERCTRCT: '100' }),
  }),
  bought('BUYOTHER', 'gold', { units: 2_000, each: 18_000 }),
  deposit(20_000, euros('CURRENCY', '1.10')),
  bought('BUYSTOCK', 'stock', {
    units: 1_000,
    each: 11_000,
    inside: euros('CURRENCY', '1.10'),
    after: leaves({ BUYTYPE: 'BUY' }),
  }),
  paid('INCOME', 'stock', 1_875, leaves({ INCOMETYPE: 'DIV' }), leaves({ WITHHOLDING: '2.81' })),
  paid('INCOME', 'stock', 1_100, leaves({ INCOMETYPE: 'DIV' }), euros('ORIGCURRENCY', '1.10')),
  reinvested,
  paid('RETOFCAP', 'stock', 500),
  split,
  sold('SELLSTOCK', 'stock', {
    units: 10_000,
    each: 6_500,
    after: leaves({ SELLTYPE: 'SELL' }),
    inside: leaves({ GAIN: '50.00' }),
  }),
  sold('SELLMF', 'fund', { units: 20_000, each: 2_600, after: leaves({ SELLTYPE: 'SELL', AVGCOSTBASIS: '25.00' }) }),
  sold('SELLDEBT', 'bond', { units: 500_000, each: 100, after: leaves({ SELLREASON: 'CALL' }) }),
  sold('SELLOPT', 'call', {
    units: 1_000,
    each: 300,
    lot: 100,
    after: leaves({ OPTSELLTYPE: 'SELLTOCLOSE', SHPERCTRCT: '100' }),
  }),
  expired,
  sold('SELLOTHER', 'gold', { units: 1_000, each: 19_000 }),
  transferred,
  moved('JRNLFUND', null, leaves({ SUBACCTTO: 'MARGIN', SUBACCTFROM: 'CASH', TOTAL: '100.00' })),
  moved('JRNLSEC', 'stock', leaves({ SUBACCTTO: 'MARGIN', SUBACCTFROM: 'CASH', UNITS: '1' })),
  ({ fitid, day }) => ({
    tree: ['MARGININTEREST', [invtran(fitid, day), ...leaves({ TOTAL: '-1.25', SUBACCTFUND: 'MARGIN' })]],
    ...changes(null, 0, -125),
  }),
  paid('INVEXPENSE', 'stock', -200),
];

export function secid(holding: Holding): Tree {
  const { id, kind } = HOLDINGS[holding];
  return ['SECID', leaves({ UNIQUEID: id, UNIQUEIDTYPE: kind })];
}

function invtran(fitid: string, day: IsoDate): Tree {
  return ['INVTRAN', leaves({ FITID: fitid, DTTRADE: noonOf(day) })];
}

function changes(holding: Holding | null, units: number, cents: number): Omit<PlanTrade, 'tree'> {
  return { holding, units, cents };
}

function euros(name: 'CURRENCY' | 'ORIGCURRENCY', rate: string): readonly Tree[] {
  return [[name, leaves({ CURRATE: rate, CURSYM: 'EUR' })]];
}

/** A deposit in euros does not change the cash in dollars. */
function deposit(cents: number, currency: readonly Tree[] = []): Make {
  return ({ fitid, day }) => {
    const values = {
      TRNTYPE: 'CREDIT',
      DTPOSTED: noonOf(day),
      TRNAMT: decimalOf(cents),
      FITID: fitid,
      NAME: currency.length === 0 ? 'PAYROLL' : 'FROM ABROAD',
    };
    const inside: Tree = ['STMTTRN', [...leaves(values), ...currency]];
    const tree: Tree = ['INVBANKTRAN', [inside, ...leaves({ SUBACCTFUND: 'CASH' })]];
    return { tree, ...changes(null, 0, currency.length === 0 ? cents : 0) };
  };
}

interface Order {
  readonly units: number;
  /** Cents per unit. */
  readonly each: number;
  /** Units that the price covers. */
  readonly lot?: number;
  /** Before the subaccounts (GAIN, CURRENCY) or after them (INV401KSOURCE). */
  readonly inside?: readonly Tree[];
  /** Beside INVBUY or INVSELL. */
  readonly after?: readonly Tree[];
}

function bought(name: string, holding: Holding, order: Order): Make {
  return traded(name, holding, { order, part: 'INVBUY', sign: 1 });
}

function sold(name: string, holding: Holding, order: Order): Make {
  return traded(name, holding, { order, part: 'INVSELL', sign: -1 });
}

function traded(
  name: string,
  holding: Holding,
  { order, part, sign }: { readonly order: Order; readonly part: string; readonly sign: 1 | -1 },
): Make {
  const { units, each, lot = 1, inside = [], after = [] } = order;
  return ({ fitid, day }) => {
    const cents = -sign * ((units / 1_000) * each * lot) - 495;
    const values = leaves({
      UNITS: thousandths(sign * units),
      UNITPRICE: decimalOf(each),
      COMMISSION: '4.95',
      TOTAL: decimalOf(cents),
    });
    const source = inside.filter(([one]) => one === 'INV401KSOURCE');
    const before = inside.filter(([one]) => one !== 'INV401KSOURCE');
    const body: Tree = [part, [invtran(fitid, day), secid(holding), ...values, ...before, ...CASH, ...source]];
    const isForeign = before.some(([one]) => one === 'CURRENCY');
    return { tree: [name, [body, ...after]], ...changes(holding, sign * units, isForeign ? 0 : cents) };
  };
}

/** Money from or for a security, without units. */
function paid(
  name: string,
  holding: Holding,
  cents: number,
  before: readonly Tree[] = [],
  after: readonly Tree[] = [],
): Make {
  return ({ fitid, day }) => ({
    tree: [
      name,
      [invtran(fitid, day), secid(holding), ...before, ...leaves({ TOTAL: decimalOf(cents) }), ...CASH, ...after],
    ],
    ...changes(holding, 0, cents),
  });
}

/** The income buys units at once, so the cash does not change. */
function reinvested({ fitid, day }: TradeContext): PlanTrade {
  const values = leaves({
    INCOMETYPE: 'CGLONG',
    TOTAL: '-10.00',
    SUBACCTSEC: 'CASH',
    UNITS: '0.400',
    UNITPRICE: '25.00',
  });
  return { tree: ['REINVEST', [invtran(fitid, day), secid('fund'), ...values]], ...changes('fund', 400, 0) };
}

function split({ fitid, day, units }: TradeContext): PlanTrade {
  const held = units('stock');
  const values = leaves({
    SUBACCTSEC: 'CASH',
    OLDUNITS: thousandths(held),
    NEWUNITS: thousandths(held * 2),
    NUMERATOR: '2',
    DENOMINATOR: '1',
  });
  return { tree: ['SPLIT', [invtran(fitid, day), secid('stock'), ...values]], ...changes('stock', held, 0) };
}

function expired({ fitid, day }: TradeContext): PlanTrade {
  const values = leaves({ OPTACTION: 'EXPIRE', UNITS: '-1', SHPERCTRCT: '100', SUBACCTSEC: 'CASH' });
  return { tree: ['CLOSUREOPT', [invtran(fitid, day), secid('call'), ...values]], ...changes('call', -1_000, 0) };
}

function transferred({ fitid, day }: TradeContext): PlanTrade {
  const values = leaves({ SUBACCTSEC: 'CASH', UNITS: '5', TFERACTION: 'IN', POSTYPE: 'LONG' });
  return { tree: ['TRANSFER', [invtran(fitid, day), secid('stock'), ...values]], ...changes('stock', 5_000, 0) };
}

function moved(name: string, holding: Holding | null, values: readonly Tree[]): Make {
  return ({ fitid, day }) => ({
    tree: [name, [invtran(fitid, day), ...(holding === null ? [] : [secid(holding)]), ...values]],
    ...changes(holding, 0, 0),
  });
}
