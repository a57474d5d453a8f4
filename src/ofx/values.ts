/**
 * Lexical values: amounts, dates and times, in every spelling seen (OFX 2.2 section 3.2.8). The only place that knows that a
 * missing zone means GMT. An amount is exact or absent, never approximate; a date is the calendar date that was written.
 */

import { type IsoDate, isIsoDate } from '../model/dates.js';
import { type Decimal, decimal } from '../model/decimal.js';

const LONGEST = 64;

/** The exact amount, `null` when the text is none. Accepts a comma as the decimal point, as OFX does. */
export function parseAmount(text: string): Decimal | null {
  if (text.length > LONGEST) return null;
  let digits = text.replace(/[\s\u00a0\u202f'’]/g, '').replace(/\u2212/g, '-');
  // Some banks write the currency too: `R$ 12,00`, `USD 12.00`.
  digits = digits.replace(/^([+-]?)[A-Z]{0,3}[$€£¥]?(?=[\d.,+-])/, '$1').replace(/[$€£¥]$/, '');
  const sign = /^\(.*\)$|^-|-$/.test(digits) ? '-' : '';
  digits = digits.replace(/^\((.*)\)$/, '$1').replace(/^[+-]|[+-]$/g, '');
  if (!/^[\d.,]*\d[\d.,]*$/.test(digits)) return null;
  const plain = withPoint(digits);
  if (plain === null) return null;
  const [whole = '', fraction = ''] = plain.split('.');
  const magnitude = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return decimal(/[1-9]/.test(magnitude) ? sign + magnitude : magnitude);
}

/**
 * Digits with at most one point. The last separator is the decimal one if the others make groups of three; a separator at
 * the very end is a stray.
 */
function withPoint(digits: string): string | null {
  const text = digits.replace(/[.,]+$/, '');
  const separators = [...text.matchAll(/[.,]/g)];
  const last = separators.at(-1);
  if (last === undefined) return text;
  if (separators.length === 1) return text.replace(',', '.');
  const groups = text.split(/[.,]/);
  const kinds = new Set(separators.map(([separator]) => separator));
  const grouped = (parts: readonly string[]) =>
    (parts[0] ?? '').length <= 3 && parts.slice(1).every((part) => part.length === 3);
  if (kinds.size === 1 && grouped(groups)) return groups.join('');
  const [whole, fraction] = [groups.slice(0, -1), groups.at(-1) ?? ''];
  const onlyLast = separators.slice(0, -1).every(([separator]) => kinds.size === 1 || separator !== last[0]);
  return grouped(whole) && onlyLast ? `${whole.join('')}.${fraction}` : null;
}

export interface DateTime {
  /** The calendar date as written. */
  readonly date: IsoDate;
  /** ISO 8601 with offset, when a time was written. */
  readonly instant: string | null;
}

const DATE_TIME =
  /^(\d{4})-?(\d{2})-?(\d{2})(?:[T ]?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,:](\d{1,6}))?)?)?\d?\s*(Z|[+-]\d{2}:?\d{2}|\[[^\]]{0,40}\]?)?$/;

/** `YYYYMMDD[HHMM[SS[.XXX]]][zone]`; `null` when there is no such day. A time that does not exist leaves the date. */
export function parseDateTime(text: string): DateTime | null {
  const match = text.length > LONGEST ? null : DATE_TIME.exec(text.trim());
  if (match === null) return null;
  const [, year = '', month = '', day = '', hour, minute = '00', second = '00', fraction = '', zone = ''] = match;
  const date = `${year}-${month}-${day}`;
  if (!isIsoDate(date)) return null;
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return { date, instant: null };
  const millis = /[1-9]/.test(fraction) ? `.${fraction.slice(0, 3).padEnd(3, '0')}` : '';
  return { date, instant: `${date}T${hour}:${minute}:${second}${millis}${zoneOffset(zone)}` };
}

export function parseDate(text: string | null): IsoDate | null {
  return text === null ? null : (parseDateTime(text)?.date ?? null);
}

/** Hours in the bracket form are decimal: `[-3.5]` is three and a half. A bracket without a number says nothing: GMT. */
function zoneOffset(zone: string): string {
  const iso = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (iso !== null) return `${iso[1]}${iso[2]}:${iso[3]}`;
  const hours = Number(/^\[\s*([+-]?\d{1,2}(?:\.\d{1,2})?)/.exec(zone)?.[1] ?? '0');
  const minutes = Math.round(Math.abs(hours) * 60);
  if (minutes === 0 || minutes > 14 * 60) return 'Z';
  const two = (value: number) => String(value).padStart(2, '0');
  return `${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
