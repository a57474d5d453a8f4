/**
 * Keys of new transactions: the FITID, or what stands for it. They are made of content where possible, so that a statement
 * gives the same keys whenever it arrives and in whatever pieces. Pure.
 */

import type { Transaction } from '../../model/statement.js';
import { shortHash } from './content-index.js';
import { type Namesakes, NOBODY } from './fitid-groups.js';

interface KeyInput {
  readonly unstable: boolean;
  readonly isTaken: (key: string) => boolean;
}

export class KeyMaker {
  readonly #input: KeyInput;
  readonly #namesakes: ReadonlyMap<Transaction, Namesakes>;
  readonly #made = new Set<string>();

  constructor(input: KeyInput, namesakes: ReadonlyMap<Transaction, Namesakes>) {
    this.#input = input;
    this.#namesakes = namesakes;
  }

  keyFor(transaction: Transaction): string {
    const key = this.#freeKey(transaction);
    this.#made.add(key);
    return key;
  }

  #freeKey(transaction: Transaction): string {
    const { fitid, postedOn, amount, currency, name, memo, investment } = transaction;
    if (fitid === null || this.#input.unstable) {
      const security = investment?.security?.uniqueId ?? '';
      return this.#numbered(
        `~${shortHash([postedOn, amount, currency, name ?? '', memo ?? '', security].join('\n'))}`,
        0,
      );
    }
    const { rows, others } = this.#namesakes.get(transaction) ?? NOBODY;
    if (rows.length === 0 && others.length === 0 && !this.#made.has(fitid)) return fitid;
    const shared = `${fitid}~${shortHash([postedOn, amount, name ?? '', memo ?? ''].join('\n'))}`;
    // Transactions that differ only in a check or reference number share a key.
    return this.#isFree(shared) ? shared : this.#numbered(shared, 1);
  }

  #numbered(prefix: string, first: number): string {
    let ordinal = first;
    while (!this.#isFree(`${prefix}.${ordinal}`)) ordinal += 1;
    return `${prefix}.${ordinal}`;
  }

  #isFree(key: string): boolean {
    return !this.#made.has(key) && !this.#input.isTaken(key);
  }
}
