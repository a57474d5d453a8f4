/** Which proxy a request goes through, by the rules that other programs follow. */

import { expect, test } from 'vitest';
import { proxyFor } from '../../../src/sources/proxy.js';

const URL_ = 'https://ofx.river.example/ofx';

test.each<[string, string | null, Record<string, string>, string | null]>([
  [URL_, null, {}, null],
  [URL_, 'http://mine:1', { HTTPS_PROXY: 'http://theirs:2' }, 'http://mine:1'],
  [URL_, null, { HTTPS_PROXY: 'http://theirs:2' }, 'http://theirs:2'],
  [URL_, null, { https_proxy: 'http://lower:3', HTTPS_PROXY: 'http://theirs:2' }, 'http://lower:3'],
  [URL_, null, { ALL_PROXY: 'http://all:4' }, 'http://all:4'],
  [URL_, null, { HTTPS_PROXY: 'proxy.example:3128' }, 'http://proxy.example:3128'],
  [URL_, null, { HTTPS_PROXY: '  ' }, null],
  [URL_, null, { HTTPS_PROXY: 'socks5://theirs:2' }, null],
  [URL_, null, { HTTP_PROXY: 'http://theirs:2' }, null],
  [URL_, null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'river.example' }, null],
  [URL_, null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '.river.example' }, null],
  [URL_, null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'other.example, OFX.River.Example' }, null],
  [URL_, null, { HTTPS_PROXY: 'http://p:1', no_proxy: '*' }, null],
  [URL_, null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'ofx.river.example:8443' }, 'http://p:1'],
  [URL_, null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'ofx.river.example:443' }, null],
  [URL_, null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: 'ver.example' }, 'http://p:1'],
  ['https://[2001:db8::1]/ofx', null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '2001:db8::1' }, null],
  ['https://[2001:db8::1]/ofx', null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '[2001:db8::1]:443' }, null],
  ['https://[2001:db8::1]/ofx', null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '[2001:db8::1]:8443' }, 'http://p:1'],
  ['https://[2001:db8::2]/ofx', null, { HTTPS_PROXY: 'http://p:1', NO_PROXY: '2001:db8::1' }, 'http://p:1'],
  ['https://127.0.0.1:9/', null, { HTTPS_PROXY: 'http://p:1' }, null],
  ['https://[::1]:9/', null, { HTTPS_PROXY: 'http://p:1' }, null],
  ['http://localhost:9/', null, { http_proxy: 'http://p:1' }, null],
])('%s, proxy: %s, %j: %s', (url, configured, env, expected) => {
  expect(proxyFor(new URL(url), configured, env)).toBe(expected);
});
