/**
 * Chooses the institutions that are due in an unattended run. One that was contacted recently is skipped, by whichever run; one
 * that has been down for several runs is contacted less and less often, but at least every day.
 */

import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Store } from '../ports.js';

export interface DueAccounts {
  /** In the order of the configuration. */
  readonly accounts: readonly Account[];
  readonly skipped: readonly SkippedInstitution[];
}

export interface SkippedInstitution {
  readonly institution: string;
  readonly reason: 'asked-lately' | 'down';
  /** Time from which it is due again. */
  readonly until: Date;
}

const HOUR_MS = 3_600_000;
/** Less than a day, so that a daily run tries again, whatever its random delay. */
const LONGEST_MS = 20 * HOUR_MS;

/** Returns the accounts of the institutions that are due. Statement files always are, since no server is contacted. */
export function dueAccounts(
  config: Config,
  accounts: readonly Account[],
  { store, now }: { readonly store: Pick<Store, 'requestHistory'>; readonly now: Date },
): DueAccounts {
  const skipped: SkippedInstitution[] = [];
  const due = config.institutions.flatMap((institution) => {
    const chosen = accounts.filter((account) => account.institution === institution.name);
    if (chosen.length === 0 || institution.files !== null) return chosen;
    const reason = skipReason(institution, chosen, { config, store, now });
    if (reason === null) return chosen;
    skipped.push(reason);
    return [];
  });
  return { accounts: due, skipped };
}

function skipReason(
  institution: Institution,
  accounts: readonly Account[],
  { config, store, now }: { config: Config; store: Pick<Store, 'requestHistory'>; now: Date },
): SkippedInstitution | null {
  const { lastAt, failures } = store.requestHistory(institution.name);
  const times = accounts.map(({ name }) => Date.parse(lastAt.get(name) ?? ''));
  // An account that was never requested makes its institution due.
  if (times.some(Number.isNaN)) return null;
  const last = Math.min(...times);
  const usual = institution.atMostEveryMs ?? config.defaults.atMostEveryMs;
  const wait = Math.max(usual, backOff(failures));
  // A time far in the future comes from a wrong clock and does not count; a clock put back a little does.
  if (Math.abs(now.getTime() - last) >= wait) return null;
  return {
    institution: institution.name,
    reason: wait > usual ? 'down' : 'asked-lately',
    until: new Date(last + wait),
  };
}

/** Returns the wait after some failures in a row: 0, 1 h, 2 h, 4 h, 8 h, 16 h, then 20 h. */
export function backOff(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_MS, HOUR_MS * 2 ** (failures - 1));
}
