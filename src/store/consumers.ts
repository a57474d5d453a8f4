/** Consumers of the store (a budgeting tool, a journal): the mark up to which each was served, and the changes since. */

import type { AccountRef } from '../model/account.js';
import type { ConsumerMark, ConsumerRecord, Served, TransactionChange, TransactionQuery } from '../ports.js';
import { amountChange } from './amount-changes.js';
import { type Database, numberOf, type Row, stringOf, textOf, type Value } from './database.js';
import { forgetHandover, noteHandover, recordHandover } from './handovers.js';
import { conditions, matches, storedTransaction } from './read.js';
import { transactionIn } from './rows.js';

/** Records that a consumer has everything of the accounts up to a change. A mark never goes back. */
export function setMark(
  db: Database,
  consumer: string,
  { accounts, upTo, served }: { accounts: readonly AccountRef[]; upTo: number; served: Served | undefined },
): void {
  const file = served?.file;
  db.transaction(() => {
    for (const { institution, name } of accounts)
      db.run(
        `INSERT INTO marks (consumer, account, change, served_at, file)
         SELECT ?1, id, ?2, ?3, ?4 FROM accounts WHERE institution = ?5 AND name = ?6
         ON CONFLICT (consumer, account) DO UPDATE SET change = MAX(change, excluded.change),
           served_at = COALESCE(excluded.served_at, served_at), file = CASE WHEN ?7 THEN file ELSE excluded.file END`,
        consumer,
        upTo,
        served?.at.toISOString() ?? null,
        file ?? null,
        institution,
        name,
        file === undefined ? 1 : 0,
      );
    recordHandover(db, consumer, upTo);
  });
  noteHandover(db, consumer, upTo);
}

export function readMarks(db: Database, consumer: string): ConsumerMark[] {
  return db
    .all(
      `SELECT a.institution, a.name, m.served_at, m.file FROM marks m JOIN accounts a ON a.id = m.account
       WHERE m.consumer = ? ORDER BY a.institution, a.name`,
      consumer,
    )
    .map(markIn);
}

/** Reads all consumers, also those without a mark in an account that is still stored. */
export function readConsumers(db: Database): ConsumerRecord[] {
  const names = db.all('SELECT consumer FROM marks UNION SELECT consumer FROM handovers ORDER BY consumer');
  const rows = db.all(
    `SELECT m.consumer, a.institution, a.name, m.served_at, m.file,
       (SELECT COUNT(*) FROM transactions t WHERE t.account = a.id AND t.removed = 0 AND t.pending = 0 AND t.added <= m.change) AS received,
       (SELECT COUNT(*) FROM transactions t WHERE t.account = a.id AND t.removed = 0 AND t.pending = 0 AND t.added > m.change) AS waiting
     FROM marks m JOIN accounts a ON a.id = m.account ORDER BY a.institution, a.name`,
  );
  return names.map((row) => {
    const name = stringOf(row['consumer']);
    const accounts = rows
      .filter(({ consumer }) => consumer === name)
      .map((mark) => ({
        ...markIn(mark),
        received: numberOf(mark['received']),
        waiting: numberOf(mark['waiting']),
      }));
    return { name, accounts };
  });
}

function markIn(row: Row): ConsumerMark {
  return {
    institution: stringOf(row['institution']),
    account: stringOf(row['name']),
    servedAt: textOf(row['served_at']),
    file: textOf(row['file']),
  };
}

/** Moves all marks of a consumer to the start, so that it receives everything anew. */
export function resetConsumer(db: Database, consumer: string): void {
  db.transaction(() => {
    db.run('UPDATE marks SET change = 0, served_at = NULL, file = NULL WHERE consumer = ?', consumer);
    db.run('DELETE FROM declarations WHERE consumer = ?', consumer);
  });
}

export function readDeclared(db: Database, consumer: string): ReadonlySet<string> {
  return new Set(
    db.all('SELECT name FROM declarations WHERE consumer = ?', consumer).map((row) => stringOf(row['name'])),
  );
}

export function addDeclared(db: Database, consumer: string, names: Iterable<string>): void {
  db.transaction(() => {
    for (const name of names)
      db.run('INSERT OR IGNORE INTO declarations (consumer, name) VALUES (?, ?)', consumer, name);
  });
}

/** Removes a consumer from the store and from the file beside it. */
export function removeConsumer(db: Database, consumer: string): void {
  db.transaction(() => {
    db.run('DELETE FROM marks WHERE consumer = ?', consumer);
    db.run('DELETE FROM handovers WHERE consumer = ?', consumer);
    db.run('DELETE FROM declarations WHERE consumer = ?', consumer);
  });
  forgetHandover(db, consumer);
}

/** Uses the index of the changes, which is also the order of the result: few changes come after the mark of any account. */
const MARKED = `FROM transactions t INDEXED BY transactions_by_change CROSS JOIN accounts a ON a.id = t.account
  CROSS JOIN marks m ON m.consumer = ?1 AND m.account = t.account AND t.added <= m.change AND t.changed > m.change`;

/** Reads what changed since the mark, in the order in which it changed. */
export function* readChanges(db: Database, consumer: string, query: TransactionQuery): Iterable<TransactionChange> {
  const { newFor: _, upTo, ...filters } = query;
  const { where, values } = conditions({ ...filters, withRemoved: true });
  const until: Value[] = upTo === undefined ? [] : [upTo];
  const sql = `SELECT a.institution, a.name, t.public_id, t.body, t.id, t.account, t.removed, m.change ${MARKED}
    WHERE ${where} AND t.changed > (SELECT MIN(change) FROM marks WHERE consumer = ?1) AND t.pending = 0 ${upTo === undefined ? '' : 'AND t.changed <= ?'} ORDER BY t.changed`;
  for (const row of db.iterate(sql, consumer, ...values, ...until)) {
    const transaction = storedTransaction(row);
    if (!matches(transaction, filters)) continue;
    const removed = row['removed'] === 1;
    const [id, account, mark] = [numberOf(row['id']), numberOf(row['account']), numberOf(row['change'])];
    const { wasRemoved, statedOn } = amountChange(db, { account, id, mark, removed, transaction });
    if (removed && wasRemoved) continue;
    const former = db.get(
      'SELECT body FROM versions WHERE transaction_id = ? AND change > ? ORDER BY change LIMIT 1',
      id,
      mark,
    );
    yield {
      transaction,
      former: former === null ? null : transactionIn(former, `a former version of the transaction ${transaction.id}`),
      removed,
      wasRemoved,
      statedOn,
    };
  }
}
