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
  { transactions, around, accounts }: Pick<ExportInput, 'transactions' | 'around' | 'accounts'>,
  named: NamedByRules,
): Iterable<JournalMovement> {
  if (around === null) {
    for (const movement of withTransfers(transactions, accounts, named)) yield { movement, earlier: null };
    return;
  }
  const before = [...earlierOnes(transactions, around)];
  const exported = new Set(before.map(({ id }) => id));
  // Both sides of these are in the journal.
  const closed = new Set(
    [...withTransfers(before, accounts, named)].filter(({ length }) => length === 2).flatMap(idsOf),
  );
  const open = without(around, closed);
  for (const movement of withTransfers(open, accounts, named)) {
    const fresh = movement.filter(({ id }) => !exported.has(id));
    const [only] = fresh;
    if (only === undefined) continue;
    if (fresh.length === movement.length) yield { movement, earlier: null };
    else yield { movement: [only], earlier: movement.find(({ id }) => exported.has(id)) ?? null };
  }
}

/** Returns the transactions that are not among the new ones, which have the same order. */
function* earlierOnes(
  transactions: Iterable<StoredTransaction>,
  around: Iterable<StoredTransaction>,
): Iterable<StoredTransaction> {
  const fresh = transactions[Symbol.iterator]();
  let next = fresh.next();
  for (const transaction of around) {
    if (next.done !== true && next.value.id === transaction.id) next = fresh.next();
    else yield transaction;
  }
}

function* without(all: Iterable<StoredTransaction>, ids: ReadonlySet<string>): Iterable<StoredTransaction> {
  for (const transaction of all) if (!ids.has(transaction.id)) yield transaction;
}

function idsOf(movement: Movement): string[] {
  return movement.map(({ id }) => id);
}
