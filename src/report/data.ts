/** Everything that the report shows, from the store. */

import type { Account } from '../model/account.js';
import { type IsoDate, isoDate, localDate } from '../model/dates.js';
import type { RunDetail } from '../model/overview/history.js';
import type { Store } from '../ports.js';
import { type AccountCondition, type Attention, attentionOf, type ProgramCondition } from './attention.js';
import type { Calendar } from './calendar.js';
import { type CashFlow, cashFlows, type FlowInput } from './flows.js';
import { type AccountOverview, calendarOf, overviewOf } from './overview.js';
import { type CurrencyTotal, totalsByCurrency } from './worth.js';

export interface ReportData {
  readonly madeAt: Date;
  /** The days that curves, calendar and cash flow are of. */
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly attention: readonly Attention[];
  readonly totals: readonly CurrencyTotal[];
  readonly accounts: readonly AccountOverview[];
  readonly calendar: Calendar;
  readonly flows: readonly CashFlow[];
  /** Newest first. */
  readonly runs: readonly RunDetail[];
  /** The next run of the schedule, if known. */
  readonly nextRun: Date | null;
}

export interface ReportInput {
  readonly accounts: readonly Account[];
  /** The freshness of these accounts (`freshnessOf`). */
  readonly conditions: readonly AccountCondition[];
  readonly program: ProgramCondition;
  /** Movements of all accounts since `from` (`householdMovements`). */
  readonly movements: Iterable<FlowInput>;
  readonly from: IsoDate;
  readonly now: Date;
  readonly nextRun: Date | null;
}

const RUNS = 5;

/** Reads what the report shows. @param store `null` before the first sync. */
export function reportData(
  store: Pick<Store, 'accountState' | 'history' | 'runDetails'> | null,
  { accounts, conditions, program, movements, from, now, nextRun }: ReportInput,
): ReportData {
  const to = localDate(now);
  const overviews = overviewOf(store, accounts, from);
  return {
    madeAt: now,
    from,
    to,
    attention: attentionOf(conditions, program),
    totals: totalsByCurrency(overviews.map(({ worth }) => worth)),
    accounts: overviews,
    calendar: calendarOf(overviews, conditions, { from, today: to }),
    flows: cashFlows(movements, { accounts, from, to }),
    runs: store?.runDetails(RUNS) ?? [],
    nextRun,
  };
}

/** Returns the first day of a report without another: twelve calendar months with that of today. */
export function usualPeriod(today: IsoDate): IsoDate {
  const [year, month] = [Number(today.slice(0, 4)), Number(today.slice(5, 7))];
  return isoDate(new Date(Date.UTC(year, month - 12, 1)).toISOString().slice(0, 10));
}
