/** Gives each test file a temporary folder of its own, removes its scratch folders, and refuses a file that leaves anything else. */

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { outerFolder, removeFolder, removeScratch } from './scratch.js';

const before = process.env['TMPDIR'];
const own = outerFolder('f-');
process.env['TMPDIR'] = own;

// The first to be registered is the last to run.
afterAll(() => {
  if (before === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = before;
  removeScratch();
  const left = readdirSync(own).filter((name) => !isOfKilledStore(join(own, name)));
  removeFolder(own);
  expect(left, 'left in the temporary folder: use scratchDir() of test/support/scratch.ts').toEqual([]);
});

/** SQLite takes the name of a temporary file away as soon as the file is there; a program that is killed in between leaves it empty. */
function isOfKilledStore(path: string): boolean {
  return /\/etilqs_\w+$/.test(path) && statSync(path).size === 0;
}
