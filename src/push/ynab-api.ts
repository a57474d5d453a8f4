/**
 * The official SDK with a fetch of our own: a time limit, no redirects, retries after the time that the service asks for, and
 * errors with their causes. Loaded when a push begins. Only this file reveals the token.
 */

import { Configuration } from 'ynab';
import type { PushContext } from '../model/push-session.js';
import type { Secret } from '../model/secret.js';
import { interrupted } from './errors.js';
import { isTransient, refusalOf, unwrapped, YnabRefusal, ynabError } from './ynab-failures.js';

const YNAB_ADDRESS = 'https://api.ynab.com/v1';
const TIMEOUT_MS = 60_000;
/** The longest Retry-After that is followed. */
const LONGEST_WAIT_MS = 60_000;
const ATTEMPTS = 3;

export interface YnabApi {
  readonly configuration: Configuration;
  /** @throws OfxSyncError, and YnabRefusal for a status that the caller handles. */
  call<T>(request: () => Promise<T>, handled?: readonly number[]): Promise<T>;
}

export function ynabApi(server: string | null, token: Secret, context: PushContext): YnabApi {
  const address = (server ?? YNAB_ADDRESS).replace(/\/+$/, '');
  const about = { host: new URL(address).host, timeoutMs: TIMEOUT_MS };
  const configuration = new Configuration({
    basePath: address,
    accessToken: () => token.reveal(),
    fetchApi: async (url: string | URL, init?: RequestInit) => {
      const signal = AbortSignal.any([context.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const { method = 'GET', headers, body } = init ?? {};
      const response = await context.fetch(String(url), {
        method,
        headers: Object.fromEntries(new Headers(headers)),
        body: typeof body === 'string' ? body : null,
        signal,
        redirect: 'error',
      });
      if (!response.ok) throw await refusalOf(response);
      return response;
    },
  });
  return {
    configuration,
    call: async (request, handled = []) => {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await request();
        } catch (error) {
          const cause = unwrapped(error);
          if (cause instanceof YnabRefusal && handled.includes(cause.refused.status)) throw cause;
          const waitMs = attempt < ATTEMPTS ? waitBefore(cause, attempt) : null;
          if (waitMs === null) throw ynabError(error, about);
          await pause(waitMs, context);
        }
      }
    },
  };
}

/** Returns the milliseconds until the next attempt, `null` for no further attempt. */
function waitBefore(error: unknown, attempt: number): number | null {
  if (error instanceof YnabRefusal && error.refused.status === 429) {
    const { retryAfterMs } = error.refused;
    return retryAfterMs !== null && retryAfterMs <= LONGEST_WAIT_MS ? retryAfterMs : null;
  }
  return isTransient(error) ? 1000 * 2 ** (attempt - 1) : null;
}

async function pause(ms: number, { sleep, signal }: PushContext): Promise<void> {
  await sleep(ms, signal).catch(() => undefined);
  if (signal.aborted) throw interrupted();
}
