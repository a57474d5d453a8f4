/** How fresh each account is: what the store remembers, judged by the ages of the configuration. Used by `status` and by notifications. */

import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { AccountStatus, Gap, LoginState, Store } from '../ports.js';

export interface Freshness extends Omit<AccountStatus, 'account'> {
  readonly account: Account;
  /** Time since the last success; `null` when there was none. Never negative, whatever the clock did. */
  readonly ageMs: number | null;
  readonly staleAfterMs: number;
  /** The last success is too old, or there was none. */
  readonly stale: boolean;
  /** The last run brought no statement. */
  readonly failing: boolean;
  /** Set while the sign-on guard leaves the login out. */
  readonly blocked: LoginState['blocked'];
  /** What is missing from the record, as far as the institution's own figures tell. */
  readonly gaps: readonly Gap[];
}

export interface FreshnessInput {
  readonly accounts: readonly Account[];
  /** `null`: nothing was ever stored. */
  readonly store: Pick<Store, 'status' | 'loginState' | 'gaps'> | null;
  readonly now: Date;
  /** Holds for all accounts, whatever the configuration says. */
  readonly staleAfterMs?: number;
}

/** One for each account, in their order. */
export function freshnessOf(config: Config, input: FreshnessInput): Freshness[] {
  const { accounts, store, now } = input;
  const statuses = store?.status(accounts) ?? [];
  const gaps = store?.gaps() ?? [];
  const institutions = new Map(config.institutions.map((institution) => [institution.name, institution]));
  return accounts.map((account, index) => {
    const status = statuses[index] ?? NEVER;
    const staleAfterMs = input.staleAfterMs ?? staleAfter(account, institutions.get(account.institution), config);
    const ageMs = status.lastSuccessAt === null ? null : Math.max(0, now.getTime() - Date.parse(status.lastSuccessAt));
    return {
      ...status,
      institution: account.institution,
      account,
      ageMs,
      staleAfterMs,
      stale: ageMs === null || ageMs > staleAfterMs,
      failing: status.failures > 0,
      blocked: store?.loginState(account.institution).blocked ?? null,
      gaps: gaps.filter((gap) => gap.institution === account.institution && gap.account === account.name),
    };
  });
}

function staleAfter(account: Account, institution: Institution | undefined, config: Config): number {
  return account.staleAfterMs ?? institution?.staleAfterMs ?? config.defaults.staleAfterMs;
}

const NEVER = { lastSuccessAt: null, lastFailure: null, failures: 0, failingSince: null } as const;
