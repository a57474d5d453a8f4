/**
 * Months with all banks of the simulator: no behaviour may get worse than `bounds.json` says, and reading the kept
 * replies and files again changes nothing. To write the figures of today as bounds, after an improvement:
 *
 *   OFX_SYNC_LIFE_BOUNDS=write npx vitest run --project slow test/life/bounds.test.ts
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchDirInMemory } from '../support/scratch.js';
import { BEHAVIOURS } from './behaviours/index.js';
import { type Life, live, replayedRows } from './life.js';
import { PROGRAM } from './program.js';
import type { AccountReport } from './report.js';

/** Most errors of a behaviour; in the file, zero is omitted. */
interface Bound {
  readonly lost: number;
  readonly doubled: number;
  readonly distorted: number;
  readonly unreported: number;
  /** Rows that the bank lists and that were never requested. */
  readonly unseen: number;
  /** Gaps of days in which nothing is wrong. */
  readonly needless: number;
  /** Rows of the store that a replay adds, removes or changes. */
  readonly replayed: number;
}

const BOUNDS = fileURLToPath(new URL('bounds.json', import.meta.url));
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

function figuresOf({ name, ours, unseen, needless }: AccountReport): Bound {
  const { lost, doubled, distorted, reported } = ours;
  const unreported = lost + doubled + distorted - reported;
  return { lost, doubled, distorted, unreported, unseen, needless, replayed: replayed.get(name) ?? 0 };
}

test('no behaviour gets worse', () => {
  const figures = Object.fromEntries(reports.map((report) => [report.name, figuresOf(report)]));
  if (process.env['OFX_SYNC_LIFE_BOUNDS'] === 'write') writeFileSync(BOUNDS, printed(figures));
  const bounds = JSON.parse(readFileSync(BOUNDS, 'utf8')) as Record<string, Partial<Bound>>;
  expect(Object.keys(bounds)).toEqual(Object.keys(figures));
  const worse = Object.entries(figures).flatMap(([name, figure]) =>
    Object.entries(figure).flatMap(([key, count]) => {
      const most = Object.entries(bounds[name] ?? {}).find(([other]) => other === key)?.[1] ?? 0;
      return count > most ? [`${name}: ${count} ${key}, at most ${most}`] : [];
    }),
  );
  expect(worse).toEqual([]);
});

test('each behaviour delivered months of movements, and most are right', () => {
  const few = reports.filter(({ expected, ours }) => expected < 80 || ours.right < expected * 0.8);
  expect(few.map(({ name }) => name)).toEqual([]);
});

function printed(figures: Readonly<Record<string, Bound>>): string {
  const lines = Object.entries(figures).map(([name, figure]) => `  ${JSON.stringify(name)}: ${spaced(figure)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Omits zeros. */
function spaced(figure: Bound): string {
  const entries = Object.entries(figure).flatMap(([key, count]) => (count === 0 ? [] : [`"${key}": ${count}`]));
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
}
