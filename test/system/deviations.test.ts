/**
 * The deviations of real banks, each at a server of another make: `check` or `probe` names the cause, prints the key to set, and
 * with that key a sync works where it did not before. What is printed is what is set. The deviations in time are in
 * `deviations-paced.test.ts`.
 */

import { describe, expect, test } from 'vitest';
import type { Received } from '../support/deviant-bank.js';
import { prove, type Row } from '../support/deviations.js';

const names = ({ incoming }: Received) => incoming.rawHeaders.filter((_, index) => index % 2 === 0).join(' ');
const isOneLine = ({ body }: Received) => !/[\r\n]/.test(body.trim());
const hasOpenValue = ({ body }: Received) => /<([A-Z0-9]+)>[^<\r\n]+(?:[\r\n]|<(?!\/\1>))/.test(body);
const agent = (request: Received) => request.header('user-agent');
const hasCookie = (request: Received) => request.header('cookie')?.includes('id=7') === true;
const COOKIE = { 'Set-Cookie': 'id=7; Path=/' };
const V102 = { ofxVersion: '102' };
const V103 = { ofxVersion: '103' };

const ROWS: readonly Row[] = [
  {
    name: 'four headers in their order, else 403',
    refuse: (request) => (names(request) === 'Content-Type Host Content-Length Connection' ? null : { http: 403 }),
    by: 'probe',
    cause: /objects to the headers/,
    keys: { headerOrder: ['Content-Type', 'Host', 'Content-Length', 'Connection'] },
  },
  {
    name: 'a first reply that is empty and sets a cookie',
    refuse: (request) => (hasCookie(request) ? null : { http: 200, headers: COOKIE }),
    by: 'check',
    cause: /empty reply that sets a cookie/,
    keys: { cookies: 'resend-when-empty' },
  },
  {
    name: 'a first reply with HTTP 500 that sets a cookie: check',
    refuse: (request) => (hasCookie(request) ? null : { http: 500, headers: COOKIE }),
    by: 'check',
    cause: /brings its cookie back/,
    keys: { cookies: 'resend-when-empty' },
  },
  {
    name: 'a first reply with HTTP 500 that sets a cookie: probe',
    refuse: (request) => (hasCookie(request) ? null : { http: 500, headers: COOKIE }),
    by: 'probe',
    cause: /sets a cookie first/,
    keys: { cookies: 'resend-when-empty' },
  },
  {
    name: 'no answer to a request with a User-Agent',
    refuse: (request) => (agent(request) === undefined ? null : 'hang'),
    by: 'probe',
    cause: /never answer a request with a User-Agent/,
    keys: { userAgent: 'none' },
    timeout: '4s',
  },
  {
    name: 'no answer to this program, and 403 without a User-Agent',
    refuse: (request) => {
      if (agent(request)?.includes('ofx-sync') === true) return 'hang';
      return agent(request) === undefined ? { http: 403 } : null;
    },
    by: 'probe',
    cause: /or with that of ofx-sync/,
    keys: { userAgent: 'InetClntApp/3.0' },
    timeout: '4s',
  },
  {
    name: 'the User-Agent InetClntApp/3.0, else 403',
    refuse: (request) => (agent(request) === 'InetClntApp/3.0' ? null : { http: 403 }),
    by: 'probe',
    cause: /objects to the headers/,
    keys: { userAgent: 'InetClntApp/3.0' },
  },
  {
    name: 'Accept with application/xml and a q value, else 403',
    refuse: (request) => (/application\/xml;q=/.test(request.header('accept') ?? '') ? null : { http: 403 }),
    by: 'probe',
    cause: /objects to the headers/,
    keys: { accept: '*/*, application/x-ofx, application/xml;q=0.9' },
  },
  {
    name: 'the whole request on one line, else 400',
    refuse: (request) => (isOneLine(request) ? null : { http: 400 }),
    given: V102,
    by: 'probe',
    cause: /does not accept this form/,
    keys: { prettyPrint: false },
  },
  {
    name: 'the whole request on one line and the User-Agent InetClntApp/3.0',
    refuse: (request) => {
      if (agent(request) !== 'InetClntApp/3.0') return { http: 403 };
      return isOneLine(request) ? null : { http: 400 };
    },
    given: V102,
    by: 'probe',
    cause: /objects to the headers/,
    keys: { prettyPrint: false, userAgent: 'InetClntApp/3.0' },
  },
  {
    name: 'end tags after values, else 400',
    refuse: (request) => (hasOpenValue(request) ? { http: 400 } : null),
    given: V102,
    by: 'probe',
    cause: /does not accept this form/,
    keys: { closeTags: true },
  },
  {
    name: 'OFX 1.0.3 only, else 400',
    refuse: ({ version }) => (version === '103' ? null : { http: 400 }),
    by: 'probe',
    cause: /does not accept this form/,
    keys: { ofxVersion: '103' },
  },
  {
    name: 'NEWFILEUID NONE, else 400',
    refuse: ({ text }) => (/NEWFILEUID[:=]"?NONE/.test(text) ? null : { http: 400 }),
    given: V103,
    by: 'probe',
    cause: /does not accept this form/,
    keys: { newFileUid: 'none' },
  },
  {
    name: 'lines that end with LF, else 400',
    refuse: ({ text }) => (text.includes('\r') ? { http: 400 } : null),
    given: V102,
    by: 'probe',
    cause: /does not accept this form/,
    keys: { lineEnding: 'lf' },
  },
  {
    name: 'HTTP/1.0, else 505',
    refuse: ({ incoming }) => (incoming.httpVersion === '1.0' ? null : { http: 505 }),
    by: 'probe',
    cause: /accepts only HTTP\/1\.0/,
    keys: { httpVersion: '1.0' },
  },
  {
    name: 'no CLIENTUID, else 400',
    refuse: (request) => (request.value('CLIENTUID') === null ? null : { http: 400 }),
    given: { ...V103, clientUid: 'auto' },
    by: 'check',
    cause: /the first with a CLIENTUID/,
    keys: { clientUid: 'never' },
  },
  {
    name: 'a CLIENTUID, else 15510',
    refuse: (request) => (request.isAnonymous || request.value('CLIENTUID') !== null ? null : { signon: 15510 }),
    given: V103,
    by: 'check',
    cause: /requires an id of this program/,
    keys: { clientUid: 'auto' },
  },
  {
    name: 'a CLIENTUID in OFX 1.0.2 too, else 15510',
    refuse: (request) => (request.isAnonymous || request.value('CLIENTUID') !== null ? null : { signon: 15510 }),
    given: { ...V102, clientUid: 'auto' },
    by: 'check',
    cause: /OFX 102 has no element for it/,
    keys: { clientUid: 'always' },
  },
  {
    name: 'no ORG and FID, else 13504',
    refuse: (request) => (request.value('ORG') === null ? null : { signon: 13504 }),
    given: { org: 'B1', fid: '10898' },
    by: 'probe',
    cause: /does not know this org and fid/,
    keys: { fi: 'omit' },
  },
  {
    name: 'a later APPVER, else 2000: probe',
    refuse: (request) =>
      Number(request.value('APPVER')) >= 2800
        ? null
        : { signon: 2000, message: 'This software version is no longer supported' },
    by: 'probe',
    cause: /version of the program that requests name \(APPVER\)/,
    keys: { appVer: '3000' },
  },
  {
    name: 'a later APPVER, else 2000: check',
    refuse: (request) =>
      request.isAnonymous || Number(request.value('APPVER')) >= 2800
        ? null
        : { signon: 2000, message: 'Please upgrade to a current version of your software.' },
    by: 'check',
    cause: /refuse the program that requests name \(QWIN 2700\) as too old/,
    keys: { appVer: '3000' },
  },
  {
    name: 'DTSTART with eight digits, else 2020',
    refuse: (request) =>
      request.statements === 0 || /^\d{8}$/.test(request.value('DTSTART') ?? '') ? null : { statement: 2020 },
    by: 'check',
    cause: /invalid date \(2020\)/,
    keys: { shortDates: true },
  },
  {
    name: 'DTEND, else 2020',
    refuse: (request) => (request.statements === 0 || request.value('DTEND') !== null ? null : { statement: 2020 }),
    by: 'check',
    cause: /invalid date \(2020\)/,
    keys: { alwaysDateRange: true },
  },
  {
    name: 'DTSTART with eight digits, else 400',
    refuse: (request) =>
      request.statements === 0 || /^\d{8}$/.test(request.value('DTSTART') ?? '') ? null : { http: 400 },
    by: 'check',
    cause: /The same request with dates of eight digits was answered/,
    keys: { shortDates: true },
  },
  {
    name: 'DTEND, else 400',
    refuse: (request) => (request.statements === 0 || request.value('DTEND') !== null ? null : { http: 400 }),
    by: 'check',
    cause: /The same request with an end date was answered/,
    keys: { alwaysDateRange: true },
  },
  {
    name: 'DTSTART and DTEND with eight digits, else 500',
    refuse: (request) =>
      request.statements === 0 || /^\d{8}$/.test(request.value('DTEND') ?? '') ? null : { http: 500 },
    by: 'check',
    cause: /The same request with dates of eight digits and an end date was answered/,
    keys: { shortDates: true, alwaysDateRange: true },
  },
  {
    name: 'one account in a request, else 403',
    refuse: ({ statements }) => (statements > 1 ? { http: 403 } : null),
    by: 'check',
    cause: /The request for several accounts was refused, and one for a single account was answered/,
    keys: { accountsPerRequest: 1 },
  },
  {
    name: 'one account in a request, else 500',
    refuse: ({ statements }) => (statements > 1 ? { http: 500 } : null),
    by: 'check',
    cause: /The request for all accounts failed, and one for each was answered/,
    keys: { accountsPerRequest: 1 },
    worksWithout: true,
  },
  {
    name: 'no request for pending transactions, else 400',
    refuse: ({ body }) => (body.includes('<INCLUDEPENDING>') ? { http: 400 } : null),
    given: { ofxVersion: '220' },
    by: 'check',
    cause: /the first for pending transactions/,
    keys: { includePending: false },
  },
  {
    name: 'a profile for customers only, else 403',
    refuse: ({ wantsProfile, isAnonymous }) => (wantsProfile && isAnonymous ? { http: 403 } : null),
    by: 'check',
    cause: /no reply without a sign-on/,
    keys: { profile: 'signed' },
    worksWithout: true,
  },
  {
    name: 'a profile for customers only, else 15500',
    refuse: ({ wantsProfile, isAnonymous }) => (wantsProfile && isAnonymous ? { signon: 15500 } : null),
    by: 'probe',
    cause: /gives its profile only to customers/,
    keys: { profile: 'signed' },
    worksWithout: true,
  },
  {
    name: 'an address in its profile that is out of date',
    statementsAt: '/old',
    refuse: ({ path }) => (path === '/old' ? { http: 404 } : null),
    by: 'check',
    cause: /address for statements in its profile is out of date/,
    keys: { serviceUrls: 'own' },
    worksWithout: true,
  },
  {
    name: 'the cookie of the first reply in each later request, else 403',
    headers: COOKIE,
    refuse: (request) => {
      const isFirst = request.wantsProfile || /000123456/.test(request.body);
      return isFirst || hasCookie(request) ? null : { http: 403 };
    },
    given: { accountsPerRequest: 1 },
    by: 'check',
    cause: /set a cookie and may want it back/,
    keys: { cookies: 'persist' },
  },
];

test('there are more than twenty-one', () => {
  expect(new Set(ROWS.map(({ name }) => name.replace(/: (?:check|probe)$/, ''))).size).toBeGreaterThan(21);
});

describe.concurrent.each(ROWS)('$name', (row) => {
  test(`${row.by} names the cause and the key, and with it a sync works`, (context) => prove(row, context));
});
