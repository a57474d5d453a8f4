/**
 * Records that have had their day. They are counted and not dated, since a clock that was wrong once must not take them all;
 * what an account's state hangs on (statements, coverage, conditions that were told) is not among them.
 */

import type { Database } from './database.js';

/** Three years of a run a day. */
const RUNS = 1000;
const DELIVERED = 200;
/** Nobody has taken the older ones for so long that they would only confuse. */
const WAITING = 50;

export function tidy(db: Database): void {
  db.transaction(() => {
    // Their outcomes go with them.
    db.run('DELETE FROM runs WHERE id <= (SELECT MAX(id) FROM runs) - ?', RUNS);
    for (const [state, most] of [
      ['IS NOT NULL', DELIVERED],
      ['IS NULL', WAITING],
    ] as const)
      db.run(
        `DELETE FROM messages WHERE sent_at ${state} AND rowid NOT IN
           (SELECT rowid FROM messages WHERE sent_at ${state} ORDER BY rowid DESC LIMIT ?)`,
        most,
      );
  });
}
