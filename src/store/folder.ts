/** The data folder: the names in it, and its creation with all parents, readable by its owner only. */

import { chmodSync, closeSync, existsSync, openSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StoreError } from '../errors.js';
import { shellWord } from '../model/shell-word.js';
import { makeFolders } from './disk/make-folders.js';

export const STORE_FILE = 'ofx-sync.db';
export const BACKUP_FOLDER = 'backups';

/**
 * Creates the folder if it does not exist.
 * @throws StoreError STORE_FAILED
 */
export function ensureFolder(dataDir: string): void {
  try {
    makeFolders(dataDir);
  } catch (cause) {
    throw new StoreError('STORE_FAILED', `the data folder ${dataDir} cannot be created`, {
      cause,
      hint: 'Check the permissions, or use another folder: --data DIR',
    });
  }
}

/**
 * Creates an empty file that only its owner can read, for SQLite to fill: it would make one that others can read until its mode
 * is changed.
 * @throws StoreError STORE_FAILED
 */
export function createPrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch (cause) {
    throw new StoreError('STORE_FAILED', `${path} cannot be created`, {
      cause,
      hint: 'Check the permissions of its folder, and that the disk is neither full nor mounted read-only.',
    });
  }
}

const WRITABLE_BY_OTHERS = 0o022;
const WRITABLE_BY_ALL = 0o002;
const STICKY = 0o1000;

/**
 * Takes the right to write from others in a data folder that everybody can change. In a folder such as `/tmp`, where nobody can
 * replace the files of others, and on file systems without modes it changes nothing.
 * @returns what was wrong, in a sentence; `null` when nothing was.
 * @throws StoreError STORE_FAILED when the folder belongs to somebody else, or the store in it.
 */
export function secureFolder(dataDir: string): string | null {
  // Not by an option of `stat`, which throws below a file.
  const folder = existsSync(dataDir) ? statSync(dataDir) : undefined;
  if (folder === undefined || (folder.mode & WRITABLE_BY_ALL) === 0) return null;
  const store = join(dataDir, STORE_FILE);
  if (existsSync(store) && !canChange(store)) throw foreign(`${store} belongs to another user`, dataDir);
  if ((folder.mode & STICKY) !== 0) return null;
  const mode = (folder.mode & 0o777).toString(8).padStart(4, '0');
  const what = `everybody could change the data folder ${dataDir} (mode ${mode})`;
  if (canChange(dataDir, folder.mode & 0o7777 & ~WRITABLE_BY_OTHERS))
    return (statSync(dataDir).mode & WRITABLE_BY_ALL) === 0 ? `${what}; now only you can` : null;
  // A volume of a container often is like this, and its user cannot change it.
  if (folder.uid === 0) return `${what}, which belongs to root: give it to the user that runs ofx-sync`;
  throw foreign(`everybody can change the data folder ${dataDir}, which belongs to another user`, dataDir);
}

/** Sets the mode, or the one that the file has: only its owner may. A file system that cannot set modes has none to judge. */
function canChange(path: string, mode = statSync(path).mode & 0o7777): boolean {
  try {
    chmodSync(path, mode);
    return true;
  } catch (error) {
    return !(error instanceof Error && 'code' in error && error.code === 'EPERM');
  }
}

function foreign(message: string, dataDir: string): StoreError {
  return new StoreError('STORE_FAILED', message, {
    hint: `Use a folder of your own: --data DIR. If ${dataDir} is yours, make its files yours (chown), then: chmod go-w ${shellWord(dataDir)}`,
  });
}

/**
 * Refuses a database file without content: SQLite would take it for a new one. A store is complete from the moment it exists.
 * @throws StoreError STORE_FAILED
 */
export function refuseEmpty(path: string): void {
  const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (!existsSync(path) || sizeOf(path) > 0 || sizeOf(`${path}-wal`) > 0) return;
  throw new StoreError('STORE_FAILED', `${path} is empty: its content is lost`, {
    hint: `Copy a backup to its place (${join(dirname(path), BACKUP_FOLDER)}). Without a backup, delete the file: the next sync makes a new store, and downloads what the banks still have.`,
  });
}

/** Returns the error of a data folder without a store. */
export function noStore(dataDir: string): StoreError {
  return new StoreError('STORE_FAILED', `no store found in ${dataDir}`, {
    hint: 'Run a sync first: ofx-sync. If the store is in another folder: --data DIR',
  });
}

/** Returns what changes when another file is put in the place of a file; `null` without one. */
export function fileIdentity(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? null : `${found.dev}:${found.ino}`;
}
