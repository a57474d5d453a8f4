/** Forgetting accounts: removes everything that the store has of them. The caller makes a backup first. */

import { inflateSync } from 'node:zlib';
import type { AccountRef } from '../../model/account.js';
import { type Database, numberOf, type Row, stringOf, textOf } from '../database.js';
import { findAccount } from '../read.js';

/** Removes accounts with their history, marks, outcomes and kept replies, completely or not at all. */
export function forgetAccounts(db: Database, accounts: readonly AccountRef[]): void {
  db.transaction(() => {
    const tables = tablesOfAccounts(db);
    for (const account of accounts) {
      const row = findAccount(db, account);
      if (row === null) continue;
      dropReplies(db, account, stringOf(row['account_id']));
      for (const { table, column } of tables) db.run(`DELETE FROM ${table} WHERE ${column} = ?`, row['id'] ?? null);
      db.run('DELETE FROM accounts WHERE id = ?', row['id'] ?? null);
      for (const table of ['outcomes', 'told'])
        db.run(`DELETE FROM ${table} WHERE institution = ? AND account = ?`, account.institution, account.name);
      // Files of the institution count as new again: they may have this account, too.
      db.run('DELETE FROM files WHERE institution = ?', account.institution);
    }
    for (const institution of new Set(accounts.map((account) => account.institution))) dropLogin(db, institution);
  });
}

/** Returns the tables whose rows belong to an account. Rows that refer to these in turn are removed with them. */
function tablesOfAccounts(db: Database): { table: string; column: string }[] {
  return db.all("SELECT name FROM sqlite_master WHERE type = 'table'").flatMap(({ name }) =>
    db
      .all(`PRAGMA foreign_key_list(${stringOf(name)})`)
      .filter((key) => key['table'] === 'accounts')
      .map((key) => ({ table: stringOf(name), column: stringOf(key['from']) })),
  );
}

/** Removes the replies that asked for an account, and the kept files that name its number. */
function dropReplies(db: Database, { institution, name }: AccountRef, id: string): void {
  db.run(
    `DELETE FROM replies WHERE institution = ? AND json_valid(asked)
       AND EXISTS (SELECT 1 FROM json_each(asked) WHERE json_extract(value, '$.account') = ?)`,
    institution,
    name,
  );
  const files = db.iterate("SELECT id, body FROM replies WHERE asked = '[]' AND institution IN (?, '')", institution);
  const named = [...files].filter((row) => textIn(row).includes(id)).map((row) => numberOf(row['id']));
  for (const file of named) db.run('DELETE FROM replies WHERE id = ?', file);
}

function textIn({ body }: Row): string {
  return body instanceof Uint8Array ? inflateSync(body).toString('latin1') : '';
}

/**
 * Removes what is stored of a login without accounts. A refused sign-on stays on record: the bank may lock out whoever
 * presents the same password again.
 */
function dropLogin(db: Database, institution: string): void {
  if (db.get('SELECT 1 FROM accounts WHERE institution = ? LIMIT 1', institution) !== null) return;
  db.run('DELETE FROM replies WHERE institution = ?', institution);
  db.run('DELETE FROM told WHERE institution = ?', institution);
  const login = textOf(db.get('SELECT login FROM logins WHERE institution = ?', institution)?.['login']);
  db.run('DELETE FROM logins WHERE institution = ? AND blocked_code IS NULL', institution);
  if (login !== null && db.get('SELECT 1 FROM logins WHERE login = ? LIMIT 1', login) === null) {
    db.run('DELETE FROM signons WHERE login = ?', login);
    db.run("DELETE FROM credentials WHERE login = ? AND verdict = 'accepted'", login);
  }
  db.run(
    'UPDATE logins SET client_uid = NULL, access_key = NULL, session_cookie = NULL, profile = NULL WHERE institution = ?',
    institution,
  );
}
