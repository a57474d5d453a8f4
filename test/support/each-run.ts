/** Gives a run of the tests a temporary folder of its own, which goes with it. */

import { outerFolder, removeFolder } from './scratch.js';

export default function eachRun(): () => void {
  const before = process.env['TMPDIR'];
  const own = outerFolder('r-');
  // The workers start with it.
  process.env['TMPDIR'] = own;
  return () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    removeFolder(own);
  };
}
