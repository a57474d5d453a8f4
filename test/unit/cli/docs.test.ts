/** The README speaks of every command, and its generated blocks are those of the tables. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/cli/commands.js';
import { BLOCKS, fillBlocks, schemaText } from '../../../src/cli/docs.js';
import { openDirectory } from '../../../src/institutions/directory.js';

const root = (name: string) => readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');

test('generated blocks and the schema are up to date (npm run docs)', async () => {
  const readme = root('README.md');
  expect(fillBlocks(readme, { directory: await openDirectory() })).toBe(readme);
  expect(root('accounts.schema.json')).toBe(schemaText());
});

test('each generated block stands in the README once', () => {
  const found = [...root('README.md').matchAll(/^<!-- generated: ([a-z-]+) -->$/gm)].map(([, name]) => name);
  expect(found.toSorted()).toEqual(Object.keys(BLOCKS).toSorted());
});

test.each(COMMANDS)('$name has a summary and examples that begin with the program’s name', ({ summary, examples }) => {
  expect(summary.length).toBeGreaterThan(10);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples) expect(example).toMatch(/\bofx-sync\b/);
});
