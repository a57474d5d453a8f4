/** The data folder: made with its parents, readable by its owner alone. */

import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { StoreError } from '../errors.js';

export const STORE_FILE = 'ofx-sync.db';
export const BACKUP_FOLDER = 'backups';

/**
 * Makes the folder if it is not there. One level after the other, since Node's recursive way never ends where a file
 * system answers that a folder cannot exist (`/proc`).
 * @throws StoreError STORE_FAILED
 */
export function ensureFolder(dataDir: string): void {
  const missing: string[] = [];
  for (let path = resolve(dataDir); !existsSync(path) && dirname(path) !== path; path = dirname(path))
    missing.unshift(path);
  try {
    for (const path of missing) makeOne(path);
  } catch (cause) {
    throw new StoreError('STORE_FAILED', `the data folder ${dataDir} cannot be made`, {
      cause,
      hint: 'Check its permissions, or use another folder: --data DIR',
    });
  }
}

/** Another run may be making the same folder at the same moment. */
function makeOne(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}
