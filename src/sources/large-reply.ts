/**
 * Reads large replies in a thread of their own, so that one made to be slow holds up nothing else: the other banks go on, and
 * Ctrl-C is answered. A thread that takes too long, or too much memory, is ended.
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { interrupted, OfxError } from '../errors.js';
import type { OfxFile } from '../ofx/file.js';
import type { Origin } from '../ofx/unpack/identify.js';
import type { LargeReplyPart, LargeReplyResult, LargeReplyTask } from './large-reply-thread.js';

/** Smaller replies take a moment; a thread would take longer to start. */
const LARGE = 1_000_000;
/** Reading the largest reply that is accepted takes seconds, on a small computer a minute. */
const TIME_LIMIT_MS = 180_000;
const MEMORY_LIMIT_MB = 2_048;
const THREAD = new URL('./large-reply-thread.js', import.meta.url);

/** Returns true for bytes that are worth a thread, where the program is compiled and has the file for it. */
export function isLarge(bytes: Uint8Array): boolean {
  return bytes.byteLength > LARGE && existsSync(fileURLToPath(THREAD));
}

/** Reads a large reply. @throws OfxError OFX_UNREADABLE; OfxSyncError INTERRUPTED */
export async function readLarge(bytes: Uint8Array, signal: AbortSignal, origin: Origin): Promise<OfxFile> {
  const parts = new Map<number, Lists>();
  const result = await inThread({ kind: 'read', bytes, origin }, signal, parts);
  if (!('file' in result)) throw new TypeError('a reply was read, and something else returned');
  const { file } = result;
  const { fileWithTokens } = await import('./large-reply-thread.js');
  const statements = file.statements.map((statement, index) => ({ ...statement, ...parts.get(index) }));
  return fileWithTokens({ ...file, statements }, result.tokens);
}

/** The long lists of a statement, which arrive in parts. */
type Lists = { -readonly [Name in Exclude<keyof LargeReplyPart, 'statement'>]: LargeReplyPart[Name][number][] };

function add({ statement, ...more }: LargeReplyPart, parts: Map<number, Lists>): void {
  const lists = parts.get(statement) ?? { transactions: [], positions: [], securities: [] };
  parts.set(statement, lists);
  lists.transactions.push(...more.transactions);
  lists.positions.push(...more.positions);
  lists.securities.push(...more.securities);
}

/** Masks the values in a large reply, and packs it for the store. */
export async function maskLarge(
  bytes: Uint8Array,
  values: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly body: Uint8Array; readonly packed: Uint8Array }> {
  const result = await inThread({ kind: 'mask', bytes, values }, signal);
  if (!('packed' in result)) throw new TypeError('a reply was masked, and something else returned');
  return result;
}

function inThread(
  task: LargeReplyTask,
  signal: AbortSignal,
  parts = new Map<number, Lists>(),
): Promise<LargeReplyResult> {
  if (signal.aborted) throw interrupted();
  const worker = new Worker(THREAD, {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_LIMIT_MB },
  });
  let timer: NodeJS.Timeout | undefined;
  let onAbort = () => {};
  const result = new Promise<LargeReplyResult>((resolve, reject) => {
    onAbort = () => reject(interrupted());
    signal.addEventListener('abort', onAbort, { once: true });
    timer = setTimeout(() => reject(tooSlow(`was not read within ${TIME_LIMIT_MS / 1000} s`)), TIME_LIMIT_MS);
    worker.on('message', (message: LargeReplyResult) => {
      if (!('part' in message)) return resolve(message);
      add(message.part, parts);
      worker.postMessage('taken');
    });
    worker.once('error', (error) => reject(isOutOfMemory(error) ? tooSlow('takes too much memory to read') : error));
  });
  return result
    .then((found) => {
      if ('refusal' in found)
        throw new OfxError(found.refusal.code, found.refusal.message, { hint: found.refusal.hint });
      return found;
    })
    .finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      void worker.terminate();
    });
}

function tooSlow(what: string): OfxError {
  return new OfxError('OFX_UNREADABLE', `the reply ${what}`, {
    hint: 'Request fewer days with --since. If that does not help, the reply is not a statement: ask the bank.',
  });
}

function isOutOfMemory(error: Error): boolean {
  return 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}
