/**
 * Moves payees and memos of transactions to their usual fields, for institutions that write them elsewhere (quirks `payee`
 * and `commentRows`). The store keeps the original, so that both quirks can change later.
 */

import type { Institution, Quirks } from '../model/institution.js';
import { isZero } from '../model/money.js';
import type { ExportInput, StoredTransaction } from '../ports.js';

/**
 * Returns the transactions with the quirks of their institutions applied; can be iterated as often as the original.
 * @param transactions in the order of their days.
 */
export function withQuirkPayees(
  transactions: Iterable<StoredTransaction>,
  institutions: readonly Pick<Institution, 'name' | 'quirks'>[],
): Iterable<StoredTransaction> {
  const strange = institutions.filter(({ quirks }) => quirks.payee === 'memo' || quirks.commentRows === 'join');
  if (strange.length === 0) return transactions;
  const quirks = new Map(strange.map((institution) => [institution.name, institution.quirks]));
  return { [Symbol.iterator]: () => dayByDay(transactions, quirks) };
}

/**
 * Puts the payees of the rules into the names, for targets without another field for them; the institution's name moves to the
 * memo, which begins with the note of the rules. Omits transactions that the rules ignore.
 */
export function* withRulePayees(
  transactions: Iterable<StoredTransaction>,
  classify: ExportInput['classify'],
): Iterable<StoredTransaction> {
  for (const transaction of transactions) {
    const { payee, note = null, ignore } = classify(transaction);
    if (ignore === true) continue;
    const { name, memo } = transaction;
    if (payee === null && note === null) yield transaction;
    else if (payee === null) yield { ...transaction, memo: words([note, memo], ' · ') };
    else yield { ...transaction, name: payee, memo: words([note, name, memo], ' · ') };
  }
}

function* dayByDay(
  transactions: Iterable<StoredTransaction>,
  quirks: ReadonlyMap<string, Quirks>,
): Generator<StoredTransaction> {
  let day: StoredTransaction[] = [];
  for (const transaction of transactions) {
    if (day[0] !== undefined && day[0].postedOn !== transaction.postedOn) {
      yield* joined(day, quirks);
      day = [];
    }
    day.push(transaction);
  }
  yield* joined(day, quirks);
}

/** Joins comments to the previous transaction of the same account. A comment without one stays a transaction. */
function joined(day: readonly StoredTransaction[], quirks: ReadonlyMap<string, Quirks>): readonly StoredTransaction[] {
  const whole: StoredTransaction[] = [];
  for (const transaction of day) {
    const { payee, commentRows } = quirks.get(transaction.institution) ?? {};
    const before = commentRows === 'join' && isComment(transaction) ? lastOf(transaction, whole) : -1;
    const owner = whole[before];
    if (owner === undefined) whole.push(payee === 'memo' ? withPayeeOfMemo(transaction) : transaction);
    else whole[before] = { ...owner, memo: words([owner.memo, transaction.name, transaction.memo]) };
  }
  return whole;
}

function isComment({ amount, investment, checkNumber }: StoredTransaction): boolean {
  return isZero(amount) && investment === null && checkNumber === null;
}

function lastOf({ institution, account }: StoredTransaction, whole: readonly StoredTransaction[]): number {
  return whole.findLastIndex((one) => one.institution === institution && one.account === account);
}

function withPayeeOfMemo(transaction: StoredTransaction): StoredTransaction {
  const { name, memo } = transaction;
  return memo === null || memo.trim() === '' ? transaction : { ...transaction, name: memo, memo: name };
}

function words(texts: readonly (string | null)[], between = ' '): string {
  return texts.filter((text) => text !== null && text.trim() !== '').join(between);
}
