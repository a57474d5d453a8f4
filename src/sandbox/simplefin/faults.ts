/**
 * Faults of a bridge on demand: `sandbox://bridge?fault=con-auth&connection=CON-…`, which is the access URL
 * `http://…/simplefin/bridge/fault=con-auth&connection=CON-…`. They stand in the path, since a reader appends `/accounts` to an
 * access URL.
 */

import { delayOf, FAULTS, type Fault } from '../faults.js';

/** The faults with their effects, for help and docs/sandbox.md. */
export const BRIDGE_FAULTS = {
  'http-400': FAULTS['http-400'],
  'http-402': 'HTTP 402: the subscription is not paid',
  'http-403': 'HTTP 403: the access was revoked',
  'http-404': FAULTS['http-404'],
  'http-429': 'HTTP 429 with Retry-After: 1, or retry-after=SECONDS',
  'http-500': FAULTS['http-500'],
  'http-503': FAULTS['http-503'],
  'con-auth':
    'a connection needs attention (con.auth), and its accounts are as they were five days ago: connection=ID, else the first',
  'con-failed': 'a connection fails (con.) and its accounts are absent: connection=ID, else the first',
  'con-new-code': 'a connection has an error of a code that is not in the protocol: connection=ID, else the first',
  'act-failed': 'an account fails (act.failed) and is absent: account=ID, else the first',
  'missing-days': 'transactions of about two weeks ago are missing, with act.missingdata: account=ID, else the first',
  'gen-auth': 'HTTP 200 with the error gen.auth and no accounts',
  'gen-failed': 'HTTP 200 with the error gen. and no accounts',
  'no-accounts': 'no accounts, without any error',
  'new-ids': 'ids of transactions that change with each answer',
  'daily-ids': 'ids of transactions that change each day',
  'block-ids': 'on the tenth of a month, the ids of all transactions of earlier months change',
  'owed-positive': 'balances of cards are what is owed, positive',
  numbers: 'amounts are JSON numbers, not texts',
  'no-pending-flag': 'pending transactions have `posted: 0` and no `pending`',
  'bad-entries': 'two transactions without a usable amount, and an account without an id',
  'strange-text': 'control characters, line breaks and terminal sequences in descriptions',
  points: 'one more account, of reward points, whose currency is a URL',
  'version-1': 'version 1 of the protocol, whatever version is requested',
  'both-versions': 'the members of both versions in one answer',
  hang: FAULTS.hang,
  'hang-body': FAULTS['hang-body'],
  reset: FAULTS.reset,
  html: FAULTS.html,
  'html-maintenance': FAULTS['html-maintenance'],
  'html-sign-in': FAULTS['html-sign-in'],
  empty: FAULTS.empty,
  truncated: FAULTS.truncated,
  cut: 'half of the reply, then the connection ends',
  garbage: FAULTS.garbage,
  drip: FAULTS.drip,
  endless: FAULTS.endless,
  bomb: FAULTS.bomb,
  redirect: FAULTS.redirect,
  gzip: FAULTS.gzip,
  deflate: FAULTS.deflate,
  brotli: FAULTS.brotli,
} as const satisfies Readonly<Record<string, string>>;

export type BridgeFault = keyof typeof BRIDGE_FAULTS;

export interface BridgeMisbehaviour {
  readonly faults: readonly BridgeFault[];
  readonly delayMs: number;
  /** Requests after which the faults end. */
  readonly times: number;
  /** Ids that narrow a fault; `null` for the first. */
  readonly account: string | null;
  readonly connection: string | null;
  readonly retryAfterS: number;
  /** Requests in 24 hours after which the bridge warns. */
  readonly perDay: number;
  /** Longest range of one request in days. */
  readonly longestDays: number;
}

const KEYS = ['fault', 'delay', 'times', 'account', 'connection', 'retry-after', 'per-day', 'longest'];

/** Reads the part of a path that asks for faults. `unknown`: faults and keys that do not exist. */
export function bridgeMisbehaviour(text: string): BridgeMisbehaviour & { readonly unknown: readonly string[] } {
  const query = new URLSearchParams(text);
  const names = query.getAll('fault').flatMap((list) => list.split(','));
  const number = (key: string, usual: number) => Number(query.get(key) ?? usual);
  return {
    faults: names.filter(isFault),
    unknown: [...names.filter((name) => !isFault(name)), ...[...query.keys()].filter((key) => !KEYS.includes(key))],
    delayMs: delayOf(query) ?? 0,
    times: number('times', Number.POSITIVE_INFINITY),
    account: query.get('account'),
    connection: query.get('connection'),
    retryAfterS: number('retry-after', 1),
    perDay: number('per-day', 24),
    longestDays: number('longest', 90),
  };
}

function isFault(name: string): name is BridgeFault {
  return Object.hasOwn(BRIDGE_FAULTS, name);
}

/** Returns the faults on the wire, which other servers of the sandbox have too. HTTP statuses have replies of their own here. */
export function wireFaults(faults: readonly BridgeFault[]): readonly (Fault | 'cut')[] {
  return faults.filter(
    (name): name is BridgeFault & (Fault | 'cut') =>
      (name === 'cut' || Object.hasOwn(FAULTS, name)) && !name.startsWith('http-'),
  );
}
