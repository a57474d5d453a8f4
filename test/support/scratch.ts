/** Folders that are gone after the test file. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export function scratchDir(name = 'ofx-sync-test-'): string {
  const dir = mkdtempSync(join(tmpdir(), name));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}
