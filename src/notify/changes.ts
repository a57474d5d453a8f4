/**
 * Compares the conditions of the accounts with those that were reported before, and makes news of the differences. Nothing
 * depends on the run that has just ended, so that a run that was killed leaves nothing unreported.
 */

import { isIsoDate } from '../model/dates.js';
import type { Condition, ConditionChange, Notification } from '../model/notifications.js';
import type { Freshness } from './freshness.js';

export interface Changes extends ConditionChange {
  readonly news: readonly Notification[];
}

/** @param reported conditions of all accounts; those of accounts that are not in `accounts` stay unchanged. */
export function changesSince(reported: readonly Condition[], accounts: readonly Freshness[]): Changes {
  const now = conditionsOf(accounts);
  const known = new Set(reported.map(keyOf));
  const holding = new Set(now.map(({ condition }) => keyOf(condition)));
  const began = now.filter(({ condition }) => !known.has(keyOf(condition)));
  const configured = new Set(
    accounts.flatMap((one) => [one.institution, accountKeyOf(one.institution, one.account.name)]),
  );
  const ended = reported.filter(
    (condition) =>
      !holding.has(keyOf(condition)) &&
      configured.has(
        condition.account === '' ? condition.institution : accountKeyOf(condition.institution, condition.account),
      ),
  );
  return {
    began: began.map(({ condition }) => condition),
    ended,
    news: [...began.map(({ news }) => news), ...recoveries(accounts, ended)],
  };
}

interface HeldCondition {
  readonly condition: Condition;
  readonly news: Notification;
}

function conditionsOf(accounts: readonly Freshness[]): HeldCondition[] {
  const refused = new Map<string, HeldCondition>();
  const holding = accounts.flatMap((one) => {
    const isRefused = isSignonRefused(one);
    if (isRefused && !refused.has(one.institution)) refused.set(one.institution, signon(one));
    return [...(one.failing && !isRefused ? [failing(one)] : []), ...(isOld(one) ? [stale(one)] : []), ...gaps(one)];
  });
  return [...refused.values(), ...holding];
}

/** Only a person can solve it, and it concerns the login rather than one account. */
function isSignonRefused({ failing: isFailing, blocked, lastFailure }: Freshness): boolean {
  if (!isFailing) return false;
  return blocked !== null || (lastFailure !== null && /^(?:SIGNON_(?!BUSY)|ENCRYPTION_)/.test(lastFailure.code));
}

/** An account that was never downloaded is failing, but has no age. */
function isOld({ stale: isStale, lastSuccessAt }: Freshness): boolean {
  return isStale && lastSuccessAt !== null;
}

function signon({ institution, blocked, lastFailure, failingSince }: Freshness): HeldCondition {
  return held(
    { kind: 'signon', institution, account: '', detail: '' },
    {
      since: failingSince,
      code: blocked?.code ?? lastFailure?.code ?? null,
      message: blocked?.message ?? lastFailure?.message ?? null,
      hint: lastFailure?.hint ?? null,
    },
  );
}

function failing({ institution, account, lastFailure, failingSince }: Freshness): HeldCondition {
  const { code = null, message = null, hint = null } = lastFailure ?? {};
  const condition = { kind: 'failing', institution, account: account.name, detail: '' } as const;
  return held(condition, { since: failingSince, code, message, hint });
}

function stale({ institution, account, lastSuccessAt }: Freshness): HeldCondition {
  return held({ kind: 'stale', institution, account: account.name, detail: '' }, { since: lastSuccessAt });
}

function gaps({ institution, account, gaps: found }: Freshness): HeldCondition[] {
  return found.map(({ from, to, missing }) =>
    held(
      { kind: 'gap', institution, account: account.name, detail: `${from}..${to}` },
      { lacks: missing === null ? 'statement' : 'transactions', period: { from, to }, missing },
    ),
  );
}

function held(condition: Condition, more: Partial<Notification>): HeldCondition {
  return { condition, news: { ...newsAbout(condition, condition.kind), ...more } };
}

function newsAbout({ institution, account }: Condition, kind: Notification['kind']): Notification {
  return { ...NOTHING, kind, institution, account: account === '' ? null : account };
}

/** Returns one recovery for each account or login that works again, and one for each gap that was explained. */
function recoveries(accounts: readonly Freshness[], ended: readonly Condition[]): Notification[] {
  const reported = new Set<string>();
  return ended.flatMap((condition): Notification[] => {
    const { kind, institution, account, detail } = condition;
    const news: Notification = { ...newsAbout(condition, 'recovered'), over: kind };
    if (kind === 'gap') {
      const [from = '', to = ''] = detail.split('..');
      return [{ ...news, period: isIsoDate(from) && isIsoDate(to) ? { from, to } : null }];
    }
    const key = accountKeyOf(institution, account);
    if (reported.has(key) || !works(accounts, condition)) return [];
    reported.add(key);
    return [news];
  });
}

/** An account that now fails for another reason has not recovered; a login has as soon as one of its accounts has. */
function works(accounts: readonly Freshness[], { institution, account }: Condition): boolean {
  return accounts.some(
    (one) =>
      one.institution === institution &&
      (account === '' || one.account.name === account) &&
      !one.failing &&
      !isOld(one),
  );
}

function keyOf({ kind, institution, account, detail }: Condition): string {
  return [kind, institution, account, detail].join('\n');
}

function accountKeyOf(institution: string, account: string): string {
  return `${institution}\n${account}`;
}

const NOTHING = {
  over: null,
  since: null,
  code: null,
  message: null,
  hint: null,
  lacks: null,
  period: null,
  missing: null,
} as const;
