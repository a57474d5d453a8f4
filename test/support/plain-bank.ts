/**
 * A bank of another make than the sandbox, for tests from outside: a few lines of HTTP that know nothing of this program, and
 * replies as a plain OFX 1.0.2 server writes them. It keeps each request that it got.
 */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll } from 'vitest';

/** One statement request in a message. */
export interface Asked {
  readonly kind: 'STMT' | 'CCSTMT';
  readonly trnuid: string;
  readonly id: string;
  readonly start: string | null;
  readonly end: string | null;
}

export interface Message {
  /** Counts from 1. */
  readonly number: number;
  readonly asked: readonly Asked[];
  readonly body: string;
  readonly request: IncomingMessage;
}

export interface PlainBank {
  readonly url: string;
  readonly messages: readonly Message[];
  /** Last three digits of the accounts of each message: `['001 002', '001', '002']`. */
  ids(): string[];
}

export type Answering = (message: Message, response: ServerResponse) => void;

export async function startBank(answer: Answering): Promise<PlainBank> {
  const messages: Message[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      const message = { number: messages.length + 1, asked: askedIn(body), body, request };
      messages.push(message);
      answer(message, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const ids = () => messages.map(({ asked }) => asked.map(({ id }) => id.slice(-3)).join(' '));
  return { url: `http://127.0.0.1:${port}/ofx`, messages, ids };
}

function askedIn(body: string): Asked[] {
  return [...body.matchAll(/<(CC)?STMTTRNRQ>([\s\S]*?)<\/(?:CC)?STMTTRNRQ>/g)].map(([, card, text = '']) => {
    const value = (tag: string) => new RegExp(`<${tag}>([^<\\s]*)`).exec(text)?.[1] ?? null;
    return {
      kind: card === undefined ? 'STMT' : 'CCSTMT',
      trnuid: value('TRNUID') ?? '',
      id: value('ACCTID') ?? '',
      start: value('DTSTART'),
      end: value('DTEND'),
    };
  });
}

const status = (code: number) => `<STATUS><CODE>${code}<SEVERITY>${code === 0 ? 'INFO' : 'ERROR'}</STATUS>`;

/** A statement with one transaction of its account. */
export function statement({ kind, trnuid, id, start }: Asked): string {
  const card = kind === 'CCSTMT' ? 'CC' : '';
  const from = card === '' ? `<BANKID>121000248<ACCTID>${id}<ACCTTYPE>CHECKING` : `<ACCTID>${id}`;
  const list = `<BANKTRANLIST><DTSTART>${start}<DTEND>20261121<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261118<TRNAMT>-12.34<FITID>F-${id}<NAME>GROCER</STMTTRN></BANKTRANLIST>`;
  return `<${card}STMTTRNRS><TRNUID>${trnuid}${status(0)}<${card}STMTRS><CURDEF>USD<${card || 'BANK'}ACCTFROM>${from}</${card || 'BANK'}ACCTFROM>${list}<LEDGERBAL><BALAMT>100.00<DTASOF>20261120</LEDGERBAL></${card}STMTRS></${card}STMTTRNRS>`;
}

export function refusal({ kind, trnuid }: Asked, code: number): string {
  const card = kind === 'CCSTMT' ? 'CC' : '';
  return `<${card}STMTTRNRS><TRNUID>${trnuid}${status(code)}</${card}STMTTRNRS>`;
}

/** A whole reply: a header, the signon's verdict, and what there is to say to each of the accounts that were asked for. */
export function reply({ asked }: Message, say: (one: Asked) => string = statement, signon = 0): string {
  const set = (name: string, kind: Asked['kind']) => {
    const parts = asked.filter((one) => one.kind === kind).map(say);
    return parts.length === 0 || signon !== 0 ? '' : `<${name}>${parts.join('')}</${name}>`;
  };
  const header =
    'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n';
  const sonrs = `<SIGNONMSGSRSV1><SONRS>${status(signon)}<DTSERVER>20261121093000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>`;
  return `${header}COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n<OFX>${sonrs}${set('BANKMSGSRSV1', 'STMT')}${set('CREDITCARDMSGSRSV1', 'CCSTMT')}</OFX>`;
}

export function send(response: ServerResponse, body: string, code = 200, headers: Record<string, string> = {}): void {
  response.writeHead(code, { 'Content-Type': body.startsWith('<') ? 'text/html' : 'application/x-ofx', ...headers });
  response.end(body, 'latin1');
}
