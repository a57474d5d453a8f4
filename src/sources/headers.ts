/**
 * The headers of a request. Most institutions take any; a few answer only to certain ones, in a certain order and
 * spelling (quirk `headerOrder`), which undici cannot write: those requests go through Node's own client.
 */

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { Quirks } from '../model/institution.js';

export type Header = readonly [name: string, value: string];

/** Name and value in turn, in the order in which they go out. */
export function requestHeaders(
  quirks: Quirks,
  more: { cookies: readonly string[]; host: string; length: number },
): Header[] {
  const headers: Header[] = [
    ['Content-Type', 'application/x-ofx'],
    ['Accept', quirks.accept ?? '*/*, application/x-ofx'],
    ['Accept-Encoding', 'gzip, deflate, br'],
  ];
  if (quirks.userAgent !== 'none') headers.push(['User-Agent', quirks.userAgent ?? 'ofx-sync']);
  headers.push(...Object.entries(quirks.headers ?? {}));
  if (more.cookies.length > 0) headers.push(['Cookie', more.cookies.join('; ')]);
  if (quirks.headerOrder === undefined) return headers;
  const all: Header[] = [
    ...headers,
    ['Host', more.host],
    ['Content-Length', String(more.length)],
    ['Connection', 'Keep-Alive'],
  ];
  return quirks.headerOrder.flatMap((name) => {
    const found = all.find(([known]) => known.toLowerCase() === name.toLowerCase());
    return found === undefined ? [] : [[name, found[1]] as const];
  });
}

export interface OrderedPost {
  readonly url: URL;
  readonly body: Uint8Array;
  readonly headers: readonly Header[];
  readonly signal: AbortSignal;
  readonly tls: Pick<RequestOptions, 'ca' | 'minVersion' | 'ciphers'>;
}

/** A POST with exactly these headers and no others. */
export function orderedPost({
  url,
  body,
  headers,
  signal,
  tls,
}: OrderedPost): Promise<{ statusCode: number; headers: IncomingMessage['headers']; body: IncomingMessage }> {
  return new Promise((resolve, reject) => {
    const options = {
      ...tls,
      method: 'POST',
      headers: headers.flat(),
      setDefaultHeaders: false,
      agent: false as const,
      signal,
    };
    const onReply = (message: IncomingMessage) =>
      resolve({ statusCode: message.statusCode ?? 0, headers: message.headers, body: message });
    const sent = url.protocol === 'https:' ? httpsRequest(url, options, onReply) : httpRequest(url, options, onReply);
    sent.on('error', reject);
    sent.end(body);
  });
}
