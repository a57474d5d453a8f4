/** Plans the downloads of a run: the accounts, their windows, and the login of each. */

import { UsageError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import { addDays, type IsoDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import { nearest } from '../model/nearest.js';
import type { StatementWindow, Store, WindowState } from '../ports.js';
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
  readonly store: Pick<Store, 'windowStates'> | null;
  readonly today: IsoDate;
}

/**
 * Returns the accounts that are named, by institution, account or both, in the order of the configuration; all without a name.
 * @throws UsageError for an unknown name.
 */
export function chosenAccounts(config: Config, names: readonly string[]): readonly Account[] {
  const all = config.institutions.flatMap(({ accounts }) => accounts);
  if (names.length === 0) return all;
  const asked = new Set(names);
  const found = new Set<string>();
  const chosen = all.filter((account) => {
    const known = namesOf(account).filter((name) => asked.has(name));
    for (const name of known) found.add(name);
    return known.length > 0;
  });
  for (const name of asked) if (!found.has(name)) throw unknownName(name, config);
  return chosen;
}

function namesOf(account: Account): string[] {
  return [account.institution, account.name, accountKey(account)];
}

function unknownName(name: string, { institutions }: Config): UsageError {
  const near = nearest(name, new Set(institutions.flatMap(({ accounts }) => accounts.flatMap(namesOf))));
  return new UsageError(
    `no bank or account is named ${JSON.stringify(name)}`,
    near === null ? `Known names: ${institutions.map((one) => one.name).join(', ')}` : `Did you mean ${near}?`,
  );
}

/** Makes one job for each login, in the order of the configuration. @throws UsageError for an unknown name. */
export function planJobs(config: Config, input: PlanInput): LoginJob[] {
  const { names, windows, store, today } = input;
  const chosen = names.length === 0 ? null : new Set(chosenAccounts(config, names));
  const logins = config.institutions.flatMap((institution) => {
    const accounts = institution.accounts.filter((account) => chosen === null || chosen.has(account));
    return accounts.length === 0 ? [] : [{ institution, accounts }];
  });
  const days = daysOf(windows, config, today);
  const states = days.since === null ? (store?.windowStates(logins.flatMap(({ accounts }) => accounts)) ?? null) : null;
  return logins.map(({ institution, accounts }) => ({
    institution,
    wanted: accounts.map((account) => windowOf(account, institution, { days, state: states?.get(account) ?? null })),
  }));
}

/** The days that are the same for all accounts of a run. */
interface RunDays {
  readonly today: IsoDate;
  /** The first and last day that were named. */
  readonly since: IsoDate | null;
  readonly until: IsoDate | null;
  /** The first day of an account's first window. */
  readonly first: IsoDate;
  readonly overlapDays: number;
}

function daysOf({ since, until }: WindowOptions, { defaults }: Config, today: IsoDate): RunDays {
  const named = until === undefined ? null : dayOf(until, today);
  // The end of this month or year is to come: an open end asks for the same, and no bank rejects it.
  const last = named !== null && named > today ? null : named;
  return {
    today,
    since: since === undefined ? null : dayOf(since, today),
    until: last,
    first: addDays(last ?? today, -defaults.historyDays),
    overlapDays: defaults.overlapDays,
  };
}

/**
 * Begins `history` days back at first; later at the end of the covered days, less the longer of `overlap` and the institution's
 * own, and not before the days that the institution is known to keep.
 */
function windowOf(
  account: Account,
  { quirks }: Institution,
  { days, state }: { readonly days: RunDays; readonly state: WindowState | null },
): StatementWindow {
  const { today, since, first } = days;
  const to = days.until ?? (quirks.alwaysDateRange === true ? today : null);
  if (since !== null) return { account, from: since, to };
  if (state === null) return { account, from: first, to };
  const overlapDays = Math.max(days.overlapDays, quirks.overlapDays ?? 0);
  const resumed = resumeFrom(state, { first, overlapDays, today });
  return { account, from: withinHistory(resumed <= (to ?? today) ? resumed : first, state, today), to };
}

/**
 * Does not request days that are covered already beyond the institution's limit. Days that are not covered are requested each
 * time: limits move, and only a refusal makes a gap.
 */
function withinHistory(from: IsoDate, { historyDays, coverage }: WindowState, today: IsoDate): IsoDate {
  if (historyDays === null) return from;
  const earliest = addDays(today, -historyDays);
  const isKnown = coverage.some((span) => span.from <= from && span.to >= addDays(earliest, -1));
  return from < earliest && isKnown ? earliest : from;
}

function dayOf(day: IsoDate | { readonly days: number }, today: IsoDate): IsoDate {
  return typeof day === 'string' ? day : addDays(today, -day.days);
}
