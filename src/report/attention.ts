/** What needs a person, and the command that mends it: refused sign-ons, stale accounts, gaps, parts that were not read. */

import { type AccountRef, accountKey } from '../model/account.js';
import { type IsoDate, localDate } from '../model/dates.js';
import { shellWord } from '../model/shell-word.js';
import type { AccountStatus, Gap, LoginState } from '../model/stored.js';

/** The freshness of an account (`notify/freshness.ts`). */
export interface AccountCondition
  extends Pick<AccountStatus, 'lastSuccessAt' | 'lastFailure' | 'failures' | 'failingSince' | 'unread'> {
  readonly account: AccountRef;
  readonly ageMs: number | null;
  readonly stale: boolean;
  readonly failing: boolean;
  readonly blocked: LoginState['blocked'];
  readonly gaps: readonly Gap[];
}

export interface Attention {
  readonly kind: 'signon' | 'failing' | 'stale' | 'gap' | 'unread' | 'run' | 'messages';
  /** The accounts that it concerns; none for the whole program. */
  readonly accounts: readonly AccountRef[];
  /** A sentence without its full stop. May contain text of an institution. */
  readonly what: string;
  /** Further sentences; `null` for none. */
  readonly more: string | null;
  /** The command that mends it, or finds out more; `null` when it is in `more`, or none helps. */
  readonly command: string | null;
  /** Days and amounts that the sentence is about, for those who write them in another way. */
  readonly gap: Gap | null;
  /** Day of the last statement, for a stale account. */
  readonly since: IsoDate | null;
}

/** Conditions that belong to no account. */
export interface ProgramCondition {
  /** Messages that are not delivered yet. */
  readonly undelivered: number;
  /** The last run by a timer, when it failed as a whole. */
  readonly failedRun: { readonly message: string; readonly hint: string | null } | null;
}

const NOTHING = { accounts: [], more: null, command: null, gap: null, since: null } as const;

/** Returns all that needs a person, what keeps data from arriving first. */
export function attentionOf(conditions: readonly AccountCondition[], program: ProgramCondition): Attention[] {
  const { undelivered, failedRun } = program;
  return [
    ...(failedRun === null
      ? []
      : [{ ...NOTHING, kind: 'run' as const, what: failedRun.message, more: failedRun.hint }]),
    ...failures(conditions),
    ...conditions.flatMap(staleness),
    ...conditions.flatMap(missing),
    ...conditions.flatMap(unread),
    ...(undelivered === 0
      ? []
      : [
          {
            ...NOTHING,
            kind: 'messages' as const,
            what: undeliveredText(undelivered),
            command: 'ofx-sync notify test',
          },
        ]),
  ];
}

function undeliveredText(count: number): string {
  return count === 1 ? '1 message is not delivered yet' : `${count} messages are not delivered yet`;
}

/** Returns failures, one for all accounts of a bank that failed in the same way. */
function failures(conditions: readonly AccountCondition[]): Attention[] {
  const found = new Map<string, Attention & { readonly accounts: AccountRef[] }>();
  for (const { account, failing, lastFailure, blocked } of conditions) {
    if (!failing || lastFailure === null) continue;
    const { code, message, hint } = lastFailure;
    const key = [account.institution, code, message, hint].join('\n');
    const known = found.get(key);
    const kind = blocked === null ? 'failing' : 'signon';
    if (known === undefined) found.set(key, { ...NOTHING, kind, accounts: [account], what: message, more: hint });
    else known.accounts.push(account);
  }
  return [...found.values()];
}

/** A failing account has its own entry. */
function staleness({ account, stale, failing, lastSuccessAt, ageMs }: AccountCondition): Attention[] {
  if (!stale || failing) return [];
  const since = lastSuccessAt === null || ageMs === null ? null : localDate(new Date(lastSuccessAt));
  const what = since === null ? 'No statement was downloaded yet' : 'The last statement is too old';
  const command = `ofx-sync sync ${shellWord(accountKey(account))}`;
  return [{ ...NOTHING, kind: 'stale', accounts: [account], what, command, since }];
}

function missing({ account, gaps }: AccountCondition): Attention[] {
  return gaps.map((gap) => {
    const own = { ...NOTHING, kind: 'gap' as const, accounts: [account], gap };
    if (gap.missing === null)
      return {
        ...own,
        what: 'The bank no longer provides these days',
        more: 'If you can download a file for them:',
        command: 'ofx-sync import FILE',
      };
    const more =
      gap.excess === undefined || gap.excess.length === 0
        ? 'To request these days again:'
        : `May be stored once too often: ${gap.excess.map(({ id }) => id).join(', ')}. To request these days again:`;
    const command = `ofx-sync sync ${shellWord(accountKey(account))} --since ${gap.from}`;
    return { ...own, what: 'The balances disagree with the transactions', more, command };
  });
}

function unread({ account, unread: parts }: AccountCondition): Attention[] {
  const [first, ...rest] = parts;
  if (first === undefined) return [];
  const more = `${rest.length === 0 ? '' : `${rest.length} more could not be read. `}After an update of ofx-sync:`;
  const own = { ...NOTHING, kind: 'unread' as const, accounts: [account] };
  return [{ ...own, what: `Not read: ${first.message}`, more, command: 'ofx-sync import --replay' }];
}
