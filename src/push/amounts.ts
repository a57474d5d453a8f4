/** Exact decimals as the whole numbers that budgeting tools count in, and what a transaction does to the cash of its account. */

import type { Decimal } from '../model/decimal.js';
import { decimal } from '../model/decimal.js';
import { isZero, multiply, negate } from '../model/money.js';
import type { StoredTransaction } from '../ports.js';

/** The amount in units of which 10^places make one, as a `number` of a JSON; `null` where that is not exact. */
export function wholeUnits(amount: Decimal, places: number): number | null {
  const units = multiply(amount, decimal(`1${'0'.repeat(places)}`));
  const number = Number(units);
  return units.includes('.') || !Number.isSafeInteger(number) ? null : number;
}

/**
 * What the transaction does to the cash, `null` for nothing: securities that are moved, split or bought with their own income
 * (OFX 2.2 section 13.9.2.4).
 */
export function cashOf({ amount, investment }: StoredTransaction): Decimal | null {
  if (investment === null) return amount;
  const { action, units } = investment;
  const ofSecurities = units !== null && !isZero(units);
  if (action === 'JRNLFUND' || action === 'JRNLSEC' || action === 'SPLIT') return null;
  if (/^(?:REINVEST|TRANSFER|CLOSUREOPT)$/.test(action) && ofSecurities) return null;
  // TOTAL of a purchase leaves the cash, whichever sign an institution gives it.
  if (action.startsWith('BUY') && ofSecurities && !amount.startsWith('-')) return negate(amount);
  return isZero(amount) ? null : amount;
}
