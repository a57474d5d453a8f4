/** Ways in which banks make FITIDs. */

import { ofxDay } from '../calendar.js';
import { digest } from '../random.js';
import type { Fitids } from './behaviour.js';
import type { Version } from './version.js';

const each =
  (make: (row: Version, moment: number) => string | null): Fitids =>
  (rows, { moment }) =>
    rows.map((row) => make(row, moment));

export const stable: Fitids = each(({ key }) => digest(key).toUpperCase());

/** Stable ones of another system, as the site of a bank may have for its files. */
export const ofSite: Fitids = each(({ key }) => `F${digest(`site ${key}`)}`);

export const absent: Fitids = each(() => null);

/** New ones in each statement. */
export const random: Fitids = (rows, { account, number }) =>
  rows.map(({ key }) => digest(`${account} ${number} ${key}`));

/** Numbers that begin anew each month. */
export const monthly: Fitids = each(({ serial, key }) => `${(serial % 90) + 1}${key.replace(/^m\d+/, '')}`);

/** A new system from a moment on. */
export const renumbered = (at: number): Fitids =>
  each(({ key }, moment) => (moment < at ? digest(key) : `N-${digest(`new ${key}`)}`));

/** Made of the content: identical movements share one. */
export const ofContent: Fitids = each(({ day, cents, name, memo }) => digest(`${day} ${cents} ${name} ${memo ?? ''}`));

/** Made of the day and the amount alone. */
export const ofDayAndAmount: Fitids = each(({ day, cents }) => `${ofxDay(day)}${cents}`);

/** A charge and its fee have the same. */
export const sharedWithFee: Fitids = each(({ key, feeOf }) => digest(feeOf ?? key));

/** Made of the content, with a number among equals. */
export const countedTwins =
  (order: 'oldest first' | 'newest first'): Fitids =>
  (rows) =>
    counted(rows, order, ({ day, cents, name }) => `${ofxDay(day)}${cents}${digest(name).slice(0, 4)}`);

/** The day, and a number within the day. */
export const countedPerDay =
  (order: 'oldest first' | 'newest first'): Fitids =>
  (rows) =>
    counted(rows, order, ({ day }) => ofxDay(day));

/** A number within the statement. */
export const countedPerStatement =
  (order: 'oldest first' | 'newest first'): Fitids =>
  (rows) =>
    counted(rows, order, () => 'S');

/** The same for all. */
export const constant: Fitids = each(() => '0');

function counted(
  rows: readonly Version[],
  order: 'oldest first' | 'newest first',
  group: (row: Version) => string,
): string[] {
  const sign = order === 'oldest first' ? 1 : -1;
  const sorted = rows.map((row, index) => ({ row, index })).toSorted((a, b) => sign * compareBooked(a.row, b.row));
  const counts = new Map<string, number>();
  const fitids: string[] = [];
  for (const { row, index } of sorted) {
    const name = group(row);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    fitids[index] = `${name}-${count}`;
  }
  return fitids;
}

function compareBooked(a: Version, b: Version): number {
  return a.day - b.day || a.from - b.from || a.serial - b.serial;
}
