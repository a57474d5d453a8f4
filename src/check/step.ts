/** The steps of a check: each has a finding, its duration, and a hint. */

import type { ProfilePorts } from '../discovery/profile.js';
import type { OfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import type { Statement } from '../model/statement.js';
import type { Login, Reply } from '../ports.js';
import type { SyncPorts } from '../sync/sync.js';

export interface CheckPorts extends SyncPorts, ProfilePorts {
  readonly store: SyncPorts['store'];
  readonly read: SyncPorts['read'];
  /** Returns the addresses of a login by the profile that is kept now. Rejects with an AddressError. */
  readonly addressesOf: (institution: Institution) => Promise<NonNullable<Login['addresses']>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** `timeoutMs` was given as an option, and also overrides the timeouts that institutions have of their own. */
  readonly timeoutForAll: boolean;
  /** Called with every reply, for a report. */
  readonly onReply: (institution: Institution, reply: Reply) => void;
}

/** In the order in which they run. */
type StepName =
  | 'directory'
  | 'secrets'
  | 'files'
  | 'command'
  | 'dns'
  | 'proxy'
  | 'connect'
  | 'tls'
  | 'http'
  | 'header'
  | 'profile'
  | 'signon'
  | 'account';

export interface Step {
  readonly step: StepName;
  /** The account, for the step `account`. */
  readonly account: Account | null;
  /** `warning`: it works, and something should be known; `skipped`: not tried, since an earlier step failed. */
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  /** `null` where there was nothing to wait for. */
  readonly durationMs: number | null;
  /** The finding, or the cause of the failure. */
  readonly message: string;
  readonly hint: string | null;
  readonly error: OfxSyncError | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** The statement of the account, if one arrived. */
  readonly statement: Statement | null;
}

/** Returns true for a step that failed, and for a sign-on that is not tried since it was refused before. */
export function isFailure({ status, error }: Step): boolean {
  return status === 'failed' || error?.code === 'SIGNON_BLOCKED';
}

/** The message of a step after one that failed. */
export const NOT_TRIED = 'not tried, since an earlier step failed';

type StepChange = Partial<Omit<Step, 'step'>>;

const stepWith =
  (status: Step['status']) =>
  (step: StepName, message: string, more: StepChange = {}): Step => ({ ...EMPTY, step, status, message, ...more });

export const passed = stepWith('ok');
export const warned = stepWith('warning');
export const skipped = stepWith('skipped');

export function failed(step: StepName, error: OfxSyncError, more: StepChange = {}): Step {
  return { ...EMPTY, step, status: 'failed', message: error.message, hint: error.hint, error, ...more };
}

/** The steps of the sign-on and the accounts, when an earlier step failed. */
export function skippedStatements(accounts: readonly Account[], because: OfxSyncError | null): Step[] {
  return [skipped('signon', NOT_TRIED), ...skippedAccounts(accounts, because)];
}

export function skippedAccounts(accounts: readonly Account[], because: OfxSyncError | null): Step[] {
  return accounts.map((account) => skipped('account', NOT_TRIED, { account, error: because }));
}

/** Returns "1 statement", "2 statements", for example. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const EMPTY = {
  account: null,
  durationMs: null,
  hint: null,
  error: null,
  details: {},
  statement: null,
} as const;
