/** Files beside downloads. */

import type { Behaviour, FilePlan } from '../bank/behaviour.js';
import { daysOff, everyDays, joined, upperCase } from '../bank/files.js';
import { absent, ofContent, stable } from '../bank/fitids.js';

const monthly: FilePlan = { downloads: everyDays(30, 45), hasBalance: true };
const bare: FilePlan = { ...monthly, hasBalance: false };

export const FILES: readonly Behaviour[] = [
  { name: 'file-same', about: 'a file each month that agrees with the statements', points: [], files: monthly },
  {
    name: 'file-fitid-other',
    about: 'a file each month, with other FITIDs',
    points: [3, 4],
    files: { ...monthly, fitids: ofContent },
  },
  {
    name: 'file-upper-case',
    about: 'a file each month, with other FITIDs and names',
    points: [4],
    files: { ...monthly, fitids: ofContent, respell: upperCase },
  },
  {
    name: 'file-joined',
    about: 'a file each month, without FITIDs, with name and memo in one',
    points: [4],
    files: { ...monthly, fitids: absent, respell: joined },
  },
  {
    name: 'file-day-off',
    about: 'a file each month, with other FITIDs, one day earlier',
    points: [4],
    files: { ...monthly, fitids: ofContent, respell: daysOff(-1) },
  },
  {
    name: 'file-upper-case-no-balance',
    about: 'a file each month, with other FITIDs and names, no balances at all',
    points: [4],
    balance: 'absent',
    files: { ...bare, fitids: ofContent, respell: upperCase },
  },
  {
    name: 'file-only-twins',
    about: 'overlapping files only; identical movements have the same FITID',
    points: [6],
    isOnline: false,
    fitids: ofContent,
    files: { downloads: everyDays(20, 45), hasBalance: true },
  },
  { name: 'file-only', about: 'overlapping files only', points: [], isOnline: false, fitids: stable, files: monthly },
];
