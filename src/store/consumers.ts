/** What each consumer of the store (a budgeting tool, a journal) has had, and what is new or has changed for it since. */

import type { Account } from '../model/account.js';
import type { Transaction } from '../model/statement.js';
import type { TransactionChange, TransactionQuery } from '../ports.js';
import { type Database, numberOf, textOf, type Value } from './database.js';
import { conditions, fits, stored } from './read.js';

/** Notes that a consumer has had everything of the accounts up to a change. A mark never goes back. */
export function setMark(
  db: Database,
  consumer: string,
  { accounts, upTo }: { accounts: readonly Pick<Account, 'institution' | 'name'>[]; upTo: number },
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
  });
}

/** By the index of the changes, whose order is wanted, too: only few come after the mark of any account. */
const MARKED = `FROM transactions t INDEXED BY transactions_by_change CROSS JOIN accounts a ON a.id = t.account
  CROSS JOIN marks m ON m.consumer = ?1 AND m.account = t.account AND t.added <= m.change AND t.changed > m.change`;

/** In the order in which the changes happened. */
export function* readChanges(db: Database, consumer: string, query: TransactionQuery): Iterable<TransactionChange> {
  const { newFor: _, upTo, ...filters } = query;
  const { where, values } = conditions({ ...filters, withRemoved: true });
  const until: Value[] = upTo === undefined ? [] : [upTo];
  const sql = `SELECT a.institution, a.name, t.public_id, t.body, t.id, t.removed, m.change ${MARKED}
    WHERE ${where} AND t.changed > (SELECT MIN(change) FROM marks WHERE consumer = ?1) AND t.pending = 0 ${upTo === undefined ? '' : 'AND t.changed <= ?'} ORDER BY t.changed`;
  for (const row of db.iterate(sql, consumer, ...values, ...until)) {
    const transaction = stored(row);
    if (!fits(transaction, filters)) continue;
    const former = db.get(
      'SELECT body FROM versions WHERE transaction_id = ? AND change > ? ORDER BY change LIMIT 1',
      numberOf(row['id']),
      numberOf(row['change']),
    );
    yield {
      transaction,
      former: former === null ? null : (JSON.parse(textOf(former['body']) ?? '{}') as Transaction),
      removed: row['removed'] === 1,
    };
  }
}
