/** Opens a tunnel through an HTTP proxy (RFC 9110 section 9.3.6 CONNECT), for connections that undici does not make. */

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { endpointOf } from './endpoint.js';

/** A proxy's reply other than an open tunnel. */
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

/** Opens a connection to host and port through the proxy. */
export function openTunnel(
  proxy: string,
  to: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  const address = new URL(proxy);
  const { username, password } = address;
  const { host, port, isTls } = endpointOf(address);
  const target = `${to.host}:${to.port}`;
  return new Promise((resolve, reject) => {
    const options = {
      host,
      port,
      method: 'CONNECT',
      path: target,
      headers: { Host: target },
      ...(username === '' ? {} : { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }),
      agent: false as const,
      signal,
    };
    const request = isTls ? httpsRequest(options) : httpRequest(options);
    request.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(new TunnelRefused(response.statusCode ?? 0));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(new TunnelRefused(response.statusCode ?? 0));
    });
    request.once('error', reject);
    request.end();
  });
}
