/** Bodies of replies: no more of them is read than the limits allow, as they are sent and as they are unpacked. */

import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { OfxSyncError } from '../../../src/errors.js';
import { readBody } from '../../../src/sources/body.js';

const MB = 1_048_576;
const TO = { institution: 'river', host: 'ofx.river.example', timeoutMs: 1000 };
const WAYS = [
  [null, (bytes: Buffer) => bytes],
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', (bytes: Buffer) => brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
] as const;

/** In pieces, as a line brings them. */
function sent(body: Buffer): Readable {
  const pieces = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, at) =>
    body.subarray(at * 65_536, (at + 1) * 65_536),
  );
  return Readable.from(pieces, { objectMode: false });
}

async function read(body: Buffer, encoding: string | null, limits: { received: number; decompressed: number }) {
  let received = 0;
  const onBytes = (bytes: number) => {
    received = bytes;
  };
  const outcome = await readBody(sent(body), { encoding, limits, to: TO, onBytes }).catch((error: unknown) => error);
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
