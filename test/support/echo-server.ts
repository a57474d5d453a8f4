/** An institution that says again what it was sent: in a refusal, in a web page, or the whole request. */

import { createServer } from 'node:http';
import { gzipSync } from 'node:zlib';

const numeric = (text: string) => [...text].map((char) => `&#${char.codePointAt(0)};`).join('');
const hexadecimal = (text: string) => [...text].map((char) => `&#x${char.codePointAt(0)?.toString(16)};`).join('');
const percent = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
const program = (text: string) =>
  [...text].map((char) => `\\u${char.codePointAt(0)?.toString(16).padStart(4, '0')}`).join('');

/** Other letters for what it says again. */
export const SPELLINGS = {
  numeric,
  hexadecimal,
  again: (text: string) => numeric(text).replaceAll('&', '&amp;'),
  percent,
  program,
  upper: (text: string) => text.toUpperCase(),
  base64: (text: string) => Buffer.from(text).toString('base64'),
  hex: (text: string) => Buffer.from(text).toString('hex'),
  ascii: (text: string) => text.replace(/[^\x00-\x7f]/g, '?'),
} as const satisfies Readonly<Record<string, (text: string) => string>>;

/** What a whole reply is packed into. */
export const PACKINGS = {
  utf16: (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  gzip: (text: string) => gzipSync(text),
  json: (text: string) => Buffer.from(JSON.stringify({ reply: text })),
  base64: (text: string) => Buffer.from(Buffer.from(text).toString('base64')),
} as const satisfies Readonly<Record<string, (text: string) => Uint8Array>>;

type Way =
  | 'message'
  | 'page'
  | 'request'
  | 'error'
  | 'text'
  | `${'message' | 'page' | 'error'}-${keyof typeof SPELLINGS}`
  | `packed-${keyof typeof PACKINGS}`;

export interface EchoServer {
  readonly url: (way: Way) => string;
  /** Bodies of the requests, as latin-1 text. */
  readonly received: readonly string[];
  close(): Promise<void>;
}

export async function startEcho(): Promise<EchoServer> {
  const received: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const text = body.toString('latin1');
      received.push(text);
      const [way = '', how = ''] = (request.url ?? '').slice(1).split('-');
      const repeated = ['USERID', 'USERPASS', 'USERCRED1'].map((tag) => textOf(text, tag));
      const spell = way === 'packed' ? undefined : Object.entries(SPELLINGS).find(([name]) => name === how)?.[1];
      const [id = '', word = '', more = ''] =
        spell === undefined ? repeated : repeated.map((value) => spell(decoded(value)));
      const said = `${id} with ${word} ${more}`;
      const pack = Object.entries(PACKINGS).find(([name]) => name === how)?.[1];
      const page = Buffer.from(`<html><title>No access for ${said}</title><body>${said}</body></html>`, 'latin1');
      const answers: Readonly<Record<string, readonly [number, string, Uint8Array | string]>> = {
        '/packed': [200, 'application/x-ofx', pack?.(latin1(refusal(text, said))) ?? ''],
        '/message': [200, 'application/x-ofx', Buffer.from(refusal(text, said), 'latin1')],
        '/page': [200, 'text/html', page],
        '/error': [403, 'text/html', page],
        '/request': [200, 'application/x-ofx', body],
        '/text': [200, 'text/plain', Buffer.from(`cannot read: ${said}`, 'latin1')],
      };
      const [status, type, answer] = answers[`/${way}`] ?? [404, 'text/plain', ''];
      response.writeHead(status, { 'Content-Type': type }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: (way) => `http://127.0.0.1:${port}/${way}`,
    received,
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** The value behind what a request writes. */
function decoded(markup: string): string {
  return latin1(markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'));
}

/** Text whose bytes were read as latin-1. */
function latin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}

function textOf(request: string, tag: string): string {
  return new RegExp(`<${tag}>([^<\\r\\n]*)`).exec(request)?.[1] ?? '';
}

function refusal(request: string, said: string): string {
  const status = `<STATUS><CODE>15500</CODE><SEVERITY>ERROR</SEVERITY><MESSAGE>no signon for ${said}</MESSAGE></STATUS>`;
  const trnuid = textOf(request, 'TRNUID');
  return `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\n<OFX><SIGNONMSGSRSV1><SONRS>${status}<DTSERVER>20261120063000</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1><CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>${trnuid}</TRNUID>${status}</CCSTMTTRNRS></CREDITCARDMSGSRSV1></OFX>\n`;
}
