/** What a person is told of when it changes, and where. */

import type { Period } from './dates.js';
import type { Decimal } from './decimal.js';

/** Conditions that last; each is told when it begins, and that it is over. */
export const CONDITION_KINDS = ['signon', 'failing', 'stale', 'gap'] as const;
type ConditionKind = (typeof CONDITION_KINDS)[number];

/** `run`: nothing could be asked at all, whatever the institutions. */
export const NOTIFICATION_KINDS = [...CONDITION_KINDS, 'run', 'recovered'] as const;
type NotificationKind = (typeof NOTIFICATION_KINDS)[number];

/** Something that holds now. Its place and kind are its identity. */
export interface Condition {
  readonly kind: ConditionKind;
  readonly institution: string;
  /** Empty: the login, with all of its accounts. */
  readonly account: string;
  /** Tells several of one kind apart: the span of a gap. */
  readonly detail: string;
}

/** One thing to tell. */
export interface Notification {
  readonly kind: NotificationKind;
  /** What is over, for `recovered`. */
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
  /** What a gap lacks: something that explains the balances of two days, or a statement of the days between. */
  readonly lacks: 'transactions' | 'statement' | null;
  /** The days of a gap. */
  readonly period: Period | null;
  /** Told only when the configuration asks for details. */
  readonly missing: { readonly amount: Decimal; readonly currency: string } | null;
}

/** A message that is kept until it was delivered. */
export interface Message {
  /** The same at every attempt, so that a receiver can tell a repetition. */
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

/** What a store remembers of telling. */
export interface NotificationStore {
  /** The conditions that the person was told of. */
  reportedConditions(): readonly Condition[];
  /** Notes what the person knows from now on together with the message about it, or neither. */
  recordNotification(change: ConditionChange, message: Message | null): void;
  /** Messages that were not delivered yet, oldest first. */
  unsentMessages(): readonly Message[];
  markSent(id: string, at: Date): void;
}

/** `notify:` of accounts.yaml. */
export interface NotifySettings {
  readonly to: { readonly command: readonly string[] } | { readonly webhook: string };
  readonly timeoutMs: number;
  readonly kinds: readonly NotificationKind[];
  /** Amounts, and the messages of institutions as they are. */
  readonly details: boolean;
}
