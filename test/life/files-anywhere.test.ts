/** Files end in the same transactions whenever they are imported: at once, or days and weeks later. */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { scratchDirInMemory } from '../support/scratch.js';
import { money } from './bank/write.js';
import { BEHAVIOURS } from './behaviours/index.js';
import { live } from './life.js';
import { PROGRAM } from './program.js';
import { randomOf } from './random.js';

const WITH_FILES = BEHAVIOURS.filter(({ files }) => files !== undefined);
const BOUNDS = fileURLToPath(new URL('files-anywhere.json', import.meta.url));

type ImportAt = (download: number, last: number) => number;
const atOnce: ImportAt = (download) => download;
const later: ImportAt = (download, last) => Math.min(last, download + randomOf(`later ${download}`).int(1, 60) * 24);

/** Returns the amounts that each account has in the end, with the number of times. */
async function amountsOf(importAt: ImportAt): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const folder = scratchDirInMemory();
  const life = await live(PROGRAM, { behaviours: WITH_FILES, seed: '2', months: 2, folder, importAt });
  const amounts = WITH_FILES.map(({ name }): [string, ReadonlyMap<string, number>] => {
    const counts = new Map<string, number>();
    for (const { cents } of life.household.transactions(name))
      counts.set(money(cents), (counts.get(money(cents)) ?? 0) + 1);
    return [name, counts];
  });
  await life.close();
  return new Map(amounts);
}

test('files may be imported at any moment', async () => {
  const first = await amountsOf(atOnce);
  const second = await amountsOf(later);
  const differences = Object.fromEntries(
    [...first].map(([name, amounts]) => [name, different(amounts, second.get(name) ?? new Map())]),
  );
  if (process.env['OFX_SYNC_LIFE_BOUNDS'] === 'write')
    writeFileSync(BOUNDS, `${JSON.stringify(differences, null, 2)}\n`);
  const bounds = JSON.parse(readFileSync(BOUNDS, 'utf8')) as Record<string, number>;
  expect(Object.keys(bounds)).toEqual(Object.keys(differences));
  expect([...first.values()].every((amounts) => amounts.size > 100)).toBe(true);
  expect(Object.entries(differences).filter(([name, count]) => count > (bounds[name] ?? 0))).toEqual([]);
}, 900_000);

/** Returns the number of transactions that only one of both has. */
function different(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  const amounts = new Set([...a.keys(), ...b.keys()]);
  return [...amounts].reduce((sum, amount) => sum + Math.abs((a.get(amount) ?? 0) - (b.get(amount) ?? 0)), 0);
}
