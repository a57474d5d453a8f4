/**
 * Thirds of a year (with `.ci/run --full` years) in which accounts move from one source to another and back, all pairs of sources, each
 * with two banks (five): nothing is there twice, nothing is lost, and reading the kept replies again changes nothing. To write the
 * figures of today as bounds:
 *
 *   OFX_SYNC_FULL=1 OFX_SYNC_LIFE_BOUNDS=write npx vitest run --project slow test/life/moves.test.ts
 */

import { expect, test } from 'vitest';
import { scratchDirInMemory } from '../support/scratch.js';
import { IN_FULL } from '../support/simulated-year.js';
import { isMove, movesOf } from './behaviours/moves.js';
import { type Bound, figuresOf, worseThanBounds } from './bounds.js';
import { live, replayedRows } from './life.js';
import { PROGRAM } from './program.js';
import type { AccountReport } from './report.js';

/** Each change is tested with four months of the first two, which choose differently in everything. */
const SEEDS = IN_FULL ? [1, 2, 3, 4, 5] : [1, 2];
const MONTHS = IN_FULL ? 12 : 4;

/** Replies are read again after one of the years, which takes as long as the year. */
const REPLAYED_SEED = 1;

async function yearOf(
  seed: number,
): Promise<{ reports: readonly AccountReport[]; replayed: ReadonlyMap<string, number> }> {
  const behaviours = movesOf(seed);
  const life = await live(PROGRAM, { behaviours, seed: String(seed), months: MONTHS, folder: scratchDirInMemory() });
  const reports = life.reports();
  const replayed = seed === REPLAYED_SEED ? await replayedRows(life) : new Map<string, number>();
  await life.close();
  return { reports, replayed };
}

test('an account that moves has each transaction once', async () => {
  const figures = new Map<string, Bound>();
  const few: string[] = [];
  for (const seed of SEEDS) {
    const { reports, replayed } = await yearOf(seed);
    for (const report of reports) {
      const { name, expected, ours } = report;
      figures.set(name, sum(figures.get(name), figuresOf(report, replayed.get(name) ?? 0)));
      if (expected < MONTHS * 83 || ours.right < expected * 0.99) few.push(`${name} of year ${seed}`);
    }
  }
  expect(few).toEqual([]);
  expect(worseThanBounds(figures, isMove)).toEqual([]);
  const wrong = [...figures].filter(([, { lost, doubled }]) => lost + doubled > 0);
  expect(wrong).toEqual([]);
}, 1_800_000);

function sum(a: Bound | undefined, b: Bound): Bound {
  if (a === undefined) return b;
  return {
    lost: a.lost + b.lost,
    doubled: a.doubled + b.doubled,
    distorted: a.distorted + b.distorted,
    unreported: a.unreported + b.unreported,
    unseen: a.unseen + b.unseen,
    needless: a.needless + b.needless,
    replayed: a.replayed + b.replayed,
  };
}
