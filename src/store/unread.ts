/**
 * The parts of statements that could not be read. They are kept by account until the same reply is read again with another
 * parser, or a later statement covers their days: then that statement decides what is still unread.
 */

import type { AccountRef } from '../model/account.js';
import { type IsoDate, isIsoDate, type Period } from '../model/dates.js';
import { eachOnce, isUnread, type Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { UnreadPart } from '../model/stored.js';
import { dayMade } from './arrivals.js';
import { type Database, numberOf, stringOf } from './database.js';
import type { Scope } from './rows.js';

const DAY_MS = 86_400_000;

/** Records what could not be read of a statement; call it within the transaction of the save. */
export function saveUnread(statement: Statement, window: Period, scope: Scope): void {
  const { db, accountRow: row, context, has } = scope;
  const covered = context.announced ?? (window.from < '9999' ? window : dayOfArrival(context));
  const source = { run: context.runId, received_at: context.at.toISOString(), origin: context.origin ?? '' };
  if (has.unread) dropDecided(covered, source, scope);
  const unread = eachOnce([...statement.notices, ...(context.notices ?? [])].filter(isUnread));
  for (const notice of unread)
    db.insert('unread', { account: row, ...source, ...columnsOf(notice, covered) }, 'replace');
}

/** Removes what this statement decides, and what was unread of it before. */
function dropDecided(
  covered: Period,
  source: { readonly run: number | null; readonly received_at: string; readonly origin: string },
  { db, accountRow: row, context }: Scope,
): void {
  if (context.isReread === true)
    db.run(
      'DELETE FROM unread WHERE account = ? AND run IS ? AND received_at = ? AND origin = ?',
      row,
      source.run,
      source.received_at,
      source.origin,
    );
  // A part from a day to come was found under a wrong clock.
  const tomorrow = new Date((context.replayedAt ?? context.at).getTime() + DAY_MS).toISOString();
  // Parts of one file may follow each other: none of them is later than another.
  db.run(
    `DELETE FROM unread WHERE account = ? AND from_date >= ? AND to_date <= ? AND (received_at <= ? OR received_at > ?)
       AND NOT (run IS ? AND received_at = ? AND origin = ?)`,
    row,
    covered.from,
    covered.to,
    source.received_at,
    tomorrow,
    source.run,
    source.received_at,
    source.origin,
  );
}

function dayOfArrival(context: Scope['context']): Period {
  const day = dayMade(context);
  return { from: day, to: day };
}

function columnsOf({ code, message, count = 1, on }: Notice, { from, to }: Period) {
  return { code, message, count, day: on ?? null, from_date: on ?? from, to_date: on ?? to };
}

/** Reads what could not be read of an account. A part that came again is listed once. */
export function readUnread(db: Database, { institution, name }: AccountRef): UnreadPart[] {
  return db
    .all(
      `SELECT u.code, u.message, MAX(u.count) AS count, u.day, MIN(u.received_at) AS received_at
       FROM unread u JOIN accounts a ON a.id = u.account WHERE a.institution = ? AND a.name = ?
       GROUP BY u.code, u.message, u.day ORDER BY MIN(u.received_at), u.code, u.message`,
      institution,
      name,
    )
    .map((row) => ({
      code: stringOf(row['code']),
      message: stringOf(row['message']),
      count: numberOf(row['count']),
      on: dayOf(stringOf(row['day'])),
      foundAt: stringOf(row['received_at']),
    }));
}

function dayOf(text: string): IsoDate | null {
  return isIsoDate(text) ? text : null;
}
