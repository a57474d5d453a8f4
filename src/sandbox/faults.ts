/**
 * Faults on demand: `…/river?fault=http-503&times=2` makes the next two requests to that address fail with HTTP 503.
 * `account=ID` narrows a fault to one account, `delay=3s` delays each reply.
 */

import type { ReplyFaults } from './context.js';

/** The faults with their effects, for help and docs/sandbox.md. */
export const FAULTS = {
  'http-400': 'HTTP 400',
  'http-403': 'HTTP 403',
  'http-404': 'HTTP 404',
  'http-429': 'HTTP 429 with Retry-After: 1',
  'http-500': 'HTTP 500',
  'http-503': 'HTTP 503 with Retry-After: 1',
  'several-500': 'HTTP 500 for a request with more than one account',
  'several-400': 'HTTP 400 for a request with more than one account',
  hang: 'accepts the request and never replies',
  'hang-body': 'sends the headers and half of the reply, then nothing',
  reset: 'resets the connection',
  html: 'an Imperva web page with HTTP 200',
  'html-akamai': 'an Akamai web page with HTTP 403',
  'html-maintenance': 'a maintenance page with HTTP 200',
  'html-sign-in': 'a sign-in page with HTTP 200',
  empty: 'HTTP 200 without a body',
  truncated: 'half of the reply, complete by its Content-Length',
  garbage: 'binary data',
  drip: 'one byte every half second',
  endless: 'a body that never ends',
  bomb: 'a small gzip body that expands to gigabytes',
  redirect: 'HTTP 302 to another host',
  'signon-15500': 'sign-on refused',
  'signon-15502': 'login locked',
  'signon-15000': 'password must be changed',
  'signon-15501': 'login in use elsewhere',
  'signon-15510': 'client UID not confirmed',
  'signon-15512': 'authentication token required',
  'signon-3000': 'security questions',
  'general-2000': 'a general error instead of a verdict on the sign-on',
  refuse: 'the account’s statement is refused with 2003',
  omit: 'the reply omits the account',
  'wrong-trnuid': 'a TRNUID that was not in the request',
  'no-trnuid': 'no TRNUID',
  stranger: 'one more statement, for an account that was not requested',
  twice: 'each statement twice',
  'new-fitids': 'FITIDs that change with each download',
  'long-fitids': 'FITIDs whose first 24 characters stay the same while the rest changes with each download',
  late: 'transactions of about two weeks ago appear from the second download on',
  without: 'the statement omits one transaction: fitid=FITID',
  'stripped-ids': 'account ids without their leading zeros, and no TRNUID',
  'payee-in-memo': 'NAME holds the kind of transaction only, and MEMO the payee',
  'comment-rows': 'after each transaction a row with a zero amount and more words',
  'odd-balance': 'a ledger balance that does not follow from the transactions',
  pending: 'one pending transaction, if the request includes pending ones',
  'split-urls': 'the profile gives another address for statements, and this one refuses them with 2000',
  'dead-urls': 'the profile gives an address for statements that does not exist',
  gzip: 'the reply compressed with gzip',
  deflate: 'the reply compressed with deflate',
  brotli: 'the reply compressed with brotli',
  'header-one-line': 'the SGML header on one line',
  'wrong-charset': 'single-byte letters labelled as UTF-8',
  'list-none': 'the list of accounts is empty',
  'list-masked': 'the list of accounts masks the numbers',
  'list-inactive': 'the last account of the list is not active',
  'list-no-id': 'the list of accounts has one more account, without a number',
  'list-banks': 'the list of accounts has one more account, with another BANKID',
  'list-twice': 'the list of accounts names each account twice',
  'list-refused': 'the list of accounts is refused with 2000',
  'cookie-first': 'an empty first reply that sets a cookie',
} as const;

export type Fault = keyof typeof FAULTS;

export interface Misbehaviour {
  readonly faults: readonly Fault[];
  readonly delayMs: number | null;
  readonly times: number;
  readonly account: string;
  readonly fitid: string;
}

/** Reads the faults of an address. `unknown`: names of faults that do not exist. */
export function misbehaviourOf(query: URLSearchParams): Misbehaviour & { readonly unknown: readonly string[] } {
  const names = query.getAll('fault').flatMap((list) => list.split(','));
  return {
    faults: names.filter(isFault),
    unknown: names.filter((name) => !isFault(name)),
    delayMs: delayOf(query),
    times: Number(query.get('times') ?? Number.POSITIVE_INFINITY),
    account: query.get('account') ?? '*',
    fitid: query.get('fitid') ?? '',
  };
}

/** Reads `delay=3s` or `delay=200ms`. */
export function delayOf(query: URLSearchParams): number | null {
  const delay = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(query.get('delay') ?? '');
  return delay === null ? null : Number(delay[1]) * (delay[2] === 's' ? 1000 : 1);
}

export function replyFaults({ faults, account, fitid }: Misbehaviour): ReplyFaults {
  const has = (fault: Fault) => faults.includes(fault);
  const signon = faults.flatMap((fault) => /^(?:signon|general)-(\d+)$/.exec(fault)?.[1] ?? [])[0];
  return {
    signonStatus: signon === undefined ? null : Number(signon),
    refuse: new Map(has('refuse') ? [[account, 2003]] : []),
    omit: new Set(has('omit') ? [account] : []),
    wrongTrnuid: has('wrong-trnuid'),
    noTrnuid: has('no-trnuid') || has('stripped-ids'),
    strippedIds: has('stripped-ids'),
    oddBalance: has('odd-balance'),
    pending: has('pending'),
    elsewhere: has('split-urls'),
    stranger: has('stranger'),
    twice: has('twice'),
    newFitids: has('new-fitids'),
    longFitids: has('long-fitids'),
    late: has('late'),
    payeeInMemo: has('payee-in-memo'),
    commentRows: has('comment-rows'),
    without: new Set(has('without') ? [fitid] : []),
    list: new Set(faults.filter((fault) => fault.startsWith('list-'))),
  };
}

function isFault(name: string): name is Fault {
  return Object.hasOwn(FAULTS, name);
}
