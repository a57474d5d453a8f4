/** Requests of commands to webhooks and budgets; what they need is loaded with the first one. */

import type { HttpFetch } from '../../model/http.js';

/** Returns the fetch of a command. Its environment may name a proxy. */
export function serviceFetch(env: Readonly<Record<string, string | undefined>>): HttpFetch {
  return async (url, request) => (await import('../../sources/verified-fetch.js')).verifiedFetch(env)(url, request);
}
