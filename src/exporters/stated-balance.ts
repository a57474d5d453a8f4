/** The institution's balance of an account, where it can be compared with the stored transactions. */

import type { IsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { add } from '../model/money.js';
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
