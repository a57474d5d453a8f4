/** Writing a file whole or not at all: beside its place under another name, flushed to the disk, then renamed. Mode 0600. */

import { randomBytes } from 'node:crypto';
import { type FileHandle, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ExportError, OfxSyncError } from '../../errors.js';

/** How the name of a file that is not whole yet ends. */
export const PART = '.part';

/** Text is written in pieces of at least so many characters. */
const PIECE = 65_536;

/**
 * Writes all of the text to `path`, or leaves what was there. A link is followed; a pipe or device is written as it is.
 * @throws ExportError; OfxSyncError INTERRUPTED when the signal aborts.
 */
export async function writeWhole(path: string, chunks: Iterable<string>, signal: AbortSignal): Promise<void> {
  const target = await realpath(path).catch(() => path);
  const there = await stat(target).catch(() => null);
  if (there?.isDirectory() === true)
    throw new ExportError(`${path} is a folder`, { hint: 'Name a file in it: --output FILE' });
  if (there !== null && !there.isFile()) return writeStraight(target, chunks, signal);
  const draft = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}${PART}`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await writeAll(handle, chunks, signal);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    throw writeError(path, error);
  }
  await syncFolder(dirname(target));
}

/** A rename is on the disk when its folder is; not every system lets a folder be flushed. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}

export async function writeAll(handle: FileHandle, chunks: Iterable<string>, signal: AbortSignal): Promise<void> {
  for (const piece of inPieces(chunks)) {
    if (signal.aborted) throw interrupted();
    await handle.writeFile(piece);
  }
}

/** The same text in fewer, larger strings. */
export function* inPieces(chunks: Iterable<string>): Iterable<string> {
  let held: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    held.push(chunk);
    length += chunk.length;
    if (length < PIECE) continue;
    yield held.join('');
    held = [];
    length = 0;
  }
  if (length > 0) yield held.join('');
}

export function interrupted(): OfxSyncError {
  return new OfxSyncError('INTERRUPTED', 'interrupted; nothing was marked as handed on', {
    hint: 'Run the same command again.',
  });
}

/** What went wrong with a file, in words. Errors that are ours already stay as they are. */
export function writeError(path: string, error: unknown): unknown {
  if (error instanceof OfxSyncError || !(error instanceof Error) || !('code' in error)) return error;
  const [what, hint] = REASONS[String(error.code)] ?? [error.message, 'Write to another place: --output FILE'];
  return new ExportError(`${path} was not written: ${what}`, { hint, cause: error });
}

const REASONS: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ENOENT: ['its folder does not exist', 'Make the folder, or write to another place: --output FILE'],
  ENOTDIR: ['its folder is a file', 'Write to another place: --output FILE'],
  EACCES: ['no permission', 'Check the permissions of the file and its folder, or write to another place.'],
  EPERM: ['no permission', 'Check the permissions of the file and its folder, or write to another place.'],
  EROFS: ['the disk is mounted read-only', 'Write to another place: --output FILE'],
  ENOSPC: ['the disk is full', 'Make room and run again. What was there before is unchanged.'],
  EDQUOT: ['your share of the disk is used up', 'Make room and run again. What was there before is unchanged.'],
};

async function writeStraight(path: string, chunks: Iterable<string>, signal: AbortSignal): Promise<void> {
  try {
    const handle = await open(path, 'w');
    try {
      await writeAll(handle, chunks, signal);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeError(path, error);
  }
}
