/** All behaviours, by what they are about. */

import type { Behaviour } from '../bank/behaviour.js';
import { CHANGES } from './changes.js';
import { FILES } from './files.js';
import { FITIDS } from './fitids.js';
import { MIXED } from './mixed.js';
import { REPLIES } from './replies.js';
import { TRAP_BEHAVIOURS } from './traps.js';

export const BEHAVIOURS: readonly Behaviour[] = [
  ...FITIDS,
  ...CHANGES,
  ...REPLIES,
  ...FILES,
  ...TRAP_BEHAVIOURS,
  ...MIXED,
];
