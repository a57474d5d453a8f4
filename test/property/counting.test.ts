/**
 * Every transaction that a file writes is in the output or in a notice: counted in the text itself, without the reader.
 * OFX_SYNC_FUZZ_MINUTES is how long files are broken, each time others.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OfxError } from '../../src/errors.js';
import type { OfxFile } from '../../src/ofx/file.js';
import { parseOfx } from '../../src/ofx/read.js';
import { fc } from '../support/properties.js';

const minutes = Number(process.env['OFX_SYNC_FUZZ_MINUTES'] ?? '0');
const MINUTE_MS = 60_000;
const HOW = minutes > 0 ? { numRuns: 1_000_000_000, interruptAfterTimeLimit: minutes * MINUTE_MS } : { numRuns: 2_000 };
/** A transaction in a comment or CDATA section has a notice of its own. */
const LEFT_OUT = /^(?:(?:bad|stray|truncated)-transaction|unknown-element|comment)$/;

const FOLDER = new URL('../fixtures/statements/', import.meta.url);
/** Files whose text can be searched for tags. */
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.ofx') && !/^(?:not-ofx|wrapped|comments?-)|utf(?:16|32)/.test(name))
  .map((name) => readFileSync(new URL(name, FOLDER), 'latin1').split(/(?=<)/));

interface Break {
  readonly how: keyof typeof BREAKS;
  readonly at: number;
  readonly other: number;
}

/** Each changes the tags, with the text after them, of a file. */
const BREAKS = {
  lost: (tags: string[], at: number) => tags.splice(at, 1),
  doubled: (tags: string[], at: number, other: number) => tags.splice(at, 0, tags[other] ?? ''),
  exchanged: (tags: string[], at: number, other: number) => {
    [tags[at], tags[other]] = [tags[other] ?? '', tags[at] ?? ''];
  },
  'without its end': (tags: string[], at: number) => {
    tags[at] = (tags[at] ?? '').replace('>', '');
  },
  'without its beginning': (tags: string[], at: number) => {
    tags[at] = (tags[at] ?? '').replace('<', '');
  },
  turned: (tags: string[], at: number) => {
    tags[at] = (tags[at] ?? '').replace(/^<\/?/, (start) => (start === '<' ? '</' : '<'));
  },
  'cut here': (tags: string[], at: number) => tags.splice(at + 1),
} as const;

function broken(file: readonly string[], breaks: readonly Break[]): string {
  const tags = [...file];
  for (const { how, at, other } of breaks) BREAKS[how](tags, at % tags.length, other % tags.length);
  return tags.join('');
}

function counted({ statements, notices }: OfxFile): number {
  const read = statements.flatMap(({ transactions }) => transactions);
  const isWritten = read.filter(({ investment }) => investment === null || investment.action === 'INVBANKTRAN');
  const all = [...notices, ...statements.flatMap((statement) => statement.notices)];
  const left = all.filter(({ code }) => LEFT_OUT.test(code)).reduce((sum, { count }) => sum + (count ?? 1), 0);
  return isWritten.length + left;
}

test('tags lost, doubled, exchanged and broken: no transaction is lost in silence', {
  timeout: Math.max(2, minutes * 2) * MINUTE_MS,
}, () => {
  const index = fc.nat({ max: 10_000 });
  const oneBreak: fc.Arbitrary<Break> = fc.record({
    how: fc.constantFrom(...(Object.keys(BREAKS) as (keyof typeof BREAKS)[])),
    at: index,
    other: index,
  });
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(oneBreak, { minLength: 1, maxLength: 5 }), (file, breaks) => {
      const text = broken(file, breaks);
      const written = text.match(/<(?:LOAN)?STMTTRN>/gi)?.length ?? 0;
      try {
        expect(counted(parseOfx(Buffer.from(text, 'latin1')))).toBeGreaterThanOrEqual(written);
      } catch (error) {
        // Nothing of a statement is left, and the error says so.
        if (!(error instanceof OfxError)) throw error;
        expect(error.hint).not.toBeNull();
      }
    }),
    HOW,
  );
});
