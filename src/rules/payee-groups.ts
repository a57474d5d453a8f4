/** Transactions grouped by their payees, for a person who looks for missing rules. */

import type { Decimal } from '../model/decimal.js';
import { add, placesOf, withPlaces, ZERO } from '../model/money.js';
import { payeeOf } from '../model/payee.js';
import type { StoredTransaction } from '../ports.js';
import { merchantOf } from './merchant.js';

export interface PayeeGroup {
  /** The payee of the newest transaction. */
  readonly payee: string;
  readonly count: number;
  /** Sums by currency: amounts of different currencies are never added. */
  readonly sums: ReadonlyMap<string, Decimal>;
  readonly last: string;
}

/** Returns the groups, the most frequent first. @param transactions in the order of their days. */
export function payeeGroups(transactions: Iterable<StoredTransaction>): PayeeGroup[] {
  const groups = new Map<string, { payee: string; count: number; sums: Map<string, Decimal>; last: string }>();
  for (const transaction of transactions) {
    const payee = payeeOf(transaction, { payee: null });
    const key = merchantOf(payee)?.words.join(' ') ?? payee;
    const group = groups.get(key) ?? { payee, count: 0, sums: new Map<string, Decimal>(), last: '' };
    const { currency, amount, postedOn } = transaction;
    group.payee = payee;
    group.count += 1;
    const before = group.sums.get(currency) ?? ZERO;
    group.sums.set(currency, withPlaces(add(before, amount), Math.max(placesOf(before), placesOf(amount))));
    group.last = postedOn;
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) => b.count - a.count || (a.payee < b.payee ? -1 : 1));
}
