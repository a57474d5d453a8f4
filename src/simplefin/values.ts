/** The values of an account set: texts, days, amounts, currencies. Each is what was sent, or absent. */

import { addDays, type IsoDate, isIsoDate } from '../model/dates.js';
import type { Decimal } from '../model/decimal.js';
import { parseAmount, parseMoney } from '../ofx/amount.js';
import { cleanValue } from '../ofx/text/characters.js';

const LONGEST_TEXT = 4_000;
/** Seconds up to the year 9999. */
const SECONDS = /^-?\d{1,12}(?:\.\d+)?$/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d{1,2})?$/;

/** Returns a text on one line, without control characters; `null` when it is absent, empty or no text. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = cleanValue(value.slice(0, LONGEST_TEXT), { isAmount: false });
  return text === '' ? null : text;
}

/** Returns the day, in UTC, of a number of seconds; `null` without one, and for 0, which stands for none. */
export function dayOf(value: unknown): IsoDate | null {
  const text = textOf(value);
  if (text === null || !SECONDS.test(text) || Number(text) <= 0) return null;
  const date = new Date(Math.trunc(Number(text)) * 1000);
  const day = Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
  return isIsoDate(day) ? day : null;
}

/** Returns an exact amount. What JSON writes as a number is one; other spellings must leave no doubt. */
export function moneyOf(value: unknown, currency: string): Decimal | null {
  const text = textOf(value);
  if (text === null) return null;
  return NUMBER.test(text) ? parseAmount(text) : parseMoney(text, currency);
}

/** Returns an exact number of units. */
export function numberOf(value: unknown): Decimal | null {
  const text = textOf(value);
  return text !== null && NUMBER.test(text) ? parseAmount(text) : null;
}

/** The code of ISO 4217 for "no currency". */
export const NO_CURRENCY = 'XXX';

/**
 * Returns the currency of an account. One that ISO does not list is the address of its description, which is not fetched: the
 * last word of the address names it.
 */
export function currencyOf(value: unknown): string {
  const text = textOf(value) ?? '';
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase();
  if (!URL.canParse(text)) return NO_CURRENCY;
  const word = new URL(text).pathname.split('/').findLast((part) => part !== '') ?? '';
  return /^[A-Za-z]{3,12}$/.test(word) ? word.toUpperCase() : NO_CURRENCY;
}

/** Returns the first second of a day, in UTC. */
export function startOf(day: IsoDate): number {
  return Date.parse(`${day}T00:00:00Z`) / 1000;
}

/** Returns the first second after a day, in UTC. */
export function endOf(day: IsoDate): number {
  return startOf(addDays(day, 1));
}

const MOST_EXTRA = 40;

/** Returns the texts of an object by dotted path, for what no field of the model holds; `null` for none. */
export function flattened(value: unknown, prefix: string): Readonly<Record<string, string>> | null {
  const found: [string, string][] = [];
  const open: { readonly path: string; readonly value: unknown }[] = [{ path: prefix, value }];
  for (let one = open.pop(); one !== undefined && found.length < MOST_EXTRA; one = open.pop()) {
    const { path, value: content } = one;
    if (typeof content === 'object' && content !== null) {
      const members = Object.entries(content).slice(0, MOST_EXTRA);
      for (const [key, each] of members) open.push({ path: `${path}.${textOf(key)?.slice(0, 60) ?? ''}`, value: each });
      continue;
    }
    const text = typeof content === 'boolean' ? String(content) : textOf(content);
    if (text !== null && path.length < 300) found.push([path, text]);
  }
  return found.length === 0 ? null : Object.fromEntries(found.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
