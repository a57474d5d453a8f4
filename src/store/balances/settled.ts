/**
 * Balances that still hold: nothing that the account has up to their day arrived, changed or was removed after the bank
 * had stated them. A bank books late for days, so that only the balance of an older day is certain to stay as it is.
 */

import type { AccountRef } from '../../model/account.js';
import { addDays, isIsoDate } from '../../model/dates.js';
import type { Balance } from '../../model/statement.js';
import type { ClosingState, Holdings } from '../../model/stored.js';
import { readCoverage } from '../coverage.js';
import { type Database, numberOf, stringOf } from '../database.js';
import { balanceIn, findAccount, holdingsIn } from '../read.js';
import { latePostingsOf } from './late-postings.js';

/** Balances that are looked through for one that holds, newest first. */
const MOST_LOOKED_AT = 100;

/**
 * Returns the account with its newest balance and holdings that still hold.
 * @param settledDays only those of days further back than this from the end of the last statement; `null` for any.
 */
export function readSettledState(db: Database, account: AccountRef, settledDays: number | null): ClosingState | null {
  const row = findAccount(db, account);
  if (row === null) return null;
  const id = numberOf(row['id']);
  const before = settledDays === null ? '9999-12-31' : dayBeforeEnd(db, id, settledDays);
  return {
    institution: account.institution,
    account: account.name,
    ledgerBalance: settledBalance(db, id, before),
    holdings: settledHoldings(db, id, before),
    coverage: readCoverage(db, id),
  };
}

/** Returns a day so far before the end of the last statement. */
function dayBeforeEnd(db: Database, account: number, days: number): string {
  const end = stringOf(db.get('SELECT MAX(to_date) AS day FROM statements WHERE account = ?', account)?.['day']);
  return isIsoDate(end) ? addDays(end, -days) : '';
}

function settledBalance(db: Database, account: number, before: string): Balance | null {
  // One after the other, since the first one mostly holds. What came and went again, or changed and changed back, counts: a
  // journal may have both, the second on a later day.
  const rows = db.iterate(
    `SELECT amount, currency, as_of, position FROM balances b WHERE account = ?1 AND kind = 'ledger' AND as_of < ?2
       AND NOT EXISTS (SELECT 1 FROM transactions t WHERE t.account = ?1 AND t.posted_on <= b.as_of AND t.pending = 0
         AND (t.first_position > b.position OR t.position > b.position AND EXISTS (SELECT 1 FROM versions v
           WHERE v.transaction_id = t.id AND v.position > b.position AND json_valid(v.body)
             AND json_extract(v.body, '$.amount') <> t.amount)))
       AND NOT EXISTS (SELECT 1 FROM removals r CROSS JOIN transactions t ON t.id = r.transaction_id
         WHERE r.position > b.position AND t.account = ?1 AND t.posted_on <= b.as_of)
     ORDER BY as_of DESC LIMIT ${MOST_LOOKED_AT}`,
    account,
    before,
  );
  for (const row of rows) {
    const [date, currency, position] = [stringOf(row['as_of']), stringOf(row['currency']), stringOf(row['position'])];
    const balance = { date, currency, position };
    if (latePostingsOf(db, account, [balance])(balance).length === 0) return balanceIn(row, 'ledger');
  }
  return null;
}

function settledHoldings(db: Database, account: number, before: string): Holdings | null {
  const row = db.get(
    `SELECT to_date, detail FROM statements s WHERE account = ?1 AND to_date < ?2
       AND NOT EXISTS (SELECT 1 FROM transactions t WHERE t.account = ?1 AND t.posted_on <= s.to_date AND t.pending = 0
         AND (t.first_seen_at > s.received_at OR t.removed_at > s.received_at
           OR EXISTS (SELECT 1 FROM versions v WHERE v.transaction_id = t.id AND v.replaced_at > s.received_at)))
     ORDER BY to_date DESC, id DESC LIMIT 1`,
    account,
    before,
  );
  return holdingsIn(row);
}
