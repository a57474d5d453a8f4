/** The values of a transaction in a budget: whole numbers for exact decimals, plain text of limited length, and an import id. */

import { createHash } from 'node:crypto';
import { type Decimal, decimal } from '../model/decimal.js';
import { isZero, multiply, negate } from '../model/money.js';
import { memoOf, payeeOf } from '../model/payee.js';
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
  /** `null` when the institution sent no words beside the payee. */
  readonly memo: string | null;
  readonly importId: string;
}

/** @param transaction with an amount that fits into the decimals. */
export function entryValues(transaction: StoredTransaction, { places, payee, memo }: EntryLimits): EntryValues {
  // The payees of the rules are in the transactions already.
  const text = (longest: number) =>
    [transaction, { payee: null }, { plain: oneLine, longest, securityIds: false, checkNumbers: true }] as const;
  return {
    amount: wholeUnits(transaction.amount, places) ?? 0,
    payee: payeeOf(...text(payee)),
    memo: memoOf(...text(memo)) || null,
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

/** Never changes for a transaction, so that a second push does not add it again. At most 36 characters. */
function importIdOf({ id }: StoredTransaction): string {
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
