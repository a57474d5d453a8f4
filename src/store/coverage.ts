/**
 * Coverage: the days that statements cover, and the holes that the institution no longer provides. The next window is
 * chosen from it, and days that only a file can still bring are reported.
 */

import {
  addDays,
  clocksDisagree,
  daysBetween,
  earlier,
  type IsoDate,
  isIsoDate,
  later,
  localDate,
  type Period,
  withoutSpan,
  withSpan,
} from '../model/dates.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { Coverage, SaveContext } from '../ports.js';
import { dayMade } from './arrivals.js';
import { type Database, type Row, stringOf } from './database.js';
import type { Scope } from './rows.js';

/** Records the days of a statement; returns a notice for days that it should have covered and no statement does. */
export function saveCoverage(
  covered: Period,
  { statement, isNewest }: { readonly statement: Statement; readonly isNewest: boolean },
  scope: Scope,
): Notice[] {
  const { db, accountRow: row, context } = scope;
  const stored = readCoverage(db, row);
  const known = isNewest && dropDaysToCome(stored, scope) ? readCoverage(db, row) : stored;
  if (scope.has.holes) fillHoles(covered, scope);
  const hole = holeBefore(covered, { statement, known }, scope);
  const isDownload = context.wanted !== null;
  addCoverage(db, row, { ...covered, from: hole?.from ?? covered.from, downloaded: isDownload }, known);
  // Limits move with time: an older statement says nothing about today's.
  if (isNewest) updateHistoryDays(covered, scope);
  if (hole === null) return [];
  db.insert('holes', { account: row, from_date: hole.from, to_date: hole.to, found_at: scope.asOf }, 'ignore');
  return [
    {
      code: 'coverage-gap',
      message: `no statement covers ${hole.from} to ${hole.to}: the bank’s history starts later. If you can download a file for these days: ofx-sync import FILE`,
    },
  ];
}

export function readCoverage(db: Database, account: number): Coverage[] {
  return db
    .all('SELECT from_date, to_date, downloaded FROM coverage WHERE account = ? ORDER BY from_date', account)
    .flatMap(coverageIn);
}

/** Returns the covered days of a row, or nothing when its days are not dates. */
export function coverageIn(row: Row): Coverage[] {
  return periodIn(row).map((period) => ({ ...period, downloaded: row['downloaded'] === 1 }));
}

/** Returns the period of a row with `from_date` and `to_date`, or nothing when these are not dates. */
export function periodIn(row: Row): Period[] {
  const [from, to] = [stringOf(row['from_date']), stringOf(row['to_date'])];
  return isIsoDate(from) && isIsoDate(to) ? [{ from, to }] : [];
}

/**
 * Returns the days that a statement covers: from the first requested day that it provides to its end. It never ends after
 * the day on which it was made, since more may still post until then.
 */
export function coveredPeriod({ period, incomplete }: Statement, { context }: Scope): Period | null {
  const { wanted } = context;
  if (incomplete === true) return null;
  if (wanted === null) {
    // A file has nothing of the days after it was made, whenever it is imported.
    const made = dayMade(context);
    if (period === null || period.from > made) return null;
    return { from: period.from, to: earlier(later(period.to, period.from), made) };
  }
  const today = lastDay(context);
  const from = wanted.limit === undefined ? wanted.from : later(wanted.from, addDays(wanted.limit, 1));
  const end = earlier(wanted.to ?? today, today);
  return { from, to: later(earlier(period?.to ?? end, end), from) };
}

/** Returns the day on which a download was made. A clock that is ahead of the bank's would cover days that are still to come. */
function lastDay({ at, serverTime, wanted }: SaveContext): IsoDate {
  const today = localDate(at);
  const theirs = (serverTime ?? '').slice(0, 10);
  const isAhead = clocksDisagree(at, serverTime) && theirs < today;
  return isAhead && isIsoDate(theirs) && theirs >= (wanted?.from ?? theirs) ? theirs : today;
}

/**
 * Removes days that are still to come: a run with a wrong clock covered them. Only two clocks that agree show that.
 * @returns `true` when there were any.
 */
function dropDaysToCome(known: readonly Coverage[], { db, accountRow: row, context }: Scope): boolean {
  const { at, serverTime, wanted } = context;
  if (wanted === null || serverTime == null || clocksDisagree(at, serverTime)) return false;
  const last = addDays(localDate(at), 1);
  if (known.every(({ to }) => to <= last)) return false;
  db.run('DELETE FROM coverage WHERE account = ? AND from_date > ?', row, last);
  db.run('UPDATE coverage SET to_date = from_date WHERE account = ? AND to_date > ?', row, last);
  return true;
}

/** Returns the days between earlier coverage and the statement that were requested and that the institution did not provide. */
function holeBefore(
  covered: Period,
  { statement, known }: { statement: Statement; known: readonly Coverage[] },
  scope: Scope,
): Period | null {
  const { wanted } = scope.context;
  if (wanted === null) return null;
  const end = wanted.limit ?? silentLimit(covered, statement);
  if (end === null) return null;
  const before = known.findLast(({ from, downloaded }) => downloaded && from <= end);
  if (before === undefined || before.to >= end) return null;
  const from = addDays(before.to, 1);
  if (wanted.limit === undefined && (from < covered.from || isExplained({ from, to: end }, statement, scope)))
    return null;
  return { from, to: end };
}

/** Some institutions silently begin a statement later than requested; others send the day of the first transaction as DTSTART. */
function silentLimit(covered: Period, { period }: Statement): IsoDate | null {
  return period !== null && period.from > covered.from ? addDays(period.from, -1) : null;
}

/** Returns `true` when the balances on both sides agree with the transactions, which shows that nothing is missing. */
function isExplained({ from, to }: Period, statement: Statement, { db, accountRow: row, context }: Scope): boolean {
  if (statement.ledgerBalance === null || statement.kind === 'investment') return false;
  if (context.institution.quirks.ledgerBalance === 'unreliable') return false;
  const before = db.get(
    "SELECT 1 FROM balances WHERE account = ? AND kind = 'ledger' AND as_of <= ? LIMIT 1",
    row,
    from,
  );
  const gap = db.get('SELECT 1 FROM gaps WHERE account = ? AND from_date <= ? AND to_date >= ? LIMIT 1', row, to, from);
  return before !== null && gap === null;
}

/** Adds a span to the coverage of an account and joins it with the spans that it touches. */
export function addCoverage(
  db: Database,
  account: number,
  added: Coverage,
  known: readonly Coverage[] = readCoverage(db, account),
): void {
  const joined = withSpan(known, added);
  const same =
    joined.length === known.length &&
    joined.every(({ from, to }, at) => known[at]?.from === from && known[at]?.to === to);
  const touched = (span: Period) => known.filter(({ from, to }) => from <= span.to && to >= span.from);
  const all = joined.map((span) => ({
    ...span,
    downloaded:
      touched(span).some(({ downloaded }) => downloaded) ||
      (added.downloaded && added.from >= span.from && added.to <= span.to),
  }));
  if (same && all.every(({ downloaded }, at) => known[at]?.downloaded === downloaded)) return;
  writeCoverage(db, account, { known, all });
}

/** A span that only grows at its end, as it does on each day, is changed in its place. */
function writeCoverage(
  db: Database,
  account: number,
  { known, all }: { readonly known: readonly Coverage[]; readonly all: readonly Coverage[] },
): void {
  const before = new Map(known.map((span) => [span.from, span]));
  const isInPlace = all.length === known.length && all.every(({ from }) => before.has(from));
  if (!isInPlace) db.run('DELETE FROM coverage WHERE account = ?', account);
  for (const { from, to, downloaded: isDownload } of all) {
    const former = isInPlace ? before.get(from) : undefined;
    const downloaded = isDownload ? 1 : 0;
    if (former === undefined) db.insert('coverage', { account, from_date: from, to_date: to, downloaded });
    else if (former.to !== to || former.downloaded !== isDownload)
      db.run(
        'UPDATE coverage SET to_date = ?, downloaded = ? WHERE account = ? AND from_date = ?',
        to,
        downloaded,
        account,
        from,
      );
  }
}

/** Removes the days of a statement from the holes of an account. */
function fillHoles(covered: Period, { db, accountRow: row }: Scope): void {
  const holes = db.all(
    'SELECT from_date, to_date, found_at FROM holes WHERE account = ? AND from_date <= ? AND to_date >= ?',
    row,
    covered.to,
    covered.from,
  );
  for (const hole of holes) {
    const [span] = periodIn(hole);
    if (span === undefined) continue;
    db.run('DELETE FROM holes WHERE account = ? AND from_date = ?', row, span.from);
    // Two holes may have had the same days.
    for (const { from, to } of withoutSpan(span, covered))
      db.run(
        `INSERT INTO holes (account, from_date, to_date, found_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (account, from_date) DO UPDATE SET to_date = MAX(to_date, excluded.to_date)`,
        row,
        from,
        to,
        hole['found_at'] ?? '',
      );
  }
}

/** Records the institution's own limit, so that no run asks beyond it again; forgets it when the institution provides more. */
function updateHistoryDays(covered: Period, { db, accountRow: row, before, context }: Scope): void {
  const { wanted, at } = context;
  if (wanted === null || (wanted.limit === undefined && before['history_days'] === null)) return;
  const days = daysBetween(covered.from, localDate(at));
  if (wanted.limit !== undefined) {
    db.run('UPDATE accounts SET history_days = ? WHERE id = ? AND history_days IS NOT ?', days, row, days);
    return;
  }
  db.run('UPDATE accounts SET history_days = NULL WHERE id = ? AND history_days < ?', row, days);
}
