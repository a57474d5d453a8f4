/**
 * The headers of a request. Most institutions take any; a few answer only to certain ones, in a certain order and
 * spelling (quirk `headerOrder`), which undici cannot write: those requests go through Node's own client.
 */

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as startTls } from 'node:tls';
import type { Quirks } from '../model/institution.js';
import type { Route } from './connections.js';
import { openTunnel } from './tunnel.js';

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
  readonly route: Route;
}

interface OrderedReply {
  readonly statusCode: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: IncomingMessage;
}

/** A POST with exactly these headers and no others. */
export async function orderedPost({ url, body, headers, signal, route }: OrderedPost): Promise<OrderedReply> {
  const socket = route.proxy === null ? null : await tunnelled(url, { proxy: route.proxy, tls: route.tls }, signal);
  return new Promise((resolve, reject) => {
    const options = {
      ...route.tls,
      method: 'POST',
      headers: headers.flat(),
      setDefaultHeaders: false,
      signal,
      // Node asks for a connection of our own only where no agent is named.
      ...(socket === null ? { agent: false as const } : { createConnection: () => socket }),
    };
    const onReply = (message: IncomingMessage) =>
      resolve({ statusCode: message.statusCode ?? 0, headers: message.headers, body: message });
    const sent = url.protocol === 'https:' ? httpsRequest(url, options, onReply) : httpRequest(url, options, onReply);
    sent.on('error', reject);
    sent.end(body);
  });
}

async function tunnelled(url: URL, { proxy, tls }: { proxy: string; tls: Route['tls'] }, signal: AbortSignal) {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const isTls = url.protocol === 'https:';
  const port = url.port === '' ? (isTls ? 443 : 80) : Number(url.port);
  const socket = await openTunnel(proxy, { host, port }, signal);
  return isTls ? startTls({ ...tls, socket, servername: host }) : socket;
}
