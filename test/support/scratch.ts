/** Folders that are gone after the test file, also when a test has failed. */

import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

export function scratchDir(name?: string): string {
  return scratchIn(tmpdir(), name);
}

function scratchIn(parent: string, name = 'ofx-sync-test-'): string {
  const dir = mkdtempSync(join(parent, name));
  made.push(dir);
  return dir;
}

/** In memory where the system has a place for that: for hundreds of runs whose waits for the disk prove nothing. */
export function scratchDirInMemory(): string {
  return existsSync('/dev/shm') ? scratchIn('/dev/shm') : scratchDir();
}

/**
 * Makes a temporary folder for other temporary folders, in which users of all kinds reach what is theirs. The name should be short:
 * a screen wraps a long path, and the path of a socket may have a hundred characters.
 */
export function outerFolder(name: string): string {
  const dir = mkdtempSync(join(tmpdir(), name));
  chmodSync(dir, 0o755);
  return dir;
}

/** Removes the folders made so far; `each-file.ts` calls it after each test file. */
export function removeScratch(): void {
  for (const dir of made.splice(0)) removeFolder(dir);
}

/** Removes a folder with all in it. A program that was killed a moment ago may be writing its last file. */
export function removeFolder(dir: string): void {
  rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
