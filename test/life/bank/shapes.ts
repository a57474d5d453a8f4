/** Ways in which a statement lacks rows that were requested, or has others. */

import { dayOf } from '../calendar.js';
import type { Shape } from './behaviour.js';

/** Applies a shape to a share of the statements. */
export function sometimes(share: number, shape: Shape): Shape {
  return (statement, occasion, all) => (occasion.random.chance(share) ? shape(statement, occasion, all) : statement);
}

/** Ends after half of the rows, as after a time limit of the server, and does not say that it does. */
export const truncated: Shape = (statement) => ({
  ...statement,
  rows: statement.rows.slice(0, Math.ceil(statement.rows.length / 2)),
  isComplete: statement.rows.length < 2,
});

/** At most so many rows, the newest ones. */
export const capped =
  (most: number): Shape =>
  (statement) => {
    const { rows } = statement;
    if (rows.length <= most) return statement;
    const newest = new Set(rows.toSorted((a, b) => b.day - a.day || b.serial - a.serial).slice(0, most));
    return { ...statement, rows: rows.filter((row) => newest.has(row)), isComplete: false };
  };

/** Begins later than requested. */
export const startsLater =
  (days: number, stating: 'in DTSTART' | 'silently'): Shape =>
  (statement) => {
    const from = Math.min(statement.from + days, statement.to);
    const rows = statement.rows.filter(({ day }) => day >= from);
    return { ...statement, rows, isComplete: false, from: stating === 'in DTSTART' ? from : statement.from };
  };

/** Has no days before a limit. */
export const history =
  (days: number, stating: 'in DTSTART' | 'silently'): Shape =>
  (statement, { moment }) => {
    const limit = dayOf(moment) - days;
    if (statement.from >= limit) return statement;
    const rows = statement.rows.filter(({ day }) => day >= limit);
    return { ...statement, rows, isComplete: false, from: stating === 'in DTSTART' ? limit : statement.from };
  };

export const empty: Shape = (statement) => ({ ...statement, rows: [], isComplete: false });

export const withoutBalance: Shape = (statement) => ({ ...statement, balance: null });

/** States the balance of a row too few. */
export const wrongBalance: Shape = (statement) => {
  const { balance, rows } = statement;
  const last = rows.at(-1);
  if (balance === null || last === undefined) return statement;
  return { ...statement, balance: { ...balance, cents: balance.cents - last.cents } };
};

/** Lists some rows twice. */
export const repeats =
  (share: number): Shape =>
  (statement, { random }) => ({
    ...statement,
    rows: statement.rows.flatMap((row) => (random.chance(share) ? [row, row] : [row])),
  });

/** Sends the same days whatever is requested. */
export const ignoresStart =
  (days: number): Shape =>
  (statement, { moment }, all) => {
    const from = dayOf(moment) - days;
    const rows = all().filter(({ day }) => day >= from);
    return { ...statement, rows, from, isComplete: from <= statement.from };
  };

/** Sends some days more than requested, and states the requested ones. */
export const exceeds =
  (days: number): Shape =>
  (statement, _occasion, all) => ({
    ...statement,
    rows: all().filter(({ day }) => day >= statement.from - days && day <= Math.max(statement.to, statement.from)),
  });
