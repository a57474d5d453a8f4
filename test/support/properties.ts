/**
 * fast-check with the same input in each run of the tests, so that a change is judged by what it does and not by chance.
 * Longer runs (OFX_SYNC_RUNS, OFX_SYNC_FUZZ_MINUTES) try other input each time.
 */

import fc from 'fast-check';

const SEED = 20_261_121;
const { OFX_SYNC_RUNS: runs, OFX_SYNC_FUZZ_MINUTES: minutes } = process.env;

if (runs === undefined && minutes === undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: SEED });

export { fc };
