/** Amounts, dates and times as the reader's locale writes them. Amounts stay exact: they never become numbers. */

import { daysBetween, type IsoDate } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import { placesOf, toUnits } from '../../model/money.js';

export interface Formats {
  /** `$1,234.50`: at least the digits of the currency, and all digits of the amount. */
  readonly amount: (amount: Decimal, currency: string) => string;
  /** A number without a currency, with all of its digits. */
  readonly decimal: (amount: Decimal) => string;
  /** `Nov 20, 2026` */
  readonly day: (day: IsoDate) => string;
  /** `November 2026`, of `2026-11`. */
  readonly month: (month: string) => string;
  /** `Nov`, of `2026-11`. */
  readonly shortMonth: (month: string) => string;
  /** `Nov 20, 2026, 6:30 AM`, local time; text that is not an instant stays as it is. */
  readonly moment: (instant: string | Date) => string;
  /** `3.4 s` */
  readonly seconds: (ms: number) => string;
  /** `12.5 %` of a whole; empty when the whole is not above zero. */
  readonly share: (part: Decimal, whole: Decimal) => string;
  readonly count: (count: number) => string;
}

/** @param timeZone the local one of this computer when absent. */
export function formatsFor(locale: string, timeZone?: string): Formats {
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
    return (day: string) => format.format(Date.parse(`${day}T00:00:00Z`));
  };
  const [month, shortMonth] = [dates({ month: 'long', year: 'numeric' }), dates({ month: 'short' })];
  const zone = timeZone === undefined ? {} : { timeZone };
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', ...zone });
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 });
  const currencies = new Map<string, Intl.NumberFormat | null>();
  const formatOf = (currency: string) => {
    const known = currencies.get(currency);
    if (known !== undefined) return known;
    const format = currencyFormat(locale, currency);
    currencies.set(currency, format);
    return format;
  };
  return {
    amount: (amount, currency) => {
      const format = formatOf(currency);
      return format === null ? `${numeral(plain, amount)} ${currency}` : numeral(format, amount);
    },
    decimal: (amount) => numeral(plain, amount),
    day: dates({ dateStyle: 'medium' }),
    month: (text) => month(`${text}-01`),
    shortMonth: (text) => shortMonth(`${text}-01`),
    moment: (instant) => {
      const date = new Date(instant);
      return Number.isNaN(date.getTime()) ? String(instant) : moment.format(date);
    },
    seconds: (ms) => `${tenths.format(ms / 1000)} s`,
    share: (part, whole) => (whole.startsWith('-') || !/[1-9]/.test(whole) ? '' : percent.format(ratio(part, whole))),
    count: (count) => plain.format(count),
  };
}

/** Returns `null` for what is not the code of a currency. A bank may write anything. */
function currencyFormat(locale: string, currency: string): Intl.NumberFormat | null {
  if (!/^[A-Z]{3}$/.test(currency)) return null;
  return new Intl.NumberFormat(locale, { style: 'currency', currency, maximumFractionDigits: 20 });
}

/** Formats the text itself, exactly. */
function numeral(format: Intl.NumberFormat, amount: Decimal): string {
  return isNumeral(amount) ? format.format(amount) : amount;
}

/** Every decimal is one. */
function isNumeral(text: string): text is `${number}` {
  return /^-?\d+(?:\.\d+)?$/.test(text);
}

/** Returns the position of an amount between zero and a whole, for drawings and percentages. */
export function ratio(part: Decimal, whole: Decimal): number {
  const places = Math.max(placesOf(part), placesOf(whole));
  const [a, b] = [toUnits(part, places), toUnits(whole, places)];
  return b === 0n ? 0 : Number((a * 100_000n) / b) / 100_000;
}

/** Returns the position of a day in a period, from 0 at its first day to 1 at its last. */
export function dayRatio(day: IsoDate, { from, to }: { readonly from: IsoDate; readonly to: IsoDate }): number {
  const length = daysBetween(from, to);
  return length <= 0 ? 1 : Math.min(1, Math.max(0, daysBetween(from, day) / length));
}

/** Returns a coordinate with one digit after the point at most. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}
