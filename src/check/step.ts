/** What a check is made of: what it is given, and one step after another, each with what was found, how long it took, and what to do next. */

import type { ProfilePorts } from '../discovery/profile.js';
import type { OfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import type { Statement } from '../model/statement.js';
import type { Reply } from '../ports.js';
import type { Guard } from '../sync/signon-guard.js';
import type { SyncPorts } from '../sync/sync.js';

export interface CheckPorts extends SyncPorts, ProfilePorts {
  readonly store: SyncPorts['store'];
  readonly read: SyncPorts['read'];
  readonly guard: Guard;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  /** `timeoutMs` was asked for, and holds for institutions with a limit of their own too. */
  readonly timeoutForAll: boolean;
  readonly signal: AbortSignal;
  /** Replies as they come, for a report. */
  readonly onReply: (institution: Institution, reply: Reply) => void;
}

/** In the order in which they are taken. */
type StepName =
  | 'directory'
  | 'secrets'
  | 'files'
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
  /** `null` where nothing was waited for. */
  readonly durationMs: number | null;
  /** What was found, or the cause. */
  readonly message: string;
  /** What to do next. */
  readonly hint: string | null;
  readonly error: OfxSyncError | null;
  readonly details: Readonly<Record<string, unknown>>;
  /** What came for the account. */
  readonly statement: Statement | null;
}

/** Of a step after one that failed. */
export const NOT_TRIED = 'not tried, since a step before failed';

type StepChange = Partial<Omit<Step, 'step'>>;

export function passed(step: StepName, message: string, more: StepChange = {}): Step {
  return { ...EMPTY, step, status: 'ok', message, ...more };
}

export function warned(step: StepName, message: string, more: StepChange = {}): Step {
  return { ...EMPTY, step, status: 'warning', message, ...more };
}

export function failed(step: StepName, error: OfxSyncError, more: StepChange = {}): Step {
  return { ...EMPTY, step, status: 'failed', message: error.message, hint: error.hint, error, ...more };
}

export function skipped(step: StepName, message: string, more: StepChange = {}): Step {
  return { ...EMPTY, step, status: 'skipped', message, ...more };
}

const EMPTY = {
  account: null,
  durationMs: null,
  hint: null,
  error: null,
  details: {},
  statement: null,
} as const;
