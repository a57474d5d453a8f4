/** Problems that did not prevent the work; all of them are reported. */

import type { IsoDate } from './dates.js';

export interface Notice {
  /** Stable, kebab-case: `bare-ampersand`, `bad-amount`, `unclaimed-statement` … */
  readonly code: string;
  /** One sentence for a person. Text of the institution in it is raw; printing escapes control characters. */
  readonly message: string;
  /** Offset in characters of the decoded text, if known. */
  readonly offset?: number;
  /** Number of times that it happened, if more than once. */
  readonly count?: number;
  /** The day of the transaction that it is about, if known. */
  readonly on?: IsoDate;
}

/** Notices of content that is lost until somebody reads it: the others are about form, or about what was read. */
const UNREAD_CODES: ReadonlySet<string> = new Set([
  'bad-transaction',
  'stray-transaction',
  'truncated-transaction',
  'bad-position',
  'bad-security',
  'bad-amount',
  'truncated',
  'truncated-value',
  'too-many-documents',
  'too-many-elements',
  'unread-file',
  'unreadable-file',
]);

/** Returns true for a notice of something that could not be read. */
export function isUnread({ code }: Pick<Notice, 'code'>): boolean {
  return UNREAD_CODES.has(code);
}

/** Counts the parts that could not be read. */
export function unreadCount(notices: readonly Notice[]): number {
  return notices.reduce((sum, notice) => sum + (isUnread(notice) ? (notice.count ?? 1) : 0), 0);
}

/** Lists each notice once, with the sum of its counts. */
export function eachOnce(notices: readonly Notice[]): Notice[] {
  const known = new Map<string, Notice>();
  for (const notice of notices) {
    const key = `${notice.code}\n${notice.message}`;
    const before = known.get(key);
    known.set(key, before === undefined ? notice : { ...before, count: (before.count ?? 1) + (notice.count ?? 1) });
  }
  return [...known.values()];
}
