/** Waiting for the network, with a simulated clock. */

import { expect, test } from 'vitest';
import { hostsOf, waitForNetwork } from '../../../src/schedule/network.js';
import { proxyFor } from '../../../src/sources/proxy.js';

function wait(foundAfterMs: number, hosts: readonly string[], limitMs: number, signal = new AbortController().signal) {
  let now = 0;
  const asked: string[] = [];
  const found = waitForNetwork(
    { hosts, limitMs, signal },
    {
      find: async (host) => {
        asked.push(host);
        if (now < foundAfterMs) throw new Error('ENOTFOUND');
      },
      sleep: async (ms) => {
        now += ms;
      },
    },
  );
  return found.then((isFound) => ({ isFound, now, asked }));
}

test('ends at once when a host is found, and when nothing needs a network', async () => {
  expect(await wait(0, ['a.example', 'b.example'], 60_000)).toEqual({
    isFound: true,
    now: 0,
    asked: ['a.example', 'b.example'],
  });
  expect(await wait(1, [], 60_000)).toEqual({ isFound: true, now: 0, asked: [] });
});

test('continues until a host is found', async () => {
  expect(await wait(12_000, ['a.example'], 60_000)).toMatchObject({ isFound: true, now: 15_000 });
});

test('ends at the limit, after a last attempt', async () => {
  expect(await wait(Number.POSITIVE_INFINITY, ['a.example'], 12_000)).toMatchObject({ isFound: false, now: 12_000 });
  expect(await wait(Number.POSITIVE_INFINITY, ['a.example'], 0)).toMatchObject({
    isFound: false,
    asked: ['a.example'],
  });
});

test('ends when it is interrupted', async () => {
  expect(await wait(10, ['a.example'], 60_000, AbortSignal.abort())).toMatchObject({ isFound: false, now: 0 });
});

test('hosts are those of remote institutions, or of their proxy', () => {
  const one = (url: string | null, proxy: string | null = null) => ({ url, proxy });
  const through =
    (env: Record<string, string>) =>
    (url: URL, configured: string | null): string | null =>
      proxyFor(url, configured, env);
  const institutions = [
    one('https://ofx.river.example/x'),
    one('https://ofx.river.example/y'),
    one('https://ofx.summit.example/', 'http://proxy.example:3128'),
    one('https://[2001:db8::7]/'),
    one('sandbox://river'),
    one('http://127.0.0.1:9/'),
    one('http://[::1]:9/'),
    one(null),
  ];
  expect(hostsOf(institutions, through({}))).toEqual(['ofx.river.example', 'proxy.example', '2001:db8::7']);
  // Behind the proxy of a company, external names do not resolve.
  const env = { HTTPS_PROXY: 'http://gate.example:8080', NO_PROXY: '.river.example' };
  expect(hostsOf(institutions, through(env))).toEqual(['ofx.river.example', 'proxy.example', 'gate.example']);
});
