/** Numbers of changes: every change of a transaction has one, so that a consumer of the store gets what came after its last visit. */

import { type Database, numberOf } from './database.js';

/** Numbers the changes of one save. */
export class Changes {
  readonly #db: Database;
  readonly #before: number;
  #latest: number;
  #earliestDay: string | null = null;

  constructor(db: Database) {
    this.#db = db;
    this.#before = latestChange(db);
    this.#latest = this.#before;
  }

  get latest(): number {
    return this.#latest;
  }

  /** The first day that was touched. */
  get earliestDay(): string | null {
    return this.#earliestDay;
  }

  touch(day: string | null): void {
    if (day !== null && (this.#earliestDay === null || day < this.#earliestDay)) this.#earliestDay = day;
  }

  next(): number {
    this.#latest += 1;
    return this.#latest;
  }

  /** Stores the latest number; call it within the transaction of the save. */
  finish(): void {
    if (this.#latest > this.#before) this.#db.run('UPDATE counter SET value = ?', this.#latest);
  }
}

export function latestChange(db: Database): number {
  return numberOf(db.get('SELECT value FROM counter')?.['value']);
}
