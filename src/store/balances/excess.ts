/** Transactions that may be stored once too often: those that would explain why balances disagree with what is stored. */

import { addDays, isIsoDate } from '../../model/dates.js';
import { type Decimal, isDecimal } from '../../model/decimal.js';
import { compare, negate, sum } from '../../model/money.js';
import type { Excess } from '../../model/stored.js';
import { type Database, type Row, stringOf, textOf } from '../database.js';

/** A transaction that is stored twice has both of its days within these. */
const NEAR_DAYS = 3;

/** Transactions that came late are dated back by less than this. */
const FAR_DAYS = 45;

/**
 * Returns the stored transactions without which two balances agree: such as the bank no longer lists, or of which there is
 * another of the same amount within some days. Returns none when nothing explains the difference.
 */
export function excessBetween(
  db: Database,
  account: number,
  span: { readonly from: string; readonly to: string; readonly currency: string; readonly missing: Decimal },
): readonly Excess[] {
  if (!isIsoDate(span.from)) return [];
  const wanted = negate(span.missing);
  const days = [addDays(span.from, -FAR_DAYS), span.to] as const;
  const unlisted = db
    .all(
      `${COLUMNS} WHERE account = ? AND posted_on BETWEEN ? AND ? AND currency = ? AND ${STORED} AND unlisted IS NOT NULL ORDER BY posted_on DESC, id DESC`,
      account,
      ...days,
      span.currency,
    )
    .flatMap(excessIn);
  const single = unlisted.find(({ amount }) => compare(amount, wanted) === 0);
  if (single !== undefined) return [single];
  if (unlisted.length > 1 && compare(sum(unlisted.map(({ amount }) => amount)), wanted) === 0) return unlisted;
  const twins = db
    .all(
      `${COLUMNS} WHERE account = ? AND posted_on BETWEEN ? AND ? AND currency = ? AND ${STORED} ORDER BY first_position DESC, posted_on DESC, id DESC`,
      account,
      ...days,
      span.currency,
    )
    .flatMap(excessIn)
    .filter(({ amount }) => compare(amount, wanted) === 0);
  return twins.filter((one) => twins.some((other) => other !== one && isNear(one, other))).slice(0, 1);
}

const COLUMNS = "SELECT public_id, posted_on, amount, json_extract(body, '$.name') AS name FROM transactions";
const STORED = 'pending = 0 AND removed = 0 AND json_valid(body)';

function isNear(a: Excess, b: Excess): boolean {
  return b.postedOn >= addDays(a.postedOn, -NEAR_DAYS) && b.postedOn <= addDays(a.postedOn, NEAR_DAYS);
}

function excessIn(row: Row): Excess[] {
  const [postedOn, amount] = [stringOf(row['posted_on']), stringOf(row['amount'])];
  if (!isDecimal(amount) || !isIsoDate(postedOn)) return [];
  return [{ id: stringOf(row['public_id']), postedOn, amount, name: textOf(row['name']) }];
}
