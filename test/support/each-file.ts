/** Gives each test file a temporary folder of its own, removes its scratch folders, and refuses a file that leaves anything else. */

import { readdirSync } from 'node:fs';
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
  const left = readdirSync(own);
  removeFolder(own);
  expect(left, 'left in the temporary folder: use scratchDir() of test/support/scratch.ts').toEqual([]);
});
