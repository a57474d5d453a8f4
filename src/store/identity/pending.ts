/** Pending transactions: kept apart from the posted ones, and replaced by those of the next statement. */

import type { Statement, Transaction } from '../../model/statement.js';
import { stringOf } from '../database.js';
import { insertTransaction, type Scope } from '../rows.js';
import { NOBODY } from './fitid-groups.js';
import { identify } from './identify.js';
import { type IdentityInput, USUAL } from './identity.js';

/**
 * Replaces the pending transactions of an account: the former ones have posted, changed or disappeared. A file without any
 * changes nothing.
 * @param isCurrent the statement shows what is pending today. @returns the number of pending transactions that the account has.
 */
export function savePending(statement: Statement, scope: Scope, isCurrent: boolean): number {
  const { db, accountRow: row, context, has } = scope;
  const pending = statement.transactions.filter((transaction) => transaction.pending);
  if (!has.pending && pending.length === 0) return 0;
  if (isCurrent && (context.wanted !== null || pending.length > 0)) replace(pending, scope);
  return db.count('SELECT COUNT(*) AS n FROM transactions WHERE account = ? AND pending = 1', row);
}

function replace(pending: readonly Transaction[], scope: Scope): void {
  const { db, accountRow: row } = scope;
  const current = keyed(pending);
  const keep = new Set(current.map(({ key }) => key));
  const stored = db.all('SELECT id, key FROM transactions WHERE account = ? AND pending = 1', row);
  for (const old of stored)
    if (!keep.has(stringOf(old['key']))) db.run('DELETE FROM transactions WHERE id = ?', old['id'] ?? null);
  const known = new Set(stored.map((old) => stringOf(old['key'])));
  for (const one of current)
    if (!known.has(one.key)) insertTransaction({ ...one, body: JSON.stringify(one.transaction), pending: true }, scope);
}

/** Returns keys by content: institutions give pending transactions a new FITID, or none, each time. */
function keyed(pending: readonly Transaction[]) {
  const [first] = pending;
  if (first === undefined) return [];
  const input: IdentityInput = {
    unstable: true,
    window: { from: first.postedOn, to: first.postedOn },
    listing: 'selection',
    policy: USUAL,
    isReread: false,
    position: '',
    listedBefore: null,
    isCovered: () => false,
    byFitid: () => NOBODY,
    between: () => [],
    countBetween: () => 0,
    isTaken: () => false,
  };
  return identify(pending, input).keyed.map((one) => ({ ...one, key: `pending${one.key}` }));
}
