/** Small pieces of answers: status, amounts, dates. */

import type { IsoDate } from '../model/dates.js';
import type { Tree } from './write.js';

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
  15510: 'Client UID error: confirm this program on our web site',
  15512: 'AUTHTOKEN required',
  15513: 'AUTHTOKEN invalid',
  3000: 'Further information needed',
  3001: 'MFA answer invalid',
};
export function status(code: number): Tree {
  const message = MESSAGES[code];
  const severity = code === 0 || code === 1 || code === 15000 ? 'INFO' : 'ERROR';
  return [
    'STATUS',
    [
      ['CODE', String(code)],
      ['SEVERITY', severity],
      ...(message === undefined ? [] : [['MESSAGE', message] satisfies Tree]),
    ],
  ];
}

export function decimalOf(cents: number): string {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function thousandths(units: number): string {
  const digits = String(Math.abs(units)).padStart(4, '0');
  return `${units < 0 ? '-' : ''}${digits.slice(0, -3)}.${digits.slice(-3)}`;
}

/** A day as the date-time that institutions mean it by. */
export function noonOf(day: IsoDate): string {
  return `${day.replaceAll('-', '')}120000`;
}

/** A date-time of the answer, in GMT. */
export function stamp(now: Date): string {
  return `${now.toISOString().replace(/[-:T]/g, '').slice(0, 14)}.000[0:GMT]`;
}
