/** The tree of a reply, and the values in it: status, amounts, dates. */

import type { IsoDate } from '../model/dates.js';

export type Tree = readonly [name: string, content: string | readonly Tree[]];

/** Returns elements without children, in the order of the keys. A value that is `null` has no element. */
export function leaves(values: Readonly<Record<string, string | null>>): Tree[] {
  return Object.entries(values).flatMap(([name, value]): Tree[] => (value === null ? [] : [[name, value]]));
}

const MESSAGES: Readonly<Record<number, string>> = {
  2000: 'General error',
  2003: 'Account not found',
  2019: 'Duplicate request',
  2027: 'Invalid date range',
  15000: 'Password must be changed',
  15500: 'Signon invalid',
  15501: 'Customer account already in use',
  15502: 'USERPASS lockout',
  15503: 'Could not change USERPASS',
  15510: 'Client UID error: confirm this program on our website',
  15512: 'AUTHTOKEN required',
  15513: 'AUTHTOKEN invalid',
  3000: 'Further information needed',
  3001: 'MFA answer invalid',
};

export function status(code: number): Tree {
  const severity = code === 0 || code === 1 || code === 15000 ? 'INFO' : 'ERROR';
  return ['STATUS', leaves({ CODE: String(code), SEVERITY: severity, MESSAGE: MESSAGES[code] ?? null })];
}

export function decimalOf(cents: number): string {
  return withPoint(cents, 2);
}

export function thousandths(units: number): string {
  return withPoint(units, 3);
}

function withPoint(number: number, places: number): string {
  const digits = String(Math.abs(number)).padStart(places + 1, '0');
  return `${number < 0 ? '-' : ''}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** `20260131`. */
export function compact(day: IsoDate): string {
  return day.replaceAll('-', '');
}

/** Returns noon of a day, which institutions send for a date without a time. */
export function noonOf(day: IsoDate): string {
  return `${compact(day)}120000`;
}

/** Returns a date-time in GMT. */
export function stamp(now: Date): string {
  return `${now.toISOString().replace(/[-:T]/g, '').slice(0, 14)}.000[0:GMT]`;
}
