/** The body of a reply: no more of it is taken than the limits allow, as it is sent and as it is decompressed. */

import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { type Destination, tooLarge } from './failures.js';

export interface SizeLimits {
  /** Bytes as sent. */
  readonly received: number;
  /** Bytes after decompression. */
  readonly decompressed: number;
}

/** Years of statements of many accounts are a few megabytes: these limits stop only what cannot be statements. */
export const SIZE_LIMITS: SizeLimits = { received: 32 * 1_048_576, decompressed: 96 * 1_048_576 };

export interface BodyOptions {
  readonly limits: SizeLimits;
  readonly to: Destination;
  readonly onBytes?: ((received: number) => void) | undefined;
}

/** A body while it arrives, as it is sent. */
export class ArrivingBody {
  readonly #options: BodyOptions;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  /** @throws HttpError REPLY_TOO_LARGE */
  add(chunk: Uint8Array): void {
    const { limits, to, onBytes } = this.#options;
    this.#size += chunk.byteLength;
    onBytes?.(this.#size);
    if (this.#size > limits.received) throw tooLarge(to, limits.received, 'sent');
    this.#chunks.push(chunk);
  }

  /**
   * Returns what arrived, decompressed from its Content-Encoding.
   * @throws HttpError REPLY_TOO_LARGE, or the error of the decompressor.
   */
  async content(encoding: string | null): Promise<Uint8Array> {
    const bytes = Buffer.concat(this.#chunks, this.#size);
    const decompress = DECOMPRESSORS.get(encoding?.trim().toLowerCase() ?? '');
    if (decompress === undefined || bytes.byteLength === 0) return bytes;
    const { limits, to } = this.#options;
    try {
      return await decompress(bytes, { maxOutputLength: limits.decompressed });
    } catch (error) {
      if (error instanceof RangeError) throw tooLarge(to, limits.decompressed, 'decompressed');
      throw error;
    }
  }
}

const DECOMPRESSORS: ReadonlyMap<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Uint8Array>> =
  new Map([
    ['gzip', promisify(gunzip)],
    ['x-gzip', promisify(gunzip)],
    ['deflate', promisify(inflate)],
    ['br', promisify(brotliDecompress)],
  ]);
