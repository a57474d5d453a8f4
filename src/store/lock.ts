/**
 * The lock that allows one run at a time in a data folder: an exclusive transaction on a small database file of its own.
 * The operating system releases it when the process dies, however it dies, so no stale lock remains. A file beside it says
 * who holds it, for people.
 */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreError } from '../errors.js';
import { localDate } from '../model/dates.js';
import { Database } from './database.js';
import { ensureFolder } from './folder.js';

export interface Lock {
  release(): void;
}

export interface LockOptions {
  /** Longest wait for the holder. */
  readonly waitMs?: number;
  /** Shown to others who find the folder locked. */
  readonly holder: { readonly pid: number; readonly since: string };
  readonly signal?: AbortSignal;
  /** Called once when waiting begins, with words such as `since 06:30`. */
  readonly onWait?: (since: string) => void;
}

const POLL_MS = 100;

/** Locks the data folder. @throws StoreError STORE_LOCKED with the holder when the wait was in vain. */
export async function lockDataDir(dataDir: string, options: LockOptions): Promise<Lock> {
  ensureFolder(dataDir);
  const path = join(dataDir, 'ofx-sync.lock');
  const note = join(dataDir, 'ofx-sync.lock.json');
  try {
    writeFileSync(path, '', { flag: 'a', mode: 0o600 });
  } catch (cause) {
    throw new StoreError('STORE_FAILED', `the data folder ${dataDir} cannot be written`, {
      cause,
      hint: 'Check the permissions, and that the disk is neither full nor mounted read-only. To use another folder: --data DIR',
    });
  }
  const database = new Database(path, { timeoutMs: 0 });
  const deadline = performance.now() + (options.waitMs ?? 0);
  for (let isAnnounced = false; !tryLock(database); isAnnounced = true) {
    const { since, process } = describeHolder(note, options.holder.since);
    if (!isAnnounced) options.onWait?.(since);
    if (performance.now() >= deadline || options.signal?.aborted === true) {
      database.close();
      throw new StoreError('STORE_LOCKED', `another run is at work (${since})`, {
        hint: `Nothing was done. Run again when it has finished: ${process} is using ${dataDir}.`,
      });
    }
    await sleep(POLL_MS);
  }
  writeNote(note, options.holder);
  return {
    release: () => {
      rmSync(note, { force: true });
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

/** Writes who holds the lock. Without room for it the run says what cannot be stored; the lock holds all the same. */
function writeNote(note: string, holder: LockOptions['holder']): void {
  try {
    writeFileSync(note, `${JSON.stringify(holder)}\n`, { mode: 0o600 });
  } catch {
    rmSync(note, { force: true });
  }
}

function tryLock(database: Database): boolean {
  try {
    database.exec('BEGIN EXCLUSIVE');
    return true;
  } catch (error) {
    if (error instanceof StoreError && error.code === 'STORE_LOCKED') return false;
    throw error;
  }
}

/** Returns the start of the run that holds the lock (local time, with its day if that is another than `now`'s) and its process. */
function describeHolder(note: string, now: string): { readonly since: string; readonly process: string } {
  try {
    const { pid, since } = JSON.parse(readFileSync(note, 'utf8')) as { pid: unknown; since: unknown };
    const [start, day] = [new Date(String(since)), localDate(new Date(String(since)))];
    const time = [start.getHours(), start.getMinutes()].map((part) => String(part).padStart(2, '0')).join(':');
    const isToday = day === localDate(new Date(now));
    return { since: `since ${isToday ? '' : `${day} `}${time}`, process: `process ${String(pid)}` };
  } catch {
    // The holder has not written its note yet.
    return { since: 'it has just started', process: 'it' };
  }
}
