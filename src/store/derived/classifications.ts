/** The payees, categories and tags that the rules of accounts.yaml give to posted transactions, kept for the view `v_classified`. */

import { isIsoDate, type Period } from '../../model/dates.js';
import type { Classified, ClassifiedUpTo } from '../../ports.js';
import { type Database, numberOf, stringOf } from '../database.js';

export function readClassifiedUpTo(db: Database): ClassifiedUpTo | null {
  const row = db.get('SELECT rules, change FROM classified');
  return row === null ? null : { rules: stringOf(row['rules']), change: numberOf(row['change']) };
}

/** Returns the days on which transactions were, or are since they changed; `null` if none has changed since. */
export function daysChangedSince(db: Database, change: number): Period | null {
  const row = db.get(
    `SELECT MIN(day) AS first, MAX(day) AS last FROM (
       SELECT posted_on AS day FROM transactions WHERE changed > ?1
       UNION ALL SELECT json_extract(body, '$.postedOn') FROM versions WHERE change > ?1)`,
    change,
  );
  const [from, to] = [stringOf(row?.['first']), stringOf(row?.['last'])];
  return isIsoDate(from) && isIsoDate(to) ? { from, to } : null;
}

/** Replaces what is kept of the transactions of some days, or of all. */
export function writeClassified(
  db: Database,
  rows: Iterable<Classified>,
  { rules, change, days }: ClassifiedUpTo & { readonly days: Period | null },
): void {
  db.transaction(() => {
    if (days === null) db.run('DELETE FROM classifications');
    else
      db.run(
        'DELETE FROM classifications WHERE transaction_id IN (SELECT id FROM transactions WHERE posted_on BETWEEN ? AND ?)',
        days.from,
        days.to,
      );
    const numbers = rowNumbers(db, days);
    for (const { id, payee, category, tags, transfer } of rows)
      db.run(
        'INSERT OR REPLACE INTO classifications (transaction_id, payee, category, tags, transfer) VALUES (?, ?, ?, ?, ?)',
        numbers.get(id) ?? null,
        payee,
        category,
        JSON.stringify(tags),
        transfer,
      );
    db.run('DELETE FROM classified');
    db.run('INSERT INTO classified (rules, change) VALUES (?, ?)', rules, change);
  });
}

/** Returns the numbers of the rows by the ids of the transactions, for which there is no index. */
function rowNumbers(db: Database, days: Period | null): ReadonlyMap<string, number> {
  const all = db.all(
    'SELECT id, public_id FROM transactions WHERE posted_on BETWEEN ? AND ?',
    days?.from ?? '0000-00-00',
    days?.to ?? '9999-99-99',
  );
  return new Map(all.map((row) => [stringOf(row['public_id']), numberOf(row['id'])]));
}
