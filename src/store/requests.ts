/** The requests of the last day by their credentials, for sources that limit their number. */

import { type Database, stringOf } from './database.js';

/** Returns the instants of the requests since an instant, oldest first. */
export function requestsSince(db: Database, credentials: string, since: Date): readonly string[] {
  const rows = db.all(
    'SELECT sent_at FROM bridge_requests WHERE credentials = ? AND sent_at > ? ORDER BY sent_at',
    credentials,
    since.toISOString(),
  );
  return rows.map((row) => stringOf(row['sent_at']));
}

/** Records a request, and forgets those from before an instant. */
export function recordRequest(
  db: Database,
  credentials: string,
  { at, forgetBefore }: { readonly at: Date; readonly forgetBefore: Date },
): void {
  db.transaction(() => {
    db.run('DELETE FROM bridge_requests WHERE sent_at <= ?', forgetBefore.toISOString());
    db.insert('bridge_requests', { credentials, sent_at: at.toISOString() });
  });
}

/** Takes back one request of an instant. */
export function withdrawRequest(db: Database, credentials: string, at: Date): void {
  db.run(
    `DELETE FROM bridge_requests WHERE rowid =
       (SELECT rowid FROM bridge_requests WHERE credentials = ? AND sent_at = ? LIMIT 1)`,
    credentials,
    at.toISOString(),
  );
}
