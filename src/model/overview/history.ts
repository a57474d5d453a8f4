/** The history of an account as it is drawn: balances, sums of days, holdings, and the days that statements cover. */

import type { IsoDate } from '../dates.js';
import type { Decimal } from '../decimal.js';
import type { Balance } from '../statement.js';
import type { Coverage, Gap, RunRecord } from '../stored.js';

/** The sum of the posted transactions of one day in one currency. */
export interface DaySum {
  readonly day: IsoDate;
  readonly amount: Decimal;
  readonly currency: string;
}

/** A balance that the institution stated for a day. */
export interface StatedBalance extends Balance {
  readonly asOf: IsoDate;
}

/** Everything about an account that changes with time. All lists are in the order of their days. */
export interface AccountHistory {
  readonly institution: string;
  readonly account: string;
  /** Spans that neither touch nor overlap. Days that the institution no longer provides count as covered: see `gaps`. */
  readonly coverage: readonly Coverage[];
  readonly gaps: readonly Gap[];
  /** Ledger balances; of debts negative. */
  readonly balances: readonly StatedBalance[];
  readonly bookings: readonly DaySum[];
  /** Market values of securities with cash, one for each currency and statement; none of other accounts than investments. */
  readonly values: readonly StatedBalance[];
}

/** A run with the requests for each account, for a drawing on an axis of time. */
export interface RunDetail extends RunRecord {
  readonly outcomes: readonly RunOutcome[];
}

export interface RunOutcome {
  readonly institution: string;
  readonly account: string;
  readonly status: 'ok' | 'failed' | 'skipped';
  readonly code: string | null;
  readonly durationMs: number;
  /** Time from the start of the run to the outcome; `null` of runs before version 0.2. */
  readonly endMs: number | null;
}
