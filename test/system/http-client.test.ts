/** The line to an institution over real sockets: connections used again, cookies and distances each host's own, IPv6, and TLS that nobody loosens. */

import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureWeb } from 'node:https';
import { connect, createServer as createTcp, type Server as TcpServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.js';
import { makeCertificate } from '../../src/sandbox/tls.js';
import { Connections } from '../../src/sources/connections.js';
import { createHttpClient } from '../../src/sources/http-client.js';
import { verifiedFetch } from '../../src/sources/verified-fetch.js';
import { institution } from '../support/builders.js';
import { configText } from '../support/institutions.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const TWO = `[{ name: a, kind: checking, id: "000123456", routing: "121000248" }, { name: b, kind: savings, id: "000123457", routing: "121000248" }]`;

async function sandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const made = await startSandbox(options);
  cleanUps.push(() => made.close());
  return made;
}

/** Listens, and gives the port. */
async function listen(server: Server | TcpServer, host = '127.0.0.1'): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, resolve);
  });
  cleanUps.push(() => server.close());
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Passes bytes on to a port of this machine and counts who comes. */
function relay(port: number): { readonly server: TcpServer; readonly count: () => number } {
  let count = 0;
  const server = createTcp((socket) => {
    count += 1;
    const behind = connect(port, '127.0.0.1');
    socket.pipe(behind).pipe(socket);
    for (const one of [socket, behind]) one.on('error', () => undefined);
  });
  return { server, count: () => count };
}

function folder(url: string, more: readonly string[] = [], accounts = TWO): string {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'mine', url, more, accounts }], '{ retries: 0 }'));
  return cwd;
}

test.each([
  ['http', undefined],
  ['https', true],
] as const)('several requests to one %s host go over one connection', async (protocol, tls) => {
  const target = await sandbox(tls === undefined ? {} : { tls });
  const front = relay(target.port);
  const port = await listen(front.server);
  const ca = tls === undefined ? [] : ['ca: ca.pem'];
  const cwd = folder(`${protocol}://127.0.0.1:${port}/river`, ['accountsPerRequest: 1', 'ofxVersion: "103"', ...ca]);
  writeFileSync(join(cwd, 'ca.pem'), target.ca ?? '');
  const run = await runCli(['-q'], { cwd });
  expect(run.stderr).toBe('');
  expect(target.counts('river').requests).toBe(2);
  expect(front.count()).toBe(1);
});

test.each([
  ['before the reply', ['HTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok']],
  ['with the reply', ['HTTP/1.1 100 Continue\r\nDate: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok']],
  ['twice', ['HTTP/1.1 100 \r\n\r\nHTTP/1.1 100 Continue\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok']],
])('a server that says 100 Continue unasked, %s, is read, again and again', async (_, pieces) => {
  const server = createTcp((socket) => {
    socket.on('data', (chunk) => {
      if (!String(chunk).endsWith('x')) return;
      pieces.forEach((piece, at) => {
        setTimeout(() => socket.write(piece), at * 20);
      });
    });
  });
  cleanUps.push(() => server.close());
  const url = `http://127.0.0.1:${await listen(server)}/`;
  const client = createHttpClient(institution({ url }), {
    resolveUrl: async (address) => address,
    now: () => new Date(),
    sleep: async () => undefined,
  });
  cleanUps.push(() => client.close());
  const context = { signal: new AbortController().signal, timeoutMs: 5_000 };
  for (let request = 0; request < 2; request += 1) {
    const clean = async (body: Uint8Array) => ({ body });
    const { body } = await client.send({ bytes: new TextEncoder().encode('x'), clean }, null, context);
    expect(new TextDecoder().decode(body)).toBe('ok');
  }
});

test('an address of IPv6', async (context) => {
  const target = await sandbox();
  const port = await listen(relay(target.port).server, '::1').catch(() => null);
  if (port === null) return context.skip('this machine has no IPv6');
  const cwd = folder(`"http://[::1]:${port}/river"`, ['ofxVersion: "103"']);
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
  expect((await runCli(['check'], { cwd })).stdout).toMatch(/✓ connect +::1 port \d+/);
});

describe('certificates', () => {
  test('are verified whatever the environment says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const target = await sandbox({ tls: true });
    for (const more of [[], ['headerOrder: [Content-Type, Host, Content-Length, Connection]']]) {
      const run = await runCli(['--json'], { cwd: folder(target.url('river'), more) });
      expect(run.code).toBe(3);
      expect(run.stdout).toContain('"TLS_FAILED"');
    }
    expect(target.counts('river').requests).toBe(0);
  });
});

describe('cookies', () => {
  /** Answers nothing but cookies, and writes down what came. */
  async function cookieServer(set: readonly string[][]): Promise<{ url: string; seen: (string | undefined)[] }> {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.cookie);
      request.resume();
      response.writeHead(200, { 'Set-Cookie': set[seen.length - 1] ?? [] }).end('x');
    });
    return { url: `http://127.0.0.1:${await listen(server)}/`, seen };
  }

  async function posts(
    urls: readonly string[],
    cookies: 'persist' | 'resend-when-empty' = 'persist',
  ): Promise<string[]> {
    const one = institution({ url: urls[0] ?? '' }, { cookies });
    const line = createHttpClient(one, {
      resolveUrl: async (url) => url,
      now: () => new Date(),
      sleep: async () => undefined,
    });
    const context = { signal: new AbortController().signal, timeoutMs: 5000 };
    const bodies: string[] = [];
    for (const url of urls) {
      const { body } = await line.send(
        { bytes: new TextEncoder().encode('x'), clean: async (reply) => ({ body: reply }) },
        url,
        context,
      );
      bodies.push(new TextDecoder().decode(body));
    }
    await line.close();
    return bodies;
  }

  test('are kept by name, the later one in the place of the earlier', async () => {
    const { url, seen } = await cookieServer([['a=1; Path=/', 'b=2'], ['a=3']]);
    await posts([url, url, url]);
    expect(seen).toEqual([undefined, 'a=1; b=2', 'a=3; b=2']);
  });

  test.each([
    [200, ''],
    [500, ''],
    [500, 'no'],
  ])('an answer of HTTP %i (%j) that sets some is asked for again with them', async (status, text) => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.headers.cookie);
      request.resume();
      if (seen.length === 1) response.writeHead(status, { 'Set-Cookie': 'a=1' }).end(text);
      else response.end('well');
    });
    const url = `http://127.0.0.1:${await listen(server)}/`;
    expect(await posts([url], 'resend-when-empty')).toEqual(['well']);
    expect(seen).toEqual([undefined, 'a=1']);
  });

  test('of one host do not go to another', async () => {
    const [one, other] = [await cookieServer([['a=1']]), await cookieServer([['b=2']])];
    await posts([one.url, other.url, one.url, other.url]);
    expect(one.seen).toEqual([undefined, 'a=1']);
    expect(other.seen).toEqual([undefined, 'b=2']);
  });
});

describe('the distance between requests', () => {
  function at(...times: number[]): void {
    const clock = vi.spyOn(performance, 'now');
    for (const time of times) clock.mockReturnValueOnce(time);
  }

  test('is that of the host, for all of its institutions, whichever of them says so', () => {
    const connections = new Connections();
    at(0, 1000, 1000, 9000);
    expect(connections.nextTurn('h')).toBe(0);
    connections.keepInterval('h', 5000);
    connections.keepInterval('h', 0);
    expect(connections.nextTurn('h')).toBe(4000);
    expect(connections.nextTurn('h')).toBe(9000);
    expect(connections.nextTurn('h')).toBe(6000);
  });

  test('of one host holds no other back', () => {
    const connections = new Connections();
    connections.keepInterval('h', 5000);
    at(0, 0, 0);
    connections.nextTurn('h');
    expect(connections.nextTurn('other')).toBe(0);
    expect(connections.nextTurn('other')).toBe(0);
  });
});

describe.each([
  ['undici', {}],
  ['Node', { headerOrder: ['Host', 'Content-Type', 'Content-Length'] }],
  ['Node with HTTP/1.0', { httpVersion: '1.0' as const }],
])('while %s waits for TLS that never comes', (_, quirks) => {
  async function waiting(signal: AbortSignal, timeoutMs: number) {
    const silent = createTcp((socket) => {
      cleanUps.push(() => socket.destroy());
    });
    const url = `https://127.0.0.1:${await listen(silent)}/`;
    const line = createHttpClient(institution({ name: 'mine', url }, quirks), {
      resolveUrl: async (address) => address,
      now: () => new Date(),
      sleep: async () => undefined,
    });
    cleanUps.push(() => line.close());
    const request = { bytes: new TextEncoder().encode('x'), clean: async (reply: Uint8Array) => ({ body: reply }) };
    return line.send(request, null, { signal, timeoutMs }).catch((thrown: unknown) => thrown);
  }

  test('the time limit is that of connecting, and nothing was sent', async () => {
    const error = await waiting(new AbortController().signal, 300);
    expect(error).toMatchObject({ code: 'TIMED_OUT', unsent: true, retryable: true });
    expect(error).toMatchObject({ message: expect.stringMatching(/^no connection to .* within 0\.3 s$/) });
  });

  test('an interruption ends the wait at once', async () => {
    const ended = new AbortController();
    setTimeout(() => ended.abort(), 100);
    // Longer than the test may take.
    expect(await waiting(ended.signal, 60_000)).toMatchObject({ code: 'INTERRUPTED', unsent: true });
  }, 14_000);
});

test('many requests that one signal ends make Node warn of nothing, and the signal ends each', async () => {
  let arrived = 0;
  const silent = createServer(() => {
    arrived += 1;
  });
  cleanUps.push(() => silent.closeAllConnections());
  const url = `http://127.0.0.1:${await listen(silent)}/`;
  const warned = vi.fn();
  process.on('warning', warned);
  cleanUps.push(() => process.off('warning', warned));
  const ended = new AbortController();
  const line = createHttpClient(institution({ name: 'mine' }), {
    resolveUrl: async (url) => url,
    now: () => new Date(),
    sleep: async () => undefined,
  });
  cleanUps.push(() => line.close());
  const request = { bytes: new TextEncoder().encode('x'), clean: async (reply: Uint8Array) => ({ body: reply }) };
  const context = { signal: ended.signal, timeoutMs: 60_000 };
  const running = Array.from({ length: 30 }, () => line.send(request, url, context));
  await vi.waitFor(() => expect(arrived).toBe(30));
  ended.abort();
  const codes = (await Promise.allSettled(running)).map((one) => (one.status === 'rejected' ? one.reason.code : 'ok'));
  expect(new Set(codes)).toEqual(new Set(['INTERRUPTED']));
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(warned).not.toHaveBeenCalled();
});

test('a signal that a request had serves the fetches of others afterwards', async () => {
  const server = createServer((_, response) => response.end('x'));
  cleanUps.push(() => server.close());
  const url = `http://127.0.0.1:${await listen(server)}/`;
  const line = createHttpClient(institution({ name: 'mine', url }), {
    resolveUrl: async (address) => address,
    now: () => new Date(),
    sleep: async () => undefined,
  });
  cleanUps.push(() => line.close());
  const { signal } = new AbortController();
  const request = { bytes: new TextEncoder().encode('x'), clean: async (body: Uint8Array) => ({ body }) };
  await line.send(request, null, { signal, timeoutMs: 5_000 });
  const fetched = await verifiedFetch({})(url, { method: 'GET', headers: {}, body: null, signal, redirect: 'error' });
  expect(await fetched.text()).toBe('x');
});

test.each(['TLSv1.2', 'TLSv1.3'] as const)(
  'a bank that ends each connection needs one whole handshake only (%s)',
  async (version) => {
    const { key, cert, ca } = await makeCertificate();
    const server = createSecureWeb({ key, cert, minVersion: version, maxVersion: version }, (_, response) =>
      response.setHeader('Connection', 'close').end('x'),
    );
    const resumed: boolean[] = [];
    server.on('secureConnection', (socket) => resumed.push(socket.isSessionReused()));
    const file = join(scratchDir(), 'ca.pem');
    writeFileSync(file, ca);
    const bank = institution({ name: 'mine', url: `https://127.0.0.1:${await listen(server)}/`, ca: file });
    const line = createHttpClient(bank, {
      resolveUrl: async (address) => address,
      now: () => new Date(),
      sleep: async () => undefined,
    });
    cleanUps.push(() => line.close());
    const request = { bytes: new TextEncoder().encode('x'), clean: async (body: Uint8Array) => ({ body }) };
    for (const _ of [1, 2, 3])
      await line.send(request, null, { signal: new AbortController().signal, timeoutMs: 5_000 });
    expect(resumed).toEqual([false, true, true]);
  },
);
