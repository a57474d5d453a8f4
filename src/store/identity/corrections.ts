/** Corrections (CORRECTFITID with CORRECTACTION): what an institution replaces or deletes. */

import type { Transaction } from '../../model/statement.js';
import { numberOf, textOf } from '../database.js';
import type { Scope } from '../rows.js';

/** A correction counts for a transaction that is here, and for one that arrives later. */
export function applyCorrection(
  { corrects, fitid, postedOn, amount }: Transaction,
  { db, accountRow: row, tally, changes, asOf }: Scope,
): void {
  if (corrects === null || (corrects.action === 'REPLACE' && corrects.fitid === fitid)) return;
  db.run(
    'INSERT INTO corrections (account, fitid, action, by_fitid) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    row,
    corrects.fitid,
    corrects.action,
    fitid,
  );
  const mine = correctedRow({ corrects, postedOn, amount }, { db, accountRow: row, asOf, changes });
  if (mine === null) return;
  db.run('UPDATE transactions SET removed = 1, removed_at = ?, changed = ? WHERE id = ?', asOf, changes.next(), mine);
  tally.removed += 1;
}

/** Where a FITID was used more than once: the one that the correction resembles, else the last. `null`: nothing to remove. */
function correctedRow(
  { corrects, postedOn, amount }: Pick<Transaction, 'postedOn' | 'amount' | 'corrects'>,
  { db, accountRow: row, asOf, changes }: Pick<Scope, 'db' | 'accountRow' | 'asOf' | 'changes'>,
): number | null {
  const found = db.get(
    `SELECT id, removed, posted_on FROM transactions WHERE account = ? AND fitid = ? AND as_of <= ?
     ORDER BY posted_on = ? AND amount = ? DESC, id DESC LIMIT 1`,
    row,
    corrects?.fitid ?? null,
    asOf,
    postedOn,
    amount,
  );
  if (found === null || found['removed'] === 1) return null;
  changes.touch(textOf(found['posted_on']));
  return numberOf(found['id']);
}
