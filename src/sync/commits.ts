/**
 * The writes of a run, committed together: what arrives in one turn of the event loop is one transaction, since committing
 * costs more than most statements. A write is reported once it is on disk, and each is completed or undone by itself.
 */

import { setImmediate as later } from 'node:timers';
import { toOfxSyncError } from '../errors.js';
import type { Store } from '../ports.js';

/** A commit with more than these transactions would hold up the downloads. */
const MOST_TRANSACTIONS = 2_000;
/** More writes than these are not kept waiting for others. */
const MOST_WRITES = 32;

export interface WriteOptions {
  /** Outlives a power failure, too, and goes before what is not durable. */
  readonly durable?: boolean;
  /** Further times that it waits for another program that has the store. */
  readonly patience?: number;
  /** Transactions to store. */
  readonly size?: number;
}

interface Write extends WriteOptions {
  /** Writes, and returns the function that reports it. Called again when the transaction was undone. */
  readonly perform: () => () => void;
  readonly fail: (error: unknown) => void;
}

export class Commits {
  readonly #store: Pick<Store, 'together'>;
  readonly #moreToCome: () => boolean;
  #waiting: Write[] = [];
  #isDue = false;

  /** @param moreToCome returns true while replies are read whose writes may join those that wait. */
  constructor(store: Pick<Store, 'together'>, moreToCome: () => boolean = () => false) {
    this.#store = store;
    this.#moreToCome = moreToCome;
  }

  /** Writes with whatever else is waiting. Resolves with the result of `work` when it is committed. */
  add<T>(work: () => T, how: WriteOptions = {}): Promise<T> {
    return new Promise((resolve, reject) => {
      const perform = () => {
        const result = work();
        return () => resolve(result);
      };
      this.#waiting.push({ ...how, perform, fail: reject });
      if (!this.#isDue) this.#commitLater();
    });
  }

  #commitLater(): void {
    this.#isDue = true;
    afterRequests(() => {
      if (this.#waitsForMore()) return this.#commitLater();
      this.#isDue = false;
      const group = this.#nextGroup();
      if (this.#waiting.length > 0) this.#commitLater();
      this.#commit(group);
    });
  }

  /** Nothing is sent before a durable write is on disk, and a refusal counts once it is there. */
  #waitsForMore(): boolean {
    const isShort = this.#waiting.length < MOST_WRITES && this.#waiting.every(({ durable }) => durable !== true);
    return isShort && this.#moreToCome();
  }

  /** Takes what is durable, else as many writes as one commit holds, in their order; a long one goes alone. */
  #nextGroup(): readonly Write[] {
    const urgent = this.#waiting.filter(({ durable }) => durable === true);
    if (urgent.length > 0) {
      this.#waiting = this.#waiting.filter(({ durable }) => durable !== true);
      return urgent;
    }
    let size = 0;
    let count = 0;
    for (const { size: own = 0 } of this.#waiting) {
      size += own;
      if (count > 0 && size > MOST_TRANSACTIONS) break;
      count += 1;
    }
    return this.#waiting.splice(0, count);
  }

  #commit(group: readonly Write[]): void {
    for (const report of this.#performed(group)) report();
  }

  /** Performs the writes of a group together; each by itself when one of them fails, or the commit. */
  #performed(group: readonly Write[]): readonly (() => void)[] {
    const perform = (write: Write) => {
      try {
        return write.perform();
      } catch (error) {
        return () => write.fail(error);
      }
    };
    const durable = group.some((write) => write.durable === true);
    try {
      return this.#store.together(() => group.map((write) => write.perform()), { durable });
    } catch (error) {
      // Each of them would wait for the other program as long again.
      if (toOfxSyncError(error).code === 'STORE_LOCKED')
        return group.map((write) => () => this.#repeatOrFail(write, error));
      return group.map(perform);
    }
  }

  #repeatOrFail(write: Write, error: unknown): void {
    const { patience = 0 } = write;
    if (patience === 0) {
      write.fail(error);
      return;
    }
    this.#waiting.unshift({ ...write, patience: patience - 1 });
    if (!this.#isDue) this.#commitLater();
  }
}

/**
 * Calls back in the turn after the next one. In the next one undici sends what goes out on a connection that was used before, which
 * it first gives a turn to show whether the bank has closed it.
 */
function afterRequests(work: () => void): void {
  later(() => later(work));
}
