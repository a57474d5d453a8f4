/**
 * The movements that a journal writes. The two sides of a transfer may arrive on different days: the second is recognised by
 * the first, which an earlier export has.
 */

import type { ExportInput, StoredTransaction } from '../../ports.js';
import { type Movement, type NamedByRules, withTransfers } from '../transfers.js';

export interface JournalMovement {
  readonly movement: Movement;
  /** The other side of the one transaction, if an earlier export has it. */
  readonly earlier: StoredTransaction | null;
}

/** Returns the movements in the order of their dates, a late one in the place of its other side. */
export function* movementsOf(
  { transactions, earlier, accounts }: Pick<ExportInput, 'transactions' | 'earlier' | 'accounts'>,
  named: NamedByRules,
): Iterable<JournalMovement> {
  if (earlier === null) {
    for (const movement of withTransfers(transactions, accounts, named)) yield { movement, earlier: null };
    return;
  }
  const before = [...earlier];
  // Both sides of these are in the journal.
  const closed = new Set(
    [...withTransfers(before, accounts, named)].filter(({ length }) => length === 2).flatMap(idsOf),
  );
  const open = before.filter(({ id }) => !closed.has(id));
  const exported = new Set(open.map(({ id }) => id));
  const all = inOrder(open, transactions);
  for (const movement of withTransfers(all, accounts, named)) {
    const fresh = movement.filter(({ id }) => !exported.has(id));
    const [only] = fresh;
    if (only === undefined) continue;
    if (fresh.length === movement.length) yield { movement, earlier: null };
    else yield { movement: [only], earlier: movement.find(({ id }) => exported.has(id)) ?? null };
  }
}

/** Merges both, which have the order of their dates. */
function* inOrder(
  earlier: readonly StoredTransaction[],
  transactions: Iterable<StoredTransaction>,
): Iterable<StoredTransaction> {
  let next = 0;
  for (const transaction of transactions) {
    for (let one = earlier[next]; one !== undefined && one.postedOn <= transaction.postedOn; one = earlier[next]) {
      yield one;
      next += 1;
    }
    yield transaction;
  }
  yield* earlier.slice(next);
}

function idsOf(movement: Movement): string[] {
  return movement.map(({ id }) => id);
}
