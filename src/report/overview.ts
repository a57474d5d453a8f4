/** Accounts with their histories from the store, for `status`, `accounts`, the report and its live page. */

import type { Account, AccountRef } from '../model/account.js';
import { accountKey } from '../model/account.js';
import { type IsoDate, localDate } from '../model/dates.js';
import type { AccountHistory } from '../model/overview/history.js';
import type { Holdings } from '../model/stored.js';
import type { Store } from '../ports.js';
import { type Calendar, coverageCalendar } from './calendar.js';
import { type BalanceSeries, balanceSeries } from './series.js';
import { accountWorth, type Worth } from './worth.js';

export interface AccountOverview {
  readonly account: Account;
  /** `null` while nothing is stored of it. */
  readonly history: AccountHistory | null;
  /** Securities and cash of an investment account. */
  readonly holdings: Holdings | null;
  /** One element for each currency; empty when no balance is known. */
  readonly worth: readonly Worth[];
  /** `null` when no balance is known. */
  readonly series: BalanceSeries | null;
}

/** The part of an account's freshness (`notify/freshness.ts`) that a calendar shows. */
export interface Freshness {
  readonly account: AccountRef;
  readonly stale: boolean;
  /** ISO 8601 instant. */
  readonly failingSince: string | null;
}

/**
 * Reads the overview of each account, in their order.
 * @param store `null` before the first sync.
 * @param since first day of balances and transactions; `null` for all. Coverage and gaps are always complete.
 */
export function overviewOf(
  store: Pick<Store, 'accountState' | 'history'> | null,
  accounts: readonly Account[],
  since: IsoDate | null = null,
): AccountOverview[] {
  return accounts.map((account) => {
    const state = store?.accountState(account) ?? null;
    const history = store?.history(account, since) ?? null;
    const holdings = state?.holdings ?? null;
    return {
      account,
      history,
      holdings,
      worth: state === null ? [] : accountWorth({ ledgerBalance: state.ledgerBalance, holdings }),
      series: history === null ? null : balanceSeries(history),
    };
  });
}

/**
 * Returns the calendar of coverage of some accounts; those without freshness count as fresh.
 * @param span.from any day of the first month; `null`: the first day that is covered.
 */
export function calendarOf(
  overviews: readonly Pick<AccountOverview, 'account' | 'history'>[],
  freshness: readonly Freshness[],
  span: { readonly from: IsoDate | null; readonly today: IsoDate },
): Calendar {
  const states = new Map(freshness.map((one) => [accountKey(one.account), one]));
  const inputs = overviews.map(({ account, history }) => {
    const { stale = false, failingSince = null } = states.get(accountKey(account)) ?? {};
    return {
      institution: account.institution,
      account: account.name,
      coverage: history?.coverage ?? [],
      gaps: history?.gaps ?? [],
      stale,
      failingSince: failingSince === null ? null : localDate(new Date(failingSince)),
    };
  });
  return coverageCalendar(inputs, span);
}
