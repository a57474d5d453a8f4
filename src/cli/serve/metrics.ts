/** The metrics of `serve`: those of `status --format prometheus`, for the accounts that a token may read. */

import type { Config } from '../../model/institution.js';
import { freshnessOf } from '../../notify/freshness.js';
import { balanceOf } from '../../serve/money.js';
import { seesAccount } from '../../serve/scope.js';
import type { Snapshot } from '../../store/serving/snapshot.js';
import type { Scope } from '../../store/serving/tokens.js';
import { prometheusText } from '../sync/status-report.js';
import type { UnattendedRun } from '../sync/unattended-run.js';

export interface MetricsInput {
  readonly snapshot: Snapshot;
  readonly config: Config;
  readonly scope: Scope;
  readonly now: Date;
  readonly withBalances: boolean;
  /** The last run by a timer, unless another run began later. */
  readonly unattendedRun: UnattendedRun | null;
}

export function metricsOf({ snapshot, config, scope, now, withBalances, unattendedRun }: MetricsInput): string {
  const { records } = snapshot;
  const accounts = config.institutions
    .flatMap((institution) => institution.accounts)
    .filter((account) => seesAccount(scope, account));
  const isWhole = scope.accounts === null;
  return prometheusText({
    accounts: freshnessOf(config, { accounts, store: records, now }),
    // Runs concern every account.
    runs: isWhole ? records.runs(1) : [],
    // Only the scheduler of the system knows it, and a request of a monitor starts no programs.
    nextRun: null,
    undelivered: isWhole ? records.unsentMessages().length : 0,
    unattendedRun: isWhole ? unattendedRun : null,
    balances: withBalances
      ? accounts.flatMap(({ institution, name, accountKind }) => {
          const state = snapshot.stateOf({ institution, name });
          const balance = state === null ? null : balanceOf(state, accountKind);
          return balance === null ? [] : [{ institution, name, amount: balance.amount, currency: balance.currency }];
        })
      : [],
  });
}
