/** Requests of commands to webhooks and budgets; what they need is loaded with the first one. */

import type { HttpFetch } from '../../model/http.js';

export const serviceFetch: HttpFetch = async (url, request) =>
  (await import('../../sources/verified-fetch.js')).verifiedFetch(url, request);
