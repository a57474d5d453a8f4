/** Opens a tunnel through an HTTP proxy (RFC 9110 section 9.3.6 CONNECT). */

import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { EACH_ADDRESS, endpointOf, serverNameOf } from './endpoint.js';

/** The proxy opened no tunnel. */
export class TunnelError extends Error {
  override readonly name = 'TunnelError';
  /** Host and port of the proxy, whose whole address may hold a password. */
  readonly proxy: string;
  /** The HTTP status of its answer, or the code of the failure without one. */
  readonly reason: number | string;
  /** Its address has a name and perhaps a password. */
  readonly isNamed: boolean;

  constructor({ host, username }: URL, reason: number | string) {
    super(`no tunnel through ${host} (${reason})`);
    this.proxy = host;
    this.reason = reason;
    this.isNamed = username !== '';
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
  const target = `${isIP(to.host) === 6 ? `[${to.host}]` : to.host}:${to.port}`;
  return new Promise((resolve, reject) => {
    const options = {
      ...EACH_ADDRESS,
      host,
      port,
      // Otherwise Node would compare the certificate of the proxy with the Host header, which names the bank.
      servername: serverNameOf(host),
      rejectUnauthorized: true,
      method: 'CONNECT',
      path: target,
      headers: { Host: target, ...authorization(address) },
      agent: false as const,
      signal,
    };
    const request = isTls ? httpsRequest(options) : httpRequest(options);
    request.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      // Whoever uses the tunnel hears of its end; an error that comes before would end the program.
      socket.on('error', () => undefined);
      if (statusCode >= 200 && statusCode <= 299) {
        if (head.length > 0) socket.unshift(head);
        return resolve(socket);
      }
      socket.destroy();
      reject(new TunnelError(address, statusCode));
    });
    request.once('response', (response) => {
      response.destroy();
      reject(new TunnelError(address, response.statusCode ?? 0));
    });
    request.once('error', (error: NodeJS.ErrnoException) => {
      reject(signal.aborted ? error : new TunnelError(address, error.code ?? error.name));
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
