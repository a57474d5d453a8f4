/** Bodies of replies: no more of them is read than the limits allow, as they are sent and as they are unpacked. */

import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { OfxSyncError } from '../../../src/errors.js';
import { ArrivingBody } from '../../../src/sources/body.js';

const MB = 1_048_576;
const TO = { institution: 'river', host: 'ofx.river.example', timeoutMs: 1000 };
const WAYS = [
  [null, (bytes: Buffer) => bytes],
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['deflate', deflateRawSync],
  ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
] as const;

async function read(body: Buffer, encoding: string | null, limits: { received: number; decompressed: number }) {
  let received = 0;
  const arriving = new ArrivingBody({ limits, to: TO, onBytes: (bytes) => (received = bytes) });
  const taken = async () => {
    // In pieces, as a line brings them.
    for (let at = 0; at < body.length; at += 65_536) arriving.add(body.subarray(at, at + 65_536));
    return arriving.content(encoding);
  };
  const outcome = await taken().catch((error: unknown) => error);
  return { outcome, received };
}

test.each(WAYS)('what is sent as %s and is within the limits is read whole', async (encoding, pack) => {
  const body = randomBytes(300_000);
  const packed = pack(body);
  const { outcome, received } = await read(packed, encoding, { received: packed.length, decompressed: body.length });
  expect(outcome instanceof Uint8Array && Buffer.from(outcome).equals(body)).toBe(true);
  expect(received).toBe(packed.length);
});

test.each(WAYS)('more bytes than are allowed, sent as %s, are not read to their end', async (encoding, pack) => {
  const { outcome, received } = await read(pack(randomBytes(4 * MB)), encoding, {
    received: MB,
    decompressed: 100 * MB,
  });
  expect(outcome).toBeInstanceOf(OfxSyncError);
  expect(outcome).toMatchObject({
    code: 'REPLY_TOO_LARGE',
    message: 'the reply from ofx.river.example is larger than 1 MB and was not read to its end',
  });
  expect(received).toBeLessThan(2 * MB);
});

test.each(WAYS.slice(1))('a little as %s that unpacks to much is not unpacked to its end', async (encoding, pack) => {
  const packed = pack(Buffer.alloc(8 * MB));
  expect(packed.length).toBeLessThan(MB);
  const { outcome } = await read(packed, encoding, { received: MB, decompressed: 2 * MB });
  expect(outcome).toMatchObject({ code: 'REPLY_TOO_LARGE', message: expect.stringContaining('2 MB decompressed') });
});

test.each(WAYS)('an empty body is empty when it is called %s, too', async (encoding) => {
  const { outcome } = await read(Buffer.alloc(0), encoding, { received: MB, decompressed: MB });
  expect(outcome).toHaveLength(0);
});

test.each(WAYS.slice(1))('a body that ends in the middle of %s is an error', async (encoding, pack) => {
  const packed = pack(randomBytes(1000));
  const { outcome } = await read(packed.subarray(0, 500), encoding, { received: MB, decompressed: MB });
  expect(outcome).toMatchObject({ code: 'Z_BUF_ERROR' });
});

test('a body that comes byte by byte is read whole, and is not told of for each byte', async () => {
  const body = randomBytes(200_000);
  let told = 0;
  const arriving = new ArrivingBody({
    limits: { received: MB, decompressed: MB },
    to: TO,
    onBytes: () => {
      told += 1;
    },
  });
  for (const byte of body) arriving.add(Uint8Array.of(byte));
  expect(Buffer.from(await arriving.content(null)).equals(body)).toBe(true);
  expect(told).toBeLessThan(1000);
});
