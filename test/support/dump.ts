/** Everything that a store holds, for comparing two of them: by what the rows say, not by their numbers. */

import { join } from 'node:path';
import { Database, type Row } from '../../src/store/database.js';

const TABLES: Readonly<Record<string, string>> = {
  accounts: 'SELECT institution, name, kind, account_id, latest_as_of, history_days FROM accounts ORDER BY 1, 2',
  transactions: `SELECT a.institution, a.name, t.key, t.fitid, t.derived, t.public_id, t.pending, t.removed, t.removed_at, t.first_seen_at,
    t.as_of, t.added, t.changed, t.body FROM transactions t JOIN accounts a ON a.id = t.account ORDER BY 1, 2, 3`,
  versions:
    'SELECT t.public_id, v.replaced_at, v.change, v.body FROM versions v JOIN transactions t ON t.id = v.transaction_id ORDER BY 1, 3',
  corrections: 'SELECT * FROM corrections ORDER BY 1, 2',
  balances: 'SELECT account, kind, as_of, amount, stated, currency, received_at FROM balances ORDER BY 1, 2, 3',
  gaps: 'SELECT * FROM gaps ORDER BY 1, 3',
  coverage: 'SELECT * FROM coverage ORDER BY 1, 2',
  holes: 'SELECT * FROM holes ORDER BY 1, 2',
  counter: 'SELECT * FROM counter',
  statements: 'SELECT account, run, received_at, from_date, to_date, detail FROM statements ORDER BY 1, 2',
};

export function dump(dataDir: string): Record<string, readonly Row[]> {
  const db = new Database(join(dataDir, 'ofx-sync.db'));
  try {
    return Object.fromEntries(Object.entries(TABLES).map(([table, sql]) => [table, db.all(sql)]));
  } finally {
    db.close();
  }
}

export function change(dataDir: string, ...statements: readonly string[]): void {
  const db = new Database(join(dataDir, 'ofx-sync.db'));
  try {
    for (const sql of statements) db.exec(sql);
  } finally {
    db.close();
  }
}
