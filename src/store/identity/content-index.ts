/** Stored rows of some days, by their content. Each row can be claimed by one transaction. */

import { createHash } from 'node:crypto';
import type { IsoDate } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';

/** A stored row that may be the same transaction. */
export interface Candidate {
  readonly key: string;
  readonly fitid: string | null;
  readonly removed: boolean;
  readonly postedOn: IsoDate;
  readonly amount: string;
  /** Position of the statement that added it. */
  readonly since: string;
  /** Parsed on demand: few rows are looked at. */
  readonly content: () => Content;
  /** Earlier content, which an older statement still has, and other content under which it came. */
  readonly former: () => readonly Content[];
}

/** The fields by which two transactions of one day and amount are the same without a FITID. */
export type Content = Pick<Transaction, 'fitid' | 'postedOn' | 'amount' | 'currency' | 'name' | 'memo' | 'investment'>;

export interface KeyedTransaction {
  readonly key: string;
  /** `true` when the key is not just the FITID. */
  readonly derived: boolean;
  readonly transaction: Transaction;
  /** The same transaction came with other content, which stays as it is. */
  readonly isOtherSpelling?: boolean;
}

export class ContentIndex {
  /** Keys of the claimed rows. */
  readonly claimed = new Set<string>();
  readonly rows: readonly Candidate[];
  readonly #slots = new Map<string, Candidate[]>();

  constructor(rows: readonly Candidate[], claimed: Iterable<string> = []) {
    this.rows = rows;
    for (const key of claimed) this.claimed.add(key);
    for (const row of rows) addTo(this.#slots, slotOf(row), row);
  }

  /** Returns the rows that no transaction has claimed, in the order of their arrival. */
  free(): readonly Candidate[] {
    return this.rows.filter((row) => this.isFree(row));
  }

  isFree({ key }: Pick<Candidate, 'key'>): boolean {
    return !this.claimed.has(key);
  }

  claim<T extends Candidate | null>(row: T): T {
    if (row !== null) this.claimed.add(row.key);
    return row;
  }

  /** Returns the first free row of the same content that fits. */
  find(transaction: Transaction, fits: (row: Candidate) => boolean = () => true): Candidate | null {
    const rows = this.#slots.get(slotOf(transaction));
    if (rows === undefined) return null;
    const content = contentKey(transaction);
    return rows.find((row) => this.isFree(row) && fits(row) && contentKey(row.content()) === content) ?? null;
  }
}

/** Adds a value to those of a key. */
export function addTo<Key, Value>(all: Map<Key, Value[]>, key: Key, value: Value): void {
  const others = all.get(key);
  if (others === undefined) all.set(key, [value]);
  else others.push(value);
}

/** Returns the amount in one spelling: `1.50` as `1.5`. */
export function plainAmount(amount: string): string {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}

export function slotOf({ postedOn, amount }: Pick<Content, 'postedOn'> & { readonly amount: string }): string {
  return `${postedOn} ${plainAmount(amount)}`;
}

export function contentKey({ postedOn, amount, currency, name, memo, investment }: Content): string {
  return [postedOn, plainAmount(amount), currency, name ?? '', memo ?? '', investment?.security?.uniqueId ?? ''].join(
    '\n',
  );
}

/** Returns a function that returns true for a transaction of which as many rows have or had the content as the statement has. */
export function storedContent(
  rows: readonly Candidate[],
  transactions: readonly Transaction[],
): (transaction: Transaction) => boolean {
  const stored = countsOf(rows.flatMap((row) => [...new Set([row.content(), ...row.former()].map(contentKey))]));
  const sent = countsOf(transactions.map(contentKey));
  return (transaction) => (stored.get(contentKey(transaction)) ?? 0) >= (sent.get(contentKey(transaction)) ?? 0);
}

function countsOf(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

/** Returns 24 hexadecimal digits of the SHA-256 hash of a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
