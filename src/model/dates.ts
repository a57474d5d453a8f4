/**
 * Calendar dates as an institution wrote them. A date here has no time zone and is never shifted by one;
 * reading OFX date-times lives in `ofx/date-time.ts`.
 */

declare const isoDateBrand: unique symbol;

/** `YYYY-MM-DD`, a day that exists. */
export type IsoDate = string & { readonly [isoDateBrand]: true };

/** First and last day, both included. */
export interface Period {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

const DAY_MS = 86_400_000;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

export function isIsoDate(text: string): text is IsoDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** @throws RangeError when the day does not exist. */
export function isoDate(text: string): IsoDate {
  if (!isIsoDate(text)) throw new RangeError(`not a date: ${JSON.stringify(text.slice(0, 40))}`);
  return text;
}

/** @throws RangeError when the day has no date of four digits. */
export function addDays(date: IsoDate, days: number): IsoDate {
  // A date alone is read as that day in UTC.
  const day = new Date(Date.parse(date) + days * DAY_MS);
  return dateOf(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate());
}

/** Returns the whole days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Returns the calendar date of an instant in the local time zone of this computer. */
export function localDate(instant: Date): IsoDate {
  return dateOf(instant.getFullYear(), instant.getMonth(), instant.getDate());
}

/** Writes the parts of a `Date`, whose months count from 0. Thousands of accounts are planned by dates, so nothing is parsed. */
function dateOf(year: number, month: number, day: number): IsoDate {
  if (!(year >= 0 && year <= 9999)) throw new RangeError(`no date has the year ${year}`);
  return `${String(year).padStart(4, '0')}-${twoDigits(month + 1)}-${twoDigits(day)}` as IsoDate;
}

function twoDigits(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** Returns `true` when this computer's clock and the institution's (DTSERVER) are more than a day apart. Either may be wrong. */
export function clocksDisagree(here: Date, there: string | null | undefined): boolean {
  return Math.abs(clockLead(here, there) ?? 0) > DAY_MS;
}

/** Returns the milliseconds by which this computer's clock is ahead of the institution's; `null` without a usable DTSERVER. */
export function clockLead(here: Date, there: string | null | undefined): number | null {
  const text = there ?? '';
  const time = Date.parse(text.length === 10 ? `${text}T12:00:00Z` : text);
  return Number.isNaN(time) ? null : here.getTime() - time;
}

/** Adds a span to a list, so that none touch or overlap, oldest first. */
export function withSpan(spans: readonly Period[], added: Period): Period[] {
  let { from, to } = added;
  const apart: Period[] = [];
  for (const span of spans) {
    if (addDays(span.to, 1) < from || span.from > addDays(to, 1)) apart.push(span);
    else {
      from = span.from < from ? span.from : from;
      to = span.to > to ? span.to : to;
    }
  }
  return [...apart, { from, to }].toSorted((a, b) => a.from.localeCompare(b.from));
}

/** Returns what remains of a span without another. */
export function withoutSpan(span: Period, removed: Period): Period[] {
  if (removed.to < span.from || removed.from > span.to) return [span];
  const rest: Period[] = [];
  if (span.from < removed.from) rest.push({ from: span.from, to: addDays(removed.from, -1) });
  if (span.to > removed.to) rest.push({ from: addDays(removed.to, 1), to: span.to });
  return rest;
}

export function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? a : b;
}

export function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b;
}
