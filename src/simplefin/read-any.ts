/** Reads whatever a source brings: account sets of SimpleFIN as such, and everything else as OFX. */

import type { OfxFile } from '../ofx/file.js';
import { readOfx } from '../ofx/read.js';
import type { Origin } from '../ofx/unpack/identify.js';
import { looksLikeAccountSet, readAccountSets } from './read.js';

/** @throws OfxError OFX_UNREADABLE or SIMPLEFIN_UNREADABLE; OfxSyncError INTERRUPTED when the signal aborts. */
export async function readAny(bytes: Uint8Array, signal?: AbortSignal, origin: Origin = 'file'): Promise<OfxFile> {
  return looksLikeAccountSet(bytes) ? readAccountSets(bytes) : readOfx(bytes, signal, origin);
}
