/** The state of accounts from which a run plans their windows: read for all of them at once, since there may be thousands. */

import type { AccountRef } from '../model/account.js';
import type { Coverage, WindowState } from '../ports.js';
import { coverageIn } from './coverage.js';
import { type Database, numberOf, type Row } from './database.js';
import { gapIn, newestBalance } from './read.js';

/** Reads the state of each stored account, by the objects that are given. */
export function readWindowStates<Ref extends AccountRef>(
  db: Database,
  accounts: readonly Ref[],
): ReadonlyMap<Ref, WindowState> {
  const states = new Map<Ref, StoredState>();
  const byId = new Map<number, StoredState>();
  for (const row of accountRows(db, accounts)) {
    const account = accounts[numberOf(row['place'])];
    const id = numberOf(row['id']);
    const state = byId.get(id) ?? new StoredState(db, row);
    byId.set(id, state);
    if (account !== undefined) states.set(account, state);
  }
  const ids = JSON.stringify([...byId.keys()]);
  for (const row of db.all(COVERAGE, ids)) byId.get(numberOf(row['account']))?.coverage.push(...coverageIn(row));
  for (const row of db.all(GAPS, ids)) byId.get(numberOf(row['account']))?.gaps.push(...gapIn(row));
  return states;
}

function accountRows(db: Database, accounts: readonly AccountRef[]): readonly Row[] {
  return db.all(ACCOUNTS, JSON.stringify(accounts.map(({ institution, name }) => [institution, name])));
}

/** Finds the accounts of a JSON array of pairs of names, with their places in it. */
export const ACCOUNTS = `SELECT asked.key AS place, a.id, a.history_days FROM json_each(?) asked
  CROSS JOIN accounts a ON a.institution = asked.value ->> 0 AND a.name = asked.value ->> 1`;
const COVERAGE = `SELECT account, from_date, to_date, downloaded FROM coverage
  WHERE account IN (SELECT value FROM json_each(?)) ORDER BY account, from_date`;
const GAPS = `SELECT account, from_date, found_at FROM gaps
  WHERE account IN (SELECT value FROM json_each(?)) ORDER BY account, from_date`;

class StoredState implements WindowState {
  readonly historyDays: number | null;
  readonly coverage: Coverage[] = [];
  readonly gaps: WindowState['gaps'][number][] = [];
  readonly #db: Database;
  readonly #id: number;

  constructor(db: Database, row: Row) {
    this.#db = db;
    this.#id = numberOf(row['id']);
    this.historyDays = row['history_days'] === null ? null : numberOf(row['history_days']);
  }

  /** Read when it is wanted, which is in the first run of a month. */
  get ledgerBalance(): WindowState['ledgerBalance'] {
    return newestBalance(this.#db, this.#id, 'ledger');
  }
}
