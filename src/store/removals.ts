/** Removes transactions and takes that back. Each is numbered as a change, so that the mark of a consumer shows what it has. */

import type { Changes } from './changes.js';
import type { Database, Value } from './database.js';

interface RemovalScope {
  readonly db: Database;
  /** ISO 8601 instant at which the institution made the statement. */
  readonly asOf: string;
  /** Place of the statement in the order of arrival. */
  readonly position: string;
  readonly changes: Changes;
}

/** Removes a transaction: the bank replaced or deleted it, or (`withdrawn`) no longer lists it. */
export function removeTransaction(
  id: Value,
  { db, asOf, position, changes }: RemovalScope,
  { withdrawn = false }: { readonly withdrawn?: boolean } = {},
): void {
  const change = changes.next();
  const removed = { removed: 1, removed_at: asOf, removed_position: position, changed: change };
  db.update('transactions', id, withdrawn ? { ...removed, withdrawn: 1 } : removed);
  db.insert('removals', { transaction_id: id, change, at: asOf, position, removed: 1 });
}

/** Makes a removed transaction valid again, with the number of the latest change. */
export function restoreTransaction(id: Value, { db, asOf, position, changes }: RemovalScope): void {
  const change = changes.latest;
  const valid = { removed: 0, removed_at: null, removed_position: null, withdrawn: 0, changed: change };
  db.update('transactions', id, valid);
  db.insert('removals', { transaction_id: id, change, at: asOf, position, removed: 0 });
}
