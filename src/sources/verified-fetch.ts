/** Fetches from webhooks and budgets. Node's own fetch lets an environment variable decide whether certificates are verified. */

import { fetch } from 'undici';
import type { HttpFetch, HttpRequest } from '../model/http.js';
import { Connections, type Route } from './connections.js';
import { destinationOf, transportError } from './failures.js';
import { proxyFor } from './proxy.js';
import { TunnelError } from './tunnel.js';

const TLS = { minVersion: 'TLSv1.2', rejectUnauthorized: true } as const;
/** Requests have time limits of their own; this one limits the making of a connection. */
const TIMEOUT_MS = 60_000;

/**
 * Returns a fetch through the proxy of the environment. Each request has a connection of its own; its reply has its whole body.
 * The fetch throws what that of undici throws, and ConnectionError for a proxy that opens no way.
 */
export function verifiedFetch(env: Readonly<Record<string, string | undefined>>): HttpFetch {
  return async (address, request) => {
    const url = new URL(address);
    const route = { tls: TLS, proxy: proxyFor(url, null, env), timeoutMs: TIMEOUT_MS };
    const connections = new Connections();
    try {
      return await whole(url, request, connections.for(route));
    } catch (error) {
      throw tunnelFailure(error, url, route);
    } finally {
      await connections.close();
    }
  };
}

async function whole(url: URL, request: HttpRequest, dispatcher: ReturnType<Connections['for']>): Promise<Response> {
  const reply = await fetch(url, { ...request, dispatcher });
  const { status, statusText, headers } = reply;
  // These have no body by definition, and Response accepts none.
  const content = [204, 205, 304].includes(status) ? null : await reply.text();
  return new Response(content, { status, statusText, headers: Object.fromEntries(headers) });
}

function tunnelFailure(error: unknown, url: URL, route: Route): unknown {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof TunnelError ? transportError(cause, destinationOf(url.hostname, url, route), false) : error;
}
