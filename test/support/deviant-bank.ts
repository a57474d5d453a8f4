/**
 * A bank that deviates from the specification in one way, as a real one does: a few lines of HTTP that know nothing of this
 * program or its sandbox. It has two accounts, the user `demo` and the password `demo-canary-5150`.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

export const PASSWORD = 'demo-canary-5150';

/** A request as the bank sees it. */
export interface Received {
  readonly incoming: IncomingMessage;
  readonly path: string;
  /** The whole request, with the header of OFX. */
  readonly text: string;
  /** The part from `<OFX>` on. */
  readonly body: string;
  readonly version: string;
  readonly wantsProfile: boolean;
  readonly isAnonymous: boolean;
  /** Number of statements that are requested. */
  readonly statements: number;
  /** Milliseconds since the previous request. */
  readonly sinceMs: number;
  header(name: string): string | undefined;
  /** The first value of an element. */
  value(name: string): string | null;
}

export type Answer =
  | 'hang'
  | { readonly http: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly signon: number; readonly message?: string }
  | { readonly statement: number; readonly message?: string };

export interface Deviation {
  /** The answer to a request that the bank does not accept, `null` to all others. */
  readonly refuse?: (request: Received) => Answer | null;
  /** Headers of every good reply. */
  readonly headers?: Readonly<Record<string, string>>;
  /** OFXSEC of the message set for bank statements. */
  readonly security?: 'TYPE1';
  /** Path that the profile gives for statements. */
  readonly statementsAt?: string;
  /** Elements in SIGNONINFO. */
  readonly signonInfo?: string;
}

export interface DeviantBank {
  readonly url: string;
  readonly received: readonly Received[];
  /** Sign-ons with a wrong password. */
  readonly refused: () => number;
  readonly close: () => void;
}

export async function startDeviantBank(deviation: Deviation): Promise<DeviantBank> {
  const received: Received[] = [];
  let refused = 0;
  let lastAt = Number.NEGATIVE_INFINITY;
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const now = performance.now();
      const request = read(incoming, Buffer.concat(chunks).toString('latin1'), now - lastAt);
      lastAt = now;
      received.push(request);
      const isWrong = !request.isAnonymous && request.value('USERPASS') !== PASSWORD;
      if (isWrong) refused += 1;
      const answer = deviation.refuse?.(request) ?? (isWrong ? { signon: 15500 } : null);
      const host = `http://${incoming.headers.host ?? ''}`;
      send(response, answer, { request, deviation, host });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}/ofx`, received, refused: () => refused, close };
}

function read(incoming: IncomingMessage, text: string, sinceMs: number): Received {
  const body = text.slice(Math.max(0, text.indexOf('<OFX>')));
  const value = (name: string) => new RegExp(`<${name}>([^<\\r\\n]*)`).exec(body)?.[1] ?? null;
  return {
    incoming,
    path: incoming.url ?? '/',
    text,
    body,
    version: /VERSION[:=]"?(\d{3})/.exec(text.slice(text.search(/OFXHEADER/)))?.[1] ?? '',
    wantsProfile: body.includes('<PROFRQ>'),
    isAnonymous: value('USERID')?.startsWith('anonymous000') ?? false,
    statements: body.split('<STMTRQ>').length - 1,
    sinceMs,
    header: (name) => incoming.headers[name]?.toString(),
    value,
  };
}

interface Scene {
  readonly request: Received;
  readonly deviation: Deviation;
  readonly host: string;
}

function send(response: ServerResponse, answer: Answer | null, scene: Scene): void {
  if (answer === 'hang') return;
  if (answer !== null && 'http' in answer) {
    response.writeHead(answer.http, answer.headers).end();
    return;
  }
  const body = document(answer, scene);
  response.writeHead(200, { 'Content-Type': 'application/x-ofx', ...scene.deviation.headers });
  response.end(body, 'latin1');
}

const tag = (name: string, value: string) => `<${name}>${value}</${name}>`;

function status(code: number, message?: string): string {
  const severity = tag('SEVERITY', code === 0 ? 'INFO' : 'ERROR');
  return tag('STATUS', tag('CODE', String(code)) + severity + (message === undefined ? '' : tag('MESSAGE', message)));
}

/** Writes a reply in the version of the request, every value with its end tag. */
function document(answer: Exclude<Answer, 'hang' | { http: number }> | null, scene: Scene): string {
  const { version } = scene.request;
  const head =
    version >= '200'
      ? `<?xml version="1.0" encoding="UTF-8"?>\r\n<?OFX OFXHEADER="200" VERSION="${version}" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n`
      : `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:${version}\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n`;
  const verdict = answer !== null && 'signon' in answer ? status(answer.signon, answer.message) : status(0);
  const sonrs = tag('SONRS', verdict + tag('DTSERVER', '20261121093000') + tag('LANGUAGE', 'ENG'));
  const sets = answer !== null && 'signon' in answer ? '' : contents(answer, scene);
  return head + tag('OFX', tag('SIGNONMSGSRSV1', sonrs) + sets);
}

function contents(refusal: { statement: number; message?: string } | null, scene: Scene): string {
  const { body } = scene.request;
  if (scene.request.wantsProfile) return profileReply(scene);
  if (body.includes('<ACCTINFORQ>')) return accountList(scene.request);
  const statements = [...body.matchAll(/<STMTTRNRQ>([\s\S]*?)<\/STMTTRNRQ>/g)].map(([, text = '']) => {
    const value = (name: string) => new RegExp(`<${name}>([^<\\r\\n]*)`).exec(text)?.[1] ?? '';
    const trnuid = tag('TRNUID', value('TRNUID'));
    if (refusal !== null) return tag('STMTTRNRS', trnuid + status(refusal.statement, refusal.message));
    return tag('STMTTRNRS', trnuid + status(0) + tag('STMTRS', statement(value('ACCTID'), value('DTSTART'))));
  });
  return tag('BANKMSGSRSV1', statements.join(''));
}

const accountFrom = (id: string) =>
  tag('BANKACCTFROM', tag('BANKID', '121000248') + tag('ACCTID', id) + tag('ACCTTYPE', 'CHECKING'));

function statement(id: string, start: string): string {
  const one =
    tag('TRNTYPE', 'DEBIT') +
    tag('DTPOSTED', '20261118') +
    tag('TRNAMT', '-12.34') +
    tag('FITID', `F-${id}`) +
    tag('NAME', 'GROCER');
  const list = tag('BANKTRANLIST', tag('DTSTART', start) + tag('DTEND', '20261121') + tag('STMTTRN', one));
  const balance = tag('LEDGERBAL', tag('BALAMT', '100.00') + tag('DTASOF', '20261120'));
  return tag('CURDEF', 'USD') + accountFrom(id) + list + balance;
}

function accountList({ value }: Received): string {
  const info = (id: string) =>
    tag('ACCTINFO', tag('BANKACCTINFO', accountFrom(id) + tag('SUPTXDL', 'Y') + tag('SVCSTATUS', 'ACTIVE')));
  const list = tag('ACCTINFORS', tag('DTACCTUP', '20260101') + info('000123456') + info('000123457'));
  return tag('SIGNUPMSGSRSV1', tag('ACCTINFOTRNRS', tag('TRNUID', value('TRNUID') ?? '0') + status(0) + list));
}

function profileReply({ request, deviation, host }: Scene): string {
  const { security = 'NONE', statementsAt = '/ofx', signonInfo = '' } = deviation;
  const core = (path: string, ofxSec: string) =>
    tag(
      'MSGSETCORE',
      tag('VER', '1') +
        tag('URL', host + path) +
        tag('OFXSEC', ofxSec) +
        tag('TRANSPSEC', 'Y') +
        tag('SIGNONREALM', 'R'),
    );
  const set = (name: string, content: string) => tag(`${name}MSGSET`, tag(`${name}MSGSETV1`, content));
  const list =
    set('SIGNON', core('/ofx', 'NONE')) +
    set('SIGNUP', core('/ofx', 'NONE')) +
    set('BANK', core(statementsAt, security));
  const info = tag('SIGNONINFO', tag('SIGNONREALM', 'R') + tag('MIN', '4') + signonInfo);
  const profile =
    tag('MSGSETLIST', list) + tag('SIGNONINFOLIST', info) + tag('DTPROFUP', '20200101') + tag('FINAME', 'Deviant Bank');
  const reply = tag('TRNUID', request.value('TRNUID') ?? '0') + status(0) + tag('PROFRS', profile);
  return tag('PROFMSGSRSV1', tag('PROFTRNRS', reply));
}
