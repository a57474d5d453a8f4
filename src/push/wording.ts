/** What a person reads of a transaction in a budget: payee and memo, as plain text of one line. */

import { createHash } from 'node:crypto';
import type { StoredTransaction } from '../ports.js';

/** Whom the money went to or came from. Never empty. */
export function payeeOf(transaction: StoredTransaction, longest: number): string {
  const { name, extendedName, payee, investment, memo, type } = transaction;
  const words = [name, extendedName, payee?.name, investment?.securityName, investment?.ticker, memo];
  const found = words.map((text) => oneLine(text ?? '')).find((text) => text !== '');
  return cut(found ?? investment?.action ?? type, longest);
}

/** What else the institution said; `null` when nothing. */
export function memoOf(transaction: StoredTransaction, longest: number): string | null {
  const { extendedName, memo, checkNumber } = transaction;
  const payee = payeeOf(transaction, longest);
  const parts = [extendedName, memo, checkNumber === null ? null : `check ${checkNumber}`]
    .map((text) => oneLine(text ?? ''))
    .filter((text) => text !== '' && text !== payee);
  return parts.length === 0 ? null : cut([...new Set(parts)].join(' · '), longest);
}

/** The same for the same transaction for ever: what keeps a second push from adding it again. At most 36 characters. */
export function importId({ id }: StoredTransaction): string {
  const own = /^[\w.-]{1,27}$/.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 24);
  return `ofx-sync:${own}`;
}

/** Without line breaks, control characters and halves of characters. */
function oneLine(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
    .trim();
}

/** At most so many characters as JSON Schema counts them. */
function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}
