/**
 * Every plug point on one page. An implementation imports this file and never its registry; `cli/cli.ts` and
 * `wiring.ts` put implementations together. Types of the domain are in `model/`.
 */

import type { OfxSyncError } from './errors.js';
import type { Account } from './model/account.js';
import type { IsoDate } from './model/dates.js';
import type { ExportInput } from './model/export.js';
import type { Inquiry, Login, StatementRequest } from './model/login.js';
import type { Notice } from './model/notice.js';
import type { NotificationStore } from './model/notifications.js';
import type { PushSettings } from './model/push.js';
import type { PushContext, PushSession } from './model/push-session.js';
import type { Secret, SecretReference } from './model/secret.js';
import type { Statement } from './model/statement.js';
import type {
  AccountState,
  AccountStatus,
  Gap,
  LoginState,
  RequestHistory,
  RunRecord,
  SaveContext,
  SaveResult,
  StoredTransaction,
  TransactionChange,
  TransactionQuery,
  TransactionVersion,
} from './model/stored.js';

// ── Downloading ──────────────────────────────────────────────────────────────────────────────────────────────────

export type { Inquiry, Login, StatementRequest, StatementWindow } from './model/login.js';

/** Bytes as received, before anything was read into them. */
export interface Reply {
  readonly body: Uint8Array;
  readonly httpStatus: number;
  /** Path of a file, or the institution's URL without user information and query. */
  readonly origin: string;
  /** What HTTP says against an answer that is OFX all the same; which of them counts depends on what the answer says. */
  readonly refusal?: OfxSyncError;
}

/** A statement file that was not taken before, or why it cannot be read. */
export type StatementFile = { readonly path: string } & (
  | { readonly hash: string; readonly body: Uint8Array }
  | { readonly error: OfxSyncError }
);

/** Where statements come from. Rejects with an OfxSyncError only. */
export interface StatementSource {
  readonly kind: string;
  fetch(request: StatementRequest, context: FetchContext): Promise<Reply>;
  /** Asks for something other than statements; absent where there is nobody to ask. */
  inquire(inquiry: Inquiry, context: FetchContext): Promise<Reply>;
  /** The exact bytes that `fetch` would send, the secrets masked. */
  preview(request: StatementRequest): string;
  close(): Promise<void>;
}

export interface FetchContext {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
  readonly onBytes?: (received: number) => void;
}

/** Resolves references of one scheme. */
export interface SecretProvider {
  readonly scheme: SecretReference['scheme'];
  /** @throws SecretError when there is none, or the provider cannot be used here. */
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
  /** Folder that relative paths count from: that of accounts.yaml. */
  readonly baseDir: string;
  readonly signal?: AbortSignal;
  /** Asks on the terminal without echo; absent where there is none. */
  readonly prompt?: (question: string) => Promise<string>;
}

// ── Storing ──────────────────────────────────────────────────────────────────────────────────────────────────────

/** What a kept reply answers, so that it can be read again by a later parser. */
export interface ReplyContext {
  /** `null`: a file that was imported. */
  readonly runId: number | null;
  readonly institution: string;
  readonly at: Date;
  /** What was asked for; nothing for a file. */
  readonly wanted: StatementRequest['wanted'];
}

export interface KeptReply extends Omit<ReplyContext, 'wanted'> {
  readonly reply: Reply;
  /** By name, since the account may be configured otherwise today. */
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
  Coverage,
  FailureRecord,
  Gap,
  LoginState,
  RequestHistory,
  RunRecord,
  SaveContext,
  SaveResult,
  StoredTransaction,
  TransactionChange,
  TransactionQuery,
  TransactionVersion,
} from './model/stored.js';

export interface Store extends NotificationStore {
  /** All of one statement, or nothing of it, in one transaction. */
  save(account: Account, statement: Statement, context: SaveContext): SaveResult;
  transactions(query: TransactionQuery): Iterable<StoredTransaction>;
  /** Former versions of a transaction, oldest first, by its stable id. */
  versions(id: string): readonly TransactionVersion[];
  /** Number of the latest change; those to come are greater. */
  latestChange(): number;
  /** Notes that the consumer has had everything of the accounts up to a change. */
  setMark(consumer: string, accounts: readonly Pick<Account, 'institution' | 'name'>[], upTo: number): void;
  /** What the consumer has had and what changed or was removed since its mark. */
  changesFor(consumer: string, query: TransactionQuery): Iterable<TransactionChange>;
  /** Balances that do not follow, and days that no statement covers. */
  gaps(): readonly Gap[];
  /** Every account that something was stored for, configured or not. */
  accounts(): readonly { readonly institution: string; readonly name: string; readonly transactions: number }[];
  /** Moves the history of an account to another, joining what both have; `null` when there is none of the old name. */
  relink(
    from: Pick<Account, 'institution' | 'name'>,
    to: Account,
    at: Date,
  ): { readonly moved: number; readonly joined: number } | null;
  accountState(account: Pick<Account, 'institution' | 'name'>): AccountState | null;
  beginRun(startedAt: Date, how?: { readonly unattended?: boolean }): number;
  recordOutcome(runId: number, outcome: Outcome): void;
  finishRun(runId: number, finishedAt: Date): void;
  runs(limit: number): readonly RunRecord[];
  /** One for each account, in the order in which they were named. */
  status(accounts: readonly Pick<Account, 'institution' | 'name'>[]): readonly AccountStatus[];
  requestHistory(institution: string): RequestHistory;
  keepReply(reply: Reply, about: ReplyContext): void;
  /** Whether a file of this content was taken for these accounts (`purpose`). */
  isFileImported(institution: string, hash: string, purpose: string): boolean;
  markFileImported(
    institution: string,
    file: { readonly hash: string; readonly name: string; readonly purpose: string; readonly at: Date },
  ): void;
  /** Kept replies since an instant, oldest first. */
  replies(since: Date): Iterable<KeptReply>;
  /** Deletes old records of runs and messages; nothing of the accounts. */
  prune(): void;
  /** Deletes replies that are older. */
  dropReplies(before: Date): void;
  loginState(institution: string): LoginState;
  setLoginState(institution: string, change: Partial<LoginState>): void;
  /** A check value of the credentials from which they cannot be guessed, to notice that they changed. */
  credentialsChanged(login: Login): boolean;
  rememberCredentials(login: Login): void;
  close(): void;
}

// ── Outcomes and progress ────────────────────────────────────────────────────────────────────────────────────────

interface OutcomeBase {
  readonly account: Account;
  /** Time that the requests for this account took, waiting for a slot left out. */
  readonly durationMs: number;
  readonly attempts: number;
  readonly notices: readonly Notice[];
}

/** What happened to one account. */
export type Outcome =
  | (OutcomeBase & { readonly status: 'ok'; readonly statement: Statement; readonly saved: SaveResult })
  | (OutcomeBase & { readonly status: 'failed' | 'skipped'; readonly error: OfxSyncError });

/** What happens while a run goes on, in the order in which it happens. */
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

// ── Handing on ───────────────────────────────────────────────────────────────────────────────────────────────────

export type { Classification, ExportInput, ExportSettings, Opening } from './model/export.js';

/** Writes transactions in the format of another tool, streamed: a long history is never one string. */
export interface Exporter {
  readonly format: string;
  readonly title: string;
  /** Without the dot. */
  readonly extension: string;
  /** Whether a later output may simply follow an earlier one in the same file. */
  readonly appendable?: boolean;
  /** Readers mix up the accounts of one file. */
  readonly oneAccountAFile?: boolean;
  /** Wants `openings`, which cost a pass over the transactions. */
  readonly wantsOpenings?: boolean;
  /** What a line of such a file declares, so that it is not declared again. */
  readonly declaredBy?: (line: string) => string | null;
  render(input: ExportInput): Iterable<string>;
}

/** A budgeting tool that takes transactions over an API of its own. All methods reject with an OfxSyncError only. */
export interface PushTarget {
  readonly title: string;
  open(settings: PushSettings, context: PushContext): Promise<PushSession>;
}
