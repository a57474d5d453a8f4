/**
 * Reading for other programs, while something else writes: a snapshot is one moment of the store, however long the reading takes.
 * Every snapshot has a connection of its own for as long as it is open.
 */

import { join } from 'node:path';
import type { AccountRef } from '../../model/account.js';
import { type IsoDate, isIsoDate } from '../../model/dates.js';
import { decimal, isDecimal } from '../../model/decimal.js';
import { multiply, sum } from '../../model/money.js';
import type { Balance } from '../../model/statement.js';
import type { AccountState, Store, StoredTransaction } from '../../ports.js';
import { Database, numberOf, type Row, stringOf, textOf } from '../database.js';
import { fileIdentity, noStore, STORE_FILE } from '../folder.js';
import { loginState } from '../logins.js';
import { readUnsentMessages } from '../notifications.js';
import { readHistory } from '../overview/history.js';
import { readRunDetails } from '../overview/run-details.js';
import { readAccountState, readGaps, readTransactions, storedTransaction } from '../read.js';
import { readRuns, readStatus } from '../runs.js';

export interface StoredAccount extends AccountRef {
  /** By which other programs know it. */
  readonly publicId: string;
  readonly kind: string;
}

export interface TransactionRange {
  readonly since: IsoDate | null;
  readonly until: IsoDate | null;
}

/** The records by which the freshness of accounts is judged, and those that the page shows. */
export type Records = Pick<
  Store,
  | 'status'
  | 'loginState'
  | 'gaps'
  | 'runs'
  | 'unsentMessages'
  | 'accountState'
  | 'history'
  | 'runDetails'
  | 'transactions'
>;

export interface Snapshot {
  readonly records: Records;
  /** Returns all accounts, by name. */
  accounts(): readonly StoredAccount[];
  stateOf(account: AccountRef): AccountState | null;
  /** Reads posted transactions in the order of their days, a page at a time. */
  posted(account: AccountRef, range: TransactionRange): Iterable<StoredTransaction>;
  pending(account: AccountRef, range: TransactionRange): readonly StoredTransaction[];
  /** Adds up all posted transactions; `null` without any. */
  sumOf(account: AccountRef): Balance | null;
  close(): void;
}

export interface Snapshots {
  /** @throws StoreError */
  open(): Snapshot;
  close(): void;
}

/** Connections that are kept for the next snapshots. */
const MOST_IDLE = 4;

/** Opens snapshots of the store of a data folder, also of one that is put in its place later. */
export function snapshotsOf(dataDir: string): Snapshots {
  const path = join(dataDir, STORE_FILE);
  let idle: Database[] = [];
  let file = '';
  const closeIdle = () => {
    for (const db of idle) db.close();
    idle = [];
  };
  return {
    open: () => {
      const now = fileIdentity(path);
      if (now === null) throw noStore(dataDir);
      if (now !== file) closeIdle();
      file = now;
      const db = idle.pop() ?? new Database(path, { readOnly: true });
      try {
        // The first read fixes the moment.
        db.exec('BEGIN; SELECT 1 FROM counter');
      } catch (error) {
        db.close();
        throw error;
      }
      return snapshotOn(db, () => {
        db.exec('ROLLBACK');
        if (idle.length < MOST_IDLE && now === file) idle.push(db);
        else db.close();
      });
    },
    close: closeIdle,
  };
}

function snapshotOn(db: Database, end: () => void): Snapshot {
  let isOpen = true;
  return {
    records: {
      status: (accounts) => readStatus(db, accounts),
      loginState: (institution) => loginState(db, institution),
      gaps: () => readGaps(db),
      runs: (limit) => readRuns(db, limit),
      unsentMessages: () => readUnsentMessages(db),
      accountState: (account) => readAccountState(db, account),
      history: (account, since) => readHistory(db, account, since),
      runDetails: (limit) => readRunDetails(db, limit),
      transactions: (query) => readTransactions(db, query),
    },
    accounts: () =>
      db
        .all(
          'SELECT public_id, institution, name, kind FROM accounts WHERE public_id IS NOT NULL ORDER BY institution, name',
        )
        .map((row) => ({
          publicId: stringOf(row['public_id']),
          institution: stringOf(row['institution']),
          name: stringOf(row['name']),
          kind: stringOf(row['kind']),
        })),
    stateOf: (account) => readAccountState(db, account),
    posted: (account, range) => pages(db, account, range),
    pending: (account, range) => readPending(db, account, range),
    sumOf: (account) => sumOf(db, account),
    close: () => {
      if (!isOpen) return;
      isOpen = false;
      end();
    },
  };
}

const PAGE = 500;
const COLUMNS = 't.id, t.public_id, t.posted_on, t.removed_at, t.body';
/** Before and after all days. */
const [EVER, NEVER] = ['', '~'];

function* pages(db: Database, account: AccountRef, { since, until }: TransactionRange): Generator<StoredTransaction> {
  const names = { institution: account.institution, name: account.name };
  let after: readonly [day: string, id: number] = [since ?? EVER, -1];
  for (;;) {
    const rows: readonly Row[] = db.all(
      `SELECT ${COLUMNS} FROM transactions t WHERE t.account = (SELECT id FROM accounts WHERE institution = ? AND name = ?)
         AND (t.posted_on, t.id) > (?, ?) AND t.posted_on <= ? AND t.removed = 0 AND t.pending = 0
       ORDER BY t.posted_on, t.id LIMIT ${PAGE}`,
      account.institution,
      account.name,
      ...after,
      until ?? NEVER,
    );
    for (const row of rows) yield storedTransaction({ ...row, ...names });
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = [stringOf(last['posted_on']), numberOf(last['id'])];
  }
}

function readPending(db: Database, account: AccountRef, { since, until }: TransactionRange): StoredTransaction[] {
  const names = { institution: account.institution, name: account.name };
  return db
    .all(
      `SELECT ${COLUMNS} FROM transactions t WHERE t.account = (SELECT id FROM accounts WHERE institution = ? AND name = ?)
         AND t.pending = 1 AND t.removed = 0 AND t.posted_on BETWEEN ? AND ? ORDER BY t.posted_on, t.id`,
      account.institution,
      account.name,
      since ?? EVER,
      until ?? NEVER,
    )
    .map((row) => storedTransaction({ ...row, ...names }));
}

function sumOf(db: Database, { institution, name }: AccountRef): Balance | null {
  const rows = db.all(
    `SELECT amount, currency, MAX(posted_on) AS day, COUNT(*) AS n FROM transactions
     WHERE account = (SELECT id FROM accounts WHERE institution = ? AND name = ?) AND removed = 0 AND pending = 0
     GROUP BY amount, currency ORDER BY n DESC`,
    institution,
    name,
  );
  const currency = textOf(rows[0]?.['currency']);
  if (currency === null) return null;
  const amounts = rows.flatMap((row) => {
    const amount = stringOf(row['amount']);
    if (row['currency'] !== currency || !isDecimal(amount)) return [];
    return [multiply(amount, decimal(String(numberOf(row['n']))))];
  });
  const day = rows
    .map((row) => stringOf(row['day']))
    .toSorted()
    .at(-1);
  return { amount: sum(amounts), currency, asOf: day !== undefined && isIsoDate(day) ? day : null };
}
