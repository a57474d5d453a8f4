/** The parameters of `GET /accounts` (SimpleFIN protocol, version 2 draft). Unknown ones are ignored. */

import { addDays, type IsoDate, isoDate } from '../model/dates.js';

export interface AccountsQuery {
  readonly since: IsoDate | null;
  /** The last day, inclusive. */
  readonly until: IsoDate | null;
  readonly pending: boolean;
  /** Ids of accounts; `null` for all. */
  readonly accounts: ReadonlySet<string> | null;
  readonly balancesOnly: boolean;
}

const DAY_S = 86_400;
const NOON_S = DAY_S / 2;
/** Days of transactions without `start-date`, as the public bridges send. */
const USUAL_DAYS = 90;
const MOST_ACCOUNTS = 1000;
/** The first and the last day that a date can be. */
const [FIRST_S, LAST_S] = [-62_135_596_800, 253_402_257_600];
const FIRST_DAY = isoDate('1970-01-01');

/** Reads the parameters. @returns a sentence for the developer of the reader when one is invalid */
export function readQuery(parameters: URLSearchParams, now: Date): AccountsQuery | string {
  const [start, end] = [instantOf(parameters, 'start-date'), instantOf(parameters, 'end-date')];
  if (start === undefined || end === undefined)
    return 'start-date and end-date take seconds since 1970, such as 1767225600';
  const accounts = parameters.getAll('account');
  if (accounts.length > MOST_ACCOUNTS) return `at most ${MOST_ACCOUNTS} accounts can be named`;
  return {
    since: start === null ? firstDayFrom(Math.floor(now.getTime() / 1000) - USUAL_DAYS * DAY_S) : firstDayFrom(start),
    until: end === null ? null : addDays(firstDayFrom(end), -1),
    pending: parameters.get('pending') === '1',
    accounts: accounts.length === 0 ? null : new Set(accounts),
    balancesOnly: parameters.get('balances-only') === '1',
  };
}

/** Returns the seconds since 1970 at noon of a day, by which readers in every time zone find the same day. */
export function noonOf(day: IsoDate): number {
  return Date.parse(`${day}T12:00:00Z`) / 1000;
}

/** Returns the first day whose noon is not before an instant. */
function firstDayFrom(seconds: number): IsoDate {
  const within = Math.min(Math.max(seconds, FIRST_S), LAST_S);
  return addDays(FIRST_DAY, Math.ceil((within - NOON_S) / DAY_S));
}

/** Reads an instant, which some readers send with a fraction; `undefined` for anything else. */
function instantOf(parameters: URLSearchParams, name: string): number | null | undefined {
  const text = parameters.get(name);
  if (text === null || text === '') return null;
  return /^-?\d{1,15}(?:\.\d{1,9})?$/.test(text) ? Number(text) : undefined;
}
