/**
 * The copy of a store for other programs and people: what the banks said of the accounts, without anything that serves the
 * next sign-on, without raw replies, and without the names of files and messages of this computer.
 */

import { Database, stringOf } from './database.js';

/** Tables whose rows are shared; every other table is emptied, also one that a later version adds. */
const SHARED: ReadonlySet<string> = new Set([
  'accounts',
  'transactions',
  'counter',
  'versions',
  'corrections',
  'balances',
  'gaps',
  'coverage',
  'holes',
  'statements',
  'runs',
  'outcomes',
  'arrivals',
]);

/** Empties the other tables of a copy, and writes it anew, so that nothing of them remains in unused pages. */
export function keepShared(path: string): void {
  const db = new Database(path);
  try {
    // Without a journal or a temporary file, which would hold the old pages beside it.
    db.exec('PRAGMA journal_mode = OFF; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF');
    const tables = db.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    for (const name of tables.map((row) => stringOf(row['name'])))
      if (!SHARED.has(name)) db.exec(`DELETE FROM "${name.replaceAll('"', '""')}"`);
    db.exec('VACUUM');
  } finally {
    db.close();
  }
}
