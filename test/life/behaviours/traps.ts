/**
 * Banks at which a cure does harm: rows that are omitted and not removed, real movements that look like the next version of
 * another one, files that bring what statements lack, and balances that leave it open which rows of a day they include.
 */

import { type Behaviour, together, type Ways } from '../bank/behaviour.js';
import { daysOff, everyDays, upperCase } from '../bank/files.js';
import { absent, countedPerDay, ofContent, ofSite, random } from '../bank/fitids.js';
import { capped, empty, sometimes, startsLater, truncated } from '../bank/shapes.js';
import { late, some, vanishes } from '../bank/version.js';
import { leakedName, newName, nextDay } from './common.js';

const truncates: Ways = { shapes: [sometimes(0.15, truncated)] };
const leaking: Ways = { plans: [leakedName] };
const ofYesterday: Ways = { balance: 'yesterday' };
const ofToday: Ways = { balance: 'today' };
const respelled: Ways = {
  files: { downloads: everyDays(30, 45), hasBalance: true, fitids: ofSite, respell: upperCase },
};
const dayOff: Ways = {
  files: { downloads: everyDays(30, 45), hasBalance: true, fitids: ofSite, respell: daysOff(-1) },
};
const newestFirst: Ways = { fitids: countedPerDay('newest first'), order: 'newest first' };

type Trap = readonly [name: string, about: string, points: readonly number[], ...ways: readonly Ways[]];

const TRAPS: readonly Trap[] = [
  ['truncated-leaks', 'leaked pending rows, and statements without their newer half', [2], truncates, leaking],
  [
    'truncated-oldest-leaks',
    'leaked pending rows, and statements without their older half',
    [2],
    truncates,
    leaking,
    { order: 'newest first' },
  ],
  [
    'truncated-fitid-absent',
    'no FITIDs, names corrected, truncated statements',
    [2],
    truncates,
    { fitids: absent, plans: [newName] },
  ],
  [
    'capped-name-corrected',
    'no FITIDs, names corrected, at most 40 rows',
    [2],
    { shapes: [capped(40)], fitids: absent, plans: [newName] },
  ],
  [
    'starts-later-fitid-random',
    'random FITIDs, statements begin later, silently',
    [2, 3],
    { shapes: [sometimes(0.3, startsLater(4, 'silently'))], fitids: random },
  ],
  ['empty-leaks', 'leaked pending rows, and empty statements', [2], leaking, { shapes: [sometimes(0.1, empty)] }],
  [
    'deleted-fitid-random',
    'rows are deleted, random FITIDs',
    [2],
    { plans: [some(0.02, vanishes([30, 200]))], fitids: random },
  ],
  [
    'deleted-fitid-absent',
    'rows are deleted, no FITIDs',
    [2],
    { plans: [some(0.02, vanishes([30, 200]))], fitids: absent },
  ],
  [
    'late-fitid-absent',
    'some rows are posted nine days late, no FITIDs',
    [7],
    { plans: [some(0.05, late(9))], fitids: absent },
  ],
  [
    'late-fitid-random',
    'some rows are posted 20 days late, random FITIDs',
    [3, 7],
    { plans: [some(0.03, late(20))], fitids: random },
  ],
  [
    'late-day-newest-first',
    'FITIDs count a day newest first, rows are posted nine days late',
    [5, 7],
    newestFirst,
    { plans: [some(0.05, late(9))] },
  ],
  ['newest-first-leaks', 'FITIDs count a day newest first, leaked pending rows', [2, 5], newestFirst, leaking],
  [
    'yesterday-twins',
    'identical movements share a FITID, balances of yesterday',
    [6],
    ofYesterday,
    { fitids: ofContent },
  ],
  ['today-twins', 'identical movements share a FITID, balances without an hour', [6], ofToday, { fitids: ofContent }],
  ['yesterday-leaks', 'leaked pending rows, balances of yesterday', [2], ofYesterday, leaking],
  ['today-leaks', 'leaked pending rows, balances without an hour', [2], ofToday, leaking],
  [
    'today-day-settles',
    'days settle, random FITIDs, balances without an hour',
    [5],
    ofToday,
    { plans: [nextDay], fitids: random },
  ],
  [
    'yesterday-late',
    'some rows are posted nine days late, balances of yesterday',
    [7],
    ofYesterday,
    { plans: [some(0.05, late(9))] },
  ],
  [
    'file-brings-missing',
    'truncated statements; files in upper case have the rows that they lack',
    [4],
    truncates,
    respelled,
  ],
  [
    'file-brings-late',
    'files in upper case have the rows that are posted 40 days late',
    [4, 7],
    respelled,
    { plans: [some(0.02, late(40))] },
  ],
  ['file-day-off-fitid-absent', 'no FITIDs, files one day earlier', [4], dayOff, { fitids: absent }],
  [
    'file-day-off-twice-a-day',
    'a sync each morning and evening, files one day earlier',
    [4],
    dayOff,
    { gaps: () => 1 },
  ],
  ['file-upper-case-yesterday', 'files in upper case, balances of yesterday', [4], respelled, ofYesterday],
  ['file-upper-case-leaks', 'files in upper case, leaked pending rows', [2, 4], respelled, leaking],
];

export const TRAP_BEHAVIOURS: readonly Behaviour[] = TRAPS.map(([name, about, points, ...ways]) => ({
  ...together(...ways),
  name: `trap-${name}`,
  about,
  points,
}));
