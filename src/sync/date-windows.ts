/** Splits windows that are longer than an institution answers, merges the statements of the pieces, and finds where to resume. */

import { addDays, daysBetween, earlier, type IsoDate, later, type Period } from '../model/dates.js';
import type { Balance, Statement, Transaction } from '../model/statement.js';
import type { StatementWindow, WindowState } from '../ports.js';

/** A refusal of fewer days than these is not about the length of the window. */
const SHORTEST_DAYS = 3;

/** Returns the older and the newer half of a window, `null` when it is too short to cut. `today` stands for an open end. */
export function halve(
  wanted: StatementWindow,
  today: IsoDate,
): { readonly older: StatementWindow; readonly newer: StatementWindow } | null {
  const days = daysBetween(wanted.from, wanted.to ?? today);
  if (days < SHORTEST_DAYS) return null;
  const cut = addDays(wanted.from, Math.ceil(days / 2));
  return { older: { ...wanted, to: addDays(cut, -1) }, newer: { ...wanted, from: cut } };
}

/** Halves a window until each piece is at most `maxDays` long, the newest first; a window that is short enough stays whole. */
export function shortWindows(
  wanted: StatementWindow,
  maxDays: number | undefined,
  today: IsoDate,
): readonly StatementWindow[] {
  if (maxDays === undefined || daysBetween(wanted.from, wanted.to ?? today) < maxDays) return [wanted];
  const halves = halve(wanted, today);
  if (halves === null) return [wanted];
  return [...shortWindows(halves.newer, maxDays, today), ...shortWindows(halves.older, maxDays, today)];
}

/** Days for which a balance gap widens the windows, so that transactions that are posted late are still found. */
const LATE_DAYS = 30;

/** Institutions date transactions back by less than this. */
const BACKDATED_DAYS = 45;

/** Returns the first day from which the transaction that explains a balance gap may be dated. */
export function beforeGap({ from }: { readonly from: IsoDate }): IsoDate {
  return addDays(from, -BACKDATED_DAYS);
}

/**
 * Returns the first day of an account's next window: the end of the days that are covered from `first` on, less the overlap.
 * Uncovered days in between are thus requested again; after a pause longer than `history` the window begins where the record
 * ends. Files count as a download only when they reach as far back. Late postings show as balance gaps, unless days that nobody
 * has explain these, as after the file of an older year; where no balances are stated, the first window of each month reaches
 * back as far as transactions are dated back.
 */
export function resumeFrom(
  state: Pick<WindowState, 'coverage' | 'gaps' | 'ledgerBalance'>,
  { first, overlapDays, today }: { first: IsoDate; overlapDays: number; today: IsoDate },
): IsoDate {
  const { coverage, gaps } = state;
  const downloaded = coverage.filter((span) => span.downloaded);
  const span =
    coverage.find(({ from, to }) => to >= first && (from <= first || from <= addDays(first, overlapDays))) ??
    downloaded.findLast(({ to }) => to < first) ??
    downloaded[0];
  // Days to come were covered by a run with a wrong clock, which says nothing of the days until today.
  if (span === undefined || (span.to > today && span.to > addDays(today, 1))) return first;
  const end = addDays(earlier(span.to, today), -overlapDays);
  const late = gaps.find(
    ({ from, foundAt }) =>
      foundAt.slice(0, 10) >= addDays(today, -LATE_DAYS) && isCovered(coverage, { from, to: first }),
  );
  if (late !== undefined) return earlier(end, beforeGap(late));
  const isMonthly = span.to.slice(0, 7) < today.slice(0, 7) && state.ledgerBalance === null;
  return isMonthly ? earlier(end, addDays(today, -BACKDATED_DAYS)) : end;
}

/** Returns `true` when all days after the first one and before the last one are covered. */
function isCovered(coverage: WindowState['coverage'], { from, to }: Period): boolean {
  const reached = coverage
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))
    .reduce((day, span) => (span.from <= addDays(day, 1) ? later(day, span.to) : day), from);
  return addDays(reached, 1) >= to;
}

/** Merges statements of one account, the newest last: the newest balances, and the transactions in the order given. */
export function mergeStatements(statements: readonly Statement[]): Statement | null {
  const newest = statements.at(-1);
  if (newest === undefined || statements.length === 1) return newest ?? null;
  // Securities and cash are those of the newest statement, and so is the balance that is known in the place of them.
  const stating = newest.kind === 'investment' ? [newest] : statements;
  const balances = stating.flatMap(({ ledgerBalance }) => ledgerBalance ?? []);
  const available = stating.flatMap(({ availableBalance }) => availableBalance ?? []);
  const periods = statements.flatMap(({ period }) => (period === null ? [] : [period]));
  const starts = periods.map(({ from }) => from).toSorted();
  const ends = periods.map(({ to }) => to).toSorted();
  const [from, to] = [starts[0], ends.at(-1)];
  return {
    ...newest,
    period: from === undefined || to === undefined ? null : { from, to },
    ledgerBalance: newestOf(balances),
    availableBalance: newestOf(available),
    transactions: transactionsOf(statements),
    securities: statements.flatMap(({ securities }) => securities),
    closings: statements.flatMap(({ closings }) => closings),
    ...(statements.some(({ incomplete }) => incomplete === true) ? { incomplete: true as const } : {}),
    notices: statements.flatMap(({ notices }) => notices),
  };
}

/** Compares as-of dates, since institutions list statements in either order; of one day the last counts. */
function newestOf(balances: readonly Balance[]): Balance | null {
  let newest: Balance | null = null;
  for (const balance of balances)
    if (newest === null || (balance.asOf ?? '9999') >= (newest.asOf ?? '9999')) newest = balance;
  return newest;
}

/**
 * Lists a transaction of several pieces once, or as often as one piece has it: pending ones are in each piece, and some
 * institutions send more days than were requested.
 */
function transactionsOf(pieces: readonly Pick<Statement, 'transactions'>[]): Transaction[] {
  const most = new Map<string, number>();
  return pieces.flatMap(({ transactions }) => {
    const mine = new Map<string, number>();
    return transactions.filter((transaction) => {
      const text = JSON.stringify(transaction);
      const count = (mine.get(text) ?? 0) + 1;
      mine.set(text, count);
      if (count <= (most.get(text) ?? 0)) return false;
      most.set(text, count);
      return true;
    });
  });
}
