/**
 * Months with all banks of the simulator: no behaviour may get worse than `bounds.json` says, and reading the kept
 * replies and files again changes nothing. To write the figures of today as bounds, after an improvement:
 *
 *   OFX_SYNC_LIFE_BOUNDS=write npx vitest run --project slow test/life/bounds.test.ts
 */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchDirInMemory } from '../support/scratch.js';
import { BEHAVIOURS } from './behaviours/index.js';
import { isMove } from './behaviours/moves.js';
import { figuresOf, worseThanBounds } from './bounds.js';
import { type Life, live, replayedRows } from './life.js';
import { PROGRAM } from './program.js';
import type { AccountReport } from './report.js';

const folder = scratchDirInMemory();
let life: Life;
let reports: readonly AccountReport[];
let replayed: ReadonlyMap<string, number>;

beforeAll(async () => {
  life = await live(PROGRAM, { behaviours: BEHAVIOURS, seed: '1', months: 2, folder, keepReplies: 45 });
  reports = life.reports();
  replayed = await replayedRows(life);
}, 900_000);
afterAll(() => life.close());

test('no behaviour gets worse', () => {
  const figures = new Map(reports.map((report) => [report.name, figuresOf(report, replayed.get(report.name) ?? 0)]));
  expect(worseThanBounds(figures, (name) => !isMove(name))).toEqual([]);
});

test('each behaviour delivered months of movements, and most are right', () => {
  const few = reports.filter(({ expected, ours }) => expected < 80 || ours.right < expected * 0.8);
  expect(few.map(({ name }) => name)).toEqual([]);
});
