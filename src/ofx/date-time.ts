/**
 * Dates and times in every format seen (OFX 2.2 section 3.2.8.2). Only this file knows that a missing zone means GMT. A date
 * is the calendar date as written, whatever the zone.
 */

import { type IsoDate, isIsoDate } from '../model/dates.js';
import { detached } from './text-pool.js';

const MAX_LENGTH = 64;

export interface DateTime {
  /** The calendar date as written. */
  readonly date: IsoDate;
  /** ISO 8601 with offset; `null` without a time. */
  readonly instant: string | null;
}

/** Year first, with or without separators, then the time. */
const DATE = /^(\d{4})([-/.]?)(\d{2})\2(\d{2})(.*)$/s;
const TIME = /^[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,:](\d{0,6}))?)?\d?\s*(.*)$/s;
/** Year last, as people write dates. */
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)(.*)$/s;
/** Digits outside these years are not a date. */
const EARLIEST_YEAR = '1900';
const LATEST_YEAR = '2199';

/** The last dates read: a statement repeats the same few, and equal ones share an object. */
const remembered = new Map<string, DateTime | null>();
const MAX_REMEMBERED = 2_000;

/** Parses `YYYYMMDD[HHMM[SS[.XXX]]][zone]`; `null` for an invalid day. An invalid time is dropped. */
export function parseDateTime(text: string): DateTime | null {
  if (text.length > MAX_LENGTH) return null;
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const read = readDateTime(text);
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(detached(text), read);
  return read;
}

function readDateTime(text: string): DateTime | null {
  const match = DATE.exec(text.trim());
  if (match === null) return readYearLast(text.trim());
  const [, year = '', , month = '', day = '', rest = ''] = match;
  return dateTime({ year, month, day, rest });
}

/** With points, the day comes first; with other separators, the order is certain only if one number cannot be a month. */
function readYearLast(text: string): DateTime | null {
  const match = YEAR_LAST.exec(text);
  if (match === null) return null;
  const [, first = '', separator = '', second = '', year = '', rest = ''] = match;
  const isDayFirst = separator === '.' || Number(first) > 12 || first === second;
  if (!isDayFirst && Number(second) <= 12) return null;
  const [day, month] = (isDayFirst ? [first, second] : [second, first]).map((part) => part.padStart(2, '0'));
  return dateTime({ year, month: month ?? '', day: day ?? '', rest });
}

interface Parts {
  readonly year: string;
  readonly month: string;
  readonly day: string;
  readonly rest: string;
}

function dateTime({ year, month, day, rest }: Parts): DateTime | null {
  const date = `${year}-${month}-${day}`;
  if (year < EARLIEST_YEAR || year > LATEST_YEAR || !isIsoDate(date) || namesOther(rest, date)) return null;
  return { date, instant: rest === '' ? null : instantOf(date, rest) };
}

/** A date after a date: on its own, or as all the digits where a time would stand. */
const FURTHER_DATE =
  /(?<![\d])(?:(\d{4})([-/.]?)(\d{2})\2(\d{2})|\d{1,2}([-/.])\d{1,2}\5\d{4}(?!\d))|^(\d{4})(\d{2})(\d{2})$/g;

/** Returns true if a text after a date has a further, different one: neither is certain then. */
function namesOther(rest: string, date: IsoDate): boolean {
  return [...rest.matchAll(FURTHER_DATE)].some(([, year, , month, day, , year2, month2, day2]) => {
    const other = `${year ?? year2}-${month ?? month2}-${day ?? day2}`;
    // A date with the year last is not compared.
    if (year === undefined && year2 === undefined) return true;
    return other !== date && other >= EARLIEST_YEAR && other < '2200' && isIsoDate(other);
  });
}

export function parseDate(text: string): IsoDate | null {
  return parseDateTime(text)?.date ?? null;
}

function instantOf(date: IsoDate, rest: string): string | null {
  const match = TIME.exec(rest);
  if (match === null) return null;
  const [, hour = '', minute = '', second = '00', fraction = '', zone = ''] = match;
  const offset = zoneOffset(zone);
  if (offset === null || hour > '23' || minute > '59' || second > '59') return null;
  const millis = /[1-9]/.test(fraction) ? `.${fraction.slice(0, 3).padEnd(3, '0')}` : '';
  return [date, 'T', hour, ':', minute, ':', second, millis, offset].join('');
}

/** Zone names that mean one offset. */
const ZONES: Readonly<Record<string, string>> = {
  EST: '-05:00',
  EDT: '-04:00',
  CST: '-06:00',
  CDT: '-05:00',
  MST: '-07:00',
  MDT: '-06:00',
  PST: '-08:00',
  PDT: '-07:00',
  CET: '+01:00',
  CEST: '+02:00',
};

/**
 * Returns the offset of a zone, or `null` if it is invalid. No zone, GMT and an empty bracket (`[-:TZ]`) are `Z`. Hours in a
 * bracket are decimal (`[-3.5]` is three and a half); four digits are hours and minutes.
 */
function zoneOffset(zone: string): string | null {
  if (zone === '' || zone === 'Z') return 'Z';
  const iso = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (iso !== null) return offsetOf(iso[1] === '-', Number(iso[2]) * 60 + Number(iso[3] ?? '0'));
  // `[-5:EST]`, `[-3.5]`, `[-03:30]`, `[GMT-5]`
  const bracket = /^\[\s*(?:GMT|UTC)?\s*([+-]?)\s*(\d*)(?:\.(\d{1,2})|:(\d\d)(?!\d))?\s*:?\s*([A-Za-z]*)/i.exec(zone);
  if (bracket === null) return null;
  const [, sign = '', hours = '', decimals = '', sixtieths, name = ''] = bracket;
  if (hours === '') return ZONES[name.toUpperCase()] ?? 'Z';
  if (sixtieths !== undefined) return offsetOf(sign === '-', Number(hours) * 60 + Number(sixtieths));
  const minutes =
    hours.length > 2
      ? Number(hours.slice(0, -2)) * 60 + Number(hours.slice(-2))
      : Number(`${hours}.${decimals || '0'}`) * 60;
  return offsetOf(sign === '-', Math.round(minutes));
}

/** No zone is more than fourteen hours from GMT: a larger offset is ignored. */
function offsetOf(negative: boolean, minutes: number): string {
  if (minutes === 0 || minutes > 14 * 60) return 'Z';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${negative ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
