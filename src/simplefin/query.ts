/** The requests of a sync at a bridge: for all accounts together, in windows that the protocol allows, as few as possible. */

import { addDays, daysBetween, earlier, type IsoDate, later } from '../model/dates.js';
import type { StatementWindow } from '../model/login.js';
import { endOf, startOf } from './values.js';

/** Bridges answer windows of 90 days; one that is open at its end reaches into the next day of some time zone. */
const LONGEST_DAYS = 89;
/** More ids would make an address that servers refuse; the bridge then sends all accounts. */
const MOST_IDS = 50;

/** One request: its days, of which the last is open when `to` is `null`. */
export interface Piece {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
  /** Pending transactions have no day: only the newest piece requests them, so that none comes twice. */
  readonly pending: boolean;
  /** All accounts want days of it or of older pieces: without it none would be complete. */
  readonly isForAll: boolean;
}

/** Cuts the days that all windows need together into pieces that a bridge answers, the newest first. */
export function piecesOf(wanted: readonly StatementWindow[], today: IsoDate): Piece[] {
  const [first] = wanted;
  if (first === undefined) return [];
  const from = wanted.map((one) => one.from).reduce(earlier);
  const to = wanted.some((one) => one.to === null) ? null : wanted.map((one) => one.to ?? today).reduce(later);
  const days = daysBetween(from, later(to ?? today, from)) + 1;
  const count = Math.ceil(days / LONGEST_DAYS);
  const length = Math.ceil(days / count);
  return Array.from({ length: count }, (_, index) => {
    const start = addDays(from, index * length);
    const isLast = index === count - 1;
    const end = isLast ? to : addDays(start, length - 1);
    const isForAll = isLast || end === null || wanted.every((one) => one.from <= end);
    return { from: start, to: end, pending: isLast, isForAll };
  }).toReversed();
}

/** Returns the parameters of a request. @param ids of the accounts; all of the bridge when they are too many. */
export function parametersOf({ from, to, pending }: Omit<Piece, 'isForAll'>, ids: readonly string[]): string {
  const parameters = new URLSearchParams({ version: '2', 'start-date': String(startOf(from)) });
  if (to !== null) parameters.append('end-date', String(endOf(to)));
  if (pending) parameters.append('pending', '1');
  if (ids.length <= MOST_IDS) for (const id of ids) parameters.append('account', id);
  return parameters.toString();
}

/** Parameters of a request for the list of accounts. */
export const LIST_PARAMETERS = 'version=2&balances-only=1';
