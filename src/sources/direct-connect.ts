/**
 * Statements over OFX Direct Connect: one POST an institution's server answers with statements. HTTP lives here and
 * nowhere else; what the bytes say is not this file's business. https only except on loopback, certificates always
 * verified, no redirects, bounded in time and size.
 */

import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, ProxyAgent, request as send } from 'undici';
import { ConnectionError, HttpError, OfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import { maskedStatementRequest, type RequestStamp, writeStatementRequest } from '../ofx/request.js';
import type { FetchContext, Reply, StatementRequest, StatementSource } from '../ports.js';
import { readBody, SIZE_LIMITS, type SizeLimits } from './body.js';
import { type Destination, httpError, timedOut, transportError } from './failures.js';
import { orderedPost, requestHeaders } from './headers.js';

/** Connections of a run: institutions with the same settings share a pool. */
export class Connections {
  readonly #dispatchers = new Map<string, Dispatcher>();

  for(institution: Institution, tls: TlsSettings, timeoutMs: number): Dispatcher {
    const key = JSON.stringify([institution.proxy, tls, Math.min(CONNECT_TIMEOUT_MS, timeoutMs)]);
    const known = this.#dispatchers.get(key);
    if (known !== undefined) return known;
    const made = makeDispatcher(institution, tls, timeoutMs);
    this.#dispatchers.set(key, made);
    return made;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    this.#dispatchers.clear();
  }
}

export interface DirectConnectOptions {
  /** Shared by the sources of a run, and closed by whoever made it; a source of its own has its own. */
  readonly connections?: Connections;
  readonly stamp: () => RequestStamp;
  /** The address to use for an institution: `sandbox://NAME` becomes a loopback address, others stay. */
  readonly resolveUrl: (url: string) => Promise<string>;
  readonly limits?: SizeLimits;
  /** For `Retry-After` as a date, and intervals. */
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

interface Raw {
  readonly status: number;
  readonly body: Uint8Array;
  readonly cookies: readonly string[];
  readonly location: string | null;
  readonly retryAfterMs: number | null;
}

/** A reply whose body has yet to be read. */
interface Started {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

interface TlsSettings {
  readonly ca?: string;
  readonly minVersion?: NonNullable<Institution['quirks']['tlsMinVersion']>;
  readonly ciphers?: string;
}

const CONNECT_TIMEOUT_MS = 15_000;

/** A source for one institution; its connections are kept for the next request of the same run. */
export function directConnect(institution: Institution, options: DirectConnectOptions): StatementSource {
  let tls: Promise<TlsSettings> | null = null;
  const connections = options.connections ?? new Connections();
  let nextAt = 0;
  let cookies: readonly string[] = [];

  async function post(body: Uint8Array, url: URL, context: FetchContext): Promise<Raw> {
    tls ??= tlsSettings(institution);
    const headers = requestHeaders(institution.quirks, { cookies, host: url.host, length: body.byteLength });
    const settings = await tls;
    const ordered = institution.quirks.headerOrder !== undefined;
    const start = (signal: AbortSignal): Promise<Started> =>
      ordered
        ? orderedPost({ url, body, headers, signal, tls: settings })
        : send(url, {
            method: 'POST',
            body,
            headers: headers.flat(),
            dispatcher: connections.for(institution, settings, context.timeoutMs),
            signal,
          });
    return exchange({ start, url, context, institution, options });
  }

  async function fetchReply(request: StatementRequest, context: FetchContext): Promise<Reply> {
    const url = await checkedUrl(institution, options.resolveUrl);
    nextAt = await spaced(nextAt, institution.quirks.minIntervalMs ?? 0, { options, signal: context.signal });
    const written = writeStatementRequest(request, options.stamp());
    let raw = await post(written.bytes, url, context);
    const wantsCookies = institution.quirks.cookies === 'resend-when-empty' || institution.quirks.cookies === 'persist';
    if (wantsCookies && raw.cookies.length > 0) {
      cookies = raw.cookies;
      if (raw.body.byteLength === 0 || raw.status === 500) raw = await post(written.bytes, url, context);
    }
    if (raw.status < 200 || raw.status > 299) throw httpError(raw, destination(institution, url, context.timeoutMs));
    return { body: raw.body, httpStatus: raw.status, origin: `${url.protocol}//${url.host}${url.pathname}` };
  }

  return {
    kind: 'direct-connect',
    fetch: fetchReply,
    preview: (request) => previewText(institution, maskedStatementRequest(request, options.stamp())),
    close: async () => {
      if (options.connections === undefined) await connections.close();
    },
  };
}

/** The addresses that may be spoken to without encryption: this machine's own. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

async function checkedUrl(institution: Institution, resolveUrl: (url: string) => Promise<string>): Promise<URL> {
  const url = new URL(await resolveUrl(institution.url ?? ''));
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))) return url;
  throw new HttpError('INSECURE_URL', `${institution.name}: ${url.protocol}//${url.host} is not encrypted`, {
    hint: 'A password is sent over https: only. Ask the institution for its https address.',
  });
}

async function exchange(call: {
  start: (signal: AbortSignal) => Promise<Started>;
  url: URL;
  context: FetchContext;
  institution: Institution;
  options: DirectConnectOptions;
}): Promise<Raw> {
  const { url, context, options } = call;
  const to = destination(call.institution, url, context.timeoutMs);
  const deadline = AbortSignal.timeout(context.timeoutMs);
  const signal = AbortSignal.any([context.signal, deadline]);
  let answered = false;
  try {
    const reply = await call.start(signal);
    answered = true;
    const encoding = single(reply.headers['content-encoding']);
    const body = await readBody(reply.body, {
      encoding,
      limits: options.limits ?? SIZE_LIMITS,
      to,
      onBytes: context.onBytes,
    });
    return {
      status: reply.statusCode,
      body,
      cookies: [reply.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0] ?? ''),
      location: single(reply.headers['location']),
      retryAfterMs: retryAfter(single(reply.headers['retry-after']), options.now()),
    };
  } catch (error) {
    if (context.signal.aborted)
      throw new OfxSyncError('INTERRUPTED', 'interrupted', { hint: 'Run again: what had arrived is stored.' });
    if (deadline.aborted) throw timedOut(to, answered ? 'body' : 'reply');
    throw transportError(error, to);
  }
}

async function tlsSettings({ ca, name, quirks }: Institution): Promise<TlsSettings> {
  return {
    ...(ca === null ? {} : { ca: await readCa(ca, name) }),
    ...(quirks.tlsMinVersion === undefined ? {} : { minVersion: quirks.tlsMinVersion }),
    ...(quirks.tlsCiphers === undefined ? {} : { ciphers: quirks.tlsCiphers }),
  };
}

function makeDispatcher({ proxy }: Institution, tls: TlsSettings, timeoutMs: number): Dispatcher {
  // headersTimeout and bodyTimeout of undici are coarse; the total limit is the AbortSignal of each exchange.
  const limits = { headersTimeout: 0, bodyTimeout: 0, pipelining: 1 };
  const timeout = Math.min(CONNECT_TIMEOUT_MS, timeoutMs);
  if (proxy !== null) return new ProxyAgent({ ...limits, uri: proxy, requestTls: { ...tls, timeout } });
  return new Agent({ ...limits, connect: { ...tls, timeout } });
}

async function readCa(path: string, institution: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new ConnectionError('TLS_FAILED', `${institution}: the file of ca: cannot be read: ${path}`, {
      cause,
      hint: 'Correct ca: or make the file readable.',
    });
  }
}

function previewText(institution: Institution, body: string): string {
  const url = institution.url ?? '';
  const host = URL.canParse(url) ? new URL(url).host : '';
  const headers = requestHeaders(institution.quirks, {
    cookies: [],
    host,
    length: new TextEncoder().encode(body).length,
  });
  return `POST ${url}\n${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`;
}

function destination(institution: Institution, url: URL, timeoutMs: number): Destination {
  return { institution: institution.name, host: url.host, timeoutMs };
}

/** Waits for this institution's turn and says when the next one is. */
async function spaced(
  nextAt: number,
  intervalMs: number,
  how: { options: DirectConnectOptions; signal: AbortSignal },
): Promise<number> {
  if (intervalMs === 0) return 0;
  const wait = nextAt - how.options.now().getTime();
  if (wait > 0) await how.options.sleep(wait, how.signal);
  return how.options.now().getTime() + intervalMs;
}

/** Seconds or an HTTP date (RFC 9110 section 10.2.3), in milliseconds from now. */
function retryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
