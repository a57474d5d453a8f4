/**
 * Late postings: transactions that an institution backdated, changed or removed after it had stated a balance. Without
 * them, balances seem to disagree with the transactions although nothing is missing.
 */

import { addDays, isIsoDate } from '../../model/dates.js';
import { type Decimal, decimal } from '../../model/decimal.js';
import { isZero, subtract, ZERO } from '../../model/money.js';
import type { Database, Row } from '../database.js';

export interface BalanceDate {
  /** Day of the balance. */
  readonly date: string;
  readonly currency: string;
  /** Position of the statement that contained it. */
  readonly position: string;
}

/** Institutions backdate transactions by less than this. */
const FAR_DAYS = 45;

interface LateRow {
  readonly row: Row;
  readonly postedOn: string;
  /** Former content, in the order in which it was replaced. */
  readonly former: readonly { readonly position: string; readonly postedOn: string; readonly amount: Decimal }[];
}

/**
 * Reads what came, changed or was removed after the first of the balances.
 * @returns for a balance, the changes of the stored sum up to its day since it was stated, in the order of arrival.
 */
export function latePostingsOf(
  db: Database,
  account: number,
  balances: readonly BalanceDate[],
): (balance: BalanceDate) => readonly Decimal[] {
  const days = balances.map(({ date }) => date).filter(isIsoDate);
  const first = balances.map(({ position }) => position).toSorted()[0];
  const [from, to] = [days[0], days.at(-1)];
  if (first === undefined || from === undefined || to === undefined) return () => [];
  const rows = db.all(
    `SELECT posted_on, amount, currency, removed, removed_position, first_position, position,
       (SELECT json_group_array(json_array(v.position, json_extract(v.body, '$.postedOn'), json_extract(v.body, '$.amount')))
        FROM (SELECT position, body FROM versions WHERE transaction_id = t.id AND json_valid(body) ORDER BY id) v) AS former
     FROM transactions t
     WHERE account = ?1 AND posted_on BETWEEN ?2 AND ?3 AND pending = 0 AND (position > ?4 OR removed_position > ?4 OR first_position > ?4)
     ORDER BY first_position, id`,
    account,
    addDays(from, -FAR_DAYS),
    addDays(to, FAR_DAYS),
    first,
  );
  const late = rows.map((row): LateRow => ({ row, postedOn: String(row['posted_on']), former: formerIn(row) }));
  return (balance) => {
    if (!isIsoDate(balance.date)) return [];
    const [first, last] = [addDays(balance.date, -FAR_DAYS), addDays(balance.date, FAR_DAYS)];
    const near = late.filter(({ postedOn }) => postedOn >= first && postedOn <= last);
    return near.map((one) => shiftOf(one, balance)).filter((shift) => !isZero(shift));
  };
}

function formerIn(row: Row): LateRow['former'] {
  const former = JSON.parse(String(row['former'])) as readonly (readonly unknown[])[];
  return former.map(([position, postedOn, amount]) => ({
    position: String(position),
    postedOn: String(postedOn),
    amount: decimal(String(amount)),
  }));
}

/** Returns what a row now adds to the sum up to the day of a balance, less what it added when that was stated. */
function shiftOf({ row, postedOn, former }: LateRow, { date, currency, position }: BalanceDate): Decimal {
  if (row['currency'] !== currency) return ZERO;
  const isNew = String(row['first_position']) > position;
  // What came later of the day itself is among the possible parts of that day.
  if (isNew && postedOn === date) return ZERO;
  const now = row['removed'] === 1 ? ZERO : upTo(date, postedOn, decimal(String(row['amount'])));
  if (isNew) return now;
  const isGone = row['removed'] === 1 && String(row['removed_position']) <= position;
  if (isGone) return now;
  const then = former.find((one) => one.position > position);
  return subtract(now, upTo(date, then?.postedOn ?? postedOn, then?.amount ?? decimal(String(row['amount']))));
}

function upTo(date: string, postedOn: string, amount: Decimal): Decimal {
  return postedOn <= date ? amount : ZERO;
}
