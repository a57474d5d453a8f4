/** Folders that are gone after the test file. */

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function scratchDir(name?: string): string {
  return scratchIn(tmpdir(), name);
}

function scratchIn(parent: string, name = 'ofx-sync-test-'): string {
  const dir = mkdtempSync(join(parent, name));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** In memory where the system has a place for that: for hundreds of runs whose waits for the disk prove nothing. */
export function scratchDirInMemory(): string {
  return existsSync('/dev/shm') ? scratchIn('/dev/shm') : scratchDir();
}
