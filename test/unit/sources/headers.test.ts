/** Headers as a server sees them on the socket, and certificates that it must show. */

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isoDate } from '../../../src/model/dates.js';
import type { Institution, Quirks } from '../../../src/model/institution.js';
import { startSandbox } from '../../../src/sandbox/server.js';
import { directConnect } from '../../../src/sources/direct-connect.js';
import { card, institution, login } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

const REPLY = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok';

async function fetchWith(
  change: Partial<Institution>,
  quirks: Quirks,
  signal = new AbortController().signal,
): Promise<{ httpStatus: number; body: Uint8Array }> {
  const one = institution(change, quirks);
  const source = directConnect(one, {
    stamp: () => ({ now: new Date(), zoneMinutes: 0, newUid: () => crypto.randomUUID() }),
    now: () => new Date(),
    resolveUrl: async (url) => url,
    sleep: async () => undefined,
  });
  try {
    const wanted = [{ account: card(), from: isoDate('2026-11-01'), to: null, trnuid: crypto.randomUUID() }];
    return await source.fetch({ login: { ...login(quirks), institution: one }, wanted }, { signal, timeoutMs: 5000 });
  } finally {
    await source.close();
  }
}

/** The header lines of one request, as they came over the socket. */
async function headersSent(quirks: Quirks): Promise<string[]> {
  let head = '';
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      if (!head.includes('\r\n\r\n')) head += chunk.toString('latin1');
      if (head.includes('</OFX>') || chunk.includes('</OFX>')) socket.end(REPLY);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  await fetchWith({ url: `http://127.0.0.1:${port}/ofx` }, quirks);
  server.close();
  return head
    .slice(0, head.indexOf('\r\n\r\n'))
    .split('\r\n')
    .slice(1)
    .map((line) => line.replace(String(port), 'PORT').replace(/^(Content-Length: )\d+/, '$1N'));
}

test('headerOrder: exactly these, in this order and spelling', async () => {
  expect(await headersSent({ headerOrder: ['Content-Type', 'Host', 'Content-Length', 'Connection'] })).toEqual([
    'Content-Type: application/x-ofx',
    'Host: 127.0.0.1:PORT',
    'Content-Length: N',
    'Connection: Keep-Alive',
  ]);
});

test('userAgent, accept and headers', async () => {
  const plain = await headersSent({});
  expect(plain).toContain('User-Agent: ofx-sync');
  expect(plain).toContain('Accept: */*, application/x-ofx');
  const changed = await headersSent({
    userAgent: 'none',
    accept: 'application/xml;q=0.9',
    headers: { 'X-Example': '1' },
  });
  expect(changed.some((line) => /^user-agent/i.test(line))).toBe(false);
  expect(changed).toContain('Accept: application/xml;q=0.9');
  expect(changed).toContain('X-Example: 1');
});

test('cookies: an empty first answer is asked again with what it set', async () => {
  const sandbox = await startSandbox();
  const url = `${sandbox.url('summit')}?fault=cookie-first`;
  expect((await fetchWith({ url }, { cookies: 'resend-when-empty' })).body.byteLength).toBeGreaterThan(500);
  expect((await fetchWith({ url }, {})).body.byteLength).toBe(0);
  await sandbox.close();
});

test.each([
  ['through undici', {}],
  ['with ordered headers', { headerOrder: ['Host', 'Content-Type', 'Content-Length', 'Accept'] }],
] satisfies [string, Quirks][])('a certificate counts only if its authority is known, %s', async (_, quirks) => {
  const sandbox = await startSandbox({ tls: true });
  const ca = join(scratchDir(), 'ca.pem');
  writeFileSync(ca, sandbox.ca ?? '');
  await expect(fetchWith({ url: sandbox.url('summit') }, quirks)).rejects.toMatchObject({ code: 'TLS_FAILED' });
  expect((await fetchWith({ url: sandbox.url('summit'), ca }, quirks)).httpStatus).toBe(200);
  await sandbox.close();
});
