/** The value of securities, as far as an institution states it. */

import type { IsoDate } from '../dates.js';
import type { Decimal } from '../decimal.js';
import { add, multiply, negate, ZERO } from '../money.js';
import type { Position } from '../statement.js';
import type { Holdings } from '../stored.js';

interface MarketValue {
  readonly currency: string;
  readonly amount: Decimal;
  readonly asOf: IsoDate;
}

/** Returns the market value of securities with the cash. Securities without a known value do not count. */
export function holdingsValue(holdings: Holdings): MarketValue[] {
  const { asOf, cash } = holdings;
  const amounts = new Map<string, Decimal>();
  const count = (currency: string, amount: Decimal) =>
    amounts.set(currency, add(amounts.get(currency) ?? ZERO, amount));
  if (cash !== null) count(cash.currency, cash.amount);
  for (const position of holdings.positions) {
    const value = positionValue(position);
    if (value !== null) count(position.currency, value);
  }
  return [...amounts].map(([currency, amount]) => ({ currency, amount, asOf }));
}

/** Returns the value of a position, negative for securities that are owed; `null` if the institution states too little. */
export function positionValue({ marketValue, units, unitPrice, side, type }: Position): Decimal | null {
  // The price of an option or a bond is not that of one unit.
  const isCounted = type !== 'opt' && type !== 'debt';
  const value = marketValue ?? (isCounted && unitPrice !== null ? multiply(units, unitPrice) : null);
  return value !== null && side === 'SHORT' && !value.startsWith('-') ? negate(value) : value;
}
