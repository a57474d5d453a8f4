/** Reads the body of a reply: decompressed as it arrives, and never more of it than the limits allow. */

import type { Readable, Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type Destination, tooLarge } from './failures.js';

export interface SizeLimits {
  /** Bytes as sent. */
  readonly received: number;
  /** Bytes after decompression. */
  readonly decompressed: number;
}

/** Years of statements of many accounts are a few megabytes: these limits stop only what cannot be statements. */
export const SIZE_LIMITS: SizeLimits = { received: 32 * 1_048_576, decompressed: 96 * 1_048_576 };

interface BodyOptions {
  readonly encoding: string | null;
  readonly limits: SizeLimits;
  readonly to: Destination;
  readonly onBytes?: ((received: number) => void) | undefined;
}

/** @throws HttpError REPLY_TOO_LARGE, or any error of the stream or the decompressor. */
export async function readBody(stream: Readable, options: BodyOptions): Promise<Uint8Array> {
  const decoder = decoderFor(options.encoding);
  return decoder === null ? collect(stream, options) : collectDecoded(stream, decoder, options);
}

async function collect(stream: Readable, { limits, to, onBytes }: BodyOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > limits.received) throw tooLarge(to, limits.received, 'sent');
    chunks.push(chunk);
    onBytes?.(size);
  }
  return Buffer.concat(chunks, size);
}

async function collectDecoded(stream: Readable, decoder: Transform, options: BodyOptions): Promise<Uint8Array> {
  const { limits, to, onBytes } = options;
  let received = 0;
  stream.on('data', (chunk: Uint8Array) => {
    received += chunk.byteLength;
    onBytes?.(received);
    if (received > limits.received) stream.destroy(tooLarge(to, limits.received, 'sent'));
  });
  stream.on('error', (error) => decoder.destroy(error));
  stream.pipe(decoder);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of decoder as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > limits.decompressed) throw tooLarge(to, limits.decompressed, 'decompressed');
      chunks.push(chunk);
    }
  } finally {
    stream.destroy();
  }
  return Buffer.concat(chunks, size);
}

function decoderFor(encoding: string | null): Transform | null {
  switch (encoding?.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      return null;
  }
}
