/** Writing replies: headers that every one of them has, texts of known length, and texts that are written while they are made. */

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';

export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

export const JSON_TYPE = 'application/json; charset=utf-8';
export const TEXT_TYPE = 'text/plain; charset=utf-8';
export const HTML_TYPE = 'text/html; charset=utf-8';

const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'X-Robots-Tag': 'noindex, nofollow',
  'Cache-Control': 'no-store',
};

/** Sets the headers of every reply. None of them lets pages of other origins read it (CORS). */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
}

export interface Reply {
  readonly status: number;
  readonly type: string;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes a whole reply; to HEAD its headers alone. */
export function send({ request, response }: Exchange, { status, type, text, headers = {} }: Reply): void {
  const body = Buffer.from(text);
  response.writeHead(status, { ...headers, 'Content-Type': type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

export function sendJson(exchange: Exchange, status: number, value: unknown, headers: Reply['headers'] = {}): void {
  send(exchange, { status, type: JSON_TYPE, text: `${JSON.stringify(value)}\n`, headers });
}

/** A longer text is written while it is made, without a tag by which a reader could ask for changes only. */
const MOST_KEPT = 1_000_000;
/** Time after which other requests get a turn. */
const SLICE_MS = 10;
/** Characters written at once. */
const PIECE = 131_072;
/** Bytes that wait for the reader; more of them hold up the writing. Waiting for each piece would take far longer. */
const MOST_PENDING = 2_000_000;

/**
 * Writes the pieces of a JSON text at the pace of the reader, and gives other requests a turn in between. A short text has an ETag,
 * and is not sent again to a reader that has it. Ends early when the reader goes away.
 */
export async function sendPieces(exchange: Exchange, pieces: Iterable<string>): Promise<void> {
  const { response } = exchange;
  let kept = '';
  let isLong = false;
  let turned = performance.now();
  for (const piece of pieces) {
    kept += piece;
    if (performance.now() - turned >= SLICE_MS) {
      await turn();
      turned = performance.now();
    }
    if (response.destroyed) return;
    if (!isLong && kept.length <= MOST_KEPT) continue;
    if (!isLong) response.writeHead(200, { 'Content-Type': JSON_TYPE });
    isLong = true;
    if (kept.length < PIECE) continue;
    response.write(kept);
    if (response.writableLength > MOST_PENDING) await drained(response);
    kept = '';
  }
  if (isLong) response.end(kept);
  else sendTagged(exchange, kept);
}

function sendTagged(exchange: Exchange, text: string): void {
  const tag = `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;
  const headers = { ETag: tag, 'Cache-Control': 'private, no-cache' };
  if (isKnown(exchange.request.headers['if-none-match'], tag)) exchange.response.writeHead(304, headers).end();
  else send(exchange, { status: 200, type: JSON_TYPE, text, headers });
}

/** Compares weakly, as If-None-Match asks for (RFC 9110 section 13.1.2). */
function isKnown(header: string | undefined, tag: string): boolean {
  const tags = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  return tags.includes(tag) || tags.includes('*');
}

async function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return;
  await new Promise<void>((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.once('drain', done).once('close', done);
  });
}
