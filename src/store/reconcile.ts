/**
 * Reconciliation: when two successive ledger balances differ by something other than the transactions in between, money
 * is missing from the store; the amount and the dates are reported. A later statement that explains it clears the gap.
 */

import { type Decimal, isDecimal } from '../model/decimal.js';
import type { Institution } from '../model/institution.js';
import { absolute, add, compare, isZero, negate, subtract, sum, ZERO } from '../model/money.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import { damage } from './damage.js';
import type { Database } from './database.js';
import { type BalanceDate, latePostings } from './late-postings.js';

interface DatedAmount {
  readonly date: string;
  readonly amount: Decimal;
  readonly currency: string;
}

type StatedBalance = DatedAmount & BalanceDate;

/**
 * Checks every pair of balances that the statement may affect, and returns the differences that remain unexplained.
 * @param input.touched first day that the statement contains or has changed.
 */
export function reconcile(
  db: Database,
  account: number,
  input: { institution: Institution; kind: Statement['kind']; touched: string | null; at: Date },
): Notice[] {
  const { institution, kind, touched, at } = input;
  // The balance of a loan changes by the principal of a payment, not by its amount.
  if (institution.quirks.ledgerBalance === 'unreliable' || kind === 'investment' || kind === 'loan') {
    db.run('DELETE FROM gaps WHERE account = ?', account);
    return [];
  }
  return touched === null ? [] : reconcileFrom(db, account, { from: touched, at });
}

/** Checks every pair of balances from a day on. */
export function reconcileFrom(db: Database, account: number, { from, at }: { from: string; at: Date }): Notice[] {
  return pairsFrom(db, account, from).flatMap((pair) => checkPair(db, account, { ...pair, at }));
}

/** Pairs each balance with the one before it. */
function pairsFrom(db: Database, account: number, from: string): Pair[] {
  const balances = balancesAround(db, account, from);
  return balances.slice(1).flatMap((to, index) => {
    const before = balances[index];
    return before === undefined ? [] : [{ before, to }];
  });
}

/** Balances by which the sign is judged, the latest ones: a coincidence is among others, and a bank may change its ways. */
const JUDGED_PAIRS = 12;

/**
 * Returns `true` when successive balances differ by minus the transactions between them, more often than by plus.
 * @param from first day that the statement contains or has changed.
 */
export function contradictsItsSign(db: Database, account: number, from: string | null): boolean {
  if (from === null || !pairsFrom(db, account, from).some((pair) => signOf(db, account, pair) === 'other'))
    return false;
  const signs = pairsFrom(db, account, '')
    .slice(-JUDGED_PAIRS)
    .map((pair) => signOf(db, account, pair));
  const count = (sign: 'same' | 'other') => signs.filter((one) => one === sign).length;
  return count('other') > count('same');
}

/** Returns the sign that explains the difference; `null` when both do, as without a movement, or neither. */
function signOf(db: Database, account: number, pair: Pair): 'same' | 'other' | null {
  const turned = ({ amount, ...rest }: StatedBalance) => ({ ...rest, amount: negate(amount) });
  const same = missingBetween(db, account, pair) === null;
  const other = missingBetween(db, account, { before: turned(pair.before), to: turned(pair.to) }) === null;
  return same === other ? null : same ? 'same' : 'other';
}

function checkPair(
  db: Database,
  account: number,
  { before, to, at }: { before: StatedBalance; to: StatedBalance; at: Date },
): Notice[] {
  const known = db.get(
    'SELECT from_date, missing, currency, found_at FROM gaps WHERE account = ? AND to_date = ?',
    account,
    to.date,
  );
  const missing = missingBetween(db, account, { before, to });
  if (missing === null) {
    if (known !== null) db.run('DELETE FROM gaps WHERE account = ? AND to_date = ?', account, to.date);
    return [];
  }
  // A clock that was ahead when the gap was found would make it recent for as long.
  const isKnown = known?.['missing'] === missing && known['from_date'] === before.date;
  if (!isKnown || String(known['found_at']) > at.toISOString())
    db.insert(
      'gaps',
      {
        account,
        from_date: before.date,
        to_date: to.date,
        missing,
        currency: to.currency,
        found_at: at.toISOString(),
      },
      'replace',
    );
  return [
    {
      code: 'balance-gap',
      message: `the balances of ${before.date} and ${to.date} differ by ${missing} ${to.currency} more than the transactions between them: one may be missing`,
    },
  ];
}

interface Pair {
  readonly before: StatedBalance;
  readonly to: StatedBalance;
}

/** Returns the amount that the transactions leave unexplained; `null` for zero, or when currencies differ. */
function missingBetween(db: Database, account: number, { before, to }: Pair): Decimal | null {
  if (before.currency !== to.currency) return null;
  const rows = movements(db, account, { from: before.date, to: to.date, currency: to.currency });
  if (rows === null) return null;
  const ofDay = (day: string) => rows.filter(({ date }) => date === day).map(({ amount }) => amount);
  const edges = { first: ofDay(before.date), last: ofDay(to.date) };
  const inside = sum(rows.filter(({ date }) => date > before.date && date < to.date).map(({ amount }) => amount));
  const rest = subtract(subtract(to.amount, before.amount), inside);
  const splits = { first: splitSums(edges.first), last: splitSums(edges.last) };
  if (isSplit(rest, splits)) return null;
  const late = { first: latePostings(db, account, before), last: latePostings(db, account, to) };
  const shifted = [late.first.shift, ZERO].flatMap((first) =>
    [late.last.shift, ZERO].map((last) => add(subtract(rest, first), last)),
  );
  if (shifted.some((one) => isSplit(one, splits))) return null;
  const total = sum(edges.last);
  const differences = [rest, ...shifted].flatMap((one) =>
    [ZERO, late.first.ofDay].flatMap((first) =>
      [total, subtract(total, late.last.ofDay)].map((last) => subtract(subtract(one, first), last)),
    ),
  );
  return differences.reduce((least, one) => (compare(absolute(one), absolute(least)) < 0 ? one : least));
}

/**
 * Returns `true` when some split of the two edge days explains the difference. A balance may be from before or after some
 * movements of its own day, and institutions list a day in either order, so any split will do.
 */
function isSplit(
  rest: Decimal,
  { first, last }: { readonly first: ReadonlySet<Decimal>; readonly last: ReadonlySet<Decimal> },
): boolean {
  for (const late of first) if (last.has(subtract(rest, late))) return true;
  return false;
}

/** Returns the sums of the first 0, 1, 2 … amounts, and of the last ones, each in one spelling. */
function splitSums(amounts: readonly Decimal[]): ReadonlySet<Decimal> {
  const total = sum(amounts);
  const sums = new Set<Decimal>([ZERO, total]);
  let upTo = ZERO;
  for (const amount of amounts) {
    upTo = add(upTo, amount);
    sums.add(upTo);
    sums.add(subtract(total, upTo));
  }
  return sums;
}

/** Reads the last balance before the day, and all from the day on. */
function balancesAround(db: Database, account: number, from: string): StatedBalance[] {
  const before = db.all(
    "SELECT as_of AS date, amount, currency, position FROM balances WHERE account = ? AND kind = 'ledger' AND as_of < ? ORDER BY as_of DESC LIMIT 1",
    account,
    from,
  );
  const after = db.all(
    "SELECT as_of AS date, amount, currency, position FROM balances WHERE account = ? AND kind = 'ledger' AND as_of >= ? ORDER BY as_of",
    account,
    from,
  );
  return [...before, ...after].map((row) => ({ ...dated(row), position: String(row['position']) }));
}

/** Reads the movements of a span in its currency; `null` when some are in another currency, so that no sum is meaningful. */
function movements(
  db: Database,
  account: number,
  span: { from: string; to: string; currency: string },
): DatedAmount[] | null {
  const rows = db
    .all(
      'SELECT posted_on AS date, amount, currency FROM transactions WHERE account = ? AND posted_on BETWEEN ? AND ? AND pending = 0 AND removed = 0 ORDER BY posted_on, id',
      account,
      span.from,
      span.to,
    )
    .map(dated);
  return rows.every(({ currency, amount }) => currency === span.currency || isZero(amount)) ? rows : null;
}

function dated(row: Readonly<Record<string, unknown>>): DatedAmount {
  const [date, amount] = [String(row['date']), String(row['amount'])];
  if (!isDecimal(amount)) throw damage(`an amount of ${date}`);
  return { date, amount, currency: String(row['currency']) };
}
