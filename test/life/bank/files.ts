/** Files that a customer downloads from the site of a bank. */

import { dayOfMonth } from '../calendar.js';
import type { FileDownload, Respell, Span } from './behaviour.js';

type Downloads = (span: Span) => readonly FileDownload[];

/** A file of the last days, within a month and then every so many days. */
export function everyDays(step: number, days: number): Downloads {
  return ({ first, last }) => {
    const downloads: FileDownload[] = [];
    for (let day = first + Math.min(step, 30); day <= last; day += step)
      downloads.push({ moment: day * 24 + 21, from: day - days, to: day });
    return downloads;
  };
}

/** Files on certain days of the life, counted from the first sync. */
export function once(after: number, days: number): Downloads {
  return ({ first, last }) => {
    const day = Math.min(first + after, last);
    return [{ moment: day * 24 + 21, from: day - days, to: day }];
  };
}

/** A file of each month, on its last day. */
export const eachMonth: Downloads = ({ first, last }) => {
  const downloads: FileDownload[] = [];
  for (let day = first, from = first - 30; day <= last; day += 1)
    if (dayOfMonth(day + 1) === 1) {
      downloads.push({ moment: day * 24 + 21, from, to: day });
      from = day + 1;
    }
  return downloads;
};

// ── Spelling ─────────────────────────────────────────────────────────────────────────────────────────────────────

export const upperCase: Respell = (row) => ({ ...row, name: `${row.name} USD`.toUpperCase() });

export const cut: Respell = (row) => ({ ...row, name: row.name.slice(0, 10).trim() });

export const withoutMemo: Respell = (row) => ({ ...row, memo: null });

export const joined: Respell = (row) => ({
  ...row,
  name: row.memo === null ? row.name : `${row.name} ${row.memo}`,
  memo: null,
});

/** Transaction dates instead of posting dates. */
export const daysOff =
  (days: number): Respell =>
  (row) => ({ ...row, day: row.day + days });
