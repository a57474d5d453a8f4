/**
 * Which stored transaction a received one is. The rule is (account, FITID); what stands in for a FITID that is missing,
 * unstable or shared by different transactions is made from what the transaction says, so that the same statement gives
 * the same keys whenever and in whatever pieces it arrives.
 */

import { createHash } from 'node:crypto';
import type { Transaction } from '../model/statement.js';

export interface Keyed {
  readonly key: string;
  /** The key does not come from the FITID alone. */
  readonly derived: boolean;
  readonly transaction: Transaction;
}

/** A row that may be the same transaction. */
export interface Candidate {
  readonly key: string;
  readonly postedOn: string;
  readonly amount: string;
}

/**
 * @param transactions of one statement, in its order.
 * @param unstable the institution's FITIDs say nothing from one download to the next.
 * @param stored rows that have a FITID of the statement.
 */
export function keysFor(
  transactions: readonly Transaction[],
  unstable: boolean,
  stored: (fitid: string) => readonly Candidate[],
): Keyed[] {
  const byFitid = new Map<string, Transaction[]>();
  const seen = new Map<string, number>();
  const keyed: Keyed[] = [];
  for (const transaction of transactions) {
    const { fitid } = transaction;
    if (fitid === null || unstable) keyed.push({ key: contentKey(transaction, seen), derived: true, transaction });
    else byFitid.set(fitid, [...(byFitid.get(fitid) ?? []), transaction]);
  }
  for (const [fitid, group] of byFitid) keyed.push(...keysOfGroup(fitid, distinct(group), stored));
  return keyed;
}

/** A key from date, amount, name, memo and the order among equal ones of the day. */
function contentKey(transaction: Transaction, seen: Map<string, number>): string {
  const content = [
    transaction.postedOn,
    transaction.amount,
    transaction.currency,
    transaction.name ?? '',
    transaction.memo ?? '',
    transaction.investment?.security?.uniqueId ?? '',
  ].join('\n');
  const ordinal = seen.get(content) ?? 0;
  seen.set(content, ordinal + 1);
  return `~${hash(content)}.${ordinal}`;
}

/** Usually one transaction. More of one FITID are really different ones (a foreign charge and its fee): all are kept. */
function keysOfGroup(
  fitid: string,
  group: readonly Transaction[],
  stored: (fitid: string) => readonly Candidate[],
): Keyed[] {
  const [only] = group;
  const rows = stored(fitid);
  if (group.length === 1 && only !== undefined) {
    const same = rows.find((row) => row.postedOn === only.postedOn && row.amount === only.amount);
    return [{ key: same?.key ?? rows[0]?.key ?? fitid, derived: false, transaction: only }];
  }
  const free = new Set(rows.map(({ key }) => key));
  const keys = new Map<Transaction, string>();
  for (const transaction of group) {
    const same = rows.find(
      (row) => free.has(row.key) && row.postedOn === transaction.postedOn && row.amount === transaction.amount,
    );
    if (same === undefined) continue;
    free.delete(same.key);
    keys.set(transaction, same.key);
  }
  const taken = new Set(keys.values());
  return group.map((transaction) => {
    const known = keys.get(transaction);
    if (known !== undefined) return { key: known, derived: known !== fitid, transaction };
    const key = !taken.has(fitid) && rows.length === 0 ? fitid : sharedKey(fitid, transaction);
    taken.add(key);
    return { key, derived: key !== fitid, transaction };
  });
}

function sharedKey(fitid: string, { postedOn, amount, name, memo }: Transaction): string {
  return `${fitid}~${hash([postedOn, amount, name ?? '', memo ?? ''].join('\n'))}`;
}

/** The same transaction sent twice in one statement is one. */
function distinct(group: readonly Transaction[]): Transaction[] {
  if (group.length === 1) return [...group];
  return [...new Map(group.map((transaction) => [JSON.stringify(transaction), transaction])).values()];
}

export function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
