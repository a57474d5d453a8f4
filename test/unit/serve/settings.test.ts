/** The options of `serve` against each other, and the Hosts that follow from them. */

import { describe, expect, test } from 'vitest';
import { UsageError } from '../../../src/errors.js';
import { allowedHosts, type ServeOptions, serveAddress, urlOf } from '../../../src/serve/settings.js';

const NOTHING: ServeOptions = {
  listen: undefined,
  publicUrl: undefined,
  hasTls: false,
  behindProxy: false,
  plainHttp: false,
};

test('loopback and plain HTTP by default', () => {
  const address = serveAddress(NOTHING);
  expect(address).toEqual({ host: '127.0.0.1', port: 8639, tls: false, publicUrl: null });
  expect(urlOf(address, 8639)).toBe('http://127.0.0.1:8639');
});

test.each([
  ['other machines without encryption', { listen: '192.168.1.5:8639' }, /without encryption/],
  ['all addresses without encryption', { listen: '0.0.0.0:8639' }, /without encryption/],
  ['all addresses of version 6', { listen: '[::]:8639' }, /without encryption/],
  ['a name that may be anything', { listen: 'nas.local:8639' }, /without encryption/],
  ['all addresses without a name', { listen: '0.0.0.0:8639', plainHttp: true }, /needs --public-url/],
  ['a proxy without an address', { behindProxy: true }, /needs --public-url/],
  ['a certificate and a proxy', { hasTls: true, behindProxy: true }, /excludes/],
  ['a certificate and no encryption', { hasTls: true, plainHttp: true }, /excludes/],
  ['an address without a port', { listen: '127.0.0.1' }, /ADDRESS:PORT/],
  ['a port that cannot be', { listen: '127.0.0.1:65536' }, /ADDRESS:PORT/],
  ['an address with a path', { listen: '127.0.0.1:80/x' }, /ADDRESS:PORT/],
  ['an address that is not one', { publicUrl: 'bank.example' }, /--public-url takes/],
  ['another scheme', { publicUrl: 'ftp://bank.example' }, /--public-url takes/],
  ['a user name in it', { publicUrl: 'https://a:b@bank.example' }, /--public-url takes/],
  ['parameters in it', { publicUrl: 'https://bank.example/?a=b' }, /--public-url takes/],
  ['a path that readers cannot take apart', { publicUrl: 'https://bank.example/a//b' }, /--public-url takes/],
] as const)('refuses %s', (_, options, message) => {
  expect(() => serveAddress({ ...NOTHING, ...options })).toThrow(UsageError);
  expect(() => serveAddress({ ...NOTHING, ...options })).toThrow(message);
});

test.each([
  ['a port alone', { listen: '9000' }, 'http://127.0.0.1:9000'],
  ['loopback of version 6', { listen: '[::1]:9000' }, 'http://[::1]:9000'],
  ['a name for this machine', { listen: 'localhost:9000' }, 'http://localhost:9000'],
  ['a certificate', { listen: '192.168.1.5:9000', hasTls: true }, 'https://192.168.1.5:9000'],
  ['a network of one’s own', { listen: '192.168.1.5:9000', plainHttp: true }, 'http://192.168.1.5:9000'],
  [
    'a compose network',
    { listen: '0.0.0.0:8639', plainHttp: true, publicUrl: 'http://ofx-sync:8639/' },
    'http://ofx-sync:8639',
  ],
  ['a proxy with a path', { behindProxy: true, publicUrl: 'https://home.example/bank/' }, 'https://home.example/bank'],
] as const)('takes %s', (_, options, url) => {
  const address = serveAddress({ ...NOTHING, ...options });
  expect(urlOf(address, address.port)).toBe(url);
});

describe('Hosts', () => {
  const hostsOf = (options: Partial<ServeOptions>) => {
    const address = serveAddress({ ...NOTHING, ...options });
    return [...allowedHosts(address, address.port)].toSorted();
  };
  const loopback = ['127.0.0.1:8639', '[::1]:8639', 'localhost:8639'];

  test('of this machine are answered always', () => {
    expect(hostsOf({})).toEqual(loopback);
  });

  test('of a public address, with and without its usual port', () => {
    const hosts = hostsOf({ behindProxy: true, publicUrl: 'https://Home.example/bank' });
    expect(hosts).toEqual([...loopback, 'home.example', 'home.example:443'].toSorted());
    expect(hostsOf({ publicUrl: 'http://home.example:81' })).toEqual([...loopback, 'home.example:81'].toSorted());
  });
});
