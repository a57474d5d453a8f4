/**
 * Politeness of unattended runs: which institutions are due. One that was asked a moment ago is left out, whoever asked;
 * one that has been down for several runs is asked less and less often, yet every day.
 */

import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Store } from '../ports.js';

export interface Due {
  /** In the order of the configuration. */
  readonly accounts: readonly Account[];
  readonly left: readonly LeftOut[];
}

export interface LeftOut {
  readonly institution: string;
  readonly reason: 'asked-lately' | 'down';
  /** When it is due again. */
  readonly until: Date;
}

const HOUR_MS = 3_600_000;
/** Less than a day, so that a daily run asks again, whatever its random delay. */
const LONGEST_MS = 20 * HOUR_MS;

/** Files are always due: nobody is asked. */
export function dueAccounts(
  config: Config,
  accounts: readonly Account[],
  { store, now }: { readonly store: Pick<Store, 'requestHistory'>; readonly now: Date },
): Due {
  const left: LeftOut[] = [];
  const due = config.institutions.flatMap((institution) => {
    const chosen = accounts.filter((account) => account.institution === institution.name);
    if (chosen.length === 0 || institution.files !== null) return chosen;
    const reason = leftOut(institution, chosen, { config, store, now });
    if (reason === null) return chosen;
    left.push(reason);
    return [];
  });
  return { accounts: due, left };
}

function leftOut(
  institution: Institution,
  accounts: readonly Account[],
  { config, store, now }: { config: Config; store: Pick<Store, 'requestHistory'>; now: Date },
): LeftOut | null {
  const { lastAt, failures } = store.requestHistory(institution.name);
  const times = accounts.map(({ name }) => Date.parse(lastAt.get(name) ?? ''));
  // An account that was never asked for makes its institution due.
  if (times.some(Number.isNaN)) return null;
  const last = Math.min(...times);
  const usual = institution.atMostEveryMs ?? config.defaults.atMostEveryMs;
  const wait = Math.max(usual, backOff(failures));
  // A clock that was far ahead must not keep an institution out until then; one that was put back a little must.
  if (Math.abs(now.getTime() - last) >= wait) return null;
  return {
    institution: institution.name,
    reason: wait > usual ? 'down' : 'asked-lately',
    until: new Date(last + wait),
  };
}

/** 0, 1 h, 2 h, 4 h, 8 h, 16 h, then 20 h. */
export function backOff(failures: number): number {
  return failures === 0 ? 0 : Math.min(LONGEST_MS, HOUR_MS * 2 ** (failures - 1));
}
