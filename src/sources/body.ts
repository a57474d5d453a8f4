/** The body of a reply: no more of it is taken than the limits allow, as it is sent and as it is decompressed. */

import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
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
  readonly limits: SizeLimits;
  readonly to: Destination;
  readonly onBytes?: ((received: number) => void) | undefined;
}

/** A body while it arrives, as it is sent. It takes little more room than its bytes, however small the pieces are. */
export class ArrivingBody {
  readonly #options: BodyOptions;
  #bytes = Buffer.alloc(0);
  #size = 0;
  #told = 0;

  constructor(options: BodyOptions) {
    this.#options = options;
  }

  /** @throws HttpError REPLY_TOO_LARGE */
  add(chunk: Uint8Array): void {
    const { limits, to } = this.#options;
    const size = this.#size + chunk.byteLength;
    if (size > limits.received) throw tooLarge(to, limits.received, 'sent');
    if (size > this.#bytes.byteLength) {
      const wider = Buffer.allocUnsafe(Math.max(size, 2 * this.#size));
      wider.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = wider;
    }
    this.#bytes.set(chunk, this.#size);
    this.#size = size;
    // Not for each byte of a server that sends them one by one.
    if (size - this.#told > size / 64) this.#tell();
  }

  #tell(): void {
    this.#told = this.#size;
    this.#options.onBytes?.(this.#size);
  }

  /**
   * Returns what arrived, decompressed from its Content-Encoding.
   * @throws HttpError REPLY_TOO_LARGE, or the error of the decompressor.
   */
  async content(encoding: string | null): Promise<Uint8Array> {
    if (this.#told < this.#size) this.#tell();
    const bytes = this.#bytes.subarray(0, this.#size);
    const decompress = decompressorOf(encoding?.trim().toLowerCase() ?? '', bytes);
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

type Decompressor = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Uint8Array>;

const WITHOUT_HEADER = promisify(inflateRaw);

/** Some servers send `deflate` without the header of zlib that belongs to it (RFC 9110 section 8.4.1.2). */
function decompressorOf(encoding: string, [method = 0, flags = 0]: Buffer): Decompressor | undefined {
  const hasHeader = method % 16 === 8 && (method * 256 + flags) % 31 === 0;
  return encoding === 'deflate' && !hasHeader ? WITHOUT_HEADER : DECOMPRESSORS.get(encoding);
}

const DECOMPRESSORS: ReadonlyMap<string, Decompressor> = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);
