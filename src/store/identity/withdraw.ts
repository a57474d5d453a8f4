/**
 * Withdrawn transactions: the bank no longer lists them, and its balances agree only without them. They are removed as a
 * correction removes them, and come back when they are listed again.
 */

import type { Notice } from '../../model/notice.js';
import { stringOf, textOf } from '../database.js';
import { removeTransaction } from '../removals.js';
import type { Scope } from '../rows.js';
import { transactionText } from './notices.js';

/** Removes the unlisted transactions that explain a gap, and says so. */
export function withdrawUnlisted(scope: Scope): Notice[] {
  const { db, accountRow: row, changes, tally } = scope;
  const rows = db.all(
    `SELECT DISTINCT t.id, t.posted_on, t.amount, json_extract(t.body, '$.name') AS name
     FROM gaps g, json_each(g.excess) e JOIN transactions t ON t.account = g.account AND t.public_id = e.value
     WHERE g.account = ? AND t.unlisted IS NOT NULL AND t.removed = 0`,
    row,
  );
  return rows.map((one) => {
    changes.touch(stringOf(one['posted_on']));
    removeTransaction(one['id'] ?? null, scope, { withdrawn: true });
    tally.removed += 1;
    const text = transactionText({
      postedOn: stringOf(one['posted_on']),
      amount: stringOf(one['amount']),
      name: textOf(one['name']),
    });
    return {
      code: 'withdrawn-transaction',
      message: `${text} is removed: the bank no longer lists it, and its balances agree without it`,
    };
  });
}
