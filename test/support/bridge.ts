/** A SimpleFIN bridge that answers what a test gives it, and records what it was asked. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
}

export type Answer =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly body: string }
  | ((reply: ServerResponse) => void);

export interface TestBridge {
  readonly host: string;
  readonly access: string;
  readonly asked: Asked[];
  /** Setup token of the bridge, which `/claim/once` accepts one time. */
  readonly token: string;
}

export const BRIDGE_USER = 'c4Nar1Bridge7User';
export const BRIDGE_PASSWORD = 'pR9x-Bridge-7Canary-Pass';

/** Starts a bridge that answers every request for accounts by a function of the request. It ends with the test, or by `cleanUps`. */
export async function startBridge(answer: (asked: Asked) => Answer, cleanUps?: (() => unknown)[]): Promise<TestBridge> {
  const asked: Asked[] = [];
  let claimed = false;
  const server = createServer((request, reply) => {
    const url = new URL(request.url ?? '/', 'http://bridge.invalid');
    const one = { path: url.pathname, query: url.searchParams, method: request.method ?? '', headers: request.headers };
    asked.push(one);
    if (url.pathname.startsWith('/claim/')) {
      const isGood = url.pathname === '/claim/once' && !claimed && request.method === 'POST';
      claimed ||= isGood;
      reply.writeHead(isGood ? 200 : 403).end(isGood ? accessUrl(server.address()) : 'Forbidden');
      return;
    }
    const given = answer(one);
    if (typeof given === 'function') given(reply);
    else reply.writeHead(given.status ?? 200, { 'content-type': 'application/json', ...given.headers }).end(given.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  if (cleanUps === undefined) onTestFinished(stop);
  else cleanUps.push(stop);
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const token = Buffer.from(`http://${host}/claim/once`).toString('base64');
  return { host, access: accessUrl(server.address()), asked, token };
}

function accessUrl(address: ReturnType<ReturnType<typeof createServer>['address']>): string {
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return `http://${BRIDGE_USER}:${BRIDGE_PASSWORD}@127.0.0.1:${port}/simplefin`;
}

/** Noon in UTC of a day, in seconds: the time that bridges give to the date of a bank. */
export function noon(day: string): number {
  return Date.parse(`${day}T12:00:00Z`) / 1000;
}
