/** Statements that lack rows, or have more; and balances. */

import type { Behaviour } from '../bank/behaviour.js';
import { random } from '../bank/fitids.js';
import { capped, empty, exceeds, ignoresStart, sometimes, truncated } from '../bank/shapes.js';

export const REPLIES: readonly Behaviour[] = [
  {
    name: 'reply-truncated',
    about: 'some statements lack half of their rows, the newer ones',
    points: [2],
    shapes: [sometimes(0.15, truncated)],
  },
  {
    name: 'reply-truncated-fitid-random',
    about: 'some statements lack half of their rows, FITIDs are new each time',
    points: [2, 3],
    shapes: [sometimes(0.15, truncated)],
    fitids: random,
  },
  { name: 'reply-capped', about: 'a statement has at most 40 rows', points: [2], shapes: [capped(40)] },
  { name: 'reply-empty', about: 'some statements are empty', points: [2], shapes: [sometimes(0.1, empty)] },
  { name: 'reply-ignores-start', about: 'a statement always has 60 days', points: [], shapes: [ignoresStart(60)] },
  { name: 'reply-exceeds', about: 'a statement has five days more than requested', points: [], shapes: [exceeds(5)] },
  { name: 'balance-yesterday', about: 'balances are those of the end of yesterday', points: [1], balance: 'yesterday' },
  { name: 'balance-today', about: 'balances have a day and no hour', points: [1], balance: 'today' },
  { name: 'balance-available', about: 'only available balances', points: [1], balance: 'available' },
];
