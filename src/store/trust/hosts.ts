/** Hosts other than its own to which a bank's profile moves statements, and which a person has confirmed. */

import { type Database, stringOf } from '../database.js';

/** Returns the hosts that are confirmed for the bank at a host. */
export function confirmedHosts(db: Database, host: string): readonly string[] {
  const rows = db.all('SELECT confirmed FROM confirmed_hosts WHERE host = ? ORDER BY confirmed', host);
  return rows.map(({ confirmed }) => stringOf(confirmed));
}

export function confirmHost(db: Database, host: string, confirmed: string): void {
  db.insert('confirmed_hosts', { host, confirmed }, 'ignore');
}
