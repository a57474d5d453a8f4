/**
 * The wants of a sandbox institution, each as in some real one: `…/river?wants=lf,no-fi` refuses requests that do not meet
 * both. Each quirk is tested against an institution that wants it.
 */

import type { IncomingMessage } from 'node:http';
import { child, children, type Node, type OfxRequest, value } from './request.js';

/** A refusal: in HTTP, in the signon, in each statement, or by no reply at all. */
export type Refusal =
  | { readonly http: number; readonly message: string }
  | { readonly signon: number }
  | { readonly statement: number }
  | { readonly hang: true };

export interface ReceivedRequest {
  readonly incoming: IncomingMessage;
  /** The whole request as text, with its header. */
  readonly text: string;
  readonly request: OfxRequest;
  readonly sonrq: Node | undefined;
  /** Milliseconds since the previous request; infinite for the first. */
  readonly sinceLastMs: number;
  /** A cookie was set before. */
  readonly hasCookie: boolean;
}

interface Want {
  readonly what: string;
  readonly check: (received: ReceivedRequest) => Refusal | null;
}

const bad = (message: string): Refusal => ({ http: 400, message });
const forbidden = (message: string): Refusal => ({ http: 403, message });
const header = ({ incoming }: ReceivedRequest, name: string) => incoming.headers[name]?.toString();

/** Milliseconds between two requests for the want `interval`. */
const INTERVAL_MS = 1500;

export const WANTS = {
  'app-id': {
    what: 'APPID is QMOFX, else status 2000',
    check: ({ sonrq }) => (value(sonrq, 'APPID') === 'QMOFX' ? null : { signon: 2000 }),
  },
  'app-version': {
    what: 'APPVER is 2900 or later, else status 2000',
    check: ({ sonrq }) => (Number(value(sonrq, 'APPVER')) >= 2900 ? null : { signon: 2000 }),
  },
  'closed-values': {
    what: 'every value has its end tag',
    check: ({ text }) =>
      /<([A-Z0-9]+)>[^<\r\n]+(?!<\/\1>)(?:[\r\n]|<(?!\/\1>))/.test(body(text)) ? bad('a value is not closed') : null,
  },
  'one-line': {
    what: 'no line breaks in the document',
    check: ({ text }) => (/[\r\n]/.test(body(text).trim()) ? bad('line breaks') : null),
  },
  lf: { what: 'lines end with LF alone', check: ({ text }) => (text.includes('\r') ? bad('CR') : null) },
  'no-file-uid': {
    what: 'NEWFILEUID is NONE',
    check: ({ request }) => (request.newFileUid === 'NONE' ? null : bad('NEWFILEUID')),
  },
  'no-fi': {
    what: 'no FI aggregate, else status 13504',
    check: ({ sonrq }) => (child(sonrq, 'FI') === undefined ? null : { signon: 13504 }),
  },
  'no-client-uid': {
    what: 'no CLIENTUID',
    check: ({ sonrq }) => (child(sonrq, 'CLIENTUID') === undefined ? null : bad('CLIENTUID')),
  },
  'client-uid': {
    what: 'CLIENTUID in every version, else status 15510',
    check: ({ sonrq }) => (value(sonrq, 'CLIENTUID') === '' ? { signon: 15510 } : null),
  },
  'empty-fid': {
    what: 'FI with an empty FID, else HTTP 400',
    check: ({ sonrq }) => {
      const fid = child(child(sonrq, 'FI'), 'FID');
      return fid !== undefined && fid.text === '' ? null : bad('FID');
    },
  },
  'signed-profile': {
    what: 'a sign-on in requests for the profile, else HTTP 403',
    check: ({ request, sonrq }) =>
      asksProfile(request) && value(sonrq, 'USERID').startsWith('anonymous0') ? forbidden('strangers') : null,
  },
  'no-profile': {
    what: 'no request for a profile, which gets no reply',
    check: ({ request }) => (asksProfile(request) ? { hang: true } : null),
  },
  'profile-elsewhere': {
    what: 'requests for the profile go to …/NAME/profile, else HTTP 404',
    check: ({ request, incoming }) =>
      asksProfile(request) && !/\/profile(?:\?|$)/.test(incoming.url ?? '')
        ? { http: 404, message: 'no profile here' }
        : null,
  },
  'ask-401k': {
    what: 'requests for investments include the sums of retirement plans, else HTTP 400',
    check: ({ request }) =>
      statements(request).every((one) => one.name !== 'INVSTMTRQ' || value(one, 'INC401K') === 'Y')
        ? null
        : bad('INC401K'),
  },
  'no-user-agent': {
    what: 'no User-Agent header; a request with one gets no reply',
    check: (received) => (header(received, 'user-agent') === undefined ? null : { hang: true }),
  },
  'accept-q': {
    what: 'Accept names application/xml with a q value, else HTTP 403',
    check: (received) => (/application\/xml;q=/.test(header(received, 'accept') ?? '') ? null : forbidden('Accept')),
  },
  'client-header': {
    what: 'a header X-Client: 1, else HTTP 403',
    check: (received) => (header(received, 'x-client') === '1' ? null : forbidden('X-Client')),
  },
  'four-headers': {
    what: 'Content-Type, Host, Content-Length, Connection in this order and no other header, else HTTP 403',
    check: ({ incoming }) => {
      const names = incoming.rawHeaders.filter((_, index) => index % 2 === 0).join(' ');
      return names === 'Content-Type Host Content-Length Connection' ? null : forbidden('headers');
    },
  },
  'http-1.0': {
    what: 'HTTP/1.0, else HTTP 505',
    check: ({ incoming }) => (incoming.httpVersion === '1.0' ? null : { http: 505, message: incoming.httpVersion }),
  },
  session: {
    what: 'the cookie of the first reply in every later request, else HTTP 403',
    check: (received) =>
      received.hasCookie && !/session=sandbox/.test(header(received, 'cookie') ?? '') ? forbidden('no cookie') : null,
  },
  interval: {
    what: `${INTERVAL_MS} ms from one request to the next, else HTTP 429`,
    check: ({ sinceLastMs }) => (sinceLastMs < INTERVAL_MS ? { http: 429, message: 'too soon' } : null),
  },
  'short-dates': {
    what: 'DTSTART has eight digits, else HTTP 400',
    check: ({ request }) =>
      windows(request).every((one) => /^\d{8}$/.test(value(one, 'DTSTART'))) ? null : bad('DTSTART'),
  },
  'zone-gmt': {
    what: 'DTCLIENT ends with [0:GMT]',
    check: ({ sonrq }) => (value(sonrq, 'DTCLIENT').endsWith('[0:GMT]') ? null : bad('DTCLIENT')),
  },
  'no-plus': {
    what: 'no plus sign in DTCLIENT, else status 2000',
    check: ({ sonrq }) => (value(sonrq, 'DTCLIENT').includes('+') ? { signon: 2000 } : null),
  },
  'date-range': {
    what: 'DTEND beside DTSTART, else HTTP 400',
    check: ({ request }) => (windows(request).every((one) => value(one, 'DTEND') !== '') ? null : bad('DTEND')),
  },
  'single-account': {
    what: 'one account per request, else HTTP 403',
    check: ({ request }) => (statements(request).length > 1 ? forbidden('one account at a time') : null),
  },
  'thirty-days': {
    what: 'at most 30 days from DTSTART to DTEND or today, else HTTP 403',
    check: ({ request }) => (windows(request).some((one) => days(one) > 31) ? forbidden('30 days') : null),
  },
  'no-bank-id': {
    what: 'BANKID is empty, else status 2003',
    check: ({ request }) =>
      statements(request).some((one) => value(child(one, 'BANKACCTFROM'), 'BANKID') !== '')
        ? { statement: 2003 }
        : null,
  },
  'no-pending': {
    what: 'no INCLUDEPENDING',
    check: ({ request }) =>
      statements(request).some((one) => child(one, 'INCLUDEPENDING') !== undefined) ? bad('INCLUDEPENDING') : null,
  },
  encryption: {
    what: 'encrypted passwords (SECURITY TYPE1) with requests for bank statements, else status 15500',
    check: ({ request }) => (statements(request).some(({ name }) => name === 'STMTRQ') ? { signon: 15500 } : null),
  },
  credential: {
    what: 'USERCRED1 is 1234, else status 15500',
    check: () => null,
  },
  'new-password': {
    what: 'the password is changed first (PINCHRQ), else status 15000',
    check: () => null,
  },
  'confirmed-client-uid': {
    what: 'the CLIENTUID was confirmed at …/NAME/confirm, else status 15510',
    check: () => null,
  },
  token: {
    what: 'AUTHTOKEN is 246810, once, else status 15512',
    check: () => null,
  },
  questions: {
    what: 'security questions are answered, once, else status 3000',
    check: () => null,
  },
} as const satisfies Record<string, Want>;

export type WantName = keyof typeof WANTS;

/** Reads the wants of an address. `unknown`: names of wants that do not exist. */
export function wantsOf(query: URLSearchParams): {
  readonly wants: readonly WantName[];
  readonly unknown: readonly string[];
} {
  const names = query.getAll('wants').flatMap((list) => list.split(','));
  return { wants: names.filter(isWant), unknown: names.filter((name) => !isWant(name)) };
}

/** Returns the refusal of the first want that the request does not meet. */
export function refusalOf(wants: readonly WantName[], received: ReceivedRequest): Refusal | null {
  for (const name of wants) {
    const want: Want = WANTS[name];
    const refusal = want.check(received);
    if (refusal !== null) return refusal;
  }
  return null;
}

function isWant(name: string): name is WantName {
  return Object.hasOwn(WANTS, name);
}

function body(text: string): string {
  return text.slice(text.indexOf('<OFX>'));
}

function asksProfile({ root }: OfxRequest): boolean {
  return child(root, 'PROFMSGSRQV1') !== undefined;
}

/** Returns the statement requests: STMTRQ, CCSTMTRQ and the like. */
function statements({ root }: OfxRequest): readonly Node[] {
  return root.children
    .flatMap((set) => set.children)
    .flatMap((wrapper) => wrapper.children)
    .filter(({ name }) => /STMTRQ$/.test(name));
}

function windows(request: OfxRequest): readonly Node[] {
  return statements(request).flatMap((one) => children(one, 'INCTRAN'));
}

function days(window: Node): number {
  const instant = (text: string) => Date.parse(`${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`);
  const end = value(window, 'DTEND');
  const until = end === '' ? Date.now() : instant(end);
  return (until - instant(value(window, 'DTSTART'))) / 86_400_000;
}
