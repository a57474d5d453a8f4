/**
 * A line over which a bank's answer to a connection takes longer than the quarter of a second that Node gives each address of a
 * host: a server that is stopped with a full queue does not answer, until the system knocks a second later again.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import dns from 'node:dns';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { Quirks } from '../../src/model/institution.js';
import { connectionSteps } from '../../src/sources/connection-steps.js';
import { createHttpClient } from '../../src/sources/http-client.js';
import { verifiedFetch } from '../../src/sources/verified-fetch.js';
import { institution } from '../support/builders.js';

const SOCKETS = '/proc/net/tcp';
const SERVER = `
  const server = require('node:http').createServer((request, response) => request.resume().on('end', () => response.end('x')));
  server.on('connect', (request, socket) => socket.end('HTTP/1.1 403 No\\r\\n\\r\\n'));
  server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port));`;
const cleanUps: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
});

interface FarServer {
  readonly port: number;
  /** Answers what is asked for from the next connection on, of which the first packet is lost. */
  readonly answerLater: () => Promise<void>;
}

async function farServer(): Promise<FarServer> {
  const child = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] });
  cleanUps.push(() => child.kill('SIGKILL'));
  const [line] = await once(child.stdout, 'data');
  const port = Number(String(line));
  child.kill('SIGSTOP');
  const queue = await filled(port);
  return { port, answerLater: () => answersLater(child, { port, queue }) };
}

/** Fills the queue of a stopped server, so that further connections get no answer. */
async function filled(port: number): Promise<Socket[]> {
  const queue: Socket[] = [];
  cleanUps.push(() => {
    for (const one of queue) one.destroy();
  });
  for (let isAnswered = true; isAnswered; ) {
    const one = connect({ port, host: '127.0.0.1' }).on('error', () => undefined);
    queue.push(one);
    await Promise.race([once(one, 'connect'), wait(300)]);
    // A machine that stood still meanwhile hears of it a turn later.
    await wait(1);
    isAnswered = !one.connecting;
  }
  return queue;
}

async function answersLater(child: ChildProcess, { port, queue }: { port: number; queue: readonly Socket[] }) {
  const before = asking(port);
  await vi.waitFor(() => expect(asking(port)).toBeGreaterThan(before), { timeout: 20_000, interval: 5 });
  for (const one of queue) one.destroy();
  child.kill('SIGCONT');
}

/** Connections to a port that were asked for and have no answer (state 02, SYN_SENT). */
function asking(port: number): number {
  const remote = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync(SOCKETS, 'utf8').split('\n');
  return lines.filter((line) => line.trim().split(/\s+/).slice(2, 4).join(' ') === `${remote} 02`).length;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The name has a second address, at which nobody listens. */
function nameTheServer() {
  vi.spyOn(dns, 'lookup').mockImplementation(((_: string, options: object, done: (...result: unknown[]) => void) => {
    const addresses = ['127.0.0.1', '127.0.0.2'].map((address) => ({ address, family: 4 }));
    if ('all' in options && options.all === true) done(null, addresses);
    else done(null, '127.0.0.1', 4);
  }) as typeof dns.lookup);
}

const LIMITS = { signal: new AbortController().signal, timeoutMs: 20_000 };

async function reply(url: string, quirks: Quirks, proxy: string | null = null): Promise<string> {
  const client = createHttpClient(institution({ name: 'far', url, proxy }, quirks), {
    resolveUrl: async (address) => address,
    now: () => new Date(),
    sleep: async () => undefined,
  });
  cleanUps.push(() => client.close());
  const request = { bytes: new TextEncoder().encode('x'), clean: async (body: Uint8Array) => ({ body }) };
  const { body } = await client.send(request, null, LIMITS);
  return new TextDecoder().decode(body);
}

const FETCHED = { method: 'POST', body: 'x', headers: {}, signal: LIMITS.signal, redirect: 'error' } as const;

async function connectedBySteps(url: string): Promise<string> {
  const steps = connectionSteps(new URL(url), institution({ name: 'far', url }), {
    ...LIMITS,
    env: {},
    now: () => new Date(),
  });
  for await (const { step, error } of steps) if (step === 'connect') return error === null ? 'x' : error.message;
  return 'no step';
}

const refusedBy = (thrown: unknown) =>
  String(thrown).includes('the proxy refused it (HTTP 403)') ? 'x' : String(thrown);

test.runIf(existsSync(SOCKETS)).each<[string, (url: string) => Promise<string>]>([
  ['requests to a bank', (url) => reply(url, {})],
  ['requests with ordered headers', (url) => reply(url, { headerOrder: ['Host', 'Content-Length'] })],
  ['requests of HTTP/1.0', (url) => reply(url, { httpVersion: '1.0' })],
  ['requests through a proxy', (url) => reply('http://localhost:9/', {}, url).catch(refusedBy)],
  ['the steps of check', connectedBySteps],
  ['webhooks and budgets', async (url) => (await verifiedFetch({})(url, FETCHED)).text()],
])('%s are given the time to connect', async (_, send) => {
  const { port, answerLater } = await farServer();
  nameTheServer();
  const [result] = await Promise.all([send(`http://localhost:${port}/`), answerLater()]);
  expect(result).toBe('x');
});
