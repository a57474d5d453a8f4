/** Faults on the wire: those of a broken server, a proxy or a bad line. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from 'node:zlib';
import type { Fault } from './faults.js';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Content-Type of a reply that is right. */
  readonly type: string;
}

type WireFault = Fault | 'cut';

const PAGES = {
  akamai:
    "<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD><BODY><H1>Access Denied</H1>You don't have permission to access this server.<P>Reference&#32;&#35;18&#46;7c1 https://errors.edgesuite.net/18.7c1</BODY></HTML>\n",
  maintenance:
    '<!DOCTYPE html>\n<html><head><title>We will be right back</title></head><body>Scheduled maintenance until 06:00.</body></html>\n',
  'sign-in':
    '<!DOCTYPE html>\n<html><head><title>Welcome</title></head><body><form><input name="u"><input type="password" name="p"></form></body></html>\n',
} as const;
const HTML =
  '<!DOCTYPE html>\n<html><head><title>Request unsuccessful</title></head><body>Incapsula incident ID: 0-0</body></html>\n';
const HTTP_FAULT = /^http-(\d{3})$/;

/** Carries out the faults that need no reply. Returns whether there was one. */
export function failBefore(faults: readonly WireFault[], accounts: number, exchange: Exchange): boolean {
  const { request, response, type } = exchange;
  const several = accounts > 1;
  const status = faults.flatMap(
    (fault) => HTTP_FAULT.exec(fault)?.[1] ?? (several ? (/^several-(\d{3})$/.exec(fault)?.[1] ?? []) : []),
  )[0];
  if (status !== undefined) {
    response.writeHead(Number(status), {
      'Content-Type': 'text/plain',
      ...(status === '429' || status === '503' ? { 'Retry-After': '1' } : {}),
    });
    response.end(`HTTP ${status}\n`);
    return true;
  }
  if (faults.includes('cookie-first') && request.headers.cookie === undefined) {
    response.writeHead(200, { 'Content-Type': type, 'Set-Cookie': 'session=sandbox; Path=/' });
    response.end();
    return true;
  }
  const fault = faults.find((one) => BROKEN[one] !== undefined);
  if (fault === undefined) return false;
  BROKEN[fault]?.(exchange);
  return true;
}

const BROKEN: Partial<Record<WireFault, (exchange: Exchange) => void>> = {
  hang: () => undefined,
  reset: ({ request }) => request.socket.resetAndDestroy(),
  html: ({ response }) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(HTML),
  'html-akamai': ({ response }) => response.writeHead(403, { 'Content-Type': 'text/html' }).end(PAGES.akamai),
  'html-maintenance': ({ response }) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGES.maintenance),
  'html-sign-in': ({ response }) => response.writeHead(200, { 'Content-Type': 'text/html' }).end(PAGES['sign-in']),
  empty: ({ response, type }) => response.writeHead(200, { 'Content-Type': type }).end(),
  garbage: ({ response, type }) =>
    response
      .writeHead(200, { 'Content-Type': type })
      .end(Buffer.from(Array.from({ length: 4096 }, (_, index) => (index * 197 + 13) % 256))),
  redirect: ({ response }) => response.writeHead(302, { Location: 'https://elsewhere.example/login?token=abc' }).end(),
  endless: ({ response, type }) => {
    response.writeHead(200, { 'Content-Type': type });
    pour(response, Buffer.alloc(65_536, '<MEMO>'));
  },
  bomb: ({ response, type }) => {
    response.writeHead(200, { 'Content-Type': type, 'Content-Encoding': 'gzip' });
    const gzip = createGzip();
    gzip.pipe(response);
    pour(gzip, Buffer.alloc(1_048_576, 0x20), 2048);
    response.on('close', () => gzip.destroy());
  },
};

/** Writes endlessly (or `most` times), as fast as the client reads. */
function pour(
  stream: NodeJS.WritableStream & { destroyed?: boolean },
  chunk: Buffer,
  most = Number.POSITIVE_INFINITY,
): void {
  let written = 0;
  const more = () => {
    while (written < most && stream.destroyed !== true) {
      written += 1;
      if (!stream.write(chunk)) {
        stream.once('drain', more);
        return;
      }
    }
    if (stream.destroyed !== true) stream.end();
  };
  stream.on('error', () => undefined);
  more();
}

/** Sends a reply, with the faults that change its bytes. */
export function sendReply(reply: Buffer, faults: readonly WireFault[], { request, response, type }: Exchange): void {
  const has = (fault: WireFault) => faults.includes(fault);
  let body = reply;
  if (has('header-one-line')) body = oneLineHeader(body);
  if (has('wrong-charset'))
    body = Buffer.from(
      body.toString('latin1').replace('CHARSET:1252', 'CHARSET:NONE').replace('ENCODING:USASCII', 'ENCODING:UTF-8'),
      'latin1',
    );
  if (has('truncated')) body = body.subarray(0, Math.floor(body.length / 2));
  const accepts = String(request.headers['accept-encoding'] ?? '');
  const headers: Record<string, string> = { 'Content-Type': type };
  if (has('brotli')) [body, headers['Content-Encoding']] = [brotliCompressSync(body), 'br'];
  else if (has('deflate')) [body, headers['Content-Encoding']] = [deflateSync(body), 'deflate'];
  else if (has('gzip') || (accepts.includes('gzip') && body.length > 16_384))
    [body, headers['Content-Encoding']] = [gzipSync(body), 'gzip'];
  if (has('hang-body') || has('cut')) {
    response.writeHead(200, { ...headers, 'Content-Length': String(body.length) });
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => {
      if (has('cut')) request.socket.end();
    });
    return;
  }
  if (has('drip')) {
    drip(body, response, headers);
    return;
  }
  response.writeHead(200, { ...headers, 'Content-Length': String(body.length) });
  response.end(body);
}

function drip(body: Buffer, response: ServerResponse, headers: Record<string, string>): void {
  response.writeHead(200, headers);
  let at = 0;
  const timer = setInterval(() => {
    if (at >= body.length || response.destroyed) {
      clearInterval(timer);
      response.end();
      return;
    }
    response.write(body.subarray(at, at + 1));
    at += 1;
  }, 500);
  response.on('close', () => clearInterval(timer));
}

function oneLineHeader(body: Buffer): Buffer {
  const text = body.toString('latin1');
  const root = text.indexOf('<OFX>');
  return Buffer.from(text.slice(0, root).replace(/\r\n/g, ' ').trim() + text.slice(root), 'latin1');
}
