/** Consumers of the store (a budgeting tool, a journal): the mark up to which each was served, and the changes since. */

import type { AccountRef } from '../model/account.js';
import type { TransactionChange, TransactionQuery } from '../ports.js';
import { type Database, numberOf, type Value } from './database.js';
import { noteHandover, recordHandover } from './handovers.js';
import { conditions, matches, storedTransaction } from './read.js';
import { transactionIn } from './rows.js';

/** Records that a consumer has everything of the accounts up to a change. A mark never goes back. */
export function setMark(
  db: Database,
  consumer: string,
  { accounts, upTo }: { accounts: readonly AccountRef[]; upTo: number },
): void {
  db.transaction(() => {
    for (const { institution, name } of accounts)
      db.run(
        `INSERT INTO marks (consumer, account, change)
         SELECT ?, id, ? FROM accounts WHERE institution = ? AND name = ?
         ON CONFLICT (consumer, account) DO UPDATE SET change = MAX(change, excluded.change)`,
        consumer,
        upTo,
        institution,
        name,
      );
    recordHandover(db, consumer, upTo);
  });
  noteHandover(db, consumer, upTo);
}

/** Uses the index of the changes, which is also the order of the result: few changes come after the mark of any account. */
const MARKED = `FROM transactions t INDEXED BY transactions_by_change CROSS JOIN accounts a ON a.id = t.account
  CROSS JOIN marks m ON m.consumer = ?1 AND m.account = t.account AND t.added <= m.change AND t.changed > m.change`;

/** Reads what changed since the mark, in the order in which it changed. */
export function* readChanges(db: Database, consumer: string, query: TransactionQuery): Iterable<TransactionChange> {
  const { newFor: _, upTo, ...filters } = query;
  const { where, values } = conditions({ ...filters, withRemoved: true });
  const until: Value[] = upTo === undefined ? [] : [upTo];
  const sql = `SELECT a.institution, a.name, t.public_id, t.body, t.id, t.removed, m.change ${MARKED}
    WHERE ${where} AND t.changed > (SELECT MIN(change) FROM marks WHERE consumer = ?1) AND t.pending = 0 ${upTo === undefined ? '' : 'AND t.changed <= ?'} ORDER BY t.changed`;
  for (const row of db.iterate(sql, consumer, ...values, ...until)) {
    const transaction = storedTransaction(row);
    if (!matches(transaction, filters)) continue;
    const former = db.get(
      'SELECT body FROM versions WHERE transaction_id = ? AND change > ? ORDER BY change LIMIT 1',
      numberOf(row['id']),
      numberOf(row['change']),
    );
    yield {
      transaction,
      former: former === null ? null : transactionIn(former, `a former version of the transaction ${transaction.id}`),
      removed: row['removed'] === 1,
    };
  }
}
