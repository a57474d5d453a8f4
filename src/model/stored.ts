/** Input and output of the store: transactions, their versions, gaps, and the state of accounts, logins and runs. */

import type { AccountRef } from './account.js';
import type { IsoDate, Period } from './dates.js';
import type { Decimal } from './decimal.js';
import type { Institution } from './institution.js';
import type { KeptProfile } from './kept-profile.js';
import type { StatementWindow } from './login.js';
import type { Notice } from './notice.js';
import type { Balance, Position, Transaction } from './statement.js';

/** The result of one save. */
export interface SaveResult {
  readonly received: number;
  readonly new: number;
  readonly changed: number;
  readonly removed: number;
  /** Pending transactions of the account now. */
  readonly pending: number;
  /** Transactions that were stored before with the same content. */
  readonly unchanged: number;
  /** The ledger balance of the statement as it is stored: of debts negative, whatever the bank writes. */
  readonly ledgerBalance: Balance | null;
  /** Gaps, balances that disagree with the transactions, unstable FITIDs … */
  readonly notices: readonly Notice[];
}

export interface SaveContext {
  readonly runId: number | null;
  /** Time of arrival. */
  readonly at: Date;
  /** Time of the statement: DTSERVER of a file, else `at`. An older statement never replaces content of a newer one. */
  readonly asOf?: Date;
  /** The day on which a file was made, as the institution wrote it, whatever the time zone here. */
  readonly madeOn?: IsoDate;
  /** The time of a replay of a kept reply, which arrived `at`. */
  readonly replayedAt?: Date;
  /** The institution's own clock (DTSERVER of a reply). It shows whether a balance is in the future or the local clock is wrong. */
  readonly serverTime?: string | null;
  /** The requested window, `null` for a file. */
  readonly wanted: StatementWindow | null;
  readonly institution: Institution;
  /** Path of the file that the statement is from; absent for a reply. */
  readonly origin?: string;
  /** The period that a file states although it was cut off, and so does not cover. */
  readonly announced?: Period | null;
  /** Notices about the reply or file as a whole that are recorded with this account. */
  readonly notices?: readonly Notice[];
  /** A kept reply is read again: what an earlier reading could not read of it is forgotten first. */
  readonly isReread?: boolean;
}

/** Something of a reply or file that could not be read, until a later reading or statement brings it. */
export interface UnreadPart {
  readonly code: string;
  readonly message: string;
  readonly count: number;
  /** The day of the transaction, if known. */
  readonly on: IsoDate | null;
  /** ISO 8601 instant at which the reply or file arrived. */
  readonly foundAt: string;
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
  readonly accounts?: readonly AccountRef[];
  readonly since?: IsoDate;
  readonly until?: IsoDate;
  /** Text in name, memo or payee, without regard to case. */
  readonly search?: string;
  /** Least signed amount, inclusive. */
  readonly min?: string;
  readonly max?: string;
  readonly limit?: number;
  readonly offset?: number;
  /** Newest first. */
  readonly reverse?: boolean;
  /** Include those that the institution replaced or deleted. */
  readonly withRemoved?: boolean;
  /** Only what this consumer lacks: added after its mark (`setMark`), and posted. */
  readonly newFor?: string;
  /** Only what this consumer has had. */
  readonly hadBy?: string;
  /** Only transactions added up to this change (`latestChange`). */
  readonly upTo?: number;
}

/** A transaction that a consumer has, and that was changed or removed since. */
export interface TransactionChange {
  /** The current or last content. */
  readonly transaction: StoredTransaction;
  /** The content that the consumer has; `null` when only the removal is new. */
  readonly former: Transaction | null;
  readonly removed: boolean;
  /** It was removed when the consumer was served, and is valid again. */
  readonly wasRemoved: boolean;
  /** The first day whose balance at the bank contains the new amount; `null` where the amount is as it was. */
  readonly statedOn: IsoDate | null;
}

/** The mark of a consumer in one account. */
export interface ConsumerMark {
  readonly institution: string;
  readonly account: string;
  /** ISO 8601 instant at which the mark moved last; `null` if unknown. */
  readonly servedAt: string | null;
  /** Absolute path of the file that the account was exported to last; `null` for none, or if unknown. */
  readonly file: string | null;
}

/** The outcome of serving a consumer, kept with its marks. */
export interface Served {
  readonly at: Date;
  /** Absolute path of the file that was written; `null` for none. The former file stays on record when absent. */
  readonly file?: string | null;
}

/** A consumer with all of its marks. */
export interface ConsumerRecord {
  readonly name: string;
  readonly accounts: readonly (ConsumerMark & {
    /** Number of stored transactions that the consumer has received, and that it has not. */
    readonly received: number;
    readonly waiting: number;
  })[];
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
  /** ISO 8601 instant of the last saved statement. */
  readonly lastSuccessAt: string | null;
  readonly transactions: number;
  /** Days that statements cover, oldest first; spans neither touch nor overlap. */
  readonly coverage: readonly Coverage[];
  /** Number of days that the institution's history reaches back, if known. */
  readonly historyDays: number | null;
  /** Securities and cash of an investment account on the last day of the newest statement. */
  readonly holdings?: Holdings | null;
  /** Days from which balances disagree with the transactions, oldest first. `foundAt`: ISO 8601 instant. */
  readonly gaps: readonly { readonly from: IsoDate; readonly foundAt: string }[];
}

/** The part of an account's state that its next window depends on. */
export type WindowState = Pick<AccountState, 'coverage' | 'gaps' | 'historyDays' | 'ledgerBalance'>;

/** The part of an account's state that a journal asserts. */
export type ClosingState = Pick<AccountState, 'institution' | 'account' | 'ledgerBalance' | 'holdings' | 'coverage'>;

export interface Holdings {
  readonly asOf: IsoDate;
  /** One security may occur several times, in sub-accounts. */
  readonly positions: readonly Position[];
  readonly cash: Balance | null;
  /** MARGINBALANCE and SHORTBALANCE */
  readonly margin: Decimal | null;
  readonly short: Decimal | null;
}

export interface Coverage extends Period {
  /** `false`: known only from files. */
  readonly downloaded: boolean;
}

/** Something that is missing from the history of an account according to the institution's own figures. */
export interface Gap extends Period {
  readonly institution: string;
  readonly account: string;
  /** The part of the difference between two balances that no transaction explains; `null` for days that no statement covers. */
  readonly missing: { readonly amount: Decimal; readonly currency: string } | null;
  /** Stored transactions without which the balances would agree. */
  readonly excess?: readonly Excess[];
}

/** A transaction that may be stored once too often. */
export interface Excess {
  /** Stable id of the transaction. */
  readonly id: string;
  readonly postedOn: IsoDate;
  readonly amount: Decimal;
  readonly name: string | null;
}

/** The reason why an account got no statement in a run. */
export interface FailureRecord {
  /** ISO 8601 instant at which the run started. */
  readonly at: string;
  readonly status: 'failed' | 'skipped';
  readonly code: string;
  readonly message: string;
  readonly hint: string | null;
}

/** The history of runs for one account. Interrupted runs do not count. */
export interface AccountStatus {
  readonly institution: string;
  readonly account: string;
  /** ISO 8601 instant of the last downloaded statement. */
  readonly lastSuccessAt: string | null;
  /** The last failure, before or after the last success. */
  readonly lastFailure: FailureRecord | null;
  /** Runs without a statement since the last run with one; 0 when the last run had one. */
  readonly failures: number;
  /** ISO 8601 instant at which the first of them started. */
  readonly failingSince: string | null;
  /** Parts of its statements that could not be read, oldest first. */
  readonly unread: readonly UnreadPart[];
}

/** The outcome of past requests to an institution. A run that sent it nothing does not count. */
export interface RequestHistory {
  /** ISO 8601 instant of the last request for each account, by the account's name. */
  readonly lastAt: ReadonlyMap<string, string>;
  /** Runs in a row, up to the last one, in which it sent no statement at all. */
  readonly failures: number;
}

/** The state of a login that is kept between runs. */
export interface LoginState {
  readonly lastSignon: 'ok' | 'refused' | 'unknown';
  /** The error of the refusal, while it blocks the login. */
  readonly blocked: { readonly code: string; readonly message: string; readonly at: string } | null;
  readonly clientUid: string | null;
  /** ACCESSKEY and SESSCOOKIE of the last signon. */
  readonly accessKey: string | null;
  readonly sessionCookie: string | null;
  readonly profile: KeptProfile | null;
}

/** The state of a login's sign-ons with its present password, whatever the name of its institution. */
export interface SignonState {
  /** Stands for the login: host, ORG, FID and user id. */
  readonly login: string;
  /** Stands for the login with this password. */
  readonly credentials: string;
  /** The last verdict on this password; `null` before the first one. */
  readonly verdict: 'accepted' | 'refused' | null;
  /** Sign-ons that got no verdict, since the last verdict or since a person confirmed the password. */
  readonly unanswered: number;
  /** The error of the refusal, else of the last sign-on without a verdict. */
  readonly last: { readonly code: string; readonly message: string; readonly at: string } | null;
  readonly clientUid: string | null;
  readonly accessKey: string | null;
  readonly sessionCookie: string | null;
}

export interface RunRecord {
  readonly startedAt: string;
  readonly durationMs: number;
  readonly ok: number;
  readonly failed: number;
  readonly skipped: number;
  /** Started by a timer. */
  readonly unattended: boolean;
}

/** A posted transaction as the rules classify it and exports write it. */
export interface Classified {
  /** Stable id of the transaction. */
  readonly id: string;
  readonly payee: string;
  /** `null` where no rule sets one. */
  readonly category: string | null;
  readonly tags: readonly string[];
  /** Id of the other side of a transfer between the person's own accounts. */
  readonly transfer: string | null;
}

/** The state of the stored classifications: of which rules, and up to which change. */
export interface ClassifiedUpTo {
  /** Stands for the rules and the names of the accounts. */
  readonly rules: string;
  readonly change: number;
}
