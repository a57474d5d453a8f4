/** Judges how fresh each account is, by the store's records and the configured ages. Used by `status` and by notifications. */

import type { Account } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { AccountStatus, Gap, LoginState, Store } from '../ports.js';

export interface Freshness extends Omit<AccountStatus, 'account'> {
  readonly account: Account;
  /** Time since the last success, `null` without one. Never negative; `null` when it lies in the future, by a clock that was wrong. */
  readonly ageMs: number | null;
  readonly staleAfterMs: number;
  /** The last success is too old, or the account never had one. */
  readonly stale: boolean;
  /** The last run brought no statement. */
  readonly failing: boolean;
  /** Set while the sign-on guard blocks the login. */
  readonly blocked: LoginState['blocked'];
  /** Transactions or days that the record lacks, judged by the institution's own balances and statements. */
  readonly gaps: readonly Gap[];
}

export interface FreshnessInput {
  readonly accounts: readonly Account[];
  /** `null` before anything was stored. */
  readonly store: Pick<Store, 'status' | 'loginState' | 'gaps'> | null;
  readonly now: Date;
  /** Overrides the configuration, for all accounts. */
  readonly staleAfterMs?: number;
}

/** Returns one for each account, in their order. */
export function freshnessOf(config: Config, input: FreshnessInput): Freshness[] {
  const { accounts, store, now } = input;
  const statuses = store?.status(accounts) ?? [];
  const gaps = store?.gaps() ?? [];
  const institutions = new Map(config.institutions.map((institution) => [institution.name, institution]));
  return accounts.map((account, index) => {
    const status = statuses[index] ?? NEVER;
    const staleAfterMs = input.staleAfterMs ?? staleAfter(account, institutions.get(account.institution), config);
    const ageMs = ageOf(status.lastSuccessAt, now);
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

/** A clock may be put back a little; a success more than a day ahead was recorded by a wrong one. */
const CLOCK_SLACK_MS = 86_400_000;

function ageOf(instant: string | null, now: Date): number | null {
  const ageMs = instant === null ? null : now.getTime() - Date.parse(instant);
  return ageMs === null || ageMs < -CLOCK_SLACK_MS ? null : Math.max(0, ageMs);
}

function staleAfter(account: Account, institution: Institution | undefined, config: Config): number {
  return account.staleAfterMs ?? institution?.staleAfterMs ?? config.defaults.staleAfterMs;
}

const NEVER = { lastSuccessAt: null, lastFailure: null, failures: 0, failingSince: null, unread: [] } as const;
