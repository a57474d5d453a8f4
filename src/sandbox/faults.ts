/**
 * Faults on demand: `…/river?fault=http-503&times=2` makes the next two requests to that address fail so. `account=ID`
 * narrows a fault to one account, `delay=3s` adds time to each answer.
 */

import type { AnswerFaults } from './answer-context.js';

/** Every fault with what it does, for help and docs/sandbox.md. */
export const FAULTS = {
  'http-400': 'HTTP 400',
  'http-403': 'HTTP 403',
  'http-404': 'HTTP 404',
  'http-429': 'HTTP 429 with Retry-After: 1',
  'http-500': 'HTTP 500',
  'http-503': 'HTTP 503 with Retry-After: 1',
  'several-500': 'HTTP 500 when more than one account is asked for',
  'several-400': 'HTTP 400 when more than one account is asked for',
  hang: 'takes the request and never answers',
  'hang-body': 'sends the headers and half of the answer, then nothing',
  reset: 'cuts the connection',
  html: 'a web page of Imperva with HTTP 200',
  'html-akamai': 'a web page of Akamai with HTTP 403',
  'html-maintenance': 'a web page that speaks of maintenance, HTTP 200',
  'html-sign-in': 'a web page for signing in, HTTP 200',
  empty: 'HTTP 200 without a body',
  truncated: 'half of the answer, complete by HTTP’s count',
  garbage: 'binary data',
  drip: 'one byte every half second',
  endless: 'a body that never ends',
  bomb: 'a small gzip body that becomes gigabytes',
  redirect: 'HTTP 302 to another host',
  'signon-15500': 'signon refused',
  'signon-15502': 'login locked',
  'signon-15000': 'password must be changed',
  'signon-15501': 'login in use elsewhere',
  'signon-15510': 'client UID not confirmed',
  'signon-15512': 'authentication token required',
  'signon-3000': 'security questions',
  'general-2000': 'general error instead of a signon',
  refuse: 'the account’s statement is refused with 2003',
  omit: 'the account is left out of the answer',
  'wrong-trnuid': 'a TRNUID that nobody sent',
  'no-trnuid': 'no TRNUID',
  stranger: 'one more statement, for an account that nobody asked for',
  twice: 'each statement twice',
  'new-fitids': 'FITIDs that change with each download',
  'long-fitids': 'FITIDs whose first 24 characters stay and whose rest changes with each download',
  late: 'transactions of about two weeks ago come from the second download on',
  without: 'one transaction is left out: fitid=FITID',
  'stripped-ids': 'account ids without their leading zeros, and no TRNUID to tell them by',
  'payee-in-memo': 'NAME says the kind of transaction alone, and the payee stands in MEMO',
  'comment-rows': 'after each transaction a row of zero with further words',
  'odd-balance': 'a ledger balance that no transactions explain',
  pending: 'one pending transaction, for those who ask for pending ones',
  'split-urls': 'the profile puts statements at another address, and this one refuses them with 2000',
  'dead-urls': 'the profile puts statements at an address where nothing is',
  gzip: 'the answer compressed with gzip',
  deflate: 'the answer compressed with deflate',
  brotli: 'the answer compressed with brotli',
  'header-one-line': 'the SGML header on one line',
  'wrong-charset': 'single-byte letters labelled as UTF-8',
  'list-none': 'the list of accounts is empty',
  'list-masked': 'the list of accounts masks the numbers',
  'list-inactive': 'the last account of the list is not active',
  'list-no-id': 'the list of accounts has one more, without a number',
  'list-banks': 'the list of accounts has one more, at another BANKID',
  'list-twice': 'the list of accounts names each twice',
  'list-refused': 'the list of accounts is refused with 2000',
  'cookie-first': 'an empty first answer that sets a cookie',
} as const;

export type Fault = keyof typeof FAULTS;

export interface Misbehaviour {
  readonly faults: readonly Fault[];
  readonly delayMs: number | null;
  readonly times: number;
  readonly account: string;
  readonly fitid: string;
}

/** @returns the names that are no faults, beside what was understood. */
export function misbehaviourOf(query: URLSearchParams): Misbehaviour & { readonly unknown: readonly string[] } {
  const names = query.getAll('fault').flatMap((list) => list.split(','));
  const delay = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(query.get('delay') ?? '');
  return {
    faults: names.filter(isFault),
    unknown: names.filter((name) => !isFault(name)),
    delayMs: delay === null ? null : Number(delay[1]) * (delay[2] === 's' ? 1000 : 1),
    times: Number(query.get('times') ?? Number.POSITIVE_INFINITY),
    account: query.get('account') ?? '*',
    fitid: query.get('fitid') ?? '',
  };
}

export function answerFaults({ faults, account, fitid }: Misbehaviour): AnswerFaults {
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
