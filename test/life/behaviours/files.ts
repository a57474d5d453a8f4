/** Files beside downloads, and files only. */

import type { Behaviour, FilePlan } from '../bank/behaviour.js';
import { cut, daysOff, eachMonth, everyDays, joined, once, upperCase, withoutMemo } from '../bank/files.js';
import { absent, ofContent, ofSite, random } from '../bank/fitids.js';
import { newAmount, newName } from './common.js';

const overlapping: FilePlan = { downloads: everyDays(30, 45), hasBalance: true };
const other: FilePlan = { ...overlapping, fitids: ofSite };

/** Returns a behaviour with balances everywhere, and the same one with none. */
function inBothWays(behaviour: Behaviour & { readonly files: FilePlan }): readonly Behaviour[] {
  const { name, about, files } = behaviour;
  const bare = { name: `${name}-no-balance`, about: `${about}, no balances`, balance: 'absent' } as const;
  return [behaviour, { ...behaviour, ...bare, files: { ...files, hasBalance: false } }];
}

const SPELLING: readonly Behaviour[] = [
  ...inBothWays({
    name: 'file-upper-case',
    about: 'files with other FITIDs and names in upper case',
    points: [4],
    files: { ...other, respell: upperCase },
  }),
  {
    name: 'file-upper-case-downloads-with-balance',
    about: 'files with other FITIDs and names in upper case, without balances',
    points: [4],
    files: { ...other, respell: upperCase, hasBalance: false },
  },
  {
    name: 'file-cut',
    about: 'files with other FITIDs and names of at most ten letters',
    points: [4],
    files: { ...other, respell: cut },
  },
  {
    name: 'file-without-memo',
    about: 'files with other FITIDs, without memos',
    points: [4],
    files: { ...other, respell: withoutMemo },
  },
  ...inBothWays({
    name: 'file-joined',
    about: 'files without FITIDs, name and memo in one',
    points: [4],
    files: { ...overlapping, fitids: absent, respell: joined },
  }),
  ...inBothWays({
    name: 'file-day-off',
    about: 'files with other FITIDs, one day earlier',
    points: [4],
    files: { ...other, respell: daysOff(-1) },
  }),
  {
    name: 'file-day-off-upper-case',
    about: 'files with other FITIDs, names in upper case, one day earlier',
    points: [4],
    files: { ...other, respell: (row) => upperCase(daysOff(-1)(row)) },
  },
  {
    name: 'file-upper-case-same-fitid',
    about: 'files with names in upper case, and the same FITIDs',
    points: [4],
    files: { ...overlapping, respell: upperCase },
  },
  {
    name: 'file-upper-case-fitid-random',
    about: 'files with names in upper case, FITIDs are new each time everywhere',
    points: [3, 4],
    fitids: random,
    files: { ...overlapping, respell: upperCase },
  },
];

const WINDOWS: readonly Behaviour[] = [
  { name: 'file-same', about: 'files that agree with the statements', points: [], files: overlapping },
  {
    name: 'file-month',
    about: 'a file of each month, with other FITIDs',
    points: [3],
    files: { ...other, downloads: eachMonth },
  },
  ...inBothWays({
    name: 'file-fitid-other',
    about: 'overlapping files with other FITIDs',
    points: [3, 4],
    files: other,
  }),
  {
    name: 'file-fitid-of-content',
    about: 'overlapping files in which identical movements have the same FITID',
    points: [3, 6],
    files: { ...overlapping, fitids: ofContent },
  },
  {
    name: 'file-quarter-upper-case',
    about: 'a file of each quarter, with other FITIDs and names',
    points: [4],
    files: { ...other, downloads: everyDays(91, 91), respell: upperCase },
  },
  {
    name: 'file-whole-history-first',
    about: 'a file of all days on the first day, with other FITIDs and names',
    points: [4],
    files: { ...other, downloads: once(0, 100), respell: upperCase },
  },
  {
    name: 'file-whole-history-last',
    about: 'a file of a year near the end, with other FITIDs and names',
    points: [4],
    files: { ...other, downloads: once(140, 240), respell: upperCase },
  },
  {
    name: 'file-once-then-corrections',
    about: 'one file with other FITIDs; later, amounts and names are corrected under the same FITID',
    points: [3],
    plans: [newAmount, newName],
    files: { ...other, downloads: once(20, 40) },
  },
];

const ONLY: readonly Behaviour[] = [
  { name: 'file-only', about: 'overlapping files only', points: [], isOnline: false, files: overlapping },
  ...inBothWays({
    name: 'file-only-twins',
    about: 'overlapping files only; identical movements have the same FITID',
    points: [6],
    isOnline: false,
    fitids: ofContent,
    files: { downloads: everyDays(20, 45), hasBalance: true },
  }),
  {
    name: 'file-only-fitid-random',
    about: 'overlapping files only, FITIDs are new each time',
    points: [3],
    isOnline: false,
    fitids: random,
    files: overlapping,
  },
];

export const FILES: readonly Behaviour[] = [...WINDOWS, ...SPELLING, ...ONLY];
