/** Index of the stored rows of a statement's days by their content. Each row can be claimed by one transaction. */

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
  /** Parsed on demand: few rows are looked at. */
  readonly content: () => Content;
  /** Earlier content, which an older statement still has. */
  readonly former: () => readonly Content[];
}

/** The fields by which two transactions of one day and amount are the same without a FITID. */
export type Content = Pick<Transaction, 'postedOn' | 'amount' | 'currency' | 'name' | 'memo' | 'investment'>;

export interface KeyedTransaction {
  readonly key: string;
  /** `true` when the key is not just the FITID. */
  readonly derived: boolean;
  readonly transaction: Transaction;
}

export class ContentIndex {
  /** Keys of the claimed rows. */
  readonly claimed: Set<string>;
  readonly #rows = new Map<string, Candidate[]>();
  readonly #ordinals = new Map<string, number>();

  constructor(rows: readonly Candidate[], claimed: ReadonlySet<string> = new Set()) {
    this.claimed = new Set(claimed);
    for (const row of rows) {
      const slot = slotOf(row);
      const others = this.#rows.get(slot);
      if (others === undefined) this.#rows.set(slot, [row]);
      else others.push(row);
    }
  }

  /**
   * Returns the key of a transaction without a usable FITID: that of the next stored row with the same content, else one made
   * of the content and the order among equals of the day.
   * @param named FITIDs of the statement; their rows are other transactions.
   */
  keyByContent(transaction: Transaction, named: ReadonlySet<string>): KeyedTransaction {
    const content = contentKey(transaction);
    const known = this.#claim(transaction, ({ fitid }) => fitid === null || !named.has(fitid));
    if (known !== null) return { key: known.key, derived: true, transaction };
    const stored = new Set(this.#rows.get(slotOf(transaction))?.map(({ key }) => key));
    const prefix = `~${shortHash(content)}`;
    let ordinal = this.#ordinals.get(content) ?? 0;
    while (stored.has(`${prefix}.${ordinal}`)) ordinal += 1;
    this.#ordinals.set(content, ordinal + 1);
    return { key: `${prefix}.${ordinal}`, derived: true, transaction };
  }

  /** Claims a row that came without a FITID, from a file perhaps. */
  claimWithoutFitid(transaction: Transaction): Candidate | null {
    return this.#claim(transaction, ({ fitid }) => fitid === null);
  }

  /** Returns the rows with a FITID that the statement should have contained and did not. */
  missing({ from, to }: Period): Candidate[] {
    return [...this.#rows.values()]
      .flat()
      .filter(
        ({ key, fitid, removed, postedOn }) =>
          fitid !== null && !removed && !this.claimed.has(key) && postedOn >= from && postedOn <= to,
      );
  }

  /** Pairs each transaction with a row of `among` that has the same content. Claims nothing. */
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

  #claim(transaction: Transaction, fits: (row: Candidate) => boolean): Candidate | null {
    const row = this.#find(transaction, fits);
    if (row !== null) this.claimed.add(row.key);
    return row;
  }

  #find(transaction: Transaction, fits: (row: Candidate) => boolean): Candidate | null {
    const rows = this.#rows.get(slotOf(transaction));
    if (rows === undefined) return null;
    const content = contentKey(transaction);
    return rows.find((row) => !this.claimed.has(row.key) && fits(row) && contentKey(row.content()) === content) ?? null;
  }
}

function slotOf({ postedOn, amount }: Pick<Content, 'postedOn'> & { readonly amount: string }): string {
  return `${postedOn} ${amount}`;
}

function contentKey({ postedOn, amount, currency, name, memo, investment }: Content): string {
  return [postedOn, amount, currency, name ?? '', memo ?? '', investment?.security?.uniqueId ?? ''].join('\n');
}

/** Returns 24 hexadecimal digits of the SHA-256 hash of a text. */
export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
