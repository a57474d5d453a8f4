/** Transactions as rows: finds, inserts and changes them, and keeps the former version. */

import type { Transaction } from '../model/statement.js';
import type { SaveContext } from '../ports.js';
import type { Changes } from './changes.js';
import { damage, parsedObject, parsedTransaction, transactionNameOf } from './damage.js';
import { type Database, numberOf, type Row, stringOf, textOf } from './database.js';
import { isBetterText } from './identity/better-text.js';
import { type KeyedTransaction, plainAmount, shortHash } from './identity/content-index.js';
import type { SourceState } from './identity/source.js';
import { restoreTransaction } from './removals.js';

interface Tally {
  new: number;
  changed: number;
  removed: number;
  unchanged: number;
}

/** Says which tables have something of an account. Most have nothing, and need not be looked into. */
export interface AccountParts {
  /** Posted or pending ones. */
  readonly transactions: boolean;
  readonly pending: boolean;
  readonly spellings: boolean;
  readonly unread: boolean;
  readonly holes: boolean;
  readonly gaps: boolean;
}

/** The state of one save. */
export interface Scope {
  readonly db: Database;
  readonly accountKey: string;
  readonly accountRow: number;
  /** The columns of the account as they were before the save. */
  readonly before: Row;
  /** The tables that had something of the account before the save. */
  readonly has: AccountParts;
  readonly context: SaveContext;
  /** ISO 8601 instant at which the institution made the statement. */
  readonly asOf: string;
  /** Place of the statement in the order of arrival; greater is newer. */
  readonly position: string;
  readonly source: SourceState;
  readonly changes: Changes;
  readonly tally: Tally;
}

/** A damaged body is not valid: SQLite looks at the form, amount and day as well. */
export const VALID = `CASE WHEN json_valid(body) THEN json_extract(body, '$.postedOn') = posted_on AND json_extract(body, '$.amount') = amount ELSE 0 END`;

/** Parses the transaction in the `body` of a row. @throws StoreError that names the row when it is damaged. */
export function transactionIn(row: Row, what = transactionNameOf(row)): Transaction {
  const transaction = parsedTransaction(row);
  if (transaction === null) throw damage(what);
  return transaction;
}

/**
 * Inserts a new transaction, or changes the stored one when its content differs.
 * @param stored the row with its key.
 */
export function saveTransaction(
  { key, derived, transaction, isOtherSpelling = false }: KeyedTransaction,
  stored: Row | null,
  scope: Scope,
): void {
  const { db, tally } = scope;
  const body = JSON.stringify(transaction);
  if (stored === null) {
    insertTransaction({ key, derived, transaction, body }, scope);
    return;
  }
  const id = numberOf(stored['id']);
  // By far the most frequent case: nothing has to be parsed.
  const isUnchanged = stored['valid'] === 1 && stored['body'] === body;
  const former = isUnchanged ? transaction : stored['valid'] === 1 ? parsedTransaction(stored) : null;
  if (former === null) {
    mendTransaction(id, { transaction, body }, scope);
    return;
  }
  listAgain(stored, scope);
  if (isFromFormerSource(stored, scope) && isSameMoney(former, transaction)) {
    joinSources(stored, { former, transaction, body }, scope);
    return;
  }
  const isOlder =
    isOtherSpelling ||
    stringOf(stored['position']) > scope.position ||
    isMovedByReplay(stored, transaction, scope) ||
    (scope.context.replayedAt !== undefined && scope.source.since !== null && isKnownContent(id, body, db));
  const isFile = scope.context.wanted === null && stored['fitid'] !== null;
  // The next download will have the latest FITID.
  if (!isOlder && !isFile && transaction.fitid !== null && stored['fitid'] !== transaction.fitid)
    db.update('transactions', id, { fitid: transaction.fitid });
  const isEqual =
    stored['body'] === body || (!isOtherSpelling && differsInFitidOnly(textOf(stored['body']), transaction));
  if (isOlder && !isEqual) keepSpelling(id, { transaction, body }, scope);
  if (isOlder || isEqual) {
    tally.unchanged += 1;
    return;
  }
  scope.changes.touch(textOf(stored['posted_on']));
  changeTransaction(id, { transaction, body, former: stringOf(stored['body']) }, scope);
}

function isFromFormerSource(stored: Row, { source: { since }, position }: Scope): boolean {
  return since !== null && stringOf(stored['position']) < since && position >= since;
}

function isSameMoney(a: Transaction, b: Transaction): boolean {
  return plainAmount(a.amount) === plainAmount(b.amount) && a.currency === b.currency;
}

/** Keeps what a former source said of a transaction, with the better text of both. The other one is kept as its spelling. */
function joinSources(
  stored: Row,
  { former, transaction, body }: { former: Transaction; transaction: Transaction; body: string },
  scope: Scope,
): void {
  const { db, tally, context } = scope;
  const id = numberOf(stored['id']);
  const { fitid, name, extendedName, payee, memo } = transaction;
  if (context.wanted !== null && fitid !== null && stored['fitid'] !== fitid) db.update('transactions', id, { fitid });
  if (stored['body'] !== body) keepSpelling(id, { transaction, body }, scope);
  if (!isBetterText(transaction, former)) {
    tally.unchanged += 1;
    return;
  }
  const joined = { ...former, name, extendedName, payee, memo };
  changeTransaction(id, { transaction: joined, body: JSON.stringify(joined), former: stringOf(stored['body']) }, scope);
  // The rest of it is still that of the former source.
  db.update('transactions', id, { as_of: stored['as_of'] ?? null, position: stored['position'] ?? null });
}

/** A reply that is read again may correct a transaction, but not make another of it. */
function isMovedByReplay(stored: Row, { fitid, postedOn, amount }: Transaction, { context }: Scope): boolean {
  if (context.replayedAt === undefined || (fitid !== null && fitid === stored['fitid'])) return false;
  return fitid !== null || stored['posted_on'] !== postedOn || stored['amount'] !== amount;
}

/** Takes back what was concluded from a list that lacked the transaction. */
function listAgain(stored: Row, scope: Scope): void {
  const { db, position, changes, tally } = scope;
  if (stored['unlisted'] === null || stringOf(stored['unlisted']) > position) return;
  db.update('transactions', stored['id'] ?? null, { unlisted: null });
  if (stored['withdrawn'] !== 1) return;
  changes.touch(textOf(stored['posted_on']));
  changes.next();
  restoreTransaction(stored['id'] ?? null, scope);
  tally.changed += 1;
}

/** Keeps other content of a transaction, so that it is known when it comes again. */
function keepSpelling(
  id: number,
  { transaction, body }: { transaction: Transaction; body: string },
  { db, accountRow: row }: Scope,
): void {
  if (isFormerVersion(id, body, db)) return;
  db.insert('spellings', { account: row, transaction_id: id, fitid: transaction.fitid, body }, 'ignore');
}

/** Returns `true` for content with which the transaction came before: read again, it says nothing new. */
function isKnownContent(id: number, body: string, db: Database): boolean {
  if (isFormerVersion(id, body, db)) return true;
  return db.get('SELECT 1 FROM spellings WHERE transaction_id = ? AND body = ? LIMIT 1', id, body) !== null;
}

/** Returns `true` for content that a later one has replaced. */
function isFormerVersion(id: number, body: string, db: Database): boolean {
  return db.get('SELECT 1 FROM versions WHERE transaction_id = ? AND body = ? LIMIT 1', id, body) !== null;
}

/** Replaces damaged content, of which nothing can be kept. */
function mendTransaction(
  id: number,
  { transaction, body }: { transaction: Transaction; body: string },
  { db, asOf, position, changes, tally }: Scope,
): void {
  const { postedOn, amount, currency, fitid } = transaction;
  changes.touch(postedOn);
  const days = { posted_on: postedOn, as_of: asOf, position };
  const row = { body, fitid, amount, currency, ...days, changed: changes.next() };
  db.update('transactions', id, row);
  tally.changed += 1;
}

function changeTransaction(
  id: number,
  { transaction, body, former }: { transaction: Transaction; body: string; former: string },
  scope: Scope,
): void {
  const { db, asOf, position, changes, tally } = scope;
  db.run(
    `INSERT INTO versions (transaction_id, public_id, replaced_at, position, change, body)
     SELECT id, public_id, ?, ?, ?, ? FROM transactions WHERE id = ?`,
    asOf,
    position,
    changes.next(),
    former,
    id,
  );
  const { postedOn, amount, currency } = transaction;
  const row = { body, posted_on: postedOn, amount, currency, as_of: asOf, position, changed: changes.latest };
  db.update('transactions', id, row);
  // A transaction that replaces another now is valid again, even if it was replaced before.
  const replaces = transaction.corrects?.action === 'REPLACE' && transaction.corrects.fitid !== transaction.fitid;
  if (replaces && db.get('SELECT removed FROM transactions WHERE id = ?', id)?.['removed'] === 1)
    restoreTransaction(id, scope);
  tally.changed += 1;
}

export function insertTransaction(
  input: KeyedTransaction & { readonly body: string; readonly pending?: boolean },
  scope: Scope,
): void {
  const { db, accountRow: row, context, asOf, position, tally, changes } = scope;
  const { key, derived, transaction, body, pending = false } = input;
  const corrected = transaction.fitid !== null && hasEarlyCorrection(db, row, transaction.fitid);
  const change = changes.next();
  db.insert('transactions', {
    account: row,
    key,
    fitid: transaction.fitid,
    derived: derived ? 1 : 0,
    public_id: shortHash(`${scope.accountKey}\n${key}`),
    posted_on: transaction.postedOn,
    amount: transaction.amount,
    currency: transaction.currency,
    pending: pending ? 1 : 0,
    removed: corrected ? 1 : 0,
    removed_at: corrected ? asOf : null,
    removed_position: corrected ? position : null,
    run: context.runId,
    first_seen_at: context.at.toISOString(),
    as_of: asOf,
    first_position: position,
    position,
    added: change,
    changed: change,
    body,
  });
  if (!pending && !corrected) tally.new += 1;
}

/** Returns `true` when a correction came before the transaction that it corrects, and that has not arrived since. */
function hasEarlyCorrection(db: Database, row: number, fitid: string): boolean {
  const known = db.get('SELECT 1 FROM corrections WHERE account = ? AND fitid = ?', row, fitid);
  if (known === null) return false;
  return (
    db.get('SELECT 1 FROM transactions WHERE account = ? AND fitid = ? AND removed = 1 LIMIT 1', row, fitid) === null
  );
}

function differsInFitidOnly(stored: string | null, transaction: Transaction): boolean {
  if (stored === null) return false;
  const before = parsedObject(stored);
  if (before === null || !('fitid' in before)) return false;
  if (before.fitid === transaction.fitid) return false;
  return JSON.stringify({ ...before, fitid: null }) === JSON.stringify({ ...transaction, fitid: null });
}
