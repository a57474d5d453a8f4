/** What several lists of behaviours use. */

import type { Behaviour } from '../bank/behaviour.js';
import { before, leaks, type Plan, some, thenChange } from '../bank/version.js';
import { dayOf } from '../calendar.js';

/** A moment some weeks after the first sync, from which a bank numbers in a new way. */
export const MIGRATION = 140 * 24;

/** Hours after which most rows are corrected. */
export const SOON: readonly [least: number, most: number] = [20, 70];

export const newName: Plan = some(
  0.3,
  thenChange(SOON, ({ name }) => ({ name: `${name.slice(0, 14)} PAID` })),
);
export const newMemo: Plan = some(
  0.3,
  thenChange(SOON, ({ memo }) => ({ memo: memo === null ? 'SETTLED' : `${memo} SETTLED` })),
);
export const newAmount: Plan = some(
  0.05,
  thenChange(SOON, ({ cents }) => ({ cents: cents - 100 })),
);
export const nextDay: Plan = some(
  0.3,
  thenChange(SOON, ({ day }) => ({ day: day + 1 })),
);
export const dayBefore: Plan = some(
  0.3,
  thenChange(SOON, ({ day }) => ({ day: day - 1 })),
);

/** A row moves by a day, up to three times. */
export const drift: Plan = (versions, random) => {
  let moved = versions;
  for (let step = random.int(0, 3); step > 0; step -= 1)
    moved = thenChange([20, 40], ({ day }) => ({ day: day + 1 }))(moved, random);
  return moved;
};

export const pendingMarked: Plan = some(
  0.5,
  before(SOON, ({ from }) => ({ isPending: true, day: dayOf(from) })),
);
export const leakedName: Plan = some(
  0.3,
  leaks(({ name }) => ({ name: `HOLD ${name.slice(0, 12)}`.trim() })),
);

/** Returns a behaviour, and the same one without balances. */
export function withAndWithoutBalance(behaviour: Behaviour): readonly Behaviour[] {
  const { name, about } = behaviour;
  return [behaviour, { ...behaviour, name: `${name}-no-balance`, about: `${about}, no balance`, balance: 'absent' }];
}
