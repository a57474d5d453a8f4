/** The part of an answer that a token may read. */

import type { AccountRef } from '../model/account.js';
import { later } from '../model/dates.js';
import type { TransactionRange } from '../store/serving/snapshot.js';
import type { Scope } from '../store/serving/tokens.js';

export function seesAccount({ accounts }: Scope, { institution, name }: AccountRef): boolean {
  return accounts === null || accounts.some((one) => one.institution === institution && one.name === name);
}

/** Returns the days of a request that the token may read. */
export function rangeOf({ since }: Scope, asked: TransactionRange): TransactionRange {
  const first = since === null ? asked.since : asked.since === null ? since : later(since, asked.since);
  return { since: first, until: asked.until };
}
