/** Opens a tunnel through an HTTP proxy (RFC 9110 section 9.3.6 CONNECT). */

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Socket } from 'node:net';
import { EACH_ADDRESS, endpointOf } from './endpoint.js';

/** The proxy opened no tunnel. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  readonly code: 'PROXY_UNREACHABLE' | 'PROXY_REFUSED' | 'PROXY_WANTS_PASSWORD';

  constructor(code: TunnelError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** Opens a connection to host and port through the proxy. @throws TunnelError, or the error of the signal. */
export function openTunnel(
  proxy: string,
  to: { readonly host: string; readonly port: number },
  signal: AbortSignal,
): Promise<Socket> {
  const address = new URL(proxy);
  const { host, port, isTls } = endpointOf(address);
  const target = `${to.host}:${to.port}`;
  return new Promise((resolve, reject) => {
    const options = {
      ...EACH_ADDRESS,
      host,
      port,
      method: 'CONNECT',
      path: target,
      headers: { Host: target, ...authorization(address) },
      agent: false as const,
      signal,
    };
    const request = isTls ? httpsRequest(options) : httpRequest(options);
    request.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(refusal(response.statusCode, address));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(refusal(response.statusCode, address));
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      const what = `the proxy ${address.host} cannot be reached`;
      reject(signal.aborted ? error : new TunnelError('PROXY_UNREACHABLE', `${what} (${error.code ?? error.name})`));
    });
    request.end();
  });
}

/** Returns the header with the name and password of the proxy's address, if it has them (RFC 9110 section 11.7.2). */
function authorization({ username, password }: URL): Readonly<Record<string, string>> {
  if (username === '') return {};
  const credentials = `${decoded(username)}:${decoded(password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** Some write a percent sign as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Some proxies answer 401 in the place of 407. */
function refusal(status: number | undefined, { username }: URL): TunnelError {
  if (status !== 407 && status !== 401)
    return new TunnelError('PROXY_REFUSED', `the proxy refused it (HTTP ${status ?? 0})`);
  const what = username === '' ? 'requires a name and a password' : 'does not accept its name and password';
  return new TunnelError('PROXY_WANTS_PASSWORD', `the proxy ${what}`);
}
