/** The values of a transaction in a budget: whole numbers for exact decimals, plain text of limited length, and an import id. */

import { createHash } from 'node:crypto';
import { type Decimal, decimal } from '../model/decimal.js';
import { fromUnits, isZero, multiply, negate, round } from '../model/money.js';
import { memoOf, payeeOf } from '../model/payee.js';
import type { PushEntry } from '../model/push-session.js';
import type { StoredTransaction } from '../ports.js';

/** The limits of a transaction in a budget. */
export interface EntryLimits {
  /** Decimals of an amount. */
  readonly places: number;
  /** Characters of a payee. */
  readonly payee: number;
  /** Characters of a memo. */
  readonly memo: number;
}

export interface EntryValues {
  readonly amount: number;
  readonly payee: string;
  /** The institution's own words for the payee. */
  readonly bankPayee: string;
  /** `null` when the institution sent no words beside the payee. */
  readonly memo: string | null;
  readonly importId: string;
}

/** @param entry with an amount that fits into the decimals. */
export function entryValues(entry: Omit<PushEntry, 'other'>, { places, payee, memo }: EntryLimits): EntryValues {
  const { transaction } = entry;
  const text = (longest: number) => ({ plain: oneLine, longest, securityIds: false, checkNumbers: true });
  return {
    amount: wholeUnits(transaction.amount, places) ?? 0,
    payee: payeeOf(transaction, entry, text(payee)),
    bankPayee: payeeOf(transaction, { payee: null }, text(payee)),
    memo: memoOf(transaction, entry, text(memo)) || null,
    importId: importIdOf(transaction),
  };
}

/** Returns the amount in units of which 10^places make one, as a `number` for JSON; `null` when that is not exact. */
export function wholeUnits(amount: Decimal, places: number): number | null {
  const units = multiply(amount, decimal(`1${'0'.repeat(places)}`));
  const number = Number(units);
  return units.includes('.') || !Number.isSafeInteger(number) ? null : number;
}

/**
 * Returns the change of the account's cash; `null` when that stays the same: securities that are moved, split or bought with
 * their own income (OFX 2.2 section 13.9.2.4).
 */
export function cashOf({ amount, investment }: StoredTransaction): Decimal | null {
  if (investment === null) return amount;
  const { action, units } = investment;
  const ofSecurities = units !== null && !isZero(units);
  if (action === 'JRNLFUND' || action === 'JRNLSEC' || action === 'SPLIT') return null;
  if (/^(?:REINVEST|TRANSFER|CLOSUREOPT)$/.test(action) && ofSecurities) return null;
  // TOTAL of a purchase leaves the account, whatever its sign.
  if (action.startsWith('BUY') && ofSecurities && !amount.startsWith('-')) return negate(amount);
  return isZero(amount) ? null : amount;
}

/** The beginning of the import id of an account's adjusting entry, which has the day of its creation after it. */
export const VALUE_ID = 'ofx-sync:value';

/** Returns a value in units of which 10^places make one. A value moves no money, so it may be rounded. */
export function valueUnits(amount: Decimal, places: number): number {
  return wholeUnits(round(amount, places), places) ?? 0;
}

/** Returns the amount of the integer in units of which 10^places make one. */
export function decimalOf(units: number, places: number): Decimal {
  return fromUnits(BigInt(units), places);
}

/** Never changes for a transaction, so that a second push does not add it again. At most 36 characters. */
export function importIdOf({ id }: StoredTransaction): string {
  const own = /^[\w.-]{1,27}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 24);
  return `ofx-sync:${own}`;
}

/** Returns the text without line breaks, control characters and lone surrogates. */
export function oneLine(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim();
}
