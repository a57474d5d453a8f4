/**
 * Writes the headers of a request. Most institutions accept any; a few answer only to certain ones, in a certain order and
 * spelling (quirk `headerOrder`), which undici cannot send: those requests go through Node's own client.
 */

import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { Duplex, Transform } from 'node:stream';
import { connect as startTls } from 'node:tls';
import type { Quirks } from '../model/institution.js';
import type { Route } from './connections.js';
import { EACH_ADDRESS, endpointOf, serverNameOf } from './endpoint.js';
import type { Reception, ReplyHead } from './exchange.js';
import { openTunnel } from './tunnel.js';

export type Header = readonly [name: string, value: string];

/** Returns names and values in the order in which they are sent. */
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
  const isOld = quirks.httpVersion === '1.0';
  if (quirks.headerOrder === undefined && !isOld) return headers;
  const all: Header[] = [
    ...headers,
    ['Host', more.host],
    ['Content-Length', String(more.length)],
    ['Connection', isOld ? 'close' : 'Keep-Alive'],
  ];
  if (quirks.headerOrder === undefined) return all;
  return quirks.headerOrder.flatMap((name) => {
    const found = all.find(([known]) => known.toLowerCase() === name.toLowerCase());
    return found === undefined ? [] : [[name, found[1]] as const];
  });
}

interface OrderedPost {
  readonly url: URL;
  readonly body: Uint8Array;
  readonly headers: readonly Header[];
  readonly route: Route;
  readonly httpVersion: '1.0' | '1.1';
}

/** Sends a POST with exactly these headers and no others. */
export async function orderedPost(post: OrderedPost, reception: Reception): Promise<ReplyHead> {
  const { url, body, headers, route, httpVersion } = post;
  const { signal, onSent, onHead } = reception;
  const own =
    route.proxy === null
      ? httpVersion === '1.0'
        ? connected(url, route.tls)
        : null
      : await tunnelled(url, { proxy: route.proxy, tls: route.tls }, signal);
  const socket = own !== null && httpVersion === '1.0' ? withHttp10(own) : own;
  const message = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = {
      ...EACH_ADDRESS,
      ...route.tls,
      method: 'POST',
      headers: headers.flat(),
      setDefaultHeaders: false,
      signal,
      // Node calls `createConnection` only without an agent.
      ...(socket === null ? { agent: false as const } : { createConnection: () => socket }),
    };
    const sent = url.protocol === 'https:' ? httpsRequest(url, options, resolve) : httpRequest(url, options, resolve);
    sent.on('error', reject);
    const watch = (line: Socket) => {
      if (url.protocol === 'https:') line.once('secureConnect', onSent);
      else if (line.connecting) line.once('connect', onSent);
      else onSent();
    };
    if (own === null) sent.once('socket', watch);
    else watch(own);
    sent.end(body);
  });
  const status = message.statusCode ?? 0;
  onHead(status);
  for await (const chunk of message as AsyncIterable<Uint8Array>) reception.body.add(chunk);
  return { status, headers: message.headers };
}

function connected(url: URL, tls: Route['tls']): Socket {
  const { host, port, isTls } = endpointOf(url);
  if (!isTls) return connectTcp({ ...EACH_ADDRESS, host, port });
  return startTls({ ...EACH_ADDRESS, ...tls, host, port, servername: serverNameOf(host) });
}

/** Replaces the version in the first line of a request: Node writes HTTP/1.1 there and has no setting for it. */
function withHttp10(socket: Duplex): Duplex {
  let isFirst = true;
  const writable = new Transform({
    transform: (chunk: Buffer, _, done) => {
      const text = isFirst ? chunk.toString('latin1').replace(' HTTP/1.1\r\n', ' HTTP/1.0\r\n') : null;
      isFirst = false;
      done(null, text === null ? chunk : Buffer.from(text, 'latin1'));
    },
  });
  writable.pipe(socket);
  return Duplex.from({ readable: socket, writable });
}

async function tunnelled(url: URL, { proxy, tls }: { proxy: string; tls: Route['tls'] }, signal: AbortSignal) {
  const { host, port, isTls } = endpointOf(url);
  const socket = await openTunnel(proxy, { host, port }, signal);
  return isTls ? startTls({ ...tls, socket, host, servername: serverNameOf(host) }) : socket;
}
