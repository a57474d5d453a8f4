/** The HTTP server: its limits of size, time and number, the Hosts that it answers, and its end. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { OfxSyncError, toOfxSyncError, UsageError } from '../errors.js';
import { type Exchange, send, setSecurityHeaders, TEXT_TYPE } from './reply.js';
import { failureStatus, type Route } from './routes.js';
import { allowedHosts, type ServeAddress, urlOf } from './settings.js';

export interface Tls {
  /** PEM texts. */
  readonly cert: string;
  readonly key: string;
}

/** One request, for the log. It has no address, header or parameter. */
export interface Served {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  readonly error: OfxSyncError | null;
}

export interface ServerOptions {
  readonly address: ServeAddress;
  readonly tls: Tls | null;
  /** Makes the routes when the port is known. */
  readonly routes: (url: string) => Promise<(path: string) => Route | null>;
  readonly onServed: (served: Served) => void;
}

export interface RunningServer {
  /** The address by which others reach it, without a slash at its end. */
  readonly url: string;
  readonly port: number;
  /** Finishes the answers that are being written, for some seconds at most. */
  close(): Promise<void>;
}

const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 10_000,
} as const;
const MOST_CONNECTIONS = 1000;
const MOST_URL = 8192;
/** Bytes of a request’s body; only the form of the page has one. */
const MOST_BODY = 4096;
/** Longest time to write one answer, also to a reader that is slow on purpose. */
const ANSWER_MS = 300_000;
const CLOSE_MS = 5000;

/** Starts to listen. Rejects with an OfxSyncError SERVE_FAILED when that is not possible. */
export async function startServer({ address, tls, routes, onServed }: ServerOptions): Promise<RunningServer> {
  let answer = async ({ response }: Exchange): Promise<void> => {
    response.destroy();
  };
  const active = new Set<Promise<void>>();
  const server = newServer(tls, (request, response) => {
    const one = answer({ request, response });
    active.add(one);
    void one.finally(() => active.delete(one));
  });
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, address);
  const url = urlOf(address, port);
  try {
    const find = await routes(url);
    const hosts = allowedHosts(address, port);
    answer = (exchange) => respond(exchange, { find, hosts, onServed });
  } catch (error) {
    await closed(server, active);
    throw error;
  }
  return { url, port, close: () => closed(server, active) };
}

function newServer(tls: Tls | null, listener: (request: IncomingMessage, response: ServerResponse) => void): Server {
  if (tls === null) return createServer(LIMITS, listener);
  try {
    return createTlsServer({ ...LIMITS, ...tls, minVersion: 'TLSv1.2' }, listener);
  } catch (cause) {
    throw new UsageError(
      `the certificate or its key cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Both are PEM files, and the key is that of the certificate.',
    );
  }
}

async function listen(server: Server, { host, port }: ServeAddress): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
  } catch (cause) {
    throw notListening(cause, { host, port });
  }
  const bound = server.address();
  return typeof bound === 'object' && bound !== null ? bound.port : port;
}

const CAUSES: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  EADDRINUSE: ['another program uses it', 'Stop that program, or choose another port: --listen 127.0.0.1:PORT'],
  EACCES: ['this user may not use it', 'Choose a port from 1024 on: --listen 127.0.0.1:PORT'],
  EADDRNOTAVAIL: [
    'this machine does not have that address',
    'Give an address of this machine, or 0.0.0.0 for all of them.',
  ],
};

function notListening(cause: unknown, { host, port }: { host: string; port: number }): OfxSyncError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  const [what, hint] = CAUSES[code] ?? [cause instanceof Error ? cause.message : String(cause), 'Check --listen.'];
  return new OfxSyncError('SERVE_FAILED', `cannot listen on ${host}:${port}: ${what}`, { hint, cause });
}

interface Responding {
  readonly find: (path: string) => Route | null;
  readonly hosts: ReadonlySet<string>;
  readonly onServed: (served: Served) => void;
}

async function respond(exchange: Exchange, { find, hosts, onServed }: Responding): Promise<void> {
  const { request, response } = exchange;
  const started = performance.now();
  const timer = setTimeout(() => response.destroy(), ANSWER_MS);
  const method = request.method ?? '';
  let route: Route | null = null;
  let failure: OfxSyncError | null = null;
  response.on('error', () => undefined);
  try {
    setSecurityHeaders(response);
    const { path, parameters } = targetOf(request.url ?? '');
    route = path === null || !hosts.has((request.headers.host ?? '').toLowerCase()) ? null : find(path);
    const problem = problemOf(exchange, { hosts, path, route });
    if (problem !== null) refuse(exchange, problem);
    else await route?.handle(exchange, parameters);
  } catch (error) {
    failure = toOfxSyncError(error);
    if (response.headersSent) response.destroy();
    else refuse(exchange, { status: failureStatus(error), text: 'The server cannot answer now' });
  } finally {
    clearTimeout(timer);
  }
  onServed({
    method: /^[A-Z]{1,10}$/.test(method) ? method : '?',
    route: route?.title ?? 'unknown',
    status: response.statusCode,
    durationMs: Math.round(performance.now() - started),
    error: failure,
  });
}

interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly headers?: Readonly<Record<string, string>>;
}

function problemOf(
  { request }: Exchange,
  { hosts, path, route }: { hosts: ReadonlySet<string>; path: string | null; route: Route | null },
): Refusal | null {
  if ((request.url ?? '').length > MOST_URL) return { status: 414, text: 'URI Too Long' };
  if (path === null) return { status: 400, text: 'Bad Request' };
  if (!hosts.has((request.headers.host ?? '').toLowerCase()))
    return { status: 421, text: 'Misdirected Request: this server is reached by another name; see --public-url' };
  if (route === null) return { status: 404, text: 'Not Found' };
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY || request.headers['transfer-encoding'] !== undefined)
    return { status: 413, text: 'Content Too Large', headers: { Connection: 'close' } };
  if (route.methods.includes(request.method ?? '')) return null;
  return { status: 405, text: 'Method Not Allowed', headers: { Allow: route.methods.join(', ') } };
}

function refuse(exchange: Exchange, { status, text, headers = {} }: Refusal): void {
  send(exchange, { status, type: TEXT_TYPE, text: `${text}\n`, headers });
}

/** Reads path and parameters of a request; a `null` path for a target that is none. */
function targetOf(url: string): { readonly path: string | null; readonly parameters: URLSearchParams } {
  const isPath = url.startsWith('/') && URL.canParse(`http://localhost${url}`);
  if (!isPath) return { path: null, parameters: new URLSearchParams() };
  const { pathname, searchParams } = new URL(`http://localhost${url}`);
  return { path: pathname, parameters: searchParams };
}

/** Accepts nothing more, and waits a while for the answers that are being written. */
async function closed(server: Server, active: ReadonlySet<Promise<void>>): Promise<void> {
  const ended = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const waiting = new AbortController();
  const timeout = delay(CLOSE_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
  await Promise.race([Promise.allSettled(active), timeout]);
  waiting.abort();
  server.closeAllConnections();
  await ended;
}
