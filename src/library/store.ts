/** The data folder: opened for one program at a time, or for anybody who only reads. */

import { pid } from 'node:process';
import type { Store } from '../ports.js';
import { type Lock, type LockOptions, lockDataDir as lock } from '../store/lock.js';
import { openStore } from '../store/open.js';

/** Waits for the holder of the lock, and is shown to others who wait; this process when `holder` is absent. */
export type LockDataDirOptions = Partial<LockOptions>;

/**
 * Locks a data folder for this program, so that no command and no other program changes it meanwhile.
 * @throws StoreError STORE_LOCKED when another holds it longer than `waitMs` (0 when absent)
 */
export function lockDataDir(dataDir: string, options: LockDataDirOptions = {}): Promise<Lock> {
  const holder = { pid, since: new Date().toISOString() };
  return lock(dataDir, { holder, ...options });
}

/**
 * Runs a task with the store of a data folder, locked for this program; closes and unlocks it afterwards, also when it fails.
 * @throws StoreError STORE_LOCKED when another run holds the folder longer than `waitMs` (10,000 when absent)
 */
export async function withStore<Result>(
  dataDir: string,
  task: (store: Store) => Promise<Result>,
  options: LockDataDirOptions = {},
): Promise<Result> {
  const held = await lockDataDir(dataDir, { waitMs: 10_000, ...options });
  try {
    const store = await openStore(dataDir);
    try {
      return await task(store);
    } finally {
      store.close();
    }
  } finally {
    held.release();
  }
}
