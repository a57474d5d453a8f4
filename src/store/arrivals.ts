/**
 * The order of statements. It is that of their arrival, counted by the store: neither this computer's clock nor the bank's can
 * put a statement before or after others. The date of a file only places it among the arrivals, never after a later one.
 */

import { type IsoDate, localDate } from '../model/dates.js';
import type { SaveContext } from '../ports.js';
import { type Database, numberOf } from './database.js';

const DAY_MS = 86_400_000;
const DIGITS = 10;

/** Numbers an arrival, once. */
export function recordArrival(db: Database, { runId, at }: Pick<SaveContext, 'runId' | 'at'>): number {
  return numberOfArrival(db, { runId, at }) ?? db.insert('arrivals', { run: runId, at: at.toISOString() });
}

/**
 * Returns the position of a statement among all others, as text that sorts in their order: the number of its arrival, or, for
 * a file made earlier, the number of the last arrival before that and the instant.
 */
export function positionOf(db: Database, context: Pick<SaveContext, 'runId' | 'at' | 'asOf' | 'replayedAt'>): string {
  const { at, asOf = at, replayedAt } = context;
  if (asOf < at) return `${padded(lastArrivalBefore(db, asOf, replayedAt ?? at))} ${asOf.toISOString()}`;
  const number = replayedAt === undefined ? recordArrival(db, context) : numberOfArrival(db, context);
  // Statements from before arrivals were counted are ordered by their instants, before all others.
  return number === null ? `${padded(0)} ${asOf.toISOString()}` : padded(number);
}

function numberOfArrival(db: Database, { runId, at }: Pick<SaveContext, 'runId' | 'at'>): number | null {
  const row = db.get('SELECT number FROM arrivals WHERE at = ? AND run IS ?', at.toISOString(), runId);
  return row === null ? null : numberOf(row['number']);
}

/** Arrivals whose time is still to come had a wrong clock, which says nothing of their time. */
function lastArrivalBefore(db: Database, made: Date, now: Date): number {
  const limit = new Date(now.getTime() + DAY_MS).toISOString();
  const next = db.get('SELECT MIN(number) AS n FROM arrivals WHERE at > ? AND at <= ?', made.toISOString(), limit)?.[
    'n'
  ];
  if (next != null) return numberOf(next) - 1;
  return numberOf(db.get('SELECT MAX(number) AS n FROM arrivals')?.['n']);
}

/** Returns the day on which a statement was made. */
export function dayMade({ madeOn, asOf, at }: SaveContext): IsoDate {
  return madeOn ?? localDate(asOf ?? at);
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, '0');
}
