/** Behaviours put together by chance: the same ones in each life. */

import { type Behaviour, statesBalances, together, type Ways } from '../bank/behaviour.js';
import { cut, daysOff, everyDays, joined, upperCase } from '../bank/files.js';
import {
  absent,
  countedPerDay,
  monthly,
  ofContent,
  ofSite,
  random,
  renumbered,
  sharedWithFee,
  stable,
} from '../bank/fitids.js';
import { capped, empty, exceeds, ignoresStart, sometimes, startsLater, truncated } from '../bank/shapes.js';
import { late, some, vanishes } from '../bank/version.js';
import { type Random, randomOf } from '../random.js';
import { drift, leakedName, MIGRATION, newAmount, newMemo, newName, nextDay, pendingMarked } from './common.js';

type Part = readonly [about: string, ways: Ways];

const FITIDS: readonly Part[] = [
  ['stable FITIDs', { fitids: stable }],
  ['random FITIDs', { fitids: random }],
  ['no FITIDs', { fitids: absent }],
  ['FITIDs used again', { fitids: monthly }],
  ['FITIDs renumbered', { fitids: renumbered(MIGRATION) }],
  ['FITIDs of the content', { fitids: ofContent }],
  ['FITIDs counted per day', { fitids: countedPerDay('newest first'), order: 'newest first' }],
  ['FITIDs shared with fees', { fitids: sharedWithFee }],
];
const CHANGES: readonly Part[] = [
  ['names corrected', { plans: [newName] }],
  ['memos corrected', { plans: [newMemo] }],
  ['amounts corrected', { plans: [newAmount] }],
  ['days settle', { plans: [nextDay] }],
  ['days drift', { plans: [drift] }],
  ['pending rows', { plans: [pendingMarked] }],
  ['leaked pending rows', { plans: [leakedName] }],
  ['vanishing rows', { plans: [some(0.01, vanishes([20, 90]))] }],
  ['nine days late', { plans: [some(0.04, late(9))] }],
  ['25 days late', { plans: [some(0.02, late(25))] }],
];
const REPLIES: readonly Part[] = [
  ['whole replies', {}],
  ['whole replies', {}],
  ['truncated', { shapes: [sometimes(0.1, truncated)] }],
  ['capped', { shapes: [capped(60)] }],
  ['starts later', { shapes: [sometimes(0.15, startsLater(4, 'silently'))] }],
  ['empty days', { shapes: [sometimes(0.05, empty)] }],
  ['ignores DTSTART', { shapes: [ignoresStart(60)] }],
  ['exceeds the window', { shapes: [exceeds(5)] }],
];
const BALANCES: readonly Part[] = [
  ['balance of the moment', { balance: 'now' }],
  ['balance of today', { balance: 'today' }],
  ['balance of yesterday', { balance: 'yesterday' }],
  ['no balance', { balance: 'absent' }],
];
const downloads = everyDays(40, 50);
const FILES: readonly Part[] = [
  ['no files', {}],
  ['no files', {}],
  ['files with other FITIDs', { files: { downloads, hasBalance: true, fitids: ofSite } }],
  ['files in upper case', { files: { downloads, hasBalance: true, fitids: ofSite, respell: upperCase } }],
  ['files joined', { files: { downloads, hasBalance: true, fitids: absent, respell: joined } }],
  ['files cut, without balance', { files: { downloads, hasBalance: false, fitids: absent, respell: cut } }],
  ['files a day off', { files: { downloads, hasBalance: true, fitids: ofSite, respell: daysOff(-1) } }],
];

/** Returns the mixed behaviour of a number. */
function mixed(number: number): Behaviour {
  const chance = randomOf(`mixed ${number}`);
  const first = chance.pick(CHANGES);
  const second = otherThan(first, chance);
  const parts = [chance.pick(FITIDS), first, second, chance.pick(REPLIES), chance.pick(BALANCES), chance.pick(FILES)];
  const ways = together(...parts.map(([, part]) => part));
  const about = parts.map(([text]) => text).join(', ');
  return { ...ways, name: `mixed-${String(number).padStart(2, '0')}`, about, points: statesBalances(ways) ? [1] : [] };
}

function otherThan(part: Part, chance: Random): Part {
  return chance.pick(CHANGES.filter((one) => one !== part));
}

/** Returns the first mixed behaviours; each number is the same behaviour always. */
export function mixedBehaviours(count: number): readonly Behaviour[] {
  return Array.from({ length: count }, (_, index) => mixed(index + 1));
}
