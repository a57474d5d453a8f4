/** Corrections (CORRECTFITID with CORRECTACTION): an institution replaces or deletes an earlier transaction. */

import type { Transaction } from '../../model/statement.js';
import { numberOf, textOf } from '../database.js';
import { removeTransaction } from '../removals.js';
import type { Scope } from '../rows.js';

/** Applies a correction to the stored transaction, and records it for one that arrives later. */
export function applyCorrection({ corrects, fitid, postedOn, amount }: Transaction, scope: Scope): void {
  const { db, accountRow: row } = scope;
  if (corrects === null || (corrects.action === 'REPLACE' && corrects.fitid === fitid)) return;
  db.insert('corrections', { account: row, fitid: corrects.fitid, action: corrects.action, by_fitid: fitid }, 'ignore');
  const corrected = correctedRow({ corrects, postedOn, amount }, scope);
  if (corrected === null) return;
  removeTransaction(corrected, scope);
  scope.tally.removed += 1;
}

/** Returns the row to remove: of several with the FITID the one that the correction resembles, else the last; `null` for none. */
function correctedRow(
  { corrects, postedOn, amount }: Pick<Transaction, 'postedOn' | 'amount' | 'corrects'>,
  { db, accountRow: row, position, changes }: Pick<Scope, 'db' | 'accountRow' | 'position' | 'changes'>,
): number | null {
  const found = db.get(
    `SELECT id, removed, posted_on FROM transactions WHERE account = ? AND fitid = ? AND position <= ?
     ORDER BY posted_on = ? AND amount = ? DESC, id DESC LIMIT 1`,
    row,
    corrects?.fitid ?? null,
    position,
    postedOn,
    amount,
  );
  if (found === null || found['removed'] === 1) return null;
  changes.touch(textOf(found['posted_on']));
  return numberOf(found['id']);
}
