/** The data folder: the names in it, and its creation with all parents, readable by its owner only. */

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { StoreError } from '../errors.js';

export const STORE_FILE = 'ofx-sync.db';
export const BACKUP_FOLDER = 'backups';

/**
 * Creates the folder if it does not exist, one level after the other: Node's recursive way never ends where a file system
 * answers that a folder cannot exist (`/proc`).
 * @throws StoreError STORE_FAILED
 */
export function ensureFolder(dataDir: string): void {
  const missing: string[] = [];
  for (let path = resolve(dataDir); !existsSync(path) && dirname(path) !== path; path = dirname(path))
    missing.unshift(path);
  try {
    for (const path of missing) createOne(path);
  } catch (cause) {
    throw new StoreError('STORE_FAILED', `the data folder ${dataDir} cannot be created`, {
      cause,
      hint: 'Check the permissions, or use another folder: --data DIR',
    });
  }
}

/** Creates one folder, which another run may be creating at the same moment. */
function createOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
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
