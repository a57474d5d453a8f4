/**
 * Notifications: the conditions that were reported, and the messages to deliver. A reported condition and the message about
 * it are written in one transaction: whenever the program is killed, the message exists once and stays until it is delivered.
 */

import { CONDITION_KINDS, type Condition, type ConditionChange, type Message } from '../model/notifications.js';
import { type Database, stringOf, textOf } from './database.js';

/** The table of reported conditions, under its released name. */
const REPORTED = 'told';
const KEY = 'institution, account, kind, detail';

/** Reads the conditions that the person knows of. */
export function readReportedConditions(db: Database): Condition[] {
  return db.all(`SELECT ${KEY} FROM ${REPORTED}`).flatMap((row) => {
    const kind = CONDITION_KINDS.find((one) => one === row['kind']);
    const names = { institution: stringOf(row['institution']), account: stringOf(row['account']) };
    return kind === undefined ? [] : [{ kind, ...names, detail: stringOf(row['detail']) }];
  });
}

/** Records what the person knows from now on, with the message to deliver; `null` when there is nothing to report. */
export function recordNotification(db: Database, change: ConditionChange, message: Message | null): void {
  db.transaction(() => {
    for (const { institution, account, kind, detail } of change.ended)
      db.run(`DELETE FROM ${REPORTED} WHERE (${KEY}) = (?, ?, ?, ?)`, institution, account, kind, detail);
    for (const { institution, account, kind, detail } of change.began)
      db.insert(REPORTED, { institution, account, kind, detail }, 'ignore');
    if (message !== null) db.insert('messages', { id: message.id, at: message.at, body: JSON.stringify(message) });
  });
}

/** Reads the messages that are not delivered yet, oldest first. */
export function readUnsentMessages(db: Database): Message[] {
  return db
    .all('SELECT body FROM messages WHERE sent_at IS NULL ORDER BY rowid')
    .map((row) => JSON.parse(textOf(row['body']) ?? '{}') as Message);
}

export function markSent(db: Database, id: string, at: Date): void {
  db.run('UPDATE messages SET sent_at = ? WHERE id = ?', at.toISOString(), id);
}
