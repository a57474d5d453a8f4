/** Payee and memo of a transaction as other programs show them: files that are exported, and budgets. */

import type { Classification } from './export.js';
import type { StoredTransaction } from './stored.js';

/** Differences between the places that a payee or a memo is written to. */
export interface TextTarget {
  /** Returns a text with the characters and lines that the target holds. */
  readonly plain: (text: string) => string;
  /** Characters as JSON Schema counts them. A longer text is cut. */
  readonly longest: number;
  /** A security without name and ticker appears under its unique id. A budget would list that id among its payees. */
  readonly securityIds: boolean;
  /** The memo ends with the check number, where the target has no field for it. */
  readonly checkNumbers: boolean;
}

const FILE: TextTarget = {
  // Each format escapes what it must.
  plain: (text) => text,
  longest: Number.POSITIVE_INFINITY,
  securityIds: true,
  checkNumbers: false,
};

type Rule = Pick<Classification, 'payee'>;

/** Returns the payee of the rules, else the institution's words, else the kind of the transaction. Never empty. */
export function payeeOf(transaction: StoredTransaction, { payee }: Rule, target: TextTarget = FILE): string {
  const { name, extendedName, memo, investment, type } = transaction;
  const securityId = target.securityIds ? investment?.security?.uniqueId : null;
  const security = [investment?.securityName, investment?.ticker, securityId];
  const texts = [payee, name, extendedName, transaction.payee?.name, ...security, memo];
  const found = texts.map((text) => target.plain(text ?? '')).find((text) => text.trim() !== '');
  return cut(found ?? investment?.action ?? type, target);
}

/** Returns the institution's other words, without the payee. Empty without further words. */
export function memoOf(transaction: StoredTransaction, rule: Rule, target: TextTarget = FILE): string {
  const { name, extendedName, memo, checkNumber } = transaction;
  const payee = payeeOf(transaction, rule, target);
  const check = target.checkNumbers && checkNumber !== null ? `check ${checkNumber}` : null;
  // A payee from a rule does not hide the institution's name for it.
  const parts = [rule.payee === null ? null : name, extendedName, memo, check];
  const texts = parts.map((text) => target.plain(text ?? '')).filter((text) => text.trim() !== '' && text !== payee);
  return cut([...new Set(texts)].join(' · '), target);
}

function cut(text: string, { longest }: TextTarget): string {
  if (text.length <= longest) return text;
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join('')}…`;
}
