/** Rows that change after the bank has listed them. */

import type { Behaviour } from '../bank/behaviour.js';
import { absent, ofContent, random, renumbered } from '../bank/fitids.js';
import {
  backdatedCorrection,
  corrected,
  goesOnListing,
  late,
  leaks,
  some,
  thenChange,
  vanishes,
} from '../bank/version.js';
import {
  dayBefore,
  drift,
  leakedName,
  MIGRATION,
  newAmount,
  newMemo,
  newName,
  nextDay,
  pendingMarked,
  SOON,
  withAndWithoutBalance,
} from './common.js';

const CORRECTIONS: readonly Behaviour[] = [
  { name: 'name-corrected', about: 'names are corrected later', points: [], plans: [newName] },
  ...withAndWithoutBalance({
    name: 'name-corrected-fitid-absent',
    about: 'names are corrected later, no FITIDs',
    points: [2],
    plans: [newName],
    fitids: absent,
  }),
  {
    name: 'name-corrected-fitid-random',
    about: 'names are corrected later, FITIDs are new each time',
    points: [2, 3],
    plans: [newName],
    fitids: random,
  },
  {
    name: 'name-corrected-fitid-of-content',
    about: 'names are corrected later, and FITIDs with them',
    points: [2, 6],
    plans: [newName],
    fitids: ofContent,
  },
  { name: 'memo-corrected', about: 'memos are corrected later', points: [], plans: [newMemo] },
  {
    name: 'memo-corrected-fitid-absent',
    about: 'memos are corrected later, no FITIDs',
    points: [2],
    plans: [newMemo],
    fitids: absent,
  },
  { name: 'amount-corrected', about: 'amounts are corrected later', points: [], plans: [newAmount] },
  {
    name: 'amount-corrected-renumbered',
    about: 'amounts are corrected later, and all FITIDs change once',
    points: [3],
    plans: [newAmount],
    fitids: renumbered(MIGRATION),
  },
  {
    name: 'amount-corrected-fitid-other',
    about: 'amounts are corrected later, under another FITID',
    points: [2],
    plans: [
      some(
        0.05,
        thenChange(SOON, ({ cents, key }) => ({ cents: cents - 100, key: `${key}-again` })),
      ),
    ],
  },
  {
    name: 'amount-corrected-fitid-absent',
    about: 'amounts are corrected later, no FITIDs',
    points: [2],
    plans: [newAmount],
    fitids: absent,
  },
  {
    name: 'correct-replace',
    about: 'CORRECTFITID replaces rows',
    points: [],
    plans: [
      some(
        0.05,
        corrected('REPLACE', ({ cents }) => ({ cents: cents - 100 })),
      ),
    ],
  },
  {
    name: 'correct-replace-listed',
    about: 'CORRECTFITID replaces rows, which are listed all the same',
    points: [],
    plans: [some(0.05, goesOnListing(corrected('REPLACE', ({ cents }) => ({ cents: cents - 100 }))))],
  },
  {
    name: 'correct-delete',
    about: 'CORRECTFITID deletes rows',
    points: [],
    plans: [
      some(
        0.03,
        corrected('DELETE', () => ({})),
      ),
    ],
  },
  { name: 'rows-deleted', about: 'rows are deleted after days', points: [2], plans: [some(0.02, vanishes([70, 220]))] },
  {
    name: 'backdated-correction',
    about: 'rows are cancelled and booked anew after 25 days, all on the first day',
    points: [7],
    plans: [some(0.01, backdatedCorrection(25))],
  },
];

const DAYS: readonly Behaviour[] = [
  { name: 'day-settles', about: 'a third of the rows moves by one day', points: [], plans: [nextDay] },
  {
    name: 'day-settles-back-fitid-random',
    about: 'a third of the rows moves back by one day, FITIDs are new each time',
    points: [5],
    plans: [dayBefore],
    fitids: random,
  },
  ...withAndWithoutBalance({
    name: 'day-settles-fitid-random',
    about: 'a third of the rows moves by one day, FITIDs are new each time',
    points: [5],
    plans: [nextDay],
    fitids: random,
  }),
  {
    name: 'day-settles-fitid-absent',
    about: 'a third of the rows moves by one day, no FITIDs',
    points: [5],
    plans: [nextDay],
    fitids: absent,
  },
  { name: 'day-drifts', about: 'days move up to three times', points: [], plans: [drift] },
  {
    name: 'day-drifts-fitid-random',
    about: 'days move up to three times, FITIDs are new each time',
    points: [5],
    plans: [drift],
    fitids: random,
  },
  {
    name: 'day-drifts-fitid-absent',
    about: 'days move up to three times, no FITIDs',
    points: [5],
    plans: [drift],
    fitids: absent,
  },
];

const PENDING: readonly Behaviour[] = [
  { name: 'pending-marked', about: 'rows are pending before they are posted', points: [], plans: [pendingMarked] },
  {
    name: 'pending-leaks-fitid',
    about: 'pending rows are listed as posted, and post under another FITID',
    points: [2, 5],
    plans: [
      some(
        0.3,
        leaks(() => ({})),
      ),
    ],
  },
  ...withAndWithoutBalance({
    name: 'pending-leaks-name',
    about: 'pending rows are listed as posted, and post under another FITID and name',
    points: [2, 5],
    plans: [leakedName],
  }),
  {
    name: 'pending-leaks-amount',
    about: 'pending rows are listed as posted, and post under another FITID with another amount',
    points: [2, 5],
    plans: [
      some(
        0.2,
        leaks(({ cents }) => ({ cents: cents + 50 })),
      ),
    ],
  },
  {
    name: 'pending-leaks-date',
    about: 'pending rows are listed as posted, and post under another FITID on a later day',
    points: [2, 5],
    plans: [
      some(
        0.2,
        leaks(({ day }) => ({ day: day - 1 })),
      ),
    ],
  },
  {
    name: 'pending-leaks-fitid-random',
    about: 'pending rows are listed as posted under another name, FITIDs are new each time',
    points: [2, 5],
    plans: [leakedName],
    fitids: random,
  },
  {
    name: 'pending-leaks-vanish',
    about: 'rows vanish within days',
    points: [2],
    plans: [some(0.03, vanishes([20, 90]))],
  },
];

const LATE: readonly Behaviour[] = [
  { name: 'late-2-days', about: 'some rows are posted two days late', points: [7], plans: [some(0.1, late(2))] },
  { name: 'late-9-days', about: 'some rows are posted nine days late', points: [7], plans: [some(0.05, late(9))] },
  ...withAndWithoutBalance({
    name: 'late-20-days',
    about: 'some rows are posted 20 days late',
    points: [7],
    plans: [some(0.03, late(20))],
  }),
  ...withAndWithoutBalance({
    name: 'late-40-days',
    about: 'some rows are posted 40 days late',
    points: [7],
    plans: [some(0.02, late(40))],
  }),
];

export const CHANGES: readonly Behaviour[] = [...CORRECTIONS, ...DAYS, ...PENDING, ...LATE];
