/** Errors of YNAB, and of the connection to it: https://api.ynab.com/#errors */

import { ConnectionError, OfxSyncError, PushError } from '../errors.js';
import { interrupted, RUN_AGAIN } from './errors.js';

/** The reply of the service to a request that it refused. */
export interface Refused {
  readonly status: number;
  /** `detail` of the error, else its name or the HTTP status. */
  readonly detail: string;
  readonly retryAfterMs: number | null;
}

export class YnabRefusal extends Error {
  readonly refused: Refused;

  constructor(refused: Refused) {
    super(refused.detail);
    this.refused = refused;
  }
}

/** Describes a reply that cannot be read by its status alone. */
export async function refusalOf(response: Response): Promise<YnabRefusal> {
  const body: unknown = await response.json().catch(() => null);
  const error = isRecord(body) && isRecord(body['error']) ? body['error'] : {};
  const detail = [error['detail'], error['name']].find((text) => typeof text === 'string');
  return new YnabRefusal({
    status: response.status,
    detail: typeof detail === 'string' ? detail.slice(0, 300) : `HTTP ${response.status}`,
    retryAfterMs: retryAfterMs(response.headers.get('retry-after')),
  });
}

/** Returns the reasons of a refusal by the index of the transaction: `… (index: 3), …`. */
export function reasonsByIndex(detail: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [, text = '', index = ''] of detail.matchAll(/\s*(.*?)\s*\(index: (\d+)\),?/gs)) {
    const before = found.get(Number(index));
    found.set(Number(index), before === undefined ? text : `${before}, ${text}`);
  }
  return found;
}

/** Turns a failure into an error for a person; an error of our own stays as it is. */
export function ynabError(error: unknown, { host, timeoutMs }: { host: string; timeoutMs: number }): OfxSyncError {
  const cause = unwrapped(error);
  if (cause instanceof OfxSyncError) return cause;
  if (cause instanceof YnabRefusal) return refusedError(cause.refused, host);
  if (isNamed(cause, 'TimeoutError'))
    return new ConnectionError('TIMED_OUT', `no reply from ${host} within ${timeoutMs / 1000} s`, {
      hint: 'Run the same command again later: nothing is added twice.',
    });
  if (isNamed(cause, 'AbortError')) return interrupted();
  const code = codeOf(cause);
  if (code !== null)
    return new ConnectionError('CONNECTION_FAILED', `could not connect to ${host} (${code})`, {
      hint: 'Check your network, then run the same command again: nothing is added twice.',
      cause,
    });
  return new PushError('PUSH_FAILED', `the reply from ${host} cannot be read`, {
    hint: `${RUN_AGAIN} If that does not help, the service may have changed: update ofx-sync.`,
    cause,
  });
}

function refusedError({ status, detail }: Refused, host: string): OfxSyncError {
  const message = `${host} refused the request: ${detail} (HTTP ${status})`;
  if (status === 401)
    return new PushError('PUSH_FAILED', `${host} rejected the token (HTTP 401)`, {
      httpStatus: status,
      hint: 'Create a new one in YNAB (account settings, developer settings), then: ofx-sync secret set ynab',
    });
  if (status === 429)
    return new ConnectionError('SERVER_UNAVAILABLE', `${host} accepts no more requests for now (HTTP 429)`, {
      httpStatus: status,
      hint: 'YNAB accepts 200 requests an hour. Run the same command again in an hour: it continues where this run stopped.',
    });
  if (status >= 500)
    return new ConnectionError('SERVER_UNAVAILABLE', message, {
      httpStatus: status,
      hint: 'The server has a problem: run the same command again later. Nothing is added twice.',
    });
  return new PushError('PUSH_FAILED', message, {
    httpStatus: status,
    hint:
      status === 403
        ? 'Check your YNAB subscription and the permissions of the token.'
        : 'For details, run the same command with --verbose.',
  });
}

/** Returns whether a later attempt may succeed. Sending again is safe: YNAB recognises import ids. */
export function isTransient(error: unknown): boolean {
  const cause = unwrapped(error);
  if (cause instanceof OfxSyncError) return cause.retryable;
  if (cause instanceof YnabRefusal) return cause.refused.status >= 500;
  return !isNamed(cause, 'AbortError') && !isNamed(cause, 'TimeoutError') && codeOf(cause) !== null;
}

/** The SDK wraps what its fetch throws. */
export function unwrapped(error: unknown): unknown {
  return isNamed(error, 'FetchError') && error instanceof Error ? (error.cause ?? error) : error;
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof Error && error.name === name;
}

function codeOf(error: unknown): string | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1)
    if ('code' in at && typeof at.code === 'string') return at.code;
  return null;
}

function retryAfterMs(header: string | null): number | null {
  return header !== null && /^\d{1,5}$/.test(header.trim()) ? Number(header) * 1000 : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
