/**
 * Relinking: an account continues under another name or number. Its history is moved and merged with that of the new one.
 * Transactions keep their ids, and consumers their marks.
 */

import { type Account, type AccountRef, accountKey } from '../../model/account.js';
import { addDays, earlier, later } from '../../model/dates.js';
import type { Institution } from '../../model/institution.js';
import type { Transaction } from '../../model/statement.js';
import { reconcileFrom } from '../balances/reconcile.js';
import { Changes } from '../changes.js';
import { addCoverage, readCoverage } from '../coverage.js';
import { type Database, numberOf, type Value } from '../database.js';
import { findAccount } from '../read.js';
import { transactionIn } from '../rows.js';
import { findRenamed, identityChange, recordIdentity } from './accounts.js';
import { candidatesBetween, candidatesOf, countBetween, isKeyTaken } from './candidates.js';
import type { KeyedTransaction } from './content-index.js';
import { identify } from './identify.js';
import { USUAL } from './identity.js';

interface Relinked {
  /** Transactions that are new to the new account. */
  readonly moved: number;
  /** Transactions that both accounts had. */
  readonly joined: number;
}

/** Moves the history of an account. @returns `null` when the store has no account of the old name. */
export function relinkAccount(
  db: Database,
  from: AccountRef,
  { to, at, institution }: { to: Account; at: Date; institution: Institution | null },
): Relinked | null {
  return db.transaction(() => {
    const [account, existing] = [findAccount(db, from), findAccount(db, to)];
    if (account === null) return existing?.['former_name'] === accountKey(from) ? { moved: 0, joined: 0 } : null;
    // Made-up history does not continue at a real bank under another name either.
    if (institution !== null) identityChange(db, account, to, institution);
    const old = numberOf(account['id']);
    const result = existing === null ? rename(db, old, to) : join(db, { old, into: numberOf(existing['id']), at });
    db.run(
      `UPDATE logins SET institution = ? WHERE institution = ? AND NOT EXISTS (SELECT 1 FROM accounts WHERE institution = ?)
         AND NOT EXISTS (SELECT 1 FROM logins WHERE institution = ?)`,
      to.institution,
      from.institution,
      from.institution,
      to.institution,
    );
    const row = findAccount(db, to);
    if (row !== null)
      db.update('accounts', row['id'] ?? null, {
        former_name: accountKey(from),
        // Programs that read the old account go on with the new one.
        public_id: account['public_id'] ?? null,
      });
    renameInTokens(db, from, to);
    if (institution !== null && row !== null) recordIdentity(db, row, to, institution);
    return result;
  });
}

/** Lets tokens that may read the account under its old name read it under the new one. */
function renameInTokens(db: Database, from: AccountRef, to: AccountRef): void {
  db.run(
    'UPDATE OR REPLACE token_accounts SET institution = ?, name = ? WHERE institution = ? AND name = ?',
    to.institution,
    to.name,
    from.institution,
    from.name,
  );
}

/**
 * Renames the stored accounts that are configured under another name by now: the same account, and the old name is no longer
 * configured.
 */
export function continueRenamed(db: Database, institutions: readonly Institution[], at: Date): void {
  for (const { from, to, institution } of findRenamed(db, institutions))
    relinkAccount(db, from, { to, at, institution });
}

function rename(db: Database, old: number, { institution, name, accountKind, id }: Account): Relinked {
  db.update('accounts', old, { institution, name, kind: accountKind, account_id: id });
  return { moved: db.count('SELECT COUNT(*) AS n FROM transactions WHERE account = ?', old), joined: 0 };
}

interface Join {
  readonly old: number;
  readonly into: number;
  readonly at: Date;
}

function join(db: Database, { old, into, at }: Join): Relinked {
  db.run('DELETE FROM transactions WHERE account = ? AND pending = 1', old);
  const rows = db.all('SELECT id, public_id, body FROM transactions WHERE account = ? ORDER BY id', old);
  const ids = new Map<Transaction, number>(rows.map((row) => [transactionIn(row), numberOf(row['id'])]));
  keepMarks(db, { old, into });
  let joined = 0;
  for (const one of keysIn(db, [...ids.keys()], into)) {
    const id = ids.get(one.transaction);
    if (id !== undefined && !moveTransaction(db, id, { into, one })) joined += 1;
  }
  moveRest(db, { old, into });
  const first = db.get('SELECT MIN(as_of) AS day FROM balances WHERE account = ?', into)?.['day'];
  if (typeof first === 'string') reconcileFrom(db, into, { from: first, at });
  return { moved: rows.length - joined, joined };
}

/** All stored rows came before it. */
const LAST_POSITION = '~';

/** Returns the new account's keys for the old one's transactions. The days that both have show whether FITIDs were renumbered. */
function keysIn(db: Database, transactions: readonly Transaction[], into: number): readonly KeyedTransaction[] {
  const days = transactions.map(({ postedOn }) => postedOn).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const scope = { db, accountRow: into };
  const there = candidatesBetween({ from: first, to: last }, scope)
    .map(({ postedOn }) => postedOn)
    .toSorted();
  const [from, to] = [there[0], there.at(-1)];
  return identify(transactions, {
    unstable: false,
    // The first common day counts too: neither history begins within it.
    window: { from: addDays(later(first, from ?? first), -1), to: earlier(last, to ?? last) },
    listing: 'download',
    policy: USUAL,
    isReread: false,
    position: LAST_POSITION,
    listedBefore: null,
    isCovered: () => false,
    byFitid: (fitid) => candidatesOf(fitid, scope),
    between: (days) => candidatesBetween(days, scope),
    countBetween: (days) => countBetween(days, scope),
    isTaken: (key) => isKeyTaken(key, scope),
  }).keyed;
}

/** Moves a transaction. @returns `false` when the new account has it already; its former versions are kept. */
function moveTransaction(db: Database, id: number, { into, one }: { into: number; one: KeyedTransaction }): boolean {
  const known = db.get('SELECT id, public_id FROM transactions WHERE account = ? AND key = ?', into, one.key);
  if (known === null) {
    db.update('transactions', id, { account: into, key: one.key });
    return true;
  }
  db.run(
    'UPDATE versions SET transaction_id = ?, public_id = ? WHERE transaction_id = ?',
    known['id'] ?? null,
    known['public_id'] ?? null,
    id,
  );
  db.run(
    `INSERT OR IGNORE INTO spellings (account, transaction_id, fitid, body)
     SELECT ?1, ?2, fitid, body FROM transactions WHERE id = ?3 UNION ALL SELECT ?1, ?2, fitid, body FROM spellings WHERE transaction_id = ?3`,
    into,
    known['id'] ?? null,
    id,
  );
  db.run('DELETE FROM transactions WHERE id = ?', id);
  return false;
}

function moveRest(db: Database, { old, into }: { old: number; into: number }): void {
  for (const table of ['corrections', 'balances', 'market_values', 'holes', 'unread', 'spellings']) {
    db.run(`UPDATE OR IGNORE ${table} SET account = ? WHERE account = ?`, into, old);
    db.run(`DELETE FROM ${table} WHERE account = ?`, old);
  }
  for (const span of readCoverage(db, old)) addCoverage(db, into, span);
  for (const table of ['coverage', 'gaps', 'statements', 'marks'])
    db.run(`DELETE FROM ${table} WHERE account = ?`, old);
  db.run('DELETE FROM accounts WHERE id = ?', old);
}

/**
 * Merges the marks of both accounts into one per consumer. Transactions that a consumer lacks are renumbered to come after
 * the mark. Where consumers differ in what they have, one gets a transaction twice rather than another never.
 */
function keepMarks(db: Database, { old, into }: { old: number; into: number }): void {
  const changes = new Changes(db);
  const markOf = (consumer: Value, account: number) =>
    numberOf(db.get('SELECT change FROM marks WHERE consumer = ? AND account = ?', consumer, account)?.['change']);
  const consumers = db.all('SELECT DISTINCT consumer FROM marks WHERE account IN (?, ?)', old, into);
  for (const { consumer = null } of consumers) {
    const [ofOld, ofNew] = [markOf(consumer, old), markOf(consumer, into)];
    const mark = Math.max(ofOld, ofNew);
    const unserved = db.all(
      'SELECT id FROM transactions WHERE (account = ? AND added > ? OR account = ? AND added > ?) AND added <= ? ORDER BY added',
      old,
      ofOld,
      into,
      ofNew,
      mark,
    );
    for (const { id = null } of unserved) {
      const change = changes.next();
      db.update('transactions', id, { added: change, changed: change });
    }
    db.run(
      `INSERT INTO marks (consumer, account, change, served_at, file)
       SELECT ?1, ?2, ?3, served_at, file FROM (
         SELECT * FROM marks WHERE consumer = ?1 AND account IN (?2, ?4) ORDER BY change DESC LIMIT 1
       ) WHERE 1
       ON CONFLICT DO UPDATE SET change = excluded.change, served_at = excluded.served_at, file = excluded.file`,
      consumer,
      into,
      mark,
      old,
    );
  }
  changes.finish();
}
