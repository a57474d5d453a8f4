/**
 * Claims a setup token: the bridge answers with the access URL, once and never again. Whoever calls this has made sure that the
 * answer can be kept.
 */

import { HttpError, type OfxSyncError, SecretError } from '../errors.js';
import { claimAddress, isProtected, readAccess } from '../simplefin/access.js';
import { Connections } from './connections.js';
import { dispatched } from './dispatched.js';
import { exchange, targetOf } from './exchange.js';
import { destinationOf, httpError } from './failures.js';
import { proxyFor } from './proxy.js';

export interface ClaimOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
}

const TIMEOUT_MS = 60_000;

/** Claims a token. @returns the access URL. @throws OfxSyncError, in which neither the token nor the URL is repeated. */
export async function claimToken(token: string, { env, now, signal }: ClaimOptions): Promise<string> {
  const url = claimAddress(token);
  if (url === null) throw new TypeError('claimed something other than a setup token');
  if (!isProtected(url))
    throw new HttpError('INSECURE_URL', `the setup token leads to http://${url.host}, which is not encrypted`, {
      hint: 'Do not use this token. Make a new one at the website of the bridge.',
    });
  const connections = new Connections();
  const tls = { minVersion: 'TLSv1.2', rejectUnauthorized: true } as const;
  const route = { tls, proxy: proxyFor(url, null, env), timeoutMs: TIMEOUT_MS };
  const dispatcher = connections.for(route);
  const to = destinationOf(url.host, url, route);
  const headers = { 'Content-Length': '0', 'User-Agent': 'ofx-sync' };
  try {
    const reply = await exchange({
      send: (reception) => dispatched(dispatcher, { ...targetOf(url), method: 'POST', headers }, reception),
      to,
      context: { signal, timeoutMs: TIMEOUT_MS },
      options: { now, limits: { received: 65_536, decompressed: 65_536 } },
    });
    if (reply.status === 403 || reply.status === 404 || reply.status === 410) throw refused(url.host, reply.status);
    if (reply.status < 200 || reply.status > 299) throw httpError({ ...reply, refusalText: null }, to);
    const access = new TextDecoder().decode(reply.body).trim();
    if (typeof readAccess(access) === 'string') throw noAccess(url.host);
    return access;
  } finally {
    await connections.close();
  }
}

function refused(host: string, status: number): OfxSyncError {
  return new SecretError('SETUP_TOKEN_REFUSED', `${host} refused the setup token (HTTP ${status})`, {
    hint: 'A setup token works once, and this one is wrong or used. Make a new one at the website of the bridge. If you did not use it yourself, somebody else did: revoke it there.',
  });
}

function noAccess(host: string): OfxSyncError {
  return new SecretError('SETUP_TOKEN_REFUSED', `${host} did not answer the setup token with an access URL`, {
    hint: 'The token may be used up all the same: make a new one at the website of the bridge, and check that it is a SimpleFIN bridge.',
  });
}
