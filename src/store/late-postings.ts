/**
 * Late postings: transactions that an institution backdated, changed or removed after it had stated a balance. Without
 * them, balances seem to disagree with the transactions although nothing is missing.
 */

import { addDays, isIsoDate } from '../model/dates.js';
import { type Decimal, decimal } from '../model/decimal.js';
import { subtract, sum, ZERO } from '../model/money.js';
import type { Database, Row } from './database.js';

export interface BalanceDate {
  /** Day of the balance. */
  readonly date: string;
  readonly currency: string;
  /** Position of the statement that contained it. */
  readonly position: string;
}

interface LatePostings {
  /** Change of the stored sum up to the day since the balance was stated. */
  readonly shift: Decimal;
  /** Sum of the transactions of the day itself that arrived later. */
  readonly ofDay: Decimal;
}

/** Institutions backdate transactions by less than this. */
const FAR_DAYS = 45;

export function latePostings(db: Database, account: number, { date, currency, position }: BalanceDate): LatePostings {
  if (!isIsoDate(date)) return { shift: ZERO, ofDay: ZERO };
  const rows = db.all(
    `SELECT posted_on, amount, removed, removed_position, first_position,
       (SELECT json_array(json_extract(v.body, '$.postedOn'), json_extract(v.body, '$.amount')) FROM versions v
        WHERE v.transaction_id = t.id AND v.position > ?1 ORDER BY v.id LIMIT 1) AS former
     FROM transactions t
     WHERE account = ?2 AND posted_on BETWEEN ?3 AND ?4 AND currency = ?5 AND pending = 0 AND (position > ?1 OR removed_position > ?1)`,
    position,
    account,
    addDays(date, -FAR_DAYS),
    addDays(date, FAR_DAYS),
    currency,
  );
  const isNewOfDay = (row: Row) => isNew(row, position) && row['posted_on'] === date;
  return {
    shift: sum(
      rows.filter((row) => !isNewOfDay(row)).map((row) => subtract(now(row, date), then(row, date, position))),
    ),
    ofDay: sum(rows.filter(isNewOfDay).map((row) => now(row, date))),
  };
}

function isNew(row: Row, position: string): boolean {
  return String(row['first_position']) > position;
}

/** Returns what a row now adds to the sum up to a day. */
function now(row: Row, date: string): Decimal {
  return row['removed'] === 1 ? ZERO : upTo(date, row['posted_on'], row['amount']);
}

/** Returns what a row added when the balance was stated. */
function then(row: Row, date: string, position: string): Decimal {
  if (isNew(row, position)) return ZERO;
  if (row['removed'] === 1 && String(row['removed_position']) <= position) return ZERO;
  if (typeof row['former'] !== 'string') return upTo(date, row['posted_on'], row['amount']);
  const [postedOn, amount] = JSON.parse(row['former']) as readonly unknown[];
  return upTo(date, postedOn, amount);
}

function upTo(date: string, postedOn: unknown, amount: unknown): Decimal {
  return String(postedOn) <= date ? decimal(String(amount)) : ZERO;
}
