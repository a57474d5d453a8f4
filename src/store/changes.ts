/** Every change of a transaction has a number, so that a consumer of the store can be told what came after its last visit. */

import { type Database, numberOf } from './database.js';

/** Numbers for the changes of one save. */
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

  /** First day of what was touched. */
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

  /** Within the transaction of the save. */
  finish(): void {
    if (this.#latest > this.#before) this.#db.run('UPDATE counter SET value = ?', this.#latest);
  }
}

export function latestChange(db: Database): number {
  return numberOf(db.get('SELECT value FROM counter')?.['value']);
}
