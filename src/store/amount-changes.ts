/**
 * Changes of a transaction's amount since the mark of a consumer: whether the consumer has it at all, and the first day whose
 * balance contains the new amount.
 */

import { addDays, type IsoDate, isIsoDate, localDate } from '../model/dates.js';
import { compare } from '../model/money.js';
import type { Transaction } from '../model/statement.js';
import { type Database, stringOf } from './database.js';
import { transactionIn } from './rows.js';

interface Changed {
  /** Rows of the account and of the transaction. */
  readonly account: number;
  readonly id: number;
  readonly mark: number;
  readonly removed: boolean;
  readonly transaction: Transaction;
}

interface AmountChange {
  /** It was removed at the time of the mark. */
  readonly wasRemoved: boolean;
  /** `null` where amount and validity are as they were. */
  readonly statedOn: IsoDate | null;
}

/** The statement that brought a change. */
interface Step {
  readonly position: string;
  /** ISO 8601 instant. */
  readonly at: string;
}

export function amountChange(db: Database, changed: Changed): AmountChange {
  const { id, mark, removed, account } = changed;
  const flips = db.all(
    'SELECT position, at, removed FROM removals WHERE transaction_id = ? AND change > ? ORDER BY change',
    id,
    mark,
  );
  const [first] = flips;
  const wasRemoved = first === undefined ? removed : first['removed'] === 0;
  const last = flips.at(-1);
  const flip = last === undefined ? null : { position: stringOf(last['position']), at: stringOf(last['at']) };
  const step = removed ? flip : later(flip, amountStep(db, changed));
  return { wasRemoved, statedOn: step === null ? null : firstDayWith(db, account, step) };
}

function later(a: Step | null, b: Step | null): Step | null {
  if (a === null || b === null) return a ?? b;
  return a.position > b.position ? a : b;
}

/** Returns the statement that changed the amount last. */
function amountStep(db: Database, { id, mark, transaction }: Changed): Step | null {
  const versions = db.all(
    'SELECT position, replaced_at, body FROM versions WHERE transaction_id = ? AND change > ? ORDER BY change DESC',
    id,
    mark,
  );
  let next = transaction;
  for (const version of versions) {
    const former = transactionIn(version, 'a former version of a transaction');
    if (!hasSameAmount(former, next))
      return { position: stringOf(version['position']), at: stringOf(version['replaced_at']) };
    next = former;
  }
  return null;
}

function hasSameAmount(a: Transaction, b: Transaction): boolean {
  if (compare(a.amount, b.amount) !== 0 || a.currency !== b.currency) return false;
  return JSON.stringify(a.exchange) === JSON.stringify(b.exchange);
}

/**
 * Returns the day of the first balance that the bank stated with a change; until it has stated one, the day after the newest
 * balance without it, since any later one contains it.
 */
function firstDayWith(db: Database, account: number, { position, at }: Step): IsoDate {
  const before = stringOf(
    db.get(
      "SELECT MAX(as_of) AS day FROM balances WHERE account = ? AND kind = 'ledger' AND position < ?",
      account,
      position,
    )?.['day'],
  );
  const stated = stringOf(
    db.get(
      "SELECT MIN(as_of) AS day FROM balances WHERE account = ? AND kind = 'ledger' AND position >= ? AND as_of > ?",
      account,
      position,
      before,
    )?.['day'],
  );
  if (isIsoDate(stated)) return stated;
  if (isIsoDate(before)) return addDays(before, 1);
  // An investment account has the cash of its statements instead.
  const ended = stringOf(
    db.get('SELECT MIN(to_date) AS day FROM statements WHERE account = ? AND received_at >= ?', account, at)?.['day'],
  );
  return isIsoDate(ended) ? ended : localDate(new Date(at));
}
