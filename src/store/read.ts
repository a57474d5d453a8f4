/** Reading the store: transactions one at a time, the state of an account, gaps. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountRef } from '../model/account.js';
import { isIsoDate, type Period } from '../model/dates.js';
import { isDecimal } from '../model/decimal.js';
import { compare } from '../model/money.js';
import type { Balance, InvestmentCash, Position } from '../model/statement.js';
import type { Excess, Holdings } from '../model/stored.js';
import type { AccountState, Gap, StoredTransaction, TransactionQuery, TransactionVersion } from '../ports.js';
import { periodIn, readCoverage } from './coverage.js';
import { damage, parsedObject } from './damage.js';
import { Database, numberOf, type Row, stringOf, textOf, type Value } from './database.js';
import { STORE_FILE } from './folder.js';
import { transactionIn } from './rows.js';

/** Reads transactions in the order of their dates, those of one day in the order of their arrival. */
export function* readTransactions(db: Database, query: TransactionQuery): Iterable<StoredTransaction> {
  const { sql, values } = transactionsSql(db, query);
  const { limit, offset = 0 } = query;
  if (query.search === undefined && query.min === undefined && query.max === undefined) {
    for (const row of db.iterate(`${sql} LIMIT ? OFFSET ?`, ...values, limit ?? -1, offset))
      yield storedTransaction(row);
    return;
  }
  let skip = offset;
  let left = limit ?? Number.POSITIVE_INFINITY;
  for (const row of db.iterate(sql, ...values)) {
    const transaction = storedTransaction(row);
    if (!matches(transaction, query)) continue;
    if (skip > 0) {
      skip -= 1;
      continue;
    }
    if (left <= 0) return;
    left -= 1;
    yield transaction;
  }
}

/** Builds the query. A cross join keeps the order of an index, so that a million rows need not be sorted for the first twenty. */
export function transactionsSql(db: Database, query: TransactionQuery): { sql: string; values: Value[] } {
  const { where, values } = conditions(query);
  const order = query.reverse === true ? 't.posted_on DESC, t.id DESC' : 't.posted_on, t.id';
  // New transactions are few, unless all are new. SQLite cannot know that, so the index is named.
  const least = query.newFor === undefined ? 0 : leastMark(db, query.newFor, query);
  const rows = least > 0 ? 'transactions t INDEXED BY transactions_by_change' : 'transactions t';
  const sql = `SELECT a.institution, a.name, t.public_id, t.removed_at, t.body FROM ${rows} CROSS JOIN accounts a ON a.id = t.account
    WHERE ${where}${least > 0 ? ` AND t.changed > ${least}` : ''} ORDER BY ${order}`;
  return { sql, values };
}

/** Returns the change up to which a consumer has everything of all the accounts. */
function leastMark(db: Database, consumer: string, query: TransactionQuery): number {
  const { where, values } = accountsIn(query, 'a.id');
  const row = db.get(
    `SELECT MIN(COALESCE(m.change, 0)) AS least FROM accounts a LEFT JOIN marks m ON m.account = a.id AND m.consumer = ? WHERE ${where}`,
    consumer,
    ...values,
  );
  return numberOf(row?.['least']);
}

/** Reads the former versions of a transaction, oldest first. */
export function readVersions(db: Database, id: string): TransactionVersion[] {
  return db.all('SELECT replaced_at, body FROM versions WHERE public_id = ? ORDER BY id', id).map((row) => ({
    replacedAt: stringOf(row['replaced_at']),
    transaction: transactionIn(row, `a former version of the transaction ${id}`),
  }));
}

export function findAccount(db: Database, { institution, name }: AccountRef): Row | null {
  return db.get('SELECT * FROM accounts WHERE institution = ? AND name = ?', institution, name);
}

export function readAccountState(db: Database, account: AccountRef): AccountState | null {
  const row = db.get(
    'SELECT id, history_days FROM accounts WHERE institution = ? AND name = ?',
    account.institution,
    account.name,
  );
  if (row === null) return null;
  const id = numberOf(row['id']);
  // Most ask for one part of it, and counting a long history takes time.
  const [ledger, available] = [
    once(() => newestBalance(db, id, 'ledger')),
    once(() => newestBalance(db, id, 'available')),
  ];
  const [period, success] = [once(() => lastPeriod(db, id)), once(() => lastSuccess(db, id))];
  const [transactions, holdings] = [once(() => countPosted(db, id)), once(() => readHoldings(db, id))];
  return {
    institution: account.institution,
    account: account.name,
    get ledgerBalance() {
      return ledger();
    },
    get availableBalance() {
      return available();
    },
    get lastPeriod() {
      return period();
    },
    get lastSuccessAt() {
      return success();
    },
    get transactions() {
      return transactions();
    },
    get holdings() {
      return holdings();
    },
    coverage: readCoverage(db, id),
    historyDays: row['history_days'] === null ? null : numberOf(row['history_days']),
    gaps: gapsOf(db, id),
  };
}

/** Subtracts what does not count, so that indexes alone are read. */
function countPosted(db: Database, account: number): number {
  return db.count(
    `SELECT (SELECT COUNT(*) FROM transactions WHERE account = ?1)
      - (SELECT COUNT(*) FROM transactions WHERE account = ?1 AND removed = 1)
      - (SELECT COUNT(*) FROM transactions WHERE account = ?1 AND pending = 1 AND removed = 0) AS n`,
    account,
  );
}

function gapsOf(db: Database, account: number): AccountState['gaps'] {
  return db.all('SELECT from_date, found_at FROM gaps WHERE account = ? ORDER BY from_date', account).flatMap(gapIn);
}

/** Returns the gap of a row, or nothing when its day is not a date. */
export function gapIn(row: Row): AccountState['gaps'] {
  const from = stringOf(row['from_date']);
  return isIsoDate(from) ? [{ from, foundAt: stringOf(row['found_at']) }] : [];
}

/** Builds the conditions that SQL can evaluate exactly; {@link matches} checks the others. */
export function conditions(query: TransactionQuery): { where: string; values: Value[] } {
  const parts = query.withRemoved === true ? ['1'] : ['t.removed = 0'];
  const values: Value[] = [];
  if (query.newFor !== undefined) {
    parts.push(
      't.pending = 0',
      't.added > COALESCE((SELECT change FROM marks m WHERE m.consumer = ? AND m.account = t.account), 0)',
    );
    values.push(query.newFor);
  }
  if (query.hadBy !== undefined) {
    parts.push(
      't.pending = 0',
      't.added <= COALESCE((SELECT change FROM marks m WHERE m.consumer = ? AND m.account = t.account), 0)',
    );
    values.push(query.hadBy);
  }
  if (query.upTo !== undefined) {
    parts.push('t.added <= ?');
    values.push(query.upTo);
  }
  const accounts = accountsIn(query, query.accounts?.length === 1 ? 't.account' : '+t.account');
  parts.push(accounts.where);
  values.push(...accounts.values);
  for (const [operator, date] of [
    ['>=', query.since],
    ['<=', query.until],
  ] as const) {
    if (date === undefined) continue;
    parts.push(`t.posted_on ${operator} ?`);
    values.push(date);
  }
  return { where: parts.join(' AND '), values };
}

/** Builds the condition for accounts. One account uses its index; several do not (`+` keeps SQLite from it), to keep the order. */
function accountsIn({ accounts }: TransactionQuery, column: string): { where: string; values: Value[] } {
  if (accounts === undefined) return { where: '1', values: [] };
  if (accounts.length === 0) return { where: '0', values: [] };
  const names = accounts.map(() => '(?, ?)').join(', ');
  const operator = accounts.length === 1 ? '=' : 'IN';
  return {
    where: `${column} ${operator} (SELECT id FROM accounts WHERE (institution, name) IN (VALUES ${names}))`,
    values: accounts.flatMap(({ institution, name }) => [institution, name]),
  };
}

/** Checks amounts exactly and text without regard to case, which SQLite does for ASCII only. */
export function matches(transaction: StoredTransaction, { search, min, max }: TransactionQuery): boolean {
  if (min !== undefined && isDecimal(min) && compare(transaction.amount, min) < 0) return false;
  if (max !== undefined && isDecimal(max) && compare(transaction.amount, max) > 0) return false;
  if (search === undefined) return true;
  const wanted = search.toLocaleLowerCase();
  return [transaction.name, transaction.memo, transaction.extendedName, transaction.payee?.name].some(
    (text) => text?.toLocaleLowerCase().includes(wanted) ?? false,
  );
}

export function storedTransaction(row: Row): StoredTransaction {
  const removedAt = textOf(row['removed_at']);
  return {
    id: stringOf(row['public_id']),
    institution: stringOf(row['institution']),
    account: stringOf(row['name']),
    ...transactionIn(row),
    ...(removedAt === null ? {} : { removedAt }),
  };
}

export function newestBalance(db: Database, account: number, kind: string): Balance | null {
  const row = db.get(
    'SELECT amount, currency, as_of FROM balances WHERE account = ? AND kind = ? ORDER BY as_of DESC LIMIT 1',
    account,
    kind,
  );
  return row === null ? null : balanceIn(row, kind);
}

export function balanceIn(row: Row, kind: string): Balance {
  const [amount, currency, asOf] = [stringOf(row['amount']), stringOf(row['currency']), stringOf(row['as_of'])];
  if (!isDecimal(amount) || !isIsoDate(asOf)) throw damage(`the ${kind} balance of ${asOf}`);
  return { amount, currency, asOf };
}

/** Returns a function that reads a value when it is wanted for the first time. */
export function once<T>(read: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: read() };
    return known.value;
  };
}

function lastSuccess(db: Database, account: number): string | null {
  const row = db.get(
    'SELECT received_at FROM statements WHERE account = ? AND run IS NOT NULL ORDER BY id DESC LIMIT 1',
    account,
  );
  return textOf(row?.['received_at']);
}

function lastPeriod(db: Database, account: number): Period | null {
  const row = db.get(
    'SELECT from_date, to_date FROM statements WHERE account = ? AND to_date IS NOT NULL ORDER BY to_date DESC, id DESC LIMIT 1',
    account,
  );
  const [from, to] = [stringOf(row?.['from_date']), stringOf(row?.['to_date'])];
  if (!isIsoDate(to)) return null;
  return { from: isIsoDate(from) ? from : to, to };
}

/** The part of a statement's `detail` column that holdings are read from. */
interface StatementDetail {
  readonly currency?: string | null;
  readonly positions?: readonly Position[];
  readonly cash?: InvestmentCash | null;
}

/** Reads the positions and cash of an investment account from its newest statement. */
export function readHoldings(db: Database, account: number): Holdings | null {
  const row = db.get(
    'SELECT to_date, detail FROM statements WHERE account = ? AND to_date IS NOT NULL ORDER BY to_date DESC, id DESC LIMIT 1',
    account,
  );
  return holdingsIn(row);
}

/**
 * Returns the positions and cash of a statement. Units and cash are those of its last day, whatever day the prices are from.
 * Returns `null` when the statement has neither.
 */
export function holdingsIn(row: Row | null): Holdings | null {
  const asOf = stringOf(row?.['to_date']);
  if (!isIsoDate(asOf)) return null;
  const detail: StatementDetail | null = parsedObject(textOf(row?.['detail']) ?? '{}');
  if (detail === null) throw damage(`the statement of ${asOf}`);
  const { positions = [], cash, currency } = detail;
  const amount = cash?.available ?? null;
  const known = currency ?? positions[0]?.currency ?? null;
  if (positions.length === 0 && amount === null) return null;
  return {
    asOf,
    positions,
    cash: amount === null || known === null ? null : { amount, currency: known, asOf },
    margin: cash?.margin ?? null,
    short: cash?.short ?? null,
  };
}

/** Reads the balances that disagree with the transactions and the days that no statement covers: by account, oldest first. */
export function readGaps(db: Database): Gap[] {
  return db
    .all(
      'SELECT institution, account, from_date, to_date, missing, currency, excess FROM v_gaps ORDER BY institution, account, from_date',
    )
    .flatMap((row) => {
      const amount = stringOf(row['missing']);
      const missing = isDecimal(amount) ? { amount, currency: stringOf(row['currency']) } : null;
      const names = { institution: stringOf(row['institution']), account: stringOf(row['account']) };
      const excess = excessIn(db, row);
      return periodIn(row).map((period) => ({
        ...names,
        ...period,
        missing,
        ...(excess.length === 0 ? {} : { excess }),
      }));
    });
}

function excessIn(db: Database, { excess }: Row): Excess[] {
  if (typeof excess !== 'string') return [];
  return db
    .all(
      `SELECT t.public_id, t.body FROM json_each(?) e JOIN transactions t ON t.public_id = e.value ORDER BY t.posted_on, t.id`,
      excess,
    )
    .map((row) => {
      const { postedOn, amount, name } = transactionIn(row);
      return { id: stringOf(row['public_id']), postedOn, amount, name };
    });
}

/** Reads all stored accounts, configured or not. */
export function storedAccounts(db: Database): { institution: string; name: string; transactions: number }[] {
  return db
    .all(
      `SELECT institution, name, (SELECT COUNT(*) FROM transactions t WHERE t.account = a.id) AS n
       FROM accounts a ORDER BY institution, name`,
    )
    .map((row) => ({
      institution: stringOf(row['institution']),
      name: stringOf(row['name']),
      transactions: numberOf(row['n']),
    }));
}

/** Reads the names of the stored institutions of a data folder; none where it has no readable store. */
export function storedInstitutions(dataDir: string): string[] {
  const path = join(dataDir, STORE_FILE);
  if (!existsSync(path)) return [];
  let db: Database | null = null;
  try {
    db = new Database(path, { readOnly: true });
    return db.all('SELECT DISTINCT institution FROM accounts').map(({ institution }) => stringOf(institution));
  } catch {
    // The command that opens the store reports what is wrong with it.
    return [];
  } finally {
    db?.close();
  }
}
