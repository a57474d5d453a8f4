/** What YNAB's answers and their absence mean: https://api.ynab.com/#errors */

import { ConnectionError, OfxSyncError, PushError } from '../errors.js';
import { interrupted } from './errors.js';

/** What the service said of one refused request. */
export interface Refused {
  readonly status: number;
  /** `detail` of the error, or a word of our own. */
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

/** @throws nothing: an answer that cannot be read is described by its status alone. */
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

/** The places in a list of transactions that an answer complains about, each with the complaint: `… (index: 3), …`. */
export function reasonsByIndex(detail: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const [, text = '', index = ''] of detail.matchAll(/\s*(.*?)\s*\(index: (\d+)\),?/gs)) {
    const before = found.get(Number(index));
    found.set(Number(index), before === undefined ? text : `${before}, ${text}`);
  }
  return found;
}

/** In words for a person; what is ours already stays. */
export function ynabError(error: unknown, { host, timeoutMs }: { host: string; timeoutMs: number }): OfxSyncError {
  const cause = unwrapped(error);
  if (cause instanceof OfxSyncError) return cause;
  if (cause instanceof YnabRefusal) return refusedError(cause.refused, host);
  if (isNamed(cause, 'TimeoutError'))
    return new ConnectionError('TIMED_OUT', `${host} did not answer within ${timeoutMs / 1000} s`, {
      hint: 'Run the same command again later: nothing is added twice.',
    });
  if (isNamed(cause, 'AbortError')) return interrupted();
  const code = codeOf(cause);
  if (code !== null)
    return new ConnectionError('CONNECTION_FAILED', `no connection to ${host} (${code})`, {
      hint: 'Check the network, then run the same command again: nothing is added twice.',
      cause,
    });
  return new PushError('PUSH_FAILED', `the answer of ${host} cannot be read`, {
    hint: 'Run the same command again: nothing is added twice. If it stays so, the service may have changed: look for a newer ofx-sync.',
    cause,
  });
}

function refusedError({ status, detail }: Refused, host: string): OfxSyncError {
  const said = `${host} refused it: ${detail} (HTTP ${status})`;
  if (status === 401)
    return new PushError('PUSH_FAILED', `${host} does not know the token (HTTP 401)`, {
      httpStatus: status,
      hint: 'Make one in YNAB (account settings, developer settings), then: ofx-sync secret set ynab',
    });
  if (status === 429)
    return new ConnectionError('SERVER_UNAVAILABLE', `${host} takes no more requests for now (HTTP 429)`, {
      httpStatus: status,
      hint: 'YNAB takes 200 requests an hour. What was taken is noted; run the same command again in an hour.',
    });
  if (status >= 500)
    return new ConnectionError('SERVER_UNAVAILABLE', said, {
      httpStatus: status,
      hint: 'The fault is on their side: run the same command again later. Nothing is added twice.',
    });
  return new PushError('PUSH_FAILED', said, {
    httpStatus: status,
    hint:
      status === 403
        ? 'Look at your subscription and at the rights of the token.'
        : 'Run it with --verbose to see more.',
  });
}

/** Failures where the service cannot have judged the request, or that pass. Sending again is safe: import ids are known. */
export function isTransient(error: unknown): boolean {
  const cause = unwrapped(error);
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
