/**
 * Amounts as readers expect them. Actual Budget removes the point and takes what is left as hundredths, so an amount has always
 * two digits after the point, whatever its currency. More digits (0.005 KWD, prices of funds) are rounded, halves away from
 * zero, and the exact amount stands in `extra`.
 */

import type { AccountKind } from '../model/account.js';
import { type Decimal, decimal } from '../model/decimal.js';
import { add, compare, multiply, placesOf, round, withPlaces, ZERO } from '../model/money.js';
import type { Balance, Position } from '../model/statement.js';
import type { AccountState } from '../ports.js';

const PLACES = 2;

export function hundredths(amount: Decimal): string {
  return placesOf(amount) <= PLACES ? withPlaces(amount, PLACES) : round(amount, PLACES);
}

/** Returns `extra` with the exact amount when two digits cannot hold it. */
export function exactly(amount: Decimal): { readonly 'exact-amount'?: string } {
  if (placesOf(amount) <= PLACES || compare(decimal(hundredths(amount)), amount) === 0) return {};
  return { 'exact-amount': amount };
}

/** Returns what a position is worth by the bank, else by its price; `null` when neither is known. */
export function worthOfPosition({ marketValue, units, unitPrice }: Position): Decimal | null {
  return marketValue ?? (unitPrice === null ? null : multiply(units, unitPrice));
}

/** Returns the balance of an account: of an investment account what its cash and securities are worth, where that is known. */
export function balanceOf(state: AccountState, kind: AccountKind | string): Balance | null {
  return (kind === 'investment' ? worthOf(state) : null) ?? state.ledgerBalance ?? state.availableBalance;
}

/** Adds up the positions in the currency of the account; those in another currency have no place in its balance. */
function worthOf({ holdings }: AccountState): Balance | null {
  if (holdings == null) return null;
  const { positions, cash, margin, asOf } = holdings;
  const currency = cash?.currency ?? positions[0]?.currency;
  if (currency === undefined) return null;
  const values = positions.flatMap((position) =>
    position.currency === currency ? (worthOfPosition(position) ?? []) : [],
  );
  // Borrowed money is a negative margin balance.
  const amount = [...values, cash?.amount ?? ZERO, margin ?? ZERO].reduce(add, ZERO);
  return { amount, currency, asOf };
}
