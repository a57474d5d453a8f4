/**
 * From how fresh the accounts are to what there is to tell: the conditions that hold now, against those that the person
 * knows of. Nothing here depends on the run that has just ended, so that a run that was killed leaves nothing untold.
 */

import { isIsoDate } from '../model/dates.js';
import type { Condition, ConditionChange, Notification } from '../model/notifications.js';
import type { Freshness } from './freshness.js';

export interface Change extends ConditionChange {
  readonly news: readonly Notification[];
}

/** @param told of all accounts; those of accounts that are not among the fresh ones stay as they are. */
export function changeOf(accounts: readonly Freshness[], told: readonly Condition[]): Change {
  const now = conditionsOf(accounts);
  const known = new Set(told.map(keyOf));
  const holding = new Set(now.map(({ condition }) => keyOf(condition)));
  const began = now.filter(({ condition }) => !known.has(keyOf(condition)));
  const configured = new Set(accounts.flatMap((one) => [one.institution, placeOf(one.institution, one.account.name)]));
  const ended = told.filter(
    (condition) =>
      !holding.has(keyOf(condition)) &&
      configured.has(
        condition.account === '' ? condition.institution : placeOf(condition.institution, condition.account),
      ),
  );
  return {
    began: began.map(({ condition }) => condition),
    ended,
    news: [...began.map(({ news }) => news), ...recoveries(accounts, ended)],
  };
}

interface Holding {
  readonly condition: Condition;
  readonly news: Notification;
}

function conditionsOf(accounts: readonly Freshness[]): Holding[] {
  const refused = new Map<string, Holding>();
  const holding = accounts.flatMap((one) => {
    const isRefused = isSignonRefused(one);
    if (isRefused && !refused.has(one.institution)) refused.set(one.institution, signon(one));
    return [...(one.failing && !isRefused ? [failing(one)] : []), ...(isOld(one) ? [stale(one)] : []), ...gaps(one)];
  });
  return [...refused.values(), ...holding];
}

/** Something that a person alone can put right, at the login rather than at one account. */
function isSignonRefused({ failing: isFailing, blocked, lastFailure }: Freshness): boolean {
  if (!isFailing) return false;
  return blocked !== null || (lastFailure !== null && /^SIGNON_(?!BUSY)/.test(lastFailure.code));
}

/** What was never fetched is failing, and has no age. */
function isOld({ stale: isStale, lastSuccessAt }: Freshness): boolean {
  return isStale && lastSuccessAt !== null;
}

function signon(one: Freshness): Holding {
  const { institution, blocked, lastFailure, failingSince } = one;
  return {
    condition: { kind: 'signon', institution, account: '', detail: '' },
    news: {
      ...NOTHING,
      kind: 'signon',
      institution,
      account: null,
      since: failingSince,
      code: blocked?.code ?? lastFailure?.code ?? null,
      message: blocked?.message ?? lastFailure?.message ?? null,
      hint: lastFailure?.hint ?? null,
    },
  };
}

function failing({ institution, account, lastFailure, failingSince }: Freshness): Holding {
  return {
    condition: { kind: 'failing', institution, account: account.name, detail: '' },
    news: {
      ...NOTHING,
      kind: 'failing',
      institution,
      account: account.name,
      since: failingSince,
      code: lastFailure?.code ?? null,
      message: lastFailure?.message ?? null,
      hint: lastFailure?.hint ?? null,
    },
  };
}

function stale({ institution, account, lastSuccessAt }: Freshness): Holding {
  return {
    condition: { kind: 'stale', institution, account: account.name, detail: '' },
    news: { ...NOTHING, kind: 'stale', institution, account: account.name, since: lastSuccessAt },
  };
}

function gaps({ institution, account, gaps: found }: Freshness): Holding[] {
  return found.map(({ from, to, missing }) => ({
    condition: { kind: 'gap', institution, account: account.name, detail: `${from}..${to}` },
    news: {
      ...NOTHING,
      kind: 'gap',
      institution,
      account: account.name,
      lacks: missing === null ? 'statement' : 'transactions',
      period: { from, to },
      missing,
    },
  }));
}

/** One for each account or login that works again, whatever of it was told; one for each gap that was explained. */
function recoveries(accounts: readonly Freshness[], ended: readonly Condition[]): Notification[] {
  const told = new Set<string>();
  return ended.flatMap((condition): Notification[] => {
    const { kind, institution, account, detail } = condition;
    const news: Notification = {
      ...NOTHING,
      kind: 'recovered',
      over: kind,
      institution,
      account: account === '' ? null : account,
    };
    if (kind === 'gap') {
      const [from = '', to = ''] = detail.split('..');
      return [{ ...news, period: isIsoDate(from) && isIsoDate(to) ? { from, to } : null }];
    }
    const place = placeOf(institution, account);
    if (told.has(place) || !works(accounts, condition)) return [];
    told.add(place);
    return [news];
  });
}

/** An account that fails for another reason now has not recovered; a login has when one of its accounts has. */
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

function placeOf(institution: string, account: string): string {
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
