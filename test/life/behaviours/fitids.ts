/** FITIDs: stable and otherwise. */

import type { Behaviour } from '../bank/behaviour.js';
import {
  absent,
  countedPerDay,
  countedPerStatement,
  countedTwins,
  monthly,
  ofContent,
  random,
  renumbered,
  sharedWithFee,
} from '../bank/fitids.js';

/** A moment in the first year of a life. */
const MIGRATION = 260 * 24;

export const FITIDS: readonly Behaviour[] = [
  { name: 'plain', about: 'stable FITIDs, a balance with each statement', points: [] },
  { name: 'plain-no-balance', about: 'stable FITIDs, no balance', points: [], balance: 'absent' },
  { name: 'fitid-random', about: 'new FITIDs in each statement', points: [3], fitids: random },
  {
    name: 'fitid-random-no-balance',
    about: 'new FITIDs in each statement, no balance',
    points: [3],
    fitids: random,
    balance: 'absent',
  },
  { name: 'fitid-absent', about: 'no FITIDs', points: [6], fitids: absent },
  { name: 'fitid-absent-no-balance', about: 'no FITIDs, no balance', points: [6], fitids: absent, balance: 'absent' },
  { name: 'fitid-monthly', about: 'FITIDs are used again every few weeks', points: [3], fitids: monthly },
  { name: 'fitid-renumbered', about: 'all FITIDs change once', points: [3], fitids: renumbered(MIGRATION) },
  {
    name: 'fitid-day-newest-first',
    about: 'FITIDs count the rows of a day, the newest first',
    points: [5],
    fitids: countedPerDay('newest first'),
    order: 'newest first',
  },
  {
    name: 'fitid-day-oldest-first',
    about: 'FITIDs count the rows of a day, the oldest first',
    points: [5],
    fitids: countedPerDay('oldest first'),
  },
  {
    name: 'fitid-statement-newest-first',
    about: 'FITIDs count the rows of a statement, the newest first',
    points: [5],
    fitids: countedPerStatement('newest first'),
    order: 'newest first',
  },
  {
    name: 'fitid-shared-with-fee',
    about: 'a charge and its fee have the same FITID',
    points: [6],
    fitids: sharedWithFee,
  },
  {
    name: 'fitid-of-content',
    about: 'identical movements have the same FITID',
    points: [6],
    fitids: ofContent,
  },
  {
    name: 'fitid-of-content-no-balance',
    about: 'identical movements have the same FITID, no balance',
    points: [6],
    fitids: ofContent,
    balance: 'absent',
  },
  {
    name: 'fitid-counts-twins',
    about: 'FITIDs of the content, with a number among equals, the newest first',
    points: [5, 6],
    fitids: countedTwins('newest first'),
    order: 'newest first',
  },
];
