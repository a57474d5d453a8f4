/** The institution's balance of an account, where it can be compared with the stored transactions. */

import type { IsoDate } from '../model/dates.js';
import { type Decimal, decimal } from '../model/decimal.js';
import { absolute, add, compare, divide, isZero, multiply, subtract } from '../model/money.js';
import type { Balance, Position } from '../model/statement.js';
import type { ClosingState } from '../model/stored.js';
import type { ExportInput } from '../ports.js';

export interface StatedBalance extends Balance {
  readonly asOf: IsoDate;
}

/**
 * Returns `null` for a balance of a day that no statement covers, since movements up to that day may be unknown, and for an
 * institution whose ledger balance is not that of the posted transactions.
 */
export function statedBalance(
  state: ClosingState | undefined,
  { isInvestment, institutions }: { readonly isInvestment: boolean } & Pick<ExportInput, 'institutions'>,
): StatedBalance | null {
  if (state === undefined) return null;
  const balance = isInvestment ? (state.holdings?.cash ?? null) : state.ledgerBalance;
  if (balance === null || balance.asOf === null || !isCovered(balance.asOf, state)) return null;
  const quirks = institutions.find(({ name }) => name === state.institution)?.quirks;
  return quirks?.ledgerBalance === 'unreliable' ? null : { ...balance, asOf: balance.asOf };
}

export function isCovered(day: IsoDate, { coverage }: Pick<ClosingState, 'coverage'>): boolean {
  return coverage.some(({ from, to }) => from <= day && day <= to);
}

/**
 * Returns the worth of one unit. The stated price is that of one unit for shares and funds; that of an option is for one share
 * of its contract, and that of a bond a percentage.
 */
export function unitWorth({ units, unitPrice, marketValue }: Position): Decimal | null {
  const price = unitPrice === null || isZero(unitPrice) ? null : absolute(unitPrice);
  if (marketValue === null || isZero(marketValue) || isZero(units)) return price;
  const [worth, count] = [absolute(marketValue), absolute(units)];
  const differs = price === null || isFar(multiply(price, count), worth);
  return differs ? withoutEndZeros(divide(worth, count, 8)) : price;
}

/** Returns whether an amount differs from another by more than a hundredth, as no rounding does. */
function isFar(amount: Decimal, from: Decimal): boolean {
  return compare(multiply(absolute(subtract(amount, from)), HUNDRED), from) > 0;
}

const HUNDRED = decimal('100');

function withoutEndZeros(amount: Decimal): Decimal {
  return amount.includes('.') ? decimal(amount.replace(/\.?0+$/, '')) : amount;
}

interface HeldUnits {
  readonly position: Position;
  readonly units: Decimal;
}

/** Returns the units of each security by its unique id; adds up sub-accounts. */
export function heldUnits({ holdings }: Pick<ClosingState, 'holdings'>): ReadonlyMap<string, HeldUnits> {
  const held = new Map<string, HeldUnits>();
  for (const position of holdings?.positions ?? []) {
    const { uniqueId } = position.security;
    const before = held.get(uniqueId);
    const units = before === undefined ? position.units : add(before.units, position.units);
    held.set(uniqueId, { position, units });
  }
  return held;
}
