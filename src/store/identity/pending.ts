/** Pending transactions: kept apart from the posted ones, and replaced by what the institution says next. */

import type { Statement, Transaction } from '../../model/statement.js';
import { numberOf, textOf } from '../database.js';
import { insertTransaction, type Scope } from '../rows.js';
import { identify } from './identify.js';

/**
 * Pending ones are what the institution says now: the former ones have posted, changed or gone. A file that lists none
 * says nothing of now.
 * @returns how many the account has.
 */
export function savePending(statement: Statement, scope: Scope & { readonly isOfNow: boolean }): number {
  const { db, accountRow: row, context } = scope;
  const pending = statement.transactions.filter((transaction) => transaction.pending);
  if (scope.isOfNow && (context.wanted !== null || pending.length > 0)) replace(pending, scope);
  return numberOf(db.get('SELECT COUNT(*) AS n FROM transactions WHERE account = ? AND pending = 1', row)?.['n']);
}

function replace(pending: readonly Transaction[], scope: Scope): void {
  const { db, accountRow: row } = scope;
  const wanted = keyed(pending);
  const keep = new Set(wanted.map(({ key }) => key));
  const stored = db.all('SELECT id, key FROM transactions WHERE account = ? AND pending = 1', row);
  for (const old of stored)
    if (!keep.has(textOf(old['key']) ?? '')) db.run('DELETE FROM transactions WHERE id = ?', old['id'] ?? null);
  const known = new Set(stored.map((old) => textOf(old['key'])));
  for (const one of wanted)
    if (!known.has(one.key)) insertTransaction({ ...one, body: JSON.stringify(one.transaction), pending: true }, scope);
}

/** By what they say: institutions give pending ones a new FITID, or none, each time. */
function keyed(pending: readonly Transaction[]) {
  const [first] = pending;
  if (first === undefined) return [];
  const window = { from: first.postedOn, to: first.postedOn };
  const input = {
    unstable: true,
    window,
    renamesFrom: null,
    byFitid: () => ({ rows: [], holder: null }),
    inWindow: () => [],
  };
  return identify(pending, input).keyed.map((one) => ({ ...one, key: `pending${one.key}` }));
}
