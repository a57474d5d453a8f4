/** The page of `serve`: the report, live, of the accounts that a page token may see, from one moment of the store. */

import { householdMovements } from '../../exporters/household.js';
import { later, localDate } from '../../model/dates.js';
import type { Config } from '../../model/institution.js';
import { freshnessOf } from '../../notify/freshness.js';
import { reportData, usualPeriod } from '../../report/data.js';
import { reportPage } from '../../report/page/page.js';
import { seesAccount } from '../../serve/scope.js';
import type { Snapshot } from '../../store/serving/snapshot.js';
import type { Scope } from '../../store/serving/tokens.js';

export interface LivePageInput {
  readonly snapshot: Snapshot;
  readonly config: Config;
  readonly scope: Scope;
  readonly now: Date;
  /** BCP 47 tag for amounts and dates. */
  readonly locale: string;
}

export async function livePage({ snapshot, config, scope, now, locale }: LivePageInput): Promise<string> {
  const { records } = snapshot;
  const all = config.institutions.flatMap((institution) => institution.accounts);
  const accounts = all.filter((account) => seesAccount(scope, account));
  // Runs and messages concern every account.
  const isWhole = scope.accounts === null;
  const usual = usualPeriod(localDate(now));
  const from = scope.since === null ? usual : later(scope.since, usual);
  const data = reportData(records, {
    accounts,
    conditions: freshnessOf(config, { accounts, store: records, now }),
    program: { undelivered: isWhole ? records.unsentMessages().length : 0, failedRun: null },
    movements: await householdMovements(config, records, from),
    from,
    now,
    nextRun: null,
  });
  return reportPage(isWhole ? data : { ...data, runs: [] }, { locale });
}
