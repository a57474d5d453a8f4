/** Look-ups of the stored transactions that a statement may list again. */

import { isIsoDate, type Period } from '../../model/dates.js';
import { isDecimal } from '../../model/decimal.js';
import type { Transaction } from '../../model/statement.js';
import { parsedTransaction } from '../damage.js';
import { type Database, listQuery, numberOf, type Row, stringOf, textOf, type Value } from '../database.js';
import { type Scope, transactionIn, VALID } from '../rows.js';
import type { Candidate } from './content-index.js';
import { type Namesakes, NOBODY } from './fitid-groups.js';
import type { IdentityInput } from './identity.js';
import { daysOf } from './pairing.js';

const COLUMNS = `id, key, fitid, removed, posted_on, amount, first_position, ${VALID} AS valid`;

type AccountScope = Pick<Scope, 'db' | 'accountRow'>;

/** Several look-ups: an OR of all would read the whole account, since the same index has all of its transactions. */
const BY_ROW = `SELECT id FROM transactions WHERE account = ?1 AND fitid = ?2
  UNION ALL SELECT id FROM transactions WHERE account = ?1 AND key = ?2`;
const FOUND = `SELECT ${COLUMNS}, 1 AS has_former FROM transactions WHERE pending = 0 AND id IN`;
export const NAMESAKES = `${FOUND} (${BY_ROW}
  UNION ALL SELECT transaction_id FROM spellings WHERE account = ?1 AND fitid = ?2) ORDER BY id`;
/** The same for many FITIDs. */
export const NAMESAKES_OF_MANY = `${FOUND} (
  SELECT id FROM transactions WHERE account = ?1 AND fitid IN (SELECT value FROM json_each(?2))
  UNION ALL SELECT id FROM transactions WHERE account = ?1 AND key IN (SELECT value FROM json_each(?2))) ORDER BY id`;
/** FITIDs that are looked up together. Rows of a statement with more are not read at once. */
const MANY = 200;
/** Fewer are looked up one by one, which takes less time. */
const FEW = 4;
/** FITIDs that are the same in JSON and in a column. */
const PLAIN = /^[ -~]*$/;

export function candidatesOf(fitid: string, { db, accountRow: row }: AccountScope): Namesakes {
  return namesakes(
    fitid,
    db.all(NAMESAKES, row, fitid).flatMap((one) => candidate(one, db)),
  );
}

/**
 * Returns {@link candidatesOf} for an account of which no transaction has come with other content.
 * @param fitids those that will be asked for, in their order: they are looked up many at a time.
 */
function candidatesAmong(
  fitids: readonly (string | null)[],
  { db, accountRow: row }: AccountScope,
): (fitid: string) => Namesakes {
  const wanted = [...new Set(fitids)].flatMap((one) => (one !== null && PLAIN.test(one) ? one : []));
  if (wanted.length < FEW) return (fitid) => candidatesOf(fitid, { db, accountRow: row });
  const found = new Map<string, Candidate[]>();
  let next = 0;
  return (fitid) => {
    while (!found.has(fitid) && next < wanted.length) {
      found.clear();
      const some = wanted.slice(next, next + MANY);
      next += some.length;
      for (const one of some) found.set(one, []);
      for (const one of db.all(NAMESAKES_OF_MANY, row, JSON.stringify(some)).flatMap((it) => candidate(it, db)))
        for (const name of new Set([one.fitid, one.key])) found.get(name ?? '')?.push(one);
    }
    const known = found.get(fitid);
    return known === undefined ? candidatesOf(fitid, { db, accountRow: row }) : namesakes(fitid, known);
  };
}

function namesakes(fitid: string, all: readonly Candidate[]): Namesakes {
  const [first, second] = all;
  if (first === undefined) return NOBODY;
  if (second === undefined && first.fitid === fitid) return { rows: all, others: [] };
  return { rows: all.filter((one) => one.fitid === fitid), others: all.filter((one) => one.fitid !== fitid) };
}

export function candidatesBetween({ from, to }: Period, { db, accountRow: row }: AccountScope): Candidate[] {
  return db
    .all(
      `SELECT ${COLUMNS}, EXISTS (SELECT 1 FROM versions WHERE transaction_id = t.id)
         OR EXISTS (SELECT 1 FROM spellings WHERE transaction_id = t.id) AS has_former
       FROM transactions t WHERE account = ? AND posted_on BETWEEN ? AND ? AND pending = 0 ORDER BY id`,
      row,
      from,
      to,
    )
    .flatMap((one) => candidate(one, db));
}

export function countBetween({ from, to }: Period, { db, accountRow: row }: AccountScope): number {
  return db.count(
    'SELECT COUNT(*) AS n FROM transactions WHERE account = ? AND posted_on BETWEEN ? AND ? AND pending = 0',
    row,
    from,
    to,
  );
}

export function isKeyTaken(key: string, { db, accountRow: row }: AccountScope): boolean {
  return db.get('SELECT 1 FROM transactions WHERE account = ? AND key = ?', row, key) !== null;
}

/** Returns nothing for a damaged row: a statement that has its transaction mends it by its key. */
function candidate(row: Row, db: Database): Candidate[] {
  const postedOn = stringOf(row['posted_on']);
  if (row['valid'] !== 1 || !isIsoDate(postedOn) || !isDecimal(stringOf(row['amount']))) return [];
  const id = numberOf(row['id']);
  const hasFormer = row['has_former'] === 1;
  let content: Transaction | null = null;
  const one: Candidate = {
    key: stringOf(row['key']),
    fitid: textOf(row['fitid']),
    removed: row['removed'] === 1,
    postedOn,
    amount: stringOf(row['amount']),
    since: stringOf(row['first_position']),
    content: () => {
      content ??= contentOf(id, db);
      return content;
    },
    former: () => (hasFormer ? formerOf(id, db) : []),
  };
  return [one];
}

/** Most rows are known by their FITID alone: only the others are parsed. */
function contentOf(id: number, db: Database): Transaction {
  return transactionIn(db.get('SELECT public_id, posted_on, amount, body FROM transactions WHERE id = ?', id) ?? {});
}

function formerOf(id: number, db: Database): readonly Transaction[] {
  return db
    .all(
      `SELECT body FROM (SELECT body, 0 AS sort, id FROM versions WHERE transaction_id = ?1
         UNION ALL SELECT body, 1, 0 FROM spellings WHERE transaction_id = ?1) ORDER BY sort, id DESC`,
      id,
    )
    .flatMap((former) => parsedTransaction(former) ?? []);
}

/** Rows that the days of a statement may have beside its own. Where they have more, its FITIDs are looked up. */
const MORE = 50;
const STORED = 'id, key, body, fitid, as_of, position, posted_on, amount, unlisted, withdrawn';

/** The look-ups for one statement. */
export interface LookUps extends Pick<IdentityInput, 'byFitid' | 'between' | 'countBetween' | 'isTaken'> {
  /** Returns the columns of the row with a key, and `valid`. */
  readonly stored: (key: string) => Row | null;
}

/** Makes the look-ups for the transactions of a statement. What it has again as it is stored is read at once. */
export function lookUpsFor(movements: readonly Transaction[], window: Period, scope: Scope): LookUps {
  const days = daysOf([...movements, { postedOn: window.from }, { postedOn: window.to }]) ?? window;
  const rows = rowsOf(days, movements.length, scope);
  const again = rows === null || scope.has.spellings ? [] : listedAgain(movements, rows);
  const known = new Map(again.map((row) => [stringOf(row['fitid']), row]));
  const byKey = new Map(again.map((row) => [stringOf(row['key']), row]));
  const fitids = movements.map(({ fitid }) => fitid).filter((fitid) => !known.has(fitid ?? ''));
  const others = othersOf(fitids, scope);
  return {
    byFitid: (fitid) => {
      const row = known.get(fitid);
      return row === undefined ? others(fitid) : { rows: candidate(row, scope.db), others: [] };
    },
    between: (some) => candidatesBetween(some, scope),
    countBetween: (some) =>
      rows === null || some.from < days.from || some.to > days.to
        ? countBetween(some, scope)
        : rows.filter(({ posted_on: day }) => stringOf(day) >= some.from && stringOf(day) <= some.to).length,
    isTaken: (key) => isKeyTaken(key, scope),
    stored: (key) => {
      const row = byKey.get(key);
      // It may be changed now, and asked for again.
      byKey.delete(key);
      return row ?? storedRow(key, scope);
    },
  };
}

/** Returns the posted rows of some days; `null` when there are many more than the statement has. */
function rowsOf(days: Period, count: number, { db, accountRow: row, has }: Scope): readonly Row[] | null {
  if (!has.transactions) return [];
  if (count > MANY) return null;
  const most = count + MORE;
  const rows = db.list(ROWS_OF_DAYS, row, days.from, days.to, most + 1);
  return rows.length > most ? null : rows;
}

export const ROWS_OF_DAYS = listQuery(
  {
    texts: ['key', 'body', 'fitid', 'as_of', 'position', 'posted_on', 'amount', 'unlisted', 'first_position'],
    numbers: ['id', 'withdrawn', 'removed'],
  },
  // SQLite plans a query anew for each value of a LIMIT that is a parameter alone.
  'FROM transactions WHERE account = ? AND posted_on BETWEEN ? AND ? AND pending = 0 LIMIT ? + 0',
);

/**
 * Returns the rows that a statement lists again unchanged, with a FITID that no other row of these days and no other of its
 * transactions has. A row of other days with that FITID is another transaction.
 */
function listedAgain(movements: readonly Transaction[], rows: readonly Row[]): readonly Row[] {
  if (rows.length === 0) return [];
  const sent = new Map<string, Transaction | null>();
  for (const one of movements) noteSingle(sent, one.fitid, one);
  const byFitid = new Map<string, Row | null>();
  for (const row of rows) {
    const { fitid = null, key = null } = row;
    noteSingle(byFitid, fitid, row);
    if (key !== fitid) noteSingle(byFitid, key, row);
  }
  const again: Row[] = [];
  for (const [fitid, transaction] of sent) {
    const row = byFitid.get(fitid);
    if (transaction === null || row == null || row['fitid'] !== fitid) continue;
    const isAgain = row['posted_on'] === transaction.postedOn && row['amount'] === transaction.amount;
    if (isAgain && row['body'] === JSON.stringify(transaction)) again.push({ ...row, valid: 1, has_former: 1 });
  }
  return again;
}

/** Notes a value under its name; under the name of several, `null`. */
function noteSingle<T>(found: Map<string, T | null>, name: Value, one: T): void {
  if (typeof name === 'string') found.set(name, found.has(name) ? null : one);
}

function othersOf(fitids: readonly (string | null)[], scope: Scope): (fitid: string) => Namesakes {
  if (!scope.has.transactions) return () => NOBODY;
  return scope.has.spellings ? (fitid) => candidatesOf(fitid, scope) : candidatesAmong(fitids, scope);
}

function storedRow(key: string, { db, accountRow: row }: Scope): Row | null {
  return db.get(`SELECT ${STORED}, ${VALID} AS valid FROM transactions WHERE account = ? AND key = ?`, row, key);
}
