/** Stored rows of a statement's days by what they say, each to be taken once. */

import { createHash } from 'node:crypto';
import type { IsoDate, Period } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';

/** A stored row that may be the same transaction. */
export interface Candidate {
  readonly key: string;
  readonly fitid: string | null;
  readonly removed: boolean;
  readonly postedOn: IsoDate;
  readonly amount: string;
  /** Read when it is looked at: few are. */
  readonly content: () => Content;
  /** What it said before, which an older statement still says. */
  readonly former: () => readonly Content[];
}

/** What makes two transactions of one day and amount the same without a FITID. */
export type Content = Pick<Transaction, 'postedOn' | 'amount' | 'currency' | 'name' | 'memo' | 'investment'>;

export interface KeyedTransaction {
  readonly key: string;
  /** The key does not come from the FITID alone. */
  readonly derived: boolean;
  readonly transaction: Transaction;
}

export class ContentIndex {
  /** Keys of the rows that were taken. */
  readonly taken: Set<string>;
  readonly #rows = new Map<string, Candidate[]>();
  readonly #ordinals = new Map<string, number>();

  constructor(rows: readonly Candidate[], taken: ReadonlySet<string> = new Set()) {
    this.taken = new Set(taken);
    for (const row of rows) {
      const place = placeOf(row);
      const others = this.#rows.get(place);
      if (others === undefined) this.#rows.set(place, [row]);
      else others.push(row);
    }
  }

  /**
   * For a transaction that no FITID names: the next stored row with the same content, else a key from the content and the
   * order among equals of the day.
   * @param named FITIDs of the statement, whose rows are other transactions.
   */
  looseKey(transaction: Transaction, named: ReadonlySet<string>): KeyedTransaction {
    const content = textOf(transaction);
    const known = this.#take(transaction, ({ fitid }) => fitid === null || !named.has(fitid));
    if (known !== null) return { key: known.key, derived: true, transaction };
    const stored = new Set(this.#rows.get(placeOf(transaction))?.map(({ key }) => key));
    const prefix = `~${createHash('sha256').update(content).digest('hex').slice(0, 24)}`;
    let ordinal = this.#ordinals.get(content) ?? 0;
    while (stored.has(`${prefix}.${ordinal}`)) ordinal += 1;
    this.#ordinals.set(content, ordinal + 1);
    return { key: `${prefix}.${ordinal}`, derived: true, transaction };
  }

  /** A row that came without a FITID, from a file perhaps. */
  takeUnnamed(transaction: Transaction): Candidate | null {
    return this.#take(transaction, ({ fitid }) => fitid === null);
  }

  /** Rows with a FITID that the statement should have named and did not. */
  vanished({ from, to }: Period): Candidate[] {
    return [...this.#rows.values()]
      .flat()
      .filter(
        ({ key, fitid, removed, postedOn }) =>
          fitid !== null && !removed && !this.taken.has(key) && postedOn >= from && postedOn <= to,
      );
  }

  /** Each transaction with a row of `among` that says the same. Takes nothing. */
  pairs(transactions: readonly Transaction[], among: readonly Candidate[]): Map<Transaction, Candidate> {
    const free = new Set(among);
    const pairs = new Map<Transaction, Candidate>();
    for (const transaction of transactions) {
      const row = this.#find(transaction, (one) => free.has(one));
      if (row === null) continue;
      free.delete(row);
      pairs.set(transaction, row);
    }
    return pairs;
  }

  #take(transaction: Transaction, fits: (row: Candidate) => boolean): Candidate | null {
    const row = this.#find(transaction, fits);
    if (row !== null) this.taken.add(row.key);
    return row;
  }

  #find(transaction: Transaction, fits: (row: Candidate) => boolean): Candidate | null {
    const rows = this.#rows.get(placeOf(transaction));
    if (rows === undefined) return null;
    const content = textOf(transaction);
    return rows.find((row) => !this.taken.has(row.key) && fits(row) && textOf(row.content()) === content) ?? null;
  }
}

function placeOf({ postedOn, amount }: Pick<Content, 'postedOn'> & { readonly amount: string }): string {
  return `${postedOn} ${amount}`;
}

function textOf({ postedOn, amount, currency, name, memo, investment }: Content): string {
  return [postedOn, amount, currency, name ?? '', memo ?? '', investment?.security?.uniqueId ?? ''].join('\n');
}
