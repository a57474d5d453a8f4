/** What the store is given and gives back: transactions with their place, versions, gaps, and the state of accounts, logins and runs. */

import type { Account } from './account.js';
import type { IsoDate, Period } from './dates.js';
import type { Decimal } from './decimal.js';
import type { Institution } from './institution.js';
import type { KeptProfile } from './kept-profile.js';
import type { StatementWindow } from './login.js';
import type { Notice } from './notice.js';
import type { Balance, Position, Transaction } from './statement.js';

/** What one save did. `unchanged` were seen before and equal. */
export interface SaveResult {
  readonly received: number;
  readonly new: number;
  readonly changed: number;
  readonly removed: number;
  /** Pending transactions that the account has now. */
  readonly pending: number;
  readonly unchanged: number;
  /** Gaps, balances that do not follow, unstable FITIDs … */
  readonly notices: readonly Notice[];
}

export interface SaveContext {
  readonly runId: number | null;
  /** When it arrived. */
  readonly at: Date;
  /** When the institution made the statement: DTSERVER of a file, else `at`. What is older never replaces what is newer. */
  readonly asOf?: Date;
  /** The institution's own clock (DTSERVER of a reply): with it, a balance of a day to come is told from a clock that was put back. */
  readonly serverTime?: string | null;
  /** What was asked for, `null` for a file. */
  readonly wanted: StatementWindow | null;
  readonly institution: Institution;
}

export interface StoredTransaction extends Transaction {
  /** Stable over the life of the store. */
  readonly id: string;
  readonly institution: string;
  readonly account: string;
  /** ISO 8601 instant at which the institution replaced or deleted it; absent for all others. */
  readonly removedAt?: string;
}

export interface TransactionQuery {
  readonly accounts?: readonly Pick<Account, 'institution' | 'name'>[];
  readonly since?: IsoDate;
  readonly until?: IsoDate;
  /** Case-insensitive text in name, memo or payee. */
  readonly search?: string;
  /** Inclusive, by signed amount. */
  readonly min?: string;
  readonly max?: string;
  readonly limit?: number;
  readonly offset?: number;
  /** Newest first. */
  readonly reverse?: boolean;
  /** Also those that the institution replaced or deleted. */
  readonly withRemoved?: boolean;
  /** Only what this consumer has not had: added after its mark (`setMark`); pending ones have no place there. */
  readonly newFor?: string;
  /** Only what was added up to this change (`latestChange`). */
  readonly upTo?: number;
}

/** A transaction that a consumer has had, and that changed or was removed since. */
export interface TransactionChange {
  /** As it is now, or was last. */
  readonly transaction: StoredTransaction;
  /** As the consumer knows it; `null` when only the removal is new. */
  readonly former: Transaction | null;
  readonly removed: boolean;
}

/** A former version of a transaction. */
export interface TransactionVersion {
  /** ISO 8601 instant. */
  readonly replacedAt: string;
  readonly transaction: Transaction;
}

export interface AccountState {
  readonly institution: string;
  readonly account: string;
  readonly ledgerBalance: Balance | null;
  readonly availableBalance: Balance | null;
  /** Period covered by the last statement. */
  readonly lastPeriod: Period | null;
  /** ISO 8601 instant of the last statement that was saved. */
  readonly lastSuccessAt: string | null;
  readonly transactions: number;
  /** Days that statements cover, oldest first; spans neither touch nor overlap. */
  readonly coverage: readonly Coverage[];
  /** How many days back the institution answers, where that was learned. */
  readonly historyDays: number | null;
  /** Securities and cash of an investment account on the last day of the newest statement. */
  readonly holdings?: Holdings | null;
  /** Where balances do not follow, oldest first. `foundAt`: ISO 8601 instant. */
  readonly gaps: readonly { readonly from: IsoDate; readonly foundAt: string }[];
}

export interface Holdings {
  readonly asOf: IsoDate;
  /** One security may stand here several times, in sub-accounts. */
  readonly positions: readonly Position[];
  readonly cash: Balance | null;
  /** MARGINBALANCE and SHORTBALANCE */
  readonly margin: Decimal | null;
  readonly short: Decimal | null;
}

export interface Coverage extends Period {
  /** `false`: known from files alone. */
  readonly downloaded: boolean;
}

/** Something that is missing from the record of an account, as far as the institution's own figures tell. */
export interface Gap extends Period {
  readonly institution: string;
  readonly account: string;
  /** What the transactions do not explain between the balances of two days; `null`: days that no statement covers. */
  readonly missing: { readonly amount: Decimal; readonly currency: string } | null;
}

/** Why an account got no statement in a run. */
export interface FailureRecord {
  /** ISO 8601 instant at which the run began. */
  readonly at: string;
  readonly status: 'failed' | 'skipped';
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** What the runs came to for one account. A run that was interrupted says nothing. */
export interface AccountStatus {
  readonly institution: string;
  readonly account: string;
  /** ISO 8601 instant of the last statement that a run brought. */
  readonly lastSuccessAt: string | null;
  /** The last failure, be it before or after the last success. */
  readonly lastFailure: FailureRecord | null;
  /** Runs without a statement since the last that had one; 0 when the last run had one. */
  readonly failures: number;
  /** ISO 8601 instant at which the first of them began. */
  readonly failingSince: string | null;
}

/** How an institution answered the runs that asked it. A run in which nothing was sent to it does not count. */
export interface RequestHistory {
  /** ISO 8601 instant at which the account was last asked for, by the account's name. */
  readonly lastAt: ReadonlyMap<string, string>;
  /** Runs in a row, the last one included, in which it gave no statement at all. */
  readonly failures: number;
}

/** What is remembered of a login from run to run. */
export interface LoginState {
  readonly lastSignon: 'ok' | 'refused' | 'unknown';
  /** Error of the refusal, while it blocks the login. */
  readonly blocked: { readonly code: string; readonly message: string; readonly at: string } | null;
  readonly clientUid: string | null;
  /** ACCESSKEY and SESSCOOKIE of the last signon. */
  readonly accessKey: string | null;
  readonly sessionCookie: string | null;
  readonly profile: KeptProfile | null;
}

export interface RunRecord {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
  /** Begun by a timer. */
  readonly unattended: boolean;
}
