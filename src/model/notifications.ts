/** Notifications: conditions of accounts that are reported when they begin and end, and the messages about them. */

import type { Period } from './dates.js';
import type { Decimal } from './decimal.js';

/** Lasting conditions; each is reported when it begins and when it is over. */
export const CONDITION_KINDS = ['signon', 'failing', 'stale', 'gap'] as const;
type ConditionKind = (typeof CONDITION_KINDS)[number];

/** `run`: a run failed as a whole, whatever the institutions. */
export const NOTIFICATION_KINDS = [...CONDITION_KINDS, 'run', 'recovered'] as const;
type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** A condition that holds now. Its fields together identify it. */
export interface Condition {
  readonly kind: ConditionKind;
  readonly institution: string;
  /** Empty: the login, with all of its accounts. */
  readonly account: string;
  /** Distinguishes several of one kind: the span of a gap. */
  readonly detail: string;
}

/** One thing to report. */
export interface Notification {
  readonly kind: NotificationKind;
  /** The condition that is over, for `recovered`. */
  readonly over: ConditionKind | 'run' | null;
  /** Empty for `run`. */
  readonly institution: string;
  /** `null`: the login, with all of its accounts. */
  readonly account: string | null;
  /** ISO 8601 instant: when it began, or the last success for `stale`. */
  readonly since: string | null;
  readonly code: string | null;
  readonly message: string | null;
  readonly hint: string | null;
  /** The missing part of a gap: transactions that explain the balances of two days, or a statement for the days between. */
  readonly lacks: 'transactions' | 'statement' | null;
  /** The days of a gap. */
  readonly period: Period | null;
  /** Reported only if the configuration has `details`. */
  readonly missing: { readonly amount: Decimal; readonly currency: string } | null;
}

/** A message that is kept until it is delivered. */
export interface Message {
  /** The same at every attempt, so that a receiver can recognise a repetition. */
  readonly id: string;
  readonly at: string;
  readonly title: string;
  readonly text: string;
  readonly news: readonly Notification[];
}

export interface ConditionChange {
  readonly began: readonly Condition[];
  readonly ended: readonly Condition[];
}

/** The part of the store that remembers notifications. */
export interface NotificationStore {
  /** Conditions that were reported and are not over. */
  reportedConditions(): readonly Condition[];
  /** Records the changed conditions together with the message about them, or neither. */
  recordNotification(change: ConditionChange, message: Message | null): void;
  /** Messages that are not delivered yet, oldest first. */
  unsentMessages(): readonly Message[];
  markSent(id: string, at: Date): void;
}

/** `notify:` of accounts.yaml. */
export interface NotifySettings {
  readonly to: { readonly command: readonly string[] } | { readonly webhook: string } | { readonly desktop: true };
  readonly timeoutMs: number;
  readonly kinds: readonly NotificationKind[];
  /** Include amounts, and the unchanged messages of institutions. */
  readonly details: boolean;
}
