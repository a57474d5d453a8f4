/** Saving one statement: everything of it in one transaction, and nothing that a second save of the same would change. */

import { type Account, accountKey } from '../model/account.js';
import type { Balance, Statement, Transaction } from '../model/statement.js';
import type { SaveContext, SaveResult } from '../ports.js';
import { type Database, numberOf, textOf } from './database.js';
import { hash, type Keyed, keysFor } from './identity.js';
import { reconcile } from './reconcile.js';

interface Tally {
  new: number;
  changed: number;
  removed: number;
  unchanged: number;
}

interface Scope {
  readonly db: Database;
  readonly account: Account;
  readonly accountRow: number;
  readonly context: SaveContext;
  readonly tally: Tally;
}

export function saveStatement(
  db: Database,
  account: Account,
  input: { statement: Statement; context: SaveContext },
): SaveResult {
  const { statement, context } = input;
  return db.transaction(() => {
    const scope: Scope = {
      db,
      account,
      accountRow: accountRow(db, account),
      context,
      tally: { new: 0, changed: 0, removed: 0, unchanged: 0 },
    };
    const posted = statement.transactions.filter(({ pending }) => !pending);
    for (const { transaction } of keyed(posted, scope)) rememberCorrection(transaction, scope);
    for (const one of keyed(posted.filter(isMovement), scope)) saveTransaction(one, scope);
    const pending = savePending(statement, scope);
    saveBalance('ledger', statement.ledgerBalance, scope);
    saveBalance('available', statement.availableBalance, scope);
    saveCoverage(statement, scope);
    const notices = reconcile(db, scope.accountRow, { institution: context.institution, statement });
    return { received: statement.transactions.length, ...scope.tally, pending, notices };
  });
}

/** The row of a configured account, made when it is first met. */
export function accountRow(db: Database, account: Account): number {
  const row = db.get(
    'SELECT id, kind, account_id FROM accounts WHERE institution = ? AND name = ?',
    account.institution,
    account.name,
  );
  if (row === null) {
    return db.insert(
      'INSERT INTO accounts (institution, name, kind, account_id) VALUES (?, ?, ?, ?)',
      account.institution,
      account.name,
      account.accountKind,
      account.id,
    );
  }
  const id = numberOf(row['id']);
  if (row['kind'] !== account.accountKind || row['account_id'] !== account.id) {
    db.run('UPDATE accounts SET kind = ?, account_id = ? WHERE id = ?', account.accountKind, account.id, id);
  }
  return id;
}

function keyed(transactions: readonly Transaction[], { db, accountRow: row, context }: Scope): Keyed[] {
  return keysFor(transactions, context.institution.quirks.unstableFitid === true, (fitid) =>
    db
      .all('SELECT key, posted_on, amount FROM transactions WHERE account = ? AND fitid = ? ORDER BY id', row, fitid)
      .map((found) => ({
        key: textOf(found['key']) ?? '',
        postedOn: textOf(found['posted_on']) ?? '',
        amount: textOf(found['amount']) ?? '',
      })),
  );
}

/** A deletion is carried out and is no movement of its own. */
function isMovement({ corrects }: Transaction): boolean {
  return corrects?.action !== 'DELETE';
}

/** A correction counts for a transaction that is here, and for one that arrives later. */
function rememberCorrection({ corrects, fitid }: Transaction, { db, accountRow: row, tally }: Scope): void {
  if (corrects === null || corrects.fitid === fitid) return;
  db.run(
    'INSERT INTO corrections (account, fitid, action, by_fitid) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
    row,
    corrects.fitid,
    corrects.action,
    fitid,
  );
  tally.removed += db.run(
    'UPDATE transactions SET removed = 1 WHERE account = ? AND fitid = ? AND removed = 0',
    row,
    corrects.fitid,
  );
}

function saveTransaction({ key, derived, transaction }: Keyed, scope: Scope): void {
  const { db, accountRow: row, tally, context } = scope;
  const body = JSON.stringify(transaction);
  const stored = db.get('SELECT id, body, fitid FROM transactions WHERE account = ? AND key = ?', row, key);
  if (stored === null) {
    insertTransaction({ key, derived, transaction, body }, scope);
    return;
  }
  // An unstable FITID changes with every download and is no change of the transaction.
  if (stored['body'] === body || (derived && sameButFitid(textOf(stored['body']), transaction))) {
    tally.unchanged += 1;
    return;
  }
  const id = numberOf(stored['id']);
  db.run(
    'INSERT INTO versions (transaction_id, replaced_at, body) VALUES (?, ?, ?)',
    id,
    context.at.toISOString(),
    stored['body'] ?? '',
  );
  db.run(
    'UPDATE transactions SET body = ?, posted_on = ?, amount = ?, currency = ?, fitid = ? WHERE id = ?',
    body,
    transaction.postedOn,
    transaction.amount,
    transaction.currency,
    transaction.fitid,
    id,
  );
  tally.changed += 1;
}

function insertTransaction(input: Keyed & { readonly body: string; readonly pending?: boolean }, scope: Scope): void {
  const { db, account, accountRow: row, context, tally } = scope;
  const { key, derived, transaction, body, pending = false } = input;
  const corrected =
    transaction.fitid !== null &&
    db.get('SELECT 1 FROM corrections WHERE account = ? AND fitid = ?', row, transaction.fitid) !== null;
  db.run(
    `INSERT INTO transactions (account, key, fitid, derived, public_id, posted_on, amount, currency, pending, removed, run, first_seen_at, body)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row,
    key,
    transaction.fitid,
    derived ? 1 : 0,
    hash(`${accountKey(account)}\n${key}`),
    transaction.postedOn,
    transaction.amount,
    transaction.currency,
    pending ? 1 : 0,
    corrected ? 1 : 0,
    context.runId,
    context.at.toISOString(),
    body,
  );
  if (!pending && !corrected) tally.new += 1;
}

function sameButFitid(stored: string | null, transaction: Transaction): boolean {
  if (stored === null) return false;
  const before: unknown = JSON.parse(stored);
  if (typeof before !== 'object' || before === null || !('fitid' in before)) return false;
  return JSON.stringify({ ...before, fitid: null }) === JSON.stringify({ ...transaction, fitid: null });
}

/** Pending ones are what the institution says now: the former ones have posted, changed or gone. A file says nothing of now. */
function savePending(statement: Statement, scope: Scope): number {
  const { db, accountRow: row, context } = scope;
  const pending = statement.transactions.filter((transaction) => transaction.pending);
  if (context.wanted !== null || pending.length > 0) {
    const wanted = keysFor(pending, true, () => []).map((one) => ({ ...one, key: `pending${one.key}` }));
    const keep = new Set(wanted.map(({ key }) => key));
    const stored = db.all('SELECT id, key FROM transactions WHERE account = ? AND pending = 1', row);
    for (const old of stored)
      if (!keep.has(textOf(old['key']) ?? '')) db.run('DELETE FROM transactions WHERE id = ?', old['id'] ?? null);
    const known = new Set(stored.map((old) => textOf(old['key'])));
    for (const one of wanted)
      if (!known.has(one.key))
        insertTransaction({ ...one, body: JSON.stringify(one.transaction), pending: true }, scope);
  }
  return numberOf(db.get('SELECT COUNT(*) AS n FROM transactions WHERE account = ? AND pending = 1', row)?.['n']);
}

function saveBalance(
  kind: 'ledger' | 'available',
  balance: Balance | null,
  { db, accountRow: row, context }: Scope,
): void {
  if (balance === null) return;
  const asOf = balance.asOf ?? context.at.toISOString().slice(0, 10);
  db.run(
    `INSERT INTO balances (account, kind, as_of, amount, currency, received_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (account, kind, as_of) DO UPDATE SET amount = excluded.amount, currency = excluded.currency, received_at = excluded.received_at
     WHERE amount <> excluded.amount OR currency <> excluded.currency`,
    row,
    kind,
    asOf,
    balance.amount,
    balance.currency,
    context.at.toISOString(),
  );
}

/** Which days are covered, and what only the newest statement says: positions, cash, other balances. */
function saveCoverage(statement: Statement, { db, accountRow: row, context }: Scope): void {
  const { positions, securities, cash, balances, openOrders, closings } = statement;
  const today = context.at.toISOString().slice(0, 10);
  const from = statement.period?.from ?? context.wanted?.from ?? null;
  const to = statement.period?.to ?? context.wanted?.to ?? (context.wanted === null ? null : today);
  db.run(
    'INSERT INTO statements (account, run, received_at, from_date, to_date, detail) VALUES (?, ?, ?, ?, ?, ?)',
    row,
    context.runId,
    context.at.toISOString(),
    from,
    to,
    JSON.stringify({ positions, securities, cash, balances, openOrders, closings }),
  );
}
