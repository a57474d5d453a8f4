/**
 * All ports. An implementation imports this file and never its registry; `cli/` and `wiring.ts` connect the
 * implementations. Types of the domain are in `model/`.
 */

import type { OfxSyncError } from './errors.js';
import type { Account, AccountRef } from './model/account.js';
import type { IsoDate, Period } from './model/dates.js';
import type { Contradiction, ExportInput, HeldChange } from './model/export.js';
import type { Institution } from './model/institution.js';
import type { Credentials, Inquiry, StatementRequest } from './model/login.js';
import type { Notice } from './model/notice.js';
import type { NotificationStore } from './model/notifications.js';
import type { AccountHistory, RunDetail } from './model/overview/history.js';
import type { PushSettings } from './model/push.js';
import type { PushContext, PushSession } from './model/push-session.js';
import type { Secret, SecretReference } from './model/secret.js';
import type { Statement } from './model/statement.js';
import type {
  AccountState,
  AccountStatus,
  Classified,
  ClassifiedUpTo,
  ClosingState,
  ConsumerMark,
  ConsumerRecord,
  Gap,
  LoginState,
  RequestHistory,
  RunRecord,
  SaveContext,
  SaveResult,
  Served,
  SignonState,
  StoredTransaction,
  TransactionChange,
  TransactionQuery,
  TransactionVersion,
  WindowState,
} from './model/stored.js';

// ── Downloading ──────────────────────────────────────────────────────────────────────────────────────────────────

export type { Credentials, Inquiry, Login, StatementRequest, StatementWindow } from './model/login.js';

/** A reply as received, before it is read. */
export interface Reply {
  readonly body: Uint8Array;
  /** The same, compressed for the store, where that was done already. */
  readonly packed?: Uint8Array;
  readonly httpStatus: number;
  /** Path of a file, or the institution's URL without user information and query. */
  readonly origin: string;
  /** The HTTP error of a reply that is OFX all the same. The content of the reply decides which of both counts. */
  readonly refusal?: OfxSyncError;
  /** Days that the source did not request, although some accounts wanted them. */
  readonly shortage?: Shortage;
  /** It sets a cookie that is not brought back with the next request. */
  readonly setsCookie?: boolean;
}

/** A reply that has no days before `from`, for the reason of `error`. */
export interface Shortage {
  readonly from: IsoDate;
  readonly error: OfxSyncError;
}

/** A statement file that was not imported before, the reason why it cannot be read, or that there is no file at all. */
export type StatementFile =
  | { readonly path: string; readonly hash: string; readonly body: Uint8Array }
  | { readonly path: string; readonly error: OfxSyncError }
  | { readonly none: OfxSyncError };

/** A source of statements. Rejects only with an OfxSyncError. */
export interface StatementSource {
  readonly kind: string;
  fetch(request: StatementRequest, context: FetchContext): Promise<Reply>;
  /** Requests something other than statements. */
  inquire(inquiry: Inquiry, context: FetchContext): Promise<Reply>;
  /** Returns the exact bytes that `fetch` would send, with masked secrets. */
  preview(request: StatementRequest): string;
  close(): Promise<void>;
}

export interface FetchContext {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly onBytes?: (received: number) => void;
  /** Called before the same request is sent once more, as a quirk may demand; without it that is allowed. */
  readonly mayResend?: () => Promise<boolean>;
}

/** Resolves references of one scheme. */
export interface SecretProvider {
  readonly scheme: SecretReference['scheme'];
  /** @throws SecretError when the secret is not found, or the provider cannot be used here. */
  get(reference: SecretReference, context: SecretContext): Promise<Secret>;
  set?(reference: SecretReference, value: Secret, context: SecretContext): Promise<void>;
  delete?(reference: SecretReference, context: SecretContext): Promise<boolean>;
}

export interface SecretContext {
  /** Name of the institution, which is also the name in the keychain. */
  readonly institution: string;
  /** `userId`, `password`, `clientUid` … */
  readonly field: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Base of relative paths: the folder of accounts.yaml. */
  readonly baseDir: string;
  readonly signal?: AbortSignal;
  /** Prompts on the terminal without echo; absent without a terminal. */
  readonly prompt?: (question: string) => Promise<string>;
}

// ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** The request of a kept reply, so that a later version can read the reply again. */
export interface ReplyContext {
  /** `null` for an imported file. */
  readonly runId: number | null;
  readonly institution: string;
  readonly at: Date;
  /** The requested windows; none for a file. */
  readonly wanted: StatementRequest['wanted'];
}

export interface KeptReply extends Omit<ReplyContext, 'wanted'> {
  readonly reply: Reply;
  /** Accounts by name, since their configuration may have changed. */
  readonly asked: readonly {
    readonly account: string;
    readonly trnuid: string;
    readonly from: IsoDate;
    readonly to: IsoDate | null;
    readonly limit: IsoDate | null;
  }[];
}

export type {
  AccountState,
  AccountStatus,
  Classified,
  ClassifiedUpTo,
  ClosingState,
  ConsumerMark,
  ConsumerRecord,
  Coverage,
  FailureRecord,
  Gap,
  LoginState,
  RequestHistory,
  RunRecord,
  SaveContext,
  SaveResult,
  Served,
  SignonState,
  StoredTransaction,
  TransactionChange,
  TransactionQuery,
  TransactionVersion,
  WindowState,
} from './model/stored.js';

export interface Store extends NotificationStore {
  /**
   * Writes everything of `work` in one transaction; each save in it is completed or undone by itself.
   * @param how.durable what is written outlives a power failure, too.
   */
  together<T>(work: () => T, how?: { readonly durable?: boolean }): T;
  /** Saves one statement completely, or nothing of it. */
  save(account: Account, statement: Statement, context: SaveContext): SaveResult;
  transactions(query: TransactionQuery): Iterable<StoredTransaction>;
  /** Former versions of a transaction, oldest first, by its stable id. */
  versions(id: string): readonly TransactionVersion[];
  /** Returns the number of the latest change; later ones are greater. */
  latestChange(): number;
  /** Records that the consumer has everything of the accounts up to a change. */
  setMark(consumer: string, accounts: readonly AccountRef[], upTo: number, served?: Served): void;
  /** Marks of a consumer, one for each account that it was served from. */
  marks(consumer: string): readonly ConsumerMark[];
  /** All consumers, by name. */
  consumers(): readonly ConsumerRecord[];
  /** Returns the accounts, commodities and tags that outputs to a consumer without a file have declared. */
  declared(consumer: string): ReadonlySet<string>;
  addDeclared(consumer: string, names: Iterable<string>): void;
  /** Lets a consumer receive everything anew. */
  resetConsumer(consumer: string): void;
  /** Removes everything that is known of a consumer. */
  removeConsumer(consumer: string): void;
  /** Returns true when the consumer was served beyond what the store knows: a backup was put in its place. */
  isBehind(consumer: string): boolean;
  /** Transactions that the consumer has and that were changed or removed since its mark. */
  changesFor(consumer: string, query: TransactionQuery): Iterable<TransactionChange>;
  /** The state of what is kept for the view `v_classified`; `null` before the first time. */
  classifiedUpTo(): ClassifiedUpTo | null;
  /** Returns the days of the transactions that changed after a change, before it and now; `null` for none. */
  daysChangedSince(change: number): Period | null;
  /** Replaces what is kept of the transactions of some days; of all for `null`. */
  classify(rows: Iterable<Classified>, upTo: ClassifiedUpTo & { readonly days: Period | null }): void;
  /** Balances that disagree with the transactions, and days that no statement covers. */
  gaps(): readonly Gap[];
  /** All stored accounts, configured or not. */
  accounts(): readonly { readonly institution: string; readonly name: string; readonly transactions: number }[];
  /** Moves the history of an account to another and merges both; `null` when neither has the old name, now or before. */
  relink(
    from: AccountRef,
    to: Account,
    at: Date,
    institution?: Institution,
  ): { readonly moved: number; readonly joined: number } | null;
  /** Renames stored accounts that are configured under another name by now, and whose old name is configured no longer. */
  continueRenamed(institutions: readonly Institution[], at: Date): void;
  /** Continues an account's history after ACCOUNT_CHANGED; `false` when nothing is stored of it. @throws AccountChangedError */
  continueAccount(account: Account, institution: Institution): boolean;
  /** Removes everything that is stored of accounts. */
  forget(accounts: readonly AccountRef[]): void;
  accountState(account: AccountRef): AccountState | null;
  /** Returns what the next windows of accounts depend on, by the very objects that are given; without those that are not stored. */
  windowStates<Ref extends AccountRef>(accounts: readonly Ref[]): ReadonlyMap<Ref, WindowState>;
  /**
   * Returns what curves and the calendar of coverage are drawn from; `null` when nothing is stored of the account.
   * @param since first day of balances and transactions; `null` for all.
   */
  history(account: AccountRef, since: IsoDate | null): AccountHistory | null;
  /**
   * Returns the state with the newest balance and holdings that no later booking contradicts.
   * @param settledDays only those of days further back than this from the end of the last statement; `null` for any.
   */
  settledState(account: AccountRef, settledDays: number | null): ClosingState | null;
  beginRun(startedAt: Date, how?: { readonly unattended?: boolean }): number;
  /** @param endMs time since the start of the run, by a clock that only goes forward. */
  recordOutcome(runId: number, outcome: Outcome, endMs?: number): void;
  finishRun(runId: number, finishedAt: Date): void;
  /** Finished runs, newest first. */
  runs(limit: number): readonly RunRecord[];
  /** Finished runs with the outcome of each account, newest first. */
  runDetails(limit: number): readonly RunDetail[];
  /** Returns one status for each account, in the given order. */
  status(accounts: readonly AccountRef[]): readonly AccountStatus[];
  requestHistory(institution: string): RequestHistory;
  keepReply(reply: Reply, about: ReplyContext): void;
  /** Returns `true` when a file with this content was imported for these accounts (`purpose`). */
  isFileImported(institution: string, hash: string, purpose: string): boolean;
  markFileImported(
    institution: string,
    file: { readonly hash: string; readonly name: string; readonly purpose: string; readonly at: Date },
  ): void;
  /** Replies kept since an instant, oldest first. */
  replies(since: Date): Iterable<KeptReply>;
  /** Removes old records of runs and messages, nothing of the accounts. */
  prune(): void;
  /** Removes replies from before an instant, except those with something unread. */
  dropReplies(before: Date, how?: { readonly evenUnread?: boolean }): void;
  loginState(institution: string): LoginState;
  setLoginState(institution: string, change: Partial<LoginState>): void;
  /** Hosts that a person has confirmed for the bank at a host; see `discovery/hosts.ts`. */
  confirmedHosts(host: string): readonly string[];
  confirmHost(host: string, confirmed: string): void;
  /** Returns the state of a login's sign-ons with its present password. */
  signonState(login: Credentials): SignonState;
  /** @param how.durable the change outlives a power failure, too. */
  setSignonState(login: Credentials, change: Partial<SignonState>, how?: { readonly durable?: boolean }): void;
  /** Returns the instants (ISO 8601) of the requests with these credentials since an instant, oldest first. */
  requestsSince(login: Credentials, since: Date): readonly string[];
  /** Records a request with these credentials, and forgets those from before an instant. */
  recordRequest(login: Credentials, request: { readonly at: Date; readonly forgetBefore: Date }): void;
  /** Takes back a request that was not sent. */
  withdrawRequest(login: Credentials, at: Date): void;
  close(): void;
}

// ── Outcomes and progress ────────────────────────────────────────────────────────────────────────────────────────

interface OutcomeBase {
  readonly account: Account;
  /** Duration of the requests for this account, without the wait for a slot. */
  readonly durationMs: number;
  readonly attempts: number;
  readonly notices: readonly Notice[];
}

/** The outcome of a run for one account. */
export type Outcome =
  | (OutcomeBase & { readonly status: 'ok'; readonly statement: Statement; readonly saved: SaveResult })
  | (OutcomeBase & { readonly status: 'failed' | 'skipped'; readonly error: OfxSyncError });

/** An event during a run, reported in order. */
export type ProgressEvent =
  | { readonly type: 'start'; readonly accounts: readonly Account[] }
  | {
      readonly type: 'state';
      readonly account: Account;
      readonly state: 'waiting' | 'connecting' | 'receiving' | 'retrying';
      readonly bytes?: number;
      readonly detail?: string;
    }
  | { readonly type: 'outcome'; readonly outcome: Outcome };

export type OnProgress = (event: ProgressEvent) => void;

// ── Exporting ───────────────────────────────────────────────────────────────────────────────────────────────────

export type {
  Adjustment,
  Classification,
  Contradiction,
  Correction,
  ExportInput,
  ExportSettings,
  HeldChange,
  Opening,
} from './model/export.js';

/** Writes transactions in the format of another tool, streamed: a long history is never one string. */
export interface Exporter {
  readonly format: string;
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  /** `true` if a later output may be appended to an earlier one in the same file. */
  readonly appendable?: boolean;
  /** `true` if a file cannot keep several accounts apart, or its readers confuse them. */
  readonly oneAccountAFile?: boolean;
  /** `true` if it needs `openings`, which cost a pass over the transactions. */
  readonly wantsOpenings?: boolean;
  /** `true` if a balance in the output is compared with the lines above it, not with the days before it. */
  readonly assertsInPlace?: boolean;
  /** Returns the name that a line of an existing file declares, so that it is not declared again. */
  readonly declaredBy?: (line: string) => string | null;
  /** Takes the lines of an existing file in their order, and returns the change of units in a line that moves a security. */
  readonly heldIn?: () => (line: string) => (HeldChange & { readonly account: string }) | null;
  /** Takes the lines of an existing file in their order, and returns the balance in a line that the new transactions contradict. */
  readonly contradictions?: (input: ExportInput) => (line: string) => Contradiction | null;
  render(input: ExportInput): Iterable<string>;
}

/** A budgeting tool that receives transactions through its API. Rejects only with an OfxSyncError. */
export interface PushTarget {
  readonly title: string;
  open(settings: PushSettings, context: PushContext): Promise<PushSession>;
}
