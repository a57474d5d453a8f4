/** One exchange over HTTP: a request, and its reply read to the end within the limits of time and size, whatever it means. */

import { setMaxListeners } from 'node:events';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { interrupted } from '../errors.js';
import type { FetchContext } from '../ports.js';
import { ArrivingBody, SIZE_LIMITS, type SizeLimits } from './body.js';
import { brokenReply, connectLimitMs, type Destination, timedOut, transportError } from './failures.js';

export interface ExchangeOptions {
  readonly limits?: SizeLimits;
  /** Used for a `Retry-After` that is a date. */
  readonly now: () => Date;
}

/** Status and headers of a reply. */
export interface ReplyHead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** The receiving end of a request. */
export interface Reception {
  /** Aborted when the reply is no longer waited for. */
  readonly signal: AbortSignal;
  /** Called when there is a connection, before anything is sent. */
  readonly onSent: () => void;
  readonly onHead: (status: number) => void;
  readonly body: ArrivingBody;
}

export interface ExchangedReply {
  readonly status: number;
  readonly body: Uint8Array;
  readonly cookies: readonly string[];
  readonly location: string | null;
  readonly retryAfterMs: number | null;
}

interface Exchange {
  /** Sends the request. Resolves when the whole reply was received. */
  readonly send: (reception: Reception) => Promise<ReplyHead>;
  /** The same was sent before, so that a failure is not one of a request that the bank never saw. */
  readonly isAgain?: boolean;
  readonly to: Destination;
  readonly context: FetchContext;
  readonly options: ExchangeOptions;
}

/** Sends a request and reads its reply, both within the time limit. @throws OfxSyncError */
export async function exchange(call: Exchange): Promise<ExchangedReply> {
  const { to, context, options } = call;
  const limit = limited(context);
  const body = new ArrivingBody({ limits: options.limits ?? SIZE_LIMITS, to, onBytes: context.onBytes });
  let isConnected = false;
  let answered: number | null = null;
  const onSent = () => {
    isConnected = true;
    limit.connected();
  };
  const onHead = (status: number) => {
    answered = status;
  };
  try {
    const { status, headers } = await call.send({ signal: limit.signal, onSent, onHead, body });
    const content = await body.content(single(headers['content-encoding']));
    // undici frees a connection one turn after its last byte; a request before that would open another.
    await nextTurn();
    return {
      status,
      body: content,
      cookies: [headers['set-cookie'] ?? []].flat().map((cookie) => cookie.split(';')[0] ?? ''),
      location: single(headers['location']),
      retryAfterMs: retryAfter(single(headers['retry-after']), options.now()),
    };
  } catch (error) {
    const unsent = !isConnected && call.isAgain !== true;
    if (context.signal.aborted) throw interrupted({ unsent });
    if (limit.signal.aborted)
      throw timedOut(to, answered !== null ? 'body' : isConnected ? 'reply' : 'connect', unsent);
    throw answered === null ? transportError(error, to, isConnected, unsent) : brokenReply(error, to, answered);
  } finally {
    limit.end();
  }
}

/** The time of an exchange. */
interface Limit {
  /** Aborts with the signal of the context or when the time is over. */
  readonly signal: AbortSignal;
  /** Ends the shorter limit for making the connection. */
  readonly connected: () => void;
  /** Lets go of the signal of the context and the timers. */
  readonly end: () => void;
}

function limited({ signal, timeoutMs }: FetchContext): Limit {
  const own = new AbortController();
  const stop = () => own.abort(signal.reason);
  if (signal.aborted) stop();
  // One signal ends as many requests as there are; Node takes more than ten for a leak. After 0, undici's fetch fails with it.
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  signal.addEventListener('abort', stop, { once: true });
  const whole = setTimeout(() => own.abort(), timeoutMs);
  const connecting = setTimeout(() => own.abort(), connectLimitMs(timeoutMs));
  return {
    signal: own.signal,
    connected: () => clearTimeout(connecting),
    end: () => {
      clearTimeout(whole);
      clearTimeout(connecting);
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
