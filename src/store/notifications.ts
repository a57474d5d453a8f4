/**
 * What a person was told, and what is still to be delivered. That a condition was told and the message about it are written
 * in one transaction: whenever the program is killed, the message is there once, and stays until it was delivered.
 */

import { CONDITION_KINDS, type Condition, type ConditionChange, type Message } from '../model/notifications.js';
import { type Database, textOf } from './database.js';

/** The conditions that the person knows of. */
export function readReportedConditions(db: Database): Condition[] {
  return db.all('SELECT institution, account, kind, detail FROM told').flatMap((row) => {
    const kind = CONDITION_KINDS.find((one) => one === row['kind']);
    if (kind === undefined) return [];
    return [
      {
        kind,
        institution: textOf(row['institution']) ?? '',
        account: textOf(row['account']) ?? '',
        detail: textOf(row['detail']) ?? '',
      },
    ];
  });
}

/** Notes what the person knows from now on, and keeps the message for delivery; `null` when there is nothing to say. */
export function recordNotification(db: Database, change: ConditionChange, message: Message | null): void {
  db.transaction(() => {
    for (const { institution, account, kind, detail } of change.ended)
      db.run(
        'DELETE FROM told WHERE institution = ? AND account = ? AND kind = ? AND detail = ?',
        institution,
        account,
        kind,
        detail,
      );
    for (const { institution, account, kind, detail } of change.began)
      db.run(
        'INSERT INTO told (institution, account, kind, detail) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
        institution,
        account,
        kind,
        detail,
      );
    if (message !== null)
      db.run('INSERT INTO messages (id, at, body) VALUES (?, ?, ?)', message.id, message.at, JSON.stringify(message));
  });
}

/** Messages that were not delivered yet, oldest first. */
export function readUnsentMessages(db: Database): Message[] {
  return db
    .all('SELECT body FROM messages WHERE sent_at IS NULL ORDER BY rowid')
    .map((row) => JSON.parse(textOf(row['body']) ?? '{}') as Message);
}

export function markSent(db: Database, id: string, at: Date): void {
  db.run('UPDATE messages SET sent_at = ? WHERE id = ?', at.toISOString(), id);
}
