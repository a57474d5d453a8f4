/** Which hosts belong to one bank: by their registrable domain, and by the built-in directory. */

import { expect, test } from 'vitest';
import { isSameDomain, listedHosts } from '../../../src/institutions/same-bank.js';

test.each([
  ['ofx.river.example', 'statements.river.example'],
  ['river.example', 'ofx.river.example'],
  ['ofx.river.co.uk', 'cards.river.co.uk'],
  ['127.0.0.1', '127.0.0.1'],
  ['loopback', 'sandbox://river'],
])('%s and %s are', async (a, b) => {
  expect(await isSameDomain(a, b)).toBe(true);
});

test.each([
  ['ofx.river.example', 'ofx.harbor.example'],
  ['river.co.uk', 'harbor.co.uk'],
  // Anybody can have a host there.
  ['river.github.io', 'evil.github.io'],
  ['river.azurewebsites.net', 'evil.azurewebsites.net'],
  ['river.s3.amazonaws.com', 'evil.s3.amazonaws.com'],
  ['192.0.2.1', '192.0.2.2'],
  ['river.example', 'notriver.example'],
  ['river.example.evil.example', 'river.example'],
  ['loopback', 'ofx.river.example'],
  ['localhost', 'ofx.localhost.example'],
  ['com', 'com.evil.com'],
])('%s and %s are not', async (a, b) => {
  expect(await isSameDomain(a, b)).toBe(false);
  expect(await isSameDomain(b, a)).toBe(false);
});

test('the directory lists the hosts of a bank by ORG and FID together', async () => {
  expect(await listedHosts({ org: 'DI', fid: '281081877' })).toEqual(
    new Set(['ofxdc.prd1.ncr.com', 'ofxdi.diginsite.com']),
  );
  for (const ids of [
    { org: 'DI', fid: null },
    { org: null, fid: '281081877' },
    { org: 'XX', fid: '281081877' },
  ])
    expect(await listedHosts(ids)).toEqual(new Set());
});
