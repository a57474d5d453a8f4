/** A tunnel through an HTTP proxy (RFC 9110 section 9.3.6 CONNECT), for what undici does not carry. */

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';

/** What a proxy said instead of opening the tunnel. */
class TunnelRefused extends Error {
  override readonly name = 'TunnelRefused';
  readonly code: 'PROXY_REFUSED' | 'PROXY_WANTS_PASSWORD';
  readonly status: number;

  constructor(status: number) {
    super(`the proxy answered HTTP ${status}`);
    this.status = status;
    this.code = status === 407 ? 'PROXY_WANTS_PASSWORD' : 'PROXY_REFUSED';
  }
}

/** A connection to host and port that runs through the proxy. */
export function openTunnel(
  proxy: string,
  to: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  const { protocol, hostname, port, username, password } = new URL(proxy);
  const target = `${to.host}:${to.port}`;
  return new Promise((resolve, reject) => {
    const options = {
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
      method: 'CONNECT',
      path: target,
      headers: { Host: target },
      ...(username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }),
      agent: false as const,
      signal,
    };
    const asked = protocol === 'https:' ? httpsRequest(options) : httpRequest(options);
    asked.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new TunnelRefused(response.statusCode ?? 0));
    });
    asked.once('response', (response) => {
      response.destroy();
      reject(new TunnelRefused(response.statusCode ?? 0));
    });
    asked.once('error', reject);
    asked.end();
  });
}
