/** Statements that lack rows, or have more; balances, clocks and pauses. */

import type { Behaviour } from '../bank/behaviour.js';
import { random } from '../bank/fitids.js';
import {
  capped,
  empty,
  exceeds,
  history,
  ignoresStart,
  repeats,
  sometimes,
  startsLater,
  truncated,
  withoutBalance,
  wrongBalance,
} from '../bank/shapes.js';
import { withAndWithoutBalance } from './common.js';

const ROWS: readonly Behaviour[] = [
  {
    name: 'reply-truncated',
    about: 'some statements lack the newer half of their rows',
    points: [2],
    shapes: [sometimes(0.15, truncated)],
  },
  {
    name: 'reply-truncated-oldest',
    about: 'some statements lack the older half of their rows',
    points: [2],
    shapes: [sometimes(0.15, truncated)],
    order: 'newest first',
  },
  {
    name: 'reply-truncated-fitid-random',
    about: 'some statements lack half of their rows, FITIDs are new each time',
    points: [2, 3],
    shapes: [sometimes(0.15, truncated)],
    fitids: random,
  },
  { name: 'reply-capped', about: 'a statement has at most the 40 newest rows', points: [2], shapes: [capped(40)] },
  {
    name: 'reply-capped-fitid-random',
    about: 'a statement has at most the 40 newest rows, FITIDs are new each time',
    points: [2, 3],
    shapes: [capped(40)],
    fitids: random,
  },
  {
    name: 'reply-starts-later',
    about: 'some statements begin four days later than requested, and say so',
    points: [2],
    shapes: [sometimes(0.2, startsLater(4, 'in DTSTART'))],
  },
  {
    name: 'reply-starts-later-silently',
    about: 'some statements begin four days later than requested, silently',
    points: [2],
    shapes: [sometimes(0.2, startsLater(4, 'silently'))],
  },
  {
    name: 'reply-history',
    about: 'no rows older than 30 days, as DTSTART says',
    points: [7],
    shapes: [history(30, 'in DTSTART')],
  },
  { name: 'reply-history-silent', about: 'no rows older than 30 days', points: [7], shapes: [history(30, 'silently')] },
  { name: 'reply-empty', about: 'some statements are empty', points: [2], shapes: [sometimes(0.1, empty)] },
  {
    name: 'reply-empty-fitid-random',
    about: 'some statements are empty, FITIDs are new each time',
    points: [2, 3],
    shapes: [sometimes(0.1, empty)],
    fitids: random,
  },
  { name: 'reply-ignores-start', about: 'a statement always has 60 days', points: [], shapes: [ignoresStart(60)] },
  {
    name: 'reply-ignores-start-fitid-random',
    about: 'a statement always has 60 days, FITIDs are new each time',
    points: [3],
    shapes: [ignoresStart(60)],
    fitids: random,
  },
  { name: 'reply-exceeds', about: 'a statement has five days more than requested', points: [], shapes: [exceeds(5)] },
  ...withAndWithoutBalance({
    name: 'reply-repeats',
    about: 'a statement lists some rows twice',
    points: [6],
    shapes: [repeats(0.03)],
  }),
];

const BALANCES: readonly Behaviour[] = [
  { name: 'balance-yesterday', about: 'balances of the end of yesterday', points: [1], balance: 'yesterday' },
  { name: 'balance-today', about: 'balances have a day and no hour', points: [1], balance: 'today' },
  { name: 'balance-lagging', about: 'balances of three days ago', points: [1], balance: 'lagging' },
  { name: 'balance-available', about: 'only available balances', points: [1], balance: 'available' },
  {
    name: 'balance-sometimes',
    about: 'half of the statements have a balance',
    points: [1],
    shapes: [sometimes(0.5, withoutBalance)],
    hasDoubtfulBalances: true,
  },
  {
    name: 'balance-sometimes-wrong',
    about: 'some balances lack the last row',
    points: [1],
    shapes: [sometimes(0.1, wrongBalance)],
    hasDoubtfulBalances: true,
  },
  { name: 'clock-ahead', about: 'the clock of the bank is 30 hours ahead', points: [], clockHours: 30 },
  { name: 'clock-behind', about: 'the clock of the bank is 40 days behind', points: [], clockHours: -960 },
];

const PAUSES: readonly Behaviour[] = [
  { name: 'sync-twice-a-day', about: 'a sync each morning and evening', points: [], gaps: () => 1 },
  { name: 'sync-monthly', about: 'a sync each 30 days', points: [], gaps: () => 60 },
  {
    name: 'sync-irregular',
    about: 'one day to 60 days from sync to sync',
    points: [],
    gaps: (chance) => chance.int(2, 120),
  },
  {
    name: 'sync-irregular-fitid-random',
    about: 'one day to 60 days from sync to sync, FITIDs are new each time',
    points: [3],
    gaps: (chance) => chance.int(2, 120),
    fitids: random,
  },
];

export const REPLIES: readonly Behaviour[] = [...ROWS, ...BALANCES, ...PAUSES];
