/** Plans the downloads of a run: the accounts, their windows, and the login of each. */

import { UsageError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import { addDays, type IsoDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import { nearest } from '../model/nearest.js';
import type { AccountState, StatementWindow, Store } from '../ports.js';
import { resumeFrom } from './date-windows.js';
import type { LoginJob } from './download.js';

export interface WindowOptions {
  /** First day, or days back from today. */
  readonly since?: IsoDate | { readonly days: number };
  /** Last day, or days back from today; without it the request has no DTEND. */
  readonly until?: IsoDate | { readonly days: number };
}

export interface PlanInput {
  readonly names: readonly string[];
  readonly windows: WindowOptions;
  /** `null` before anything was stored. */
  readonly store: Pick<Store, 'accountState'> | null;
  readonly today: IsoDate;
}

/**
 * Returns the accounts that are named, by institution, account or both, in the order of the configuration; all without a name.
 * @throws UsageError for an unknown name.
 */
export function chosenAccounts({ institutions }: Config, names: readonly string[]): readonly Account[] {
  const all = institutions.flatMap(({ accounts }) => accounts);
  const namesOf = (account: Account) => [account.institution, account.name, accountKey(account)];
  const known = new Set(all.flatMap(namesOf));
  for (const name of names) {
    if (known.has(name)) continue;
    const near = nearest(name, known);
    throw new UsageError(
      `no bank or account is named ${JSON.stringify(name)}`,
      near === null ? `Known names: ${institutions.map((one) => one.name).join(', ')}` : `Did you mean ${near}?`,
    );
  }
  const asked = new Set(names);
  return names.length === 0 ? all : all.filter((account) => namesOf(account).some((name) => asked.has(name)));
}

/** Makes one job for each login, in the order of the configuration. @throws UsageError for an unknown name. */
export function planJobs(config: Config, input: PlanInput): LoginJob[] {
  const chosen = new Set(chosenAccounts(config, input.names));
  return config.institutions.flatMap((institution) => {
    const wanted = institution.accounts
      .filter((account) => chosen.has(account))
      .map((account) => windowOf(account, institution, { ...input, config }));
    return wanted.length === 0 ? [] : [{ institution, wanted }];
  });
}

/**
 * Begins `history` days back at first; later at the end of the covered days, less the longer of `overlap` and the institution's
 * own, and not before the days that the institution is known to keep.
 */
function windowOf(
  account: Account,
  institution: Institution,
  { config, windows, store, today }: PlanInput & { readonly config: Config },
): StatementWindow {
  const named = windows.until === undefined ? null : dayOf(windows.until, today);
  // The end of this month or year is to come: an open end asks for the same, and no bank rejects it.
  const until = named !== null && named > today ? null : named;
  const to = until ?? (institution.quirks.alwaysDateRange === true ? today : null);
  if (windows.since !== undefined) return { account, from: dayOf(windows.since, today), to };
  const { historyDays } = config.defaults;
  const overlapDays = Math.max(config.defaults.overlapDays, institution.quirks.overlapDays ?? 0);
  const first = addDays(until ?? today, -historyDays);
  const state = store?.accountState(account) ?? null;
  const resumed = state === null ? first : resumeFrom(state, { first, overlapDays, today });
  const from = resumed <= (to ?? today) ? resumed : first;
  return { account, from: state === null ? from : withinHistory(from, state, today), to };
}

/**
 * Does not request days that are covered already beyond the institution's limit. Days that are not covered are requested each
 * time: limits move, and only a refusal makes a gap.
 */
function withinHistory(from: IsoDate, { historyDays, coverage }: AccountState, today: IsoDate): IsoDate {
  if (historyDays === null) return from;
  const earliest = addDays(today, -historyDays);
  const isKnown = coverage.some((span) => span.from <= from && span.to >= addDays(earliest, -1));
  return from < earliest && isKnown ? earliest : from;
}

function dayOf(day: IsoDate | { readonly days: number }, today: IsoDate): IsoDate {
  return typeof day === 'string' ? day : addDays(today, -day.days);
}
