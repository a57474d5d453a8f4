/** The effect of an investment transaction on the cash and on the units of a security (OFX 2.2 section 13.9.2). */

import { type Decimal, isDecimal } from '../model/decimal.js';
import { absolute, add, compare, isZero, multiply, negate, subtract, sum, ZERO } from '../model/money.js';
import type { InvestmentDetail } from '../model/statement.js';
import type { StoredTransaction } from '../ports.js';

type TradeKind = 'cash' | 'buy' | 'sell' | 'income' | 'reinvest' | 'expense' | 'split' | 'move' | 'none';

export interface Trade {
  readonly kind: TradeKind;
  /** Change of the cash. */
  readonly cash: Decimal;
  /** Change of the units. */
  readonly units: Decimal;
  /** The price of all units, without costs; never negative. */
  readonly gross: Decimal;
  /** Commission, fees, taxes and so on, without zero amounts. */
  readonly costs: readonly { readonly account: string; readonly amount: Decimal }[];
  /** The units begin a position (a purchase, a short sale) instead of ending one. */
  readonly opens: boolean;
}

const NOTHING: Trade = { kind: 'none', cash: ZERO, units: ZERO, gross: ZERO, costs: [], opens: true };

export function tradeOf(transaction: StoredTransaction): Trade {
  const { investment: detail, amount } = transaction;
  const cashOnly = (kind: TradeKind): Trade => ({ ...NOTHING, kind, cash: amount });
  if (detail === null || detail.action === 'INVBANKTRAN') return cashOnly('cash');
  const { action, units } = detail;
  // Between sub-accounts of the same account.
  if (action === 'JRNLFUND' || action === 'JRNLSEC') return NOTHING;
  if (action === 'INCOME') return cashOnly('income');
  if (/^(?:INVEXPENSE|MARGININTEREST|RETOFCAP)$/.test(action)) return cashOnly('expense');
  if (action === 'SPLIT') return splitOf(transaction);
  if (units === null || isZero(units) || detail.security === null) return isZero(amount) ? NOTHING : cashOnly('cash');
  if (action === 'REINVEST') return { ...NOTHING, kind: 'reinvest', units: absolute(units), gross: absolute(amount) };
  // An option that is exercised, assigned or expires ends a position, even a short one.
  if (action === 'TRANSFER' || action === 'CLOSUREOPT') {
    const isShort = transaction.extra?.['POSTYPE'] === 'SHORT';
    const opens = action === 'TRANSFER' && units.startsWith('-') === isShort;
    return { ...NOTHING, kind: 'move', units, gross: grossOf(detail), opens };
  }
  if (action.startsWith('BUY')) return bought(amount, units, detail);
  return action.startsWith('SELL') ? sold(amount, units, detail) : cashOnly('cash');
}

/** TOTAL leaves the account; it is the price and the costs together. */
function bought(amount: Decimal, units: Decimal, detail: InvestmentDetail): Trade {
  const paid = absolute(amount);
  const costs = containedCosts(paid, detail);
  const gross = subtract(paid, sum(costs.map((cost) => cost.amount)));
  const closes = /^BUYTO(?:COVER|CLOSE)$/.test(detail.detail ?? '');
  const trade = { kind: 'buy', cash: negate(paid), units: absolute(units), opens: !closes } as const;
  // A total that is smaller than its costs does not contain them.
  return gross.startsWith('-') ? { ...trade, gross: paid, costs: [] } : { ...trade, gross, costs };
}

function sold(amount: Decimal, units: Decimal, detail: InvestmentDetail): Trade {
  const costs = containedCosts(absolute(amount), detail);
  const gross = add(amount, sum(costs.map((cost) => cost.amount)));
  const opens = /^SELL(?:SHORT|TOOPEN)$/.test(detail.detail ?? '');
  const trade = { kind: 'sell', cash: amount, units: negate(absolute(units)), opens } as const;
  if (!gross.startsWith('-')) return { ...trade, gross, costs };
  return { ...trade, gross: ZERO, costs: isZero(amount) ? [] : [{ account: FEES, amount: negate(amount) }] };
}

const FEES = 'Expenses:Investment:Fees';

/** Returns the costs in a total; none if the total is exactly units times price. */
function containedCosts(total: Decimal, detail: InvestmentDetail): Trade['costs'] {
  if (compare(total, grossOf(detail)) === 0) return [];
  const parts = [
    { account: 'Expenses:Investment:Commission', amount: detail.commission },
    { account: FEES, amount: detail.fees },
    { account: FEES, amount: detail.load },
    { account: 'Expenses:Investment:Taxes', amount: detail.taxes },
    { account: 'Expenses:Investment:Interest', amount: detail.accruedInterest },
  ];
  return parts.flatMap(({ account, amount }) => (amount === null || isZero(amount) ? [] : [{ account, amount }]));
}

/** NEWUNITS less OLDUNITS, if both are present. */
function splitOf({ extra, investment }: StoredTransaction): Trade {
  const [before, after] = [extra?.['OLDUNITS'] ?? '', extra?.['NEWUNITS'] ?? ''];
  if (!isDecimal(before) || !isDecimal(after) || investment?.security == null) return NOTHING;
  const units = subtract(after, before);
  return isZero(units) ? NOTHING : { ...NOTHING, kind: 'split', units, opens: !units.startsWith('-') };
}

/** Returns units times price. */
function grossOf({ units, unitPrice }: InvestmentDetail): Decimal {
  return units === null || unitPrice === null ? ZERO : absolute(multiply(units, unitPrice));
}

/** Returns the transactions with those that end a position after the others of their day: institutions list either first. */
export function beginningsFirst(transactions: Iterable<StoredTransaction>): Iterable<StoredTransaction> {
  return {
    *[Symbol.iterator]() {
      let day = '';
      const endings: StoredTransaction[] = [];
      for (const transaction of transactions) {
        if (transaction.postedOn !== day) yield* endings.splice(0);
        day = transaction.postedOn;
        if (transaction.investment === null || tradeOf(transaction).opens) yield transaction;
        else endings.push(transaction);
      }
      yield* endings;
    },
  };
}
