/** Rows that change after the bank has listed them. */

import type { Behaviour } from '../bank/behaviour.js';
import { absent, random, renumbered } from '../bank/fitids.js';
import { before, corrected, late, leaks, some, thenChange, vanishes } from '../bank/version.js';
import { dayOf } from '../calendar.js';

const SOON: readonly [number, number] = [20, 70];
const newName = thenChange(SOON, ({ name }) => ({ name: `${name.slice(0, 14)} PAID`.trim() }));
const newAmount = thenChange(SOON, ({ cents }) => ({ cents: cents - 100 }));
const nextDay = thenChange(SOON, ({ day }) => ({ day: day + 1 }));

export const CHANGES: readonly Behaviour[] = [
  { name: 'name-corrected', about: 'names are corrected later', points: [], plans: [some(0.3, newName)] },
  {
    name: 'name-corrected-fitid-absent',
    about: 'names are corrected later, no FITIDs',
    points: [2],
    plans: [some(0.3, newName)],
    fitids: absent,
  },
  {
    name: 'name-corrected-fitid-random',
    about: 'names are corrected later, FITIDs are new each time',
    points: [2, 3],
    plans: [some(0.3, newName)],
    fitids: random,
  },
  { name: 'amount-corrected', about: 'amounts are corrected later', points: [], plans: [some(0.05, newAmount)] },
  {
    name: 'amount-corrected-renumbered',
    about: 'amounts are corrected later, and all FITIDs change once',
    points: [3],
    plans: [some(0.05, newAmount)],
    fitids: renumbered(260 * 24),
  },
  { name: 'day-settles', about: 'a third of the rows moves by one day', points: [], plans: [some(0.3, nextDay)] },
  {
    name: 'day-settles-fitid-random',
    about: 'a third of the rows moves by one day, FITIDs are new each time',
    points: [5],
    plans: [some(0.3, nextDay)],
    fitids: random,
  },
  {
    name: 'day-settles-fitid-absent',
    about: 'a third of the rows moves by one day, no FITIDs',
    points: [5],
    plans: [some(0.3, nextDay)],
    fitids: absent,
  },
  {
    name: 'pending-marked',
    about: 'rows are listed as pending before they are posted',
    points: [],
    plans: [
      some(
        0.5,
        before(SOON, ({ from }) => ({ isPending: true, day: dayOf(from) })),
      ),
    ],
  },
  {
    name: 'pending-leaks-fitid',
    about: 'pending rows are listed as posted, and post under another FITID',
    points: [2, 5],
    plans: [
      some(
        0.3,
        leaks(({ day }) => ({ day })),
      ),
    ],
  },
  {
    name: 'pending-leaks-name',
    about: 'pending rows are listed as posted, and post under another FITID and name',
    points: [2, 5],
    plans: [
      some(
        0.3,
        leaks(({ name }) => ({ name: `HOLD ${name.slice(0, 12)}`.trim() })),
      ),
    ],
  },
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
    name: 'pending-leaks-vanish',
    about: 'rows that were listed as posted vanish',
    points: [2],
    plans: [some(0.03, vanishes([20, 90]))],
  },
  { name: 'late-2-days', about: 'some rows are posted two days late', points: [7], plans: [some(0.1, late(2))] },
  { name: 'late-9-days', about: 'some rows are posted nine days late', points: [7], plans: [some(0.05, late(9))] },
  { name: 'late-20-days', about: 'some rows are posted 20 days late', points: [7], plans: [some(0.03, late(20))] },
  { name: 'late-40-days', about: 'some rows are posted 40 days late', points: [7], plans: [some(0.02, late(40))] },
  {
    name: 'late-20-days-no-balance',
    about: 'some rows are posted 20 days late, no balance',
    points: [7],
    plans: [some(0.03, late(20))],
    balance: 'absent',
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
];
