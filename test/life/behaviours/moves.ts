/** Accounts that move from one source to another and back, each way of one with each way of the other. */

import type { Behaviour, SourceKind } from '../bank/behaviour.js';
import { late, some } from '../bank/version.js';
import { pendingMarked } from './common.js';
import { stageOf } from './sources.js';

const SOURCES: readonly SourceKind[] = ['url', 'files', 'command', 'simplefin'];
const PAIRS = SOURCES.flatMap((from) => SOURCES.flatMap((to) => (from === to ? [] : [{ from, to }])));

/** Returns the moves between all pairs of sources. The number chooses the ways of both, and whether the bank books late. */
export function movesOf(number: number): readonly Behaviour[] {
  return PAIRS.map(({ from, to }): Behaviour => {
    const [there, here] = [stageOf(from, number), stageOf(to, number * 2 + 1)];
    return {
      name: `move-${from}-${to}`,
      about: `${there.about}, then ${here.about}, then the first one again`,
      points: [],
      plans: number % 2 === 0 ? [some(0.05, late(2))] : [pendingMarked],
      stages: [there, here, there],
    };
  });
}

export function isMove(name: string): boolean {
  return name.startsWith('move-');
}
