/** FITIDs: stable and otherwise. */

import type { Behaviour } from '../bank/behaviour.js';
import {
  absent,
  constant,
  countedPerDay,
  countedPerStatement,
  countedTwins,
  monthly,
  ofContent,
  ofDayAndAmount,
  random,
  renumbered,
  sharedWithFee,
} from '../bank/fitids.js';
import { startsAnew, thenChange } from '../bank/version.js';
import { MIGRATION, SOON, withAndWithoutBalance } from './common.js';

const NEWEST = { order: 'newest first' } as const;

export const FITIDS: readonly Behaviour[] = [
  ...withAndWithoutBalance({ name: 'plain', about: 'stable FITIDs', points: [] }),
  ...withAndWithoutBalance({
    name: 'fitid-random',
    about: 'new FITIDs in each statement',
    points: [3],
    fitids: random,
  }),
  ...withAndWithoutBalance({ name: 'fitid-absent', about: 'no FITIDs', points: [6], fitids: absent }),
  {
    name: 'fitid-monthly',
    about: 'FITIDs are used again every few weeks',
    points: [3],
    fitids: monthly,
  },
  ...withAndWithoutBalance({
    name: 'fitid-renumbered',
    about: 'all FITIDs change once',
    points: [3],
    fitids: renumbered(MIGRATION),
  }),
  ...withAndWithoutBalance({
    name: 'fitid-renumbered-names',
    about: 'all FITIDs and the spelling of all names change once',
    points: [3, 4],
    fitids: renumbered(MIGRATION),
    plans: [startsAnew(MIGRATION, ({ name, memo }) => ({ name: `POS ${name.toUpperCase()}`.slice(0, 32), memo }))],
  }),
  {
    name: 'fitid-temporary',
    about: 'a row gets its FITID some days after it is posted',
    points: [3, 5],
    plans: [thenChange(SOON, ({ key }) => ({ key: `${key}-final` }))],
  },
  {
    name: 'fitid-day-newest-first',
    about: 'FITIDs count the rows of a day, the newest first',
    points: [5],
    fitids: countedPerDay('newest first'),
    ...NEWEST,
  },
  {
    name: 'fitid-day-newest-first-no-balance',
    about: 'FITIDs count the rows of a day, the newest first, no balance',
    points: [5],
    fitids: countedPerDay('newest first'),
    balance: 'absent',
    ...NEWEST,
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
    ...NEWEST,
  },
  {
    name: 'fitid-statement-oldest-first',
    about: 'FITIDs count the rows of a statement, the oldest first',
    points: [5],
    fitids: countedPerStatement('oldest first'),
  },
  ...withAndWithoutBalance({
    name: 'fitid-shared-with-fee',
    about: 'a charge and its fee have the same FITID',
    points: [6],
    fitids: sharedWithFee,
  }),
  ...withAndWithoutBalance({
    name: 'fitid-of-content',
    about: 'identical movements have the same FITID',
    points: [6],
    fitids: ofContent,
  }),
  {
    name: 'fitid-of-day-and-amount',
    about: 'movements of a day with the same amount have the same FITID',
    points: [6],
    fitids: ofDayAndAmount,
  },
  { name: 'fitid-constant', about: 'all rows have the same FITID', points: [6], fitids: constant },
  {
    name: 'fitid-counts-twins',
    about: 'FITIDs of the content, with a number among equals, the newest first',
    points: [5, 6],
    fitids: countedTwins('newest first'),
    ...NEWEST,
  },
];
