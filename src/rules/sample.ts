/** A transaction of which it is known where it was booked. */

import type { StoredTransaction } from '../ports.js';
import { type Merchant, merchantOf } from './merchant.js';

export interface Sample {
  readonly transaction: StoredTransaction;
  /** The account that the other side was booked to. */
  readonly account: string;
  /** The payee that a person wrote instead of the bank's text, or `null`. */
  readonly payee: string | null;
}

/** The field of a transaction that names the merchant. */
export interface NamedIn {
  readonly field: 'payee' | 'memo';
  readonly merchant: Merchant;
}

/** A sample with its merchant. */
export interface Named extends NamedIn {
  readonly sample: Sample;
}

/** One transaction in this many may have gone elsewhere. */
export const TOLERANCE = 10;

/** Returns true if all went to one account, with few exceptions. */
export function isPure(group: readonly Named[]): boolean {
  const most = majority(group.map(({ sample }) => sample.account));
  return most !== null && group.length - most.count <= Math.floor(group.length / TOLERANCE);
}

const LONGEST_ACCOUNT = 200;

/** Returns the samples from which rules can be learned: those with a merchant, and an account that a rule may have. */
export function namedSamples(samples: readonly Sample[]): Named[] {
  return samples.flatMap((sample) => {
    const found = sample.account.length > LONGEST_ACCOUNT ? null : namedIn(sample.transaction);
    return found === null ? [] : [{ ...found, sample }];
  });
}

/** Returns the merchant, from the name and the like, else from the memo. */
export function namedIn({ name, extendedName, payee, memo }: StoredTransaction): NamedIn | null {
  for (const text of [name, extendedName, payee?.name]) {
    const merchant = merchantOf(text ?? '');
    if (merchant !== null) return { field: 'payee', merchant };
  }
  const merchant = merchantOf(memo ?? '');
  return merchant === null ? null : { field: 'memo', merchant };
}

/** Returns the most frequent of the values and its share; `null` for none. */
export function majority<Value>(values: readonly Value[]): { readonly value: Value; readonly count: number } | null {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: { value: Value; count: number } | null = null;
  for (const [value, count] of counts) if (best === null || count > best.count) best = { value, count };
  return best;
}

export function groupBy<Value>(values: readonly Value[], keyOf: (value: Value) => string): Map<string, Value[]> {
  const groups = new Map<string, Value[]>();
  for (const value of values) {
    const key = keyOf(value);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [value]);
    else group.push(value);
  }
  return groups;
}
