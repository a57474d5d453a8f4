/**
 * A statement says the same in whatever way it is written. OFX_SYNC_FUZZ_MINUTES is how long ways are combined, each time
 * others: `OFX_SYNC_FUZZ_MINUTES=10 npx vitest run test/property/meaning.test.ts -t together`.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { OfxFile } from '../../src/ofx/file.js';
import { parseOfx, repairedText } from '../../src/ofx/read.js';
import { type OfxNode, treeOf, writeTree } from '../support/ofx-tree.js';
import { fc } from '../support/properties.js';
import { HEADERS, ORDERS, PACKAGES, STYLES } from '../support/ways-of-writing.js';

const minutes = Number(process.env['OFX_SYNC_FUZZ_MINUTES'] ?? '0');
const MINUTE_MS = 60_000;
const HOW = minutes > 0 ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: minutes * MINUTE_MS } : { numRuns: 500 };

const FOLDER = new URL('../fixtures/statements/', import.meta.url);
const FIXTURES = [
  ...['statement-in-full', 'transaction-in-full', 'credit-card', 'certificate-of-deposit', 'loan', 'pending'],
  ...['investment-transactions', 'investment-positions', 'investment-401k'],
  ...['two-statements', 'closing-statements', 'statuses', 'profile-and-accounts'],
];

interface Base {
  readonly tree: readonly OfxNode[];
  readonly said: unknown;
}

const bases: ReadonlyMap<string, Base> = new Map(
  FIXTURES.map((name) => {
    const tree = treeOf(repairedText(readFileSync(new URL(`${name}.ofx`, FOLDER))));
    return [name, { tree, said: saidBy(parseOfx(Buffer.from(writeTree(tree)))) }];
  }),
);

/** Everything but what was forgiven. Message sets may come in any order, and so may their statements. */
function saidBy({ signon, statements, accounts, profile }: OfxFile): unknown {
  const said = statements.map(({ notices: _, ...statement }) => JSON.stringify(statement));
  return { signon, accounts, profile, statements: said.toSorted() };
}

interface Way {
  readonly style: string;
  readonly order: string;
  readonly header: string;
  readonly packed: string;
}

const PLAINLY: Way = { style: 'as in the specification of 1.x', order: 'as they are', header: '1.x', packed: 'UTF-8' };

function written(tree: readonly OfxNode[], { style, order, header, packed }: Way): Uint8Array {
  const ordered = ORDERS[order]?.(tree) ?? [];
  const pack = PACKAGES[packed];
  if (pack === undefined) throw new Error(`no way of packing: ${packed}`);
  return pack(`${HEADERS[header] ?? ''}${writeTree(ordered, STYLES[style])}`);
}

const alone: readonly (readonly [string, Way])[] = [
  ...Object.keys(STYLES).map((style) => [`tags: ${style}`, { ...PLAINLY, style }] as const),
  ...Object.keys(ORDERS).map((order) => [`order: ${order}`, { ...PLAINLY, order }] as const),
  ...Object.keys(HEADERS).map((header) => [`header: ${header}`, { ...PLAINLY, header }] as const),
  ...Object.keys(PACKAGES).map((packed) => [`bytes: ${packed}`, { ...PLAINLY, packed }] as const),
];

describe('one way of writing changes nothing', () => {
  test.each(alone)('%s', (_, way) => {
    for (const [name, { tree, said }] of bases)
      expect({ name, said: saidBy(parseOfx(written(tree, way))) }).toEqual({ name, said });
  });
});

test('ways of writing together change nothing', { timeout: Math.max(2, minutes * 2) * MINUTE_MS }, () => {
  const way: fc.Arbitrary<Way> = fc.record({
    style: fc.constantFrom(...Object.keys(STYLES)),
    order: fc.constantFrom(...Object.keys(ORDERS)),
    header: fc.constantFrom(...Object.keys(HEADERS)),
    packed: fc.constantFrom(...Object.keys(PACKAGES)),
  });
  fc.assert(
    fc.property(fc.constantFrom(...FIXTURES), way, (name, one) => {
      const base = bases.get(name);
      expect(saidBy(parseOfx(written(base?.tree ?? [], one)))).toEqual(base?.said);
    }),
    HOW,
  );
});
