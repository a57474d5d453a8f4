/** The calendar of coverage: accounts by months, each month with its worst days. */

import { daysBetween, earlier, type IsoDate, isoDate, type Period } from '../model/dates.js';
import type { Gap } from '../model/stored.js';

/**
 * The state of a month, by its worst day:
 * `gap`      transactions are missing: the balances disagree with them, or no statement covers a day between two that are covered;
 * `refused`  the bank was asked for days and did not provide them: its history starts later, or its newest runs failed;
 * `stale`    the newest statement is too old, and nobody asked for these days yet;
 * `covered`  statements cover it, or up to the newest one, where that is recent enough;
 * `before`   the account's first known day comes later.
 */
export type MonthState = (typeof MONTH_STATES)[number];

/** All states, the worst first. */
export const MONTH_STATES = ['gap', 'refused', 'stale', 'covered', 'before'] as const;

export interface CalendarInput {
  readonly institution: string;
  readonly account: string;
  readonly coverage: readonly Period[];
  /** All gaps of the account: with a missing amount, and days that no statement covers. */
  readonly gaps: readonly Pick<Gap, 'from' | 'to' | 'missing'>[];
  /** The last statement is too old, or missing. */
  readonly stale: boolean;
  /** Day of the first run without a statement since the last one with a statement; `null` if the last run had one. */
  readonly failingSince: IsoDate | null;
}

export interface CalendarMonth {
  /** `2026-11` */
  readonly month: string;
  readonly state: MonthState;
  /** Number of days in this state. Zero before the account's first day, and after a last statement that is recent enough. */
  readonly days: number;
}

export interface CalendarRow {
  readonly institution: string;
  readonly account: string;
  /** One for each month of the calendar. */
  readonly months: readonly CalendarMonth[];
}

export interface Calendar {
  /** `2026-10`, `2026-11` …: every month from the first to that of today. */
  readonly months: readonly string[];
  /** One for each account, in their order. */
  readonly rows: readonly CalendarRow[];
}

/**
 * Returns the calendar of some accounts.
 * @param span.from any day of the first month; `null`: the first known day of all accounts.
 */
export function coverageCalendar(
  accounts: readonly CalendarInput[],
  span: { readonly from: IsoDate | null; readonly today: IsoDate },
): Calendar {
  const first = earlier(span.from ?? firstDay(accounts) ?? span.today, span.today);
  const months = monthsBetween(first, span.today);
  return { months, rows: accounts.map((account) => rowOf(account, months, span.today)) };
}

/** Returns the months of a period, both ends included: `2026-10`, `2026-11`. */
export function monthsBetween(from: IsoDate, to: IsoDate): string[] {
  const [start, end] = [monthNumber(from), monthNumber(to)];
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => monthText(start + index));
}

function monthNumber(date: IsoDate): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1;
}

function monthText(number: number): string {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

function firstDay(accounts: readonly CalendarInput[]): IsoDate | null {
  return accounts
    .flatMap(({ coverage }) => coverage.map(({ from }) => from))
    .reduce<IsoDate | null>((least, day) => (least === null ? day : earlier(least, day)), null);
}

/** Marks of days; the greater one wins within a month. A day without a mark is before the first one, or not due yet. */
const MARKS = { none: 0, covered: 1, stale: 2, refused: 3, gap: 4 } as const;
type Mark = (typeof MARKS)[keyof typeof MARKS];
const STATES: readonly MonthState[] = ['before', 'covered', 'stale', 'refused', 'gap'];

function rowOf(input: CalendarInput, months: readonly string[], today: IsoDate): CalendarRow {
  const { institution, account } = input;
  const start = isoDate(`${months[0] ?? today.slice(0, 7)}-01`);
  const days = marksOfDays(input, start, today);
  const isBegun = (month: string) => input.coverage.some(({ from }) => from.slice(0, 7) <= month);
  return {
    institution,
    account,
    months: months.map((month) => {
      const offset = daysBetween(start, isoDate(`${month}-01`));
      return monthOf(month, days.subarray(offset, offset + lengthOf(month)), isBegun(month));
    }),
  };
}

function lengthOf(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}

function monthOf(month: string, days: Uint8Array, isBegun: boolean): CalendarMonth {
  const worst = days.reduce((most, mark) => Math.max(most, mark), MARKS.none);
  if (worst === MARKS.none) return { month, state: isBegun ? 'covered' : 'before', days: 0 };
  return { month, state: STATES[worst] ?? 'before', days: days.filter((mark) => mark === worst).length };
}

/** Returns a mark for each day from `start` to today. */
function marksOfDays(
  { coverage, gaps, stale, failingSince }: CalendarInput,
  start: IsoDate,
  today: IsoDate,
): Uint8Array {
  const marks = new Uint8Array(daysBetween(start, today) + 1);
  const paint = (from: number, to: number, mark: Mark) => marks.fill(mark, Math.max(0, from), Math.max(0, to + 1));
  const at = (day: IsoDate) => daysBetween(start, day);
  const spans = coverage.map(({ from, to }) => ({ from: at(from), to: at(to) }));
  const end = spans.reduce((most, { to }) => Math.max(most, to), Number.NEGATIVE_INFINITY);
  const begin = spans.reduce((least, { from }) => Math.min(least, from), Number.POSITIVE_INFINITY);
  if (spans.length > 0) paint(begin, end, MARKS.gap);
  for (const { from, to } of spans) paint(from, to, MARKS.covered);
  for (const { from, to } of gaps.filter(({ missing }) => missing === null)) paint(at(from), at(to), MARKS.refused);
  // The first of both days is that of a balance that still agreed.
  for (const { from, to } of gaps.filter(({ missing }) => missing !== null))
    paint(Math.min(at(from) + 1, at(to)), at(to), MARKS.gap);
  if (!stale) return marks;
  const last = at(today);
  const tail = Math.max(0, spans.length === 0 ? last : Math.min(end + 1, last));
  paint(tail, last, MARKS.stale);
  if (failingSince !== null) paint(Math.max(tail, Math.min(at(failingSince), last)), last, MARKS.refused);
  return marks;
}
