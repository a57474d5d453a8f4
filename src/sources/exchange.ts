/** One exchange over HTTP: a request, and its reply read to the end within the limits of time and size, whatever it means. */

import { setMaxListeners } from 'node:events';
import type { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { interrupted } from '../errors.js';
import type { FetchContext } from '../ports.js';
import { readBody, SIZE_LIMITS, type SizeLimits } from './body.js';
import { brokenReply, type Destination, timedOut, transportError } from './failures.js';

export interface ExchangeOptions {
  readonly limits?: SizeLimits;
  /** Used for a `Retry-After` that is a date. */
  readonly now: () => Date;
}

/** A reply whose body is still to be read. */
export interface ReplyHead {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Readable;
}

export interface ExchangedReply {
  readonly status: number;
  readonly body: Uint8Array;
  readonly cookies: readonly string[];
  readonly location: string | null;
  readonly retryAfterMs: number | null;
}

interface Exchange {
  readonly start: (signal: AbortSignal) => Promise<ReplyHead>;
  readonly to: Destination;
  readonly context: FetchContext;
  readonly options: ExchangeOptions;
}

/** Sends a request and reads its reply, both within the time limit. @throws OfxSyncError */
export async function exchange(call: Exchange): Promise<ExchangedReply> {
  const { to, context, options } = call;
  const limit = limited(context);
  let answered: number | null = null;
  try {
    const reply = await call.start(limit.signal);
    answered = reply.statusCode;
    const encoding = single(reply.headers['content-encoding']);
    const body = await readBody(reply.body, {
      encoding,
      limits: options.limits ?? SIZE_LIMITS,
      to,
      onBytes: context.onBytes,
    });
    // undici frees a connection one turn after its last byte; a request before that would open another.
    await nextTurn();
    return {
      status: reply.statusCode,
      body,
      cookies: [reply.headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0] ?? ''),
      location: single(reply.headers['location']),
      retryAfterMs: retryAfter(single(reply.headers['retry-after']), options.now()),
    };
  } catch (error) {
    if (context.signal.aborted) throw interrupted();
    if (limit.signal.aborted) throw timedOut(to, answered === null ? 'reply' : 'body');
    throw answered === null ? transportError(error, to) : brokenReply(error, to, answered);
  } finally {
    limit.end();
  }
}

/** Returns a signal that aborts with that of the context or at the time limit, and the function that lets go of both. */
function limited({ signal, timeoutMs }: FetchContext): { readonly signal: AbortSignal; readonly end: () => void } {
  const own = new AbortController();
  const stop = () => own.abort(signal.reason);
  if (signal.aborted) stop();
  // One signal ends as many requests as there are; Node takes more than ten for a leak.
  setMaxListeners(0, signal);
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(() => own.abort(), timeoutMs);
  return {
    signal: own.signal,
    end: () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    },
  };
}

/** Reads seconds or an HTTP date (RFC 9110 section 10.2.3). @returns milliseconds from now. */
function retryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^\d{1,9}$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - now.getTime());
}

function single(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Returns the parts of an address that a request names. */
export function targetOf({ origin, pathname, search }: URL): { readonly origin: string; readonly path: string } {
  return { origin, path: `${pathname}${search}` };
}
