/** All behaviours, by what they are about. */

import type { Behaviour } from '../bank/behaviour.js';
import { CHANGES } from './changes.js';
import { FILES } from './files.js';
import { FITIDS } from './fitids.js';
import { mixedBehaviours } from './mixed.js';
import { REPLIES } from './replies.js';
import { TRAP_BEHAVIOURS } from './traps.js';

const SINGLE: readonly Behaviour[] = [...FITIDS, ...CHANGES, ...REPLIES, ...FILES, ...TRAP_BEHAVIOURS];

/** Mixed behaviours in the table and in the tests. */
const MIXED = 16;

/** Returns all behaviours, with more mixed ones on request. */
export function behavioursWith(mixed: number = MIXED): readonly Behaviour[] {
  return [...SINGLE, ...mixedBehaviours(mixed)];
}

export const BEHAVIOURS: readonly Behaviour[] = behavioursWith();
