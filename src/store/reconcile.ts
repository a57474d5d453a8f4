/**
 * Reconciliation: when two successive ledger balances differ by something other than the transactions in between, money
 * is missing from the record, and the person is told how much and when. A later statement that explains it clears it.
 */

import { type Decimal, decimal } from '../model/decimal.js';
import type { Institution } from '../model/institution.js';
import { add, compare, isZero, subtract, sum } from '../model/money.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { Database } from './database.js';

interface DatedAmount {
  readonly date: string;
  readonly amount: Decimal;
  readonly currency: string;
}

/** Looks again at every pair of balances that the statement may explain, and gives what is still unexplained of them. */
export function reconcile(
  db: Database,
  account: number,
  input: { institution: Institution; statement: Statement; at: Date },
): Notice[] {
  const { institution, statement, at } = input;
  if (institution.quirks.ledgerBalance === 'unreliable' || statement.kind === 'investment') return [];
  const from =
    statement.period?.from ??
    statement.transactions.map(({ postedOn }) => postedOn).toSorted()[0] ??
    statement.ledgerBalance?.asOf ??
    null;
  if (from === null) return [];
  return reconcileFrom(db, account, { from, at });
}

/** Looks again at every pair of balances from a day on. */
export function reconcileFrom(db: Database, account: number, { from, at }: { from: string; at: Date }): Notice[] {
  const balances = balancesAround(db, account, from);
  return balances.slice(1).flatMap((to, index) => {
    const before = balances[index];
    return before === undefined ? [] : checkPair(db, account, { before, to, at });
  });
}

function checkPair(
  db: Database,
  account: number,
  { before, to, at }: { before: DatedAmount; to: DatedAmount; at: Date },
): Notice[] {
  const known = db.get(
    'SELECT from_date, missing, currency FROM gaps WHERE account = ? AND to_date = ?',
    account,
    to.date,
  );
  const missing = missingBetween(db, account, { before, to });
  if (missing === null) {
    if (known !== null) db.run('DELETE FROM gaps WHERE account = ? AND to_date = ?', account, to.date);
    return [];
  }
  if (known === null || known['missing'] !== missing || known['from_date'] !== before.date)
    db.run(
      'INSERT OR REPLACE INTO gaps (account, from_date, to_date, missing, currency, found_at) VALUES (?, ?, ?, ?, ?, ?)',
      account,
      before.date,
      to.date,
      missing,
      to.currency,
      at.toISOString(),
    );
  return [
    {
      code: 'balance-gap',
      message: `the balances of ${before.date} and ${to.date} differ by ${missing} ${to.currency} more than the transactions in between: one may be missing`,
    },
  ];
}

/** What the transactions leave unexplained; `null` when nothing, or when it cannot be told. */
function missingBetween(
  db: Database,
  account: number,
  { before, to }: { before: DatedAmount; to: DatedAmount },
): Decimal | null {
  if (before.currency !== to.currency) return null;
  const rows = movements(db, account, { from: before.date, to: to.date, currency: to.currency });
  if (rows === null) return null;
  const missing = unexplained(subtract(to.amount, before.amount), { before, to }, rows);
  return isZero(missing) ? null : missing;
}

/**
 * What the transactions do not explain. A balance may have been taken before or after the last movements of its own day,
 * so any split of the two edge days that explains the difference is good.
 */
function unexplained(
  difference: Decimal,
  edges: { before: DatedAmount; to: DatedAmount },
  rows: readonly DatedAmount[],
): Decimal {
  const inside = sum(
    rows.filter(({ date }) => date > edges.before.date && date < edges.to.date).map(({ amount }) => amount),
  );
  const first = suffixSums(rows.filter(({ date }) => date === edges.before.date));
  const last = prefixSums(rows.filter(({ date }) => date === edges.to.date));
  const rest = subtract(difference, inside);
  for (const late of first) for (const early of last) if (compare(rest, add(late, early)) === 0) return decimal('0');
  return subtract(rest, last.at(-1) ?? decimal('0'));
}

/** Sums of the first none, one, two … amounts. */
function prefixSums(rows: readonly DatedAmount[]): Decimal[] {
  const sums: Decimal[] = [decimal('0')];
  for (const { amount } of rows.slice(0, 100)) sums.push(add(sums.at(-1) ?? decimal('0'), amount));
  return sums;
}

function suffixSums(rows: readonly DatedAmount[]): Decimal[] {
  return prefixSums(rows.toReversed());
}

/** The last balance before the day, and all from it on. */
function balancesAround(db: Database, account: number, from: string): DatedAmount[] {
  const before = db.all(
    "SELECT as_of AS date, amount, currency FROM balances WHERE account = ? AND kind = 'ledger' AND as_of < ? ORDER BY as_of DESC LIMIT 1",
    account,
    from,
  );
  const after = db.all(
    "SELECT as_of AS date, amount, currency FROM balances WHERE account = ? AND kind = 'ledger' AND as_of >= ? ORDER BY as_of",
    account,
    from,
  );
  return [...before, ...after].map(dated);
}

/** Movements of a span in its currency; `null` when some are in another currency, which no sum can explain. */
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
  return rows.every(({ currency }) => currency === span.currency) ? rows : null;
}

function dated(row: Readonly<Record<string, unknown>>): DatedAmount {
  return { date: String(row['date']), amount: decimal(String(row['amount'])), currency: String(row['currency']) };
}
