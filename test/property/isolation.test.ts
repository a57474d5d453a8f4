/** Whichever institutions fail, and however: what is stored of the others is the same to the letter. */

import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { dump } from '../support/dump.js';
import { configText } from '../support/institutions.js';
import { fc } from '../support/properties.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const NAMES = ['one', 'two', 'three', 'four', 'five'] as const;
const TWO =
  '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }, { name: card, kind: creditcard, id: "5500005555555559" }]';
const fault = fc.constantFrom(
  null,
  null,
  'http-403',
  'http-500',
  'reset',
  'html',
  'empty',
  'truncated',
  'garbage',
  'signon-15500',
  'general-2000',
  'refuse',
  'redirect',
  'bomb',
);
const now = (day: string) => () => new Date(`${day}T07:00:00`);

const config = (query: (index: number) => string) =>
  configText(NAMES.map((name, index) => ({ name, url: `sandbox://meadow${query(index)}`, accounts: TWO })));

/** The folder as the first morning leaves it, in which nothing fails. */
const afterFirst = scratchDir();
beforeAll(async () => {
  writeFileSync(
    join(afterFirst, 'accounts.yaml'),
    config(() => ''),
  );
  expect((await runCli(['-q'], { cwd: afterFirst, now: now('2026-11-01') })).code).toBe(0);
});

/** Two mornings; the faults are those of the second. @returns what is stored, by institution. */
async function mornings(faults: readonly (string | null)[]): Promise<Map<string, string[]>> {
  const cwd = scratchDir();
  cpSync(afterFirst, cwd, { recursive: true });
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    config((index) => (faults[index] == null ? '' : `?fault=${faults[index]}`)),
  );
  await runCli(['-q', '--retries', '0'], { cwd, now: now('2026-11-20') });
  const tables = dump(join(cwd, 'data'));
  // Numbers of changes count across accounts, and say nothing of one.
  const rows = [...(tables['transactions'] ?? []), ...(tables['accounts'] ?? [])].map(
    ({ added: _, changed: __, ...row }) => row,
  );
  const of = (name: string) => rows.filter((row) => row['institution'] === name).map((row) => JSON.stringify(row));
  return new Map(NAMES.map((name) => [name, of(name)]));
}

test('any subset of failing institutions', async () => {
  const undisturbed = await mornings([]);
  await fc.assert(
    fc.asyncProperty(fc.array(fault, { minLength: NAMES.length, maxLength: NAMES.length }), async (faults) => {
      const stored = await mornings(faults);
      for (const [index, name] of NAMES.entries()) {
        if (faults[index] !== null) continue;
        expect(stored.get(name)).toEqual(undisturbed.get(name));
        expect(stored.get(name)?.length).toBeGreaterThan(20);
      }
    }),
    { numRuns: Number(process.env['OFX_SYNC_RUNS'] ?? 8) },
  );
});

test('a second sync of the same moment changes nothing at all', async () => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText(NAMES.map((name) => ({ name, url: 'sandbox://meadow', accounts: TWO }))),
  );
  await runCli(['-q'], { cwd, now: now('2026-11-20') });
  const { statements: first, ...before } = dump(join(cwd, 'data'));
  await runCli(['-q'], { cwd, now: now('2026-11-20') });
  const { statements: second, ...after } = dump(join(cwd, 'data'));
  expect(after).toEqual(before);
  expect(second?.length).toBe(first?.length);
});
