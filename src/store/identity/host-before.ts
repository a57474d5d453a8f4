/** The bank from which an account came in version 0.1, which noted none: that of its kept replies and of the bank's profile. */

import { hostOf, isTrial } from '../../model/account-identity.js';
import { type Database, type Row, textOf } from '../database.js';

/** Returns the host from which a stored account came in version 0.1: that of today, unless only others answered. */
export function hostBefore(db: Database, row: Row, now: string | null): string | null {
  const hosts = hostsBefore(db, row);
  // Servers on this computer were recorded without their name.
  const isKnown = hosts.some((host) => host === now || (isTrial({ host }) && isTrial({ host: now })));
  return isKnown ? now : (hosts[0] ?? now);
}

/** Reads the hosts that answered for an account up to its last statement: of its replies, and of the bank's profile. */
function hostsBefore(db: Database, row: Row): string[] {
  const institution = row['institution'] ?? null;
  const reply = db.get(
    `SELECT origin FROM replies WHERE institution = ? AND asked <> '[]'
       AND run <= (SELECT MAX(run) FROM statements WHERE account = ?) ORDER BY id DESC LIMIT 1`,
    institution,
    row['id'] ?? null,
  );
  const login = db.get(
    "SELECT CASE WHEN json_valid(profile) THEN json_extract(profile, '$.url') END AS url FROM logins WHERE institution = ?",
    institution,
  );
  return [hostOf(textOf(reply?.['origin'])), hostOf(textOf(login?.['url']))].filter((host) => host !== null);
}
