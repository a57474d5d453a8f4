/**
 * Transactions that a statement lacks. A complete list that no longer has a transaction is the strongest evidence there is; but a
 * reply that is cut off, capped in number, or starts later than requested proves nothing about the days that it lacks. Pure.
 */

import { addDays, later, type Period } from '../../model/dates.js';
import type { Transaction } from '../../model/statement.js';
import type { Candidate } from './content-index.js';

/** Institutions that cap the number of transactions allow at least this many. */
const LEAST_CAP = 10;

/**
 * Returns the days of which a statement lists every transaction, as far as it shows. The first day of the window is not
 * among them, since a transaction may have posted before the hour at which the statement begins.
 */
export function listedDays(
  transactions: readonly Transaction[],
  rows: readonly Candidate[],
  { window, listedBefore }: { readonly window: Period; readonly listedBefore: number | null },
): Period {
  const days = transactions.map(({ postedOn }) => postedOn).toSorted();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return { from: addDays(window.from, 1), to: window.to };
  const inWindow = rows.filter(({ removed, postedOn }) => !removed && postedOn > window.from);
  const older = inWindow.filter(({ postedOn }) => postedOn < first).length;
  const newer = inWindow.filter(({ postedOn }) => postedOn > last).length;
  const count = transactions.length;
  const isCapped = count >= LEAST_CAP && (count === listedBefore || count % LEAST_CAP === 0);
  const isCut = (lacking: number) => lacking > 1 || (lacking === 1 && isCapped);
  const from = first < window.from ? window.from : addDays(window.from, 1);
  return { from: isCut(older) ? later(addDays(first, 1), from) : from, to: isCut(newer) ? last : window.to };
}

/** Returns `true` for a list that has most of what is known: one that has little of it is not complete. */
export function isTrusted({ listed, lacking }: { readonly listed: number; readonly lacking: number }): boolean {
  return listed > 0 && lacking <= listed;
}
