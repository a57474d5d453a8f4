/**
 * The amount of a transaction in the account's own currency, and the amount before the exchange (OFX 2.2 section 5.2):
 * amounts under CURRENCY are in the foreign currency, those under ORIGCURRENCY are converted already; CURRATE is the
 * account's currency for one unit of the foreign one.
 */

import { minorDigits as digitsOf, isCurrency } from '../model/currency.js';
import type { Decimal } from '../model/decimal.js';
import { divide, isZero, multiply, round, withPlaces } from '../model/money.js';
import type { StoredTransaction } from '../ports.js';

export interface Money {
  readonly amount: Decimal;
  readonly currency: string;
}

export interface Effect extends Money {
  /** The amount in the original currency, when that is another. */
  readonly original: Money | null;
}

/** @param base currency of the account. */
export function effectOf({ amount, currency, exchange }: StoredTransaction, base: string): Effect {
  const rate = exchange?.rate ?? null;
  if (exchange === null || rate === null || isZero(rate) || rate.startsWith('-'))
    return { amount, currency, original: null };
  if (exchange.converted && currency === base && exchange.currency !== base) {
    const foreign = divide(amount, rate, minorDigits(exchange.currency));
    const original = isZero(foreign) ? null : { amount: foreign, currency: exchange.currency };
    return { amount, currency, original };
  }
  if (!exchange.converted && currency !== base && exchange.currency === currency) {
    const converted = round(multiply(amount, rate), minorDigits(base));
    return isZero(converted) && !isZero(amount)
      ? { amount, currency, original: null }
      : { amount: converted, currency: base, original: { amount, currency } };
  }
  return { amount, currency, original: null };
}

export function minorDigits(currency: string): number {
  return isCurrency(currency) ? digitsOf(currency) : 2;
}

/** Returns an amount with at least the digits of its currency; units of a security are unchanged. */
export function withMinorDigits(amount: Decimal, commodity: string, least = 0): Decimal {
  return isCurrency(commodity) ? withPlaces(amount, Math.max(digitsOf(commodity), least)) : amount;
}
