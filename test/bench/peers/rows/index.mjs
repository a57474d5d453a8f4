import { canaryRow } from './canary.mjs';
import { faultsRow } from './faults.mjs';
import { identityRow } from './identity.mjs';
import { killRow } from './kill.mjs';
import { readRow } from './read.mjs';
import { servedRow } from './served.mjs';
import { signonsRow } from './signons.mjs';
import { firstRow, rateRow } from './speed.mjs';

/** Those with time in them come first, while nothing else has warmed the machine. */
export const ROWS = [firstRow, rateRow, readRow, faultsRow, identityRow, signonsRow, killRow, canaryRow, servedRow];
