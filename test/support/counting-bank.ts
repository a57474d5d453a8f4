/**
 * A bank that counts how often a password is presented to it, for tests from outside: plain HTTP that knows nothing of this
 * program. A wrong password is refused in any of the ways that banks have, the right one is accepted.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll } from 'vitest';

export const RIGHT = 'right-pass-1';
export const WRONG = 'wrong-pass-2';

/** Answers a request: with an HTTP status and a body, cut off, by a reset connection, or never. */
type Refusal = (response: ServerResponse, request: IncomingMessage) => void;

const HEADER =
  'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n';
const status = (code: number) => `<STATUS><CODE>${code}<SEVERITY>${code === 0 ? 'INFO' : 'ERROR'}</STATUS>`;
const sonrs = (code: number) =>
  `<SIGNONMSGSRSV1><SONRS>${status(code)}<DTSERVER>20261121093000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>`;
const ofx = (content: string) => `${HEADER}<OFX>${content}</OFX>`;

function send(response: ServerResponse, code: number, body: string, headers: Record<string, string> = {}): void {
  const type = body.startsWith('<') ? 'text/html' : body.startsWith('OFX') ? 'application/x-ofx' : 'text/plain';
  response.writeHead(code, { 'Content-Type': type, ...headers });
  response.end(body, 'latin1');
}

const page = (text: string) => `<html><head><title>Online Banking</title></head><body><p>${text}</p></body></html>`;
const answer =
  (code: number, body: string): Refusal =>
  (response) =>
    send(response, code, body);

/** Refusals that say so. */
export const CLEAR = {
  'status 15500': answer(200, ofx(sonrs(15500))),
  'status 15502': answer(200, ofx(sonrs(15502))),
  'HTTP 400 with 15500': answer(400, ofx(sonrs(15500))),
  'HTTP 401 with 15500': answer(401, ofx(sonrs(15500))),
  'HTTP 403 with 15500': answer(403, ofx(sonrs(15500))),
  'HTTP 500 with 15500': answer(500, ofx(sonrs(15500))),
  'HTTP 401': answer(401, ''),
  'HTTP 401 with a text': answer(401, 'Invalid user id or password'),
  'HTTP 401 with a page': answer(401, page('Authorization required')),
  'a page that names the password': answer(200, page('Invalid user or password.')),
  'HTTP 403 with a page that names the password': answer(403, page('Your password is incorrect.')),
} as const satisfies Readonly<Record<string, Refusal>>;

/** Refusals that could also be something else. */
export const UNCLEAR = {
  'HTTP 400': answer(400, 'Bad Request'),
  'HTTP 403': answer(403, 'Forbidden'),
  'HTTP 500': answer(500, ''),
  'HTTP 500 with a page': answer(500, page('The server has a problem.')),
  'HTTP 503': answer(503, 'Service Unavailable'),
  'a page': answer(200, page('We are sorry.')),
  'an empty reply': answer(200, ''),
  'status 2000': answer(200, ofx(sonrs(2000))),
  'a reply that is cut off': (response) => {
    const body = ofx(sonrs(0));
    response.writeHead(200, { 'Content-Type': 'application/x-ofx', 'Content-Length': String(body.length) });
    response.write(body.slice(0, body.length - 60), () => response.destroy());
  },
  'a reply without its end': answer(200, ofx(sonrs(0)).slice(0, -40)),
  'a reset connection': (response, request) => {
    request.socket.resetAndDestroy();
    response.destroy();
  },
  'no reply': () => undefined,
} as const satisfies Readonly<Record<string, Refusal>>;

export type Way = keyof typeof CLEAR | keyof typeof UNCLEAR;
const WAYS: Readonly<Record<Way, Refusal>> = { ...CLEAR, ...UNCLEAR };

/** The behaviour of a bank, which may change while it runs. */
export interface CountingRules {
  /** How a wrong password is refused. */
  refuses: Way;
  /** The password that is accepted. */
  password: string;
  /** The first request without a cookie gets one, and nothing else. */
  cookieFirst: 200 | 500 | null;
  /** Each reply sets a new cookie. */
  setsCookies: boolean;
  /** A request for this account is answered in this way, whatever the password. */
  bad: { readonly account: string; readonly way: Way } | null;
  /** Requests without a password are refused like those with a wrong one. */
  forCustomers: boolean;
  /** Every request is answered in this way, whatever the password. */
  down: Way | null;
  /** It has no list of accounts: its profile says so, and a request for one is a bad request. */
  listless: boolean;
  /** The profile names `/cards` as the address of card statements. */
  split: boolean;
  /** Called with each request that has a password, before it is answered. */
  onPresented: (count: number) => void;
}

export interface CountingBank {
  /** Address without the path. */
  readonly origin: string;
  readonly url: string;
  readonly rules: CountingRules;
  /** What each request with a password came to since the last `reset`, in order. */
  readonly log: readonly { readonly password: string; readonly answer: 'accepted' | 'refused' | 'unclear' }[];
  /** Returns how often a password was presented since the last `reset`. */
  presented(password?: string): number;
  reset(): void;
}

const valueIn = (body: string, tag: string) => new RegExp(`<${tag}>([^<\\r\\n]*)`).exec(body)?.[1] ?? null;

export async function startCountingBank(change: Partial<CountingRules> = {}): Promise<CountingBank> {
  const rules: CountingRules = {
    refuses: 'status 15500',
    password: RIGHT,
    cookieFirst: null,
    setsCookies: false,
    bad: null,
    down: null,
    forCustomers: false,
    listless: false,
    split: false,
    onPresented: () => undefined,
    ...change,
  };
  const log: CountingBank['log'][number][] = [];
  let origin = '';
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      const password = valueIn(body, 'USERPASS');
      if (password === null || password.startsWith('anonymous'))
        return rules.forCustomers
          ? WAYS[rules.refuses](response, request)
          : send(response, 200, ofx(sonrs(0) + profile(body, origin, rules)));
      const note = (answered: CountingBank['log'][number]['answer']) => {
        log.push({ password, answer: answered });
        rules.onPresented(log.length);
        if (rules.setsCookies) response.setHeader('Set-Cookie', `session=${log.length}; Path=/`);
      };
      const misbehave = (way: Way) => {
        note(way in CLEAR ? 'refused' : 'unclear');
        WAYS[way](response, request);
      };
      if (rules.cookieFirst !== null && request.headers.cookie === undefined) {
        note('unclear');
        return send(response, rules.cookieFirst, '', { 'Set-Cookie': 'gate=1; Path=/' });
      }
      if (rules.down !== null) return misbehave(rules.down);
      if (password !== rules.password) return misbehave(rules.refuses);
      if (rules.bad !== null && body.includes(`<ACCTID>${rules.bad.account}`)) return misbehave(rules.bad.way);
      note('accepted');
      if (rules.listless && body.includes('<ACCTINFORQ>')) return send(response, 400, 'Bad Request');
      return send(response, 200, ofx(sonrs(0) + list(body) + statements(body)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return {
    origin,
    url: `${origin}/ofx`,
    rules,
    log,
    presented: (password = WRONG) => log.filter((one) => one.password === password).length,
    reset: () => {
      log.length = 0;
    },
  };
}

function profile(body: string, origin: string, { split, listless }: CountingRules): string {
  const core = (url: string) =>
    `<MSGSETCORE><VER>1<URL>${url}<OFXSEC>NONE<TRANSPSEC>Y<SIGNONREALM>A<LANGUAGE>ENG<SYNCMODE>LITE<RESPFILEER>Y<SPNAME>X</MSGSETCORE>`;
  const set = (name: string, path: string) =>
    `<${name}MSGSET><${name}MSGSETV1>${core(origin + path)}</${name}MSGSETV1></${name}MSGSET>`;
  const sets = [
    ...['SIGNON', ...(listless ? [] : ['SIGNUP']), 'BANK', 'PROF'].map((name) => set(name, '/ofx')),
    set('CREDITCARD', split ? '/cards' : '/ofx'),
  ];
  const info =
    '<SIGNONINFOLIST><SIGNONINFO><SIGNONREALM>A<MIN>4<MAX>32<CHARTYPE>ALPHAORNUMERIC<CASESEN>Y<SPECIAL>Y<SPACES>N<PINCH>N</SIGNONINFO></SIGNONINFOLIST>';
  return `<PROFMSGSRSV1><PROFTRNRS><TRNUID>${valueIn(body, 'TRNUID') ?? '0'}${status(0)}<PROFRS><MSGSETLIST>${sets.join('')}</MSGSETLIST>${info}<DTPROFUP>20260101000000<FINAME>Counting Bank<ADDR1>A<CITY>B<STATE>C<POSTALCODE>1<COUNTRY>USA</PROFRS></PROFTRNRS></PROFMSGSRSV1>`;
}

function list(body: string): string {
  if (!body.includes('<ACCTINFORQ>')) return '';
  const account = (id: number) =>
    `<ACCTINFO><DESC>Checking<BANKACCTINFO><BANKACCTFROM><BANKID>121000248<ACCTID>00000000${id}<ACCTTYPE>CHECKING</BANKACCTFROM><SUPTXDL>Y<XFERSRC>N<XFERDEST>N<SVCSTATUS>ACTIVE</BANKACCTINFO></ACCTINFO>`;
  return `<SIGNUPMSGSRSV1><ACCTINFOTRNRS><TRNUID>${valueIn(body, 'TRNUID') ?? '0'}${status(0)}<ACCTINFORS><DTACCTUP>20260101${account(1)}${account(2)}</ACCTINFORS></ACCTINFOTRNRS></SIGNUPMSGSRSV1>`;
}

function statements(body: string): string {
  const set = (card: '' | 'CC', name: string) => {
    const wrapper = new RegExp(`<${card}STMTTRNRQ>([\\s\\S]*?)</${card}STMTTRNRQ>`, 'g');
    const found = [...body.matchAll(wrapper)].map(([, text = '']) => statement(text, card));
    return found.length === 0 ? '' : `<${name}>${found.join('')}</${name}>`;
  };
  return set('', 'BANKMSGSRSV1') + set('CC', 'CREDITCARDMSGSRSV1');
}

function statement(request: string, card: '' | 'CC'): string {
  const [id, trnuid] = [valueIn(request, 'ACCTID') ?? '', valueIn(request, 'TRNUID') ?? ''];
  const from = card === '' ? `<BANKID>121000248<ACCTID>${id}<ACCTTYPE>CHECKING` : `<ACCTID>${id}`;
  const start = valueIn(request, 'DTSTART') ?? '20261001';
  const rows = `<BANKTRANLIST><DTSTART>${start}<DTEND>20261121<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261118<TRNAMT>-12.34<FITID>F-${id}<NAME>GROCER</STMTTRN></BANKTRANLIST>`;
  const name = card === '' ? 'BANK' : 'CC';
  return `<${card}STMTTRNRS><TRNUID>${trnuid}${status(0)}<${card}STMTRS><CURDEF>USD<${name}ACCTFROM>${from}</${name}ACCTFROM>${rows}<LEDGERBAL><BALAMT>100.00<DTASOF>20261120</LEDGERBAL></${card}STMTRS></${card}STMTTRNRS>`;
}
