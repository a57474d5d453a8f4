/** Atomic writes: text goes to a temporary file in the same folder, is flushed to the disk, and is renamed. Mode 0600. */

import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { ExportError, OfxSyncError } from '../../errors.js';

/** The ending of the name of an incomplete file. */
export const PART = '.part';

/** The least number of characters in a write, except the last. */
const PIECE = 65_536;

/**
 * Writes all of the text to `path`, or leaves the file unchanged. Links are followed, except those of others in `/tmp`; pipes and devices are written directly.
 * @throws ExportError; OfxSyncError INTERRUPTED when the signal aborts.
 */
export async function writeWhole(path: string, chunks: Iterable<string>, signal: AbortSignal): Promise<void> {
  await refusePlanted(path);
  const target = await realpath(path).catch(() => path);
  const existing = await stat(target).catch(() => null);
  if (existing?.isDirectory() === true)
    throw new ExportError(`${path} is a folder`, { hint: 'Name a file in it: --output FILE' });
  if (existing !== null && !existing.isFile()) return writeDirectly(target, chunks, signal);
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

const STICKY_FOR_ALL = 0o1002;

/**
 * Refuses a file, link or pipe that another user put into a folder such as `/tmp`, as the kernel does where protected_symlinks
 * is set (proc_sys_fs(5)): a link there could lead to a file of this user.
 * @throws ExportError
 */
export async function refusePlanted(path: string): Promise<void> {
  const me = ownUid();
  const [folder, entry] = await Promise.all([dirname(path), path].map((one) => lstat(one).catch(() => null)));
  if (me === null || folder == null || entry == null) return;
  const isShared = (folder.mode & STICKY_FOR_ALL) === STICKY_FOR_ALL;
  if (!isShared || entry.uid === me || entry.uid === folder.uid) return;
  throw new ExportError(`${path} was not written: another user made it, in a folder that everybody can write to`, {
    hint: 'Write another file, in a folder of your own: --output FILE',
  });
}

/** Returns the id of this user; `null` on Windows, and for a user that the system has no name for. */
function ownUid(): number | null {
  try {
    const { uid } = userInfo();
    return uid < 0 ? null : uid;
  } catch {
    return null;
  }
}

/** Flushes a folder, which puts a rename on the disk. Not every system allows it. */
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

/** Yields the same text in fewer, larger strings. */
export function* inPieces(chunks: Iterable<string>): Iterable<string> {
  let buffer: string[] = [];
  let length = 0;
  for (const chunk of chunks) {
    buffer.push(chunk);
    length += chunk.length;
    if (length < PIECE) continue;
    yield buffer.join('');
    buffer = [];
    length = 0;
  }
  if (length > 0) yield buffer.join('');
}

export function interrupted(): OfxSyncError {
  return new OfxSyncError('INTERRUPTED', 'interrupted; nothing was marked as exported', {
    hint: 'Run the same command again.',
  });
}

/** Returns an ExportError that names the cause in words; an error of this program stays unchanged. */
export function writeError(path: string, error: unknown): unknown {
  if (error instanceof OfxSyncError || !(error instanceof Error) || !('code' in error)) return error;
  const [reason, hint] = REASONS[String(error.code)] ?? [error.message, 'Write another file: --output FILE'];
  return new ExportError(`${path} was not written: ${reason}`, { hint, cause: error });
}

const REASONS: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOENT: ['its folder does not exist', 'Create the folder, or write another file: --output FILE'],
  ENOTDIR: ['its folder is a file', 'Write another file: --output FILE'],
  EACCES: ['no permission', 'Check the permissions of the file and its folder, or write another file.'],
  EPERM: ['no permission', 'Check the permissions of the file and its folder, or write another file.'],
  EROFS: ['the disk is mounted read-only', 'Write another file: --output FILE'],
  ENOSPC: ['the disk is full', 'Free some space and run again. The previous content is unchanged.'],
  EDQUOT: ['your disk quota is used up', 'Free some space and run again. The previous content is unchanged.'],
};

async function writeDirectly(path: string, chunks: Iterable<string>, signal: AbortSignal): Promise<void> {
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
