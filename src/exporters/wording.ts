/** What a person reads of a transaction: whom the money went to or came from, and what else was said. */

import type { Classification, StoredTransaction } from '../ports.js';

/** The payee: what the rules say, else the institution's words, else its kind. Never empty. */
export function payeeOf(transaction: StoredTransaction, { payee }: Classification): string {
  const { name, extendedName, memo, investment, type } = transaction;
  const words = [payee, name, extendedName, transaction.payee?.name, securityOf(transaction), memo];
  return words.find((text) => text != null && text.trim() !== '') ?? investment?.action ?? type;
}

/** What else the institution said, without what is the payee already. Empty when nothing. */
export function memoOf(transaction: StoredTransaction, classification: Classification): string {
  const payee = payeeOf(transaction, classification);
  const { name, extendedName, memo } = transaction;
  // A payee from a rule does not hide what the institution wrote.
  const parts = [classification.payee === null ? null : name, extendedName, memo];
  const words = parts.filter((text): text is string => text !== null && text.trim() !== '' && text !== payee);
  return [...new Set(words)].join(' · ');
}

/** As the institution wrote it, for columns that want the original. */
export function statementText({ name, memo, type }: StoredTransaction): string {
  return [name, memo].filter((text) => text !== null && text.trim() !== '').join(' ') || type;
}

function securityOf({ investment }: StoredTransaction): string | null {
  if (investment === null) return null;
  return investment.securityName ?? investment.ticker ?? investment.security?.uniqueId ?? null;
}
