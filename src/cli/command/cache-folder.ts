/** The folder for what makes the next start faster. It is used only while nobody else can read or change it. */

import { lstatSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReplaceable } from '../../config/trust/ownership.js';
import { locateCache } from '../../config/yaml/locate.js';
import { makeFolders } from '../../store/disk/make-folders.js';
import type { CliIo } from '../terminal/io.js';

/** Switches off all that is kept for a faster start. */
export const SWITCH = 'OFX_SYNC_CACHE';

/**
 * Returns the folder, created if it was missing; `null` when it is switched off, cannot be made, or is open to others, as is
 * one that they can replace: what somebody else put there would run, or be believed.
 */
export function cacheFolder(io: Pick<CliIo, 'env' | 'cwd' | 'home' | 'platform' | 'user'>): string | null {
  if (['0', 'off', 'no'].includes(io.env[SWITCH] ?? '')) return null;
  const path = locateCache(io);
  try {
    if (!isOwn(path, io)) makeFolders(path);
    return isOwn(path, io) && !isReplaceable(path, io.user) ? path : null;
  } catch {
    return null;
  }
}

/** The folder itself, not a link to one: of this user, and closed to all others. Windows keeps the folders of users apart. */
function isOwn(path: string, { user, platform }: Pick<CliIo, 'user' | 'platform'>): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat?.isDirectory() !== true) return false;
  if (platform === 'win32' || user === null) return platform === 'win32';
  return stat.uid === user.uid && (stat.mode & 0o077) === 0;
}

/** Also what a run left that was killed while it wrote. */
const OWN_NAME = /^(?:config|code)-[0-9a-f]{32}(?:\.\d+)?$/;
const KEPT_MS = 30 * 86_400_000;

/** Removes what was kept long ago: by another version, or of a file that is no more. */
export function removeOld(folder: string, now: Date): void {
  try {
    for (const name of readdirSync(folder)) {
      if (!OWN_NAME.test(name)) continue;
      const path = join(folder, name);
      if (now.getTime() - lstatSync(path).mtimeMs > KEPT_MS) rmSync(path);
    }
  } catch {
    // Another run removes it at this moment, or it stays until the next time.
  }
}

/** Writes a file of the folder whole, or not at all: nothing depends on it, as on a disk that is full or read-only. */
export function replaceKept(path: string, content: Uint8Array, pid: number): void {
  const fresh = `${path}.${pid}`;
  try {
    writeFileSync(fresh, content, { mode: 0o600, flag: 'wx' });
    renameSync(fresh, path);
  } catch {
    rmSync(fresh, { force: true });
  }
}
