/**
 * 50,000 characters of a pattern in any field of a reply are read in proportion to their length. Each pattern is tried in a third
 * of the fields, and each field with a third of the patterns; with `.ci/run --full` all with all, and 100,000 characters.
 */

import { describe, expect, test } from 'vitest';
import { inspectJson } from '../../src/ofx/file.js';
import { parseOfx } from '../../src/ofx/read.js';
import { fieldsOfReply, fullReply } from '../support/full-reply.js';
import { excess, longTexts } from '../support/long-patterns.js';
import { IN_FULL } from '../support/simulated-year.js';

const LENGTH = IN_FULL ? 100_000 : 50_000;
/** A pattern is tried in one of so many fields, the next pattern in others. */
const TURNS = IN_FULL ? 1 : 3;
const FIELDS = fieldsOfReply();
const NAMES = longTexts(0).map(([name]) => name);
const fieldsFor = (name: string) => FIELDS.filter((_, index) => (index + NAMES.indexOf(name)) % TURNS === 0);

function replyWith(field: string, text: string): Buffer {
  return Buffer.from(fullReply((name) => (name === field ? text : null)));
}

describe('long fields', () => {
  test('the reply has every kind of statement, and nothing in it needs repair', () => {
    const { statements, notices } = parseOfx(Buffer.from(fullReply()));
    expect(statements.map(({ kind }) => kind)).toEqual(['bank', 'creditcard', 'creditcard', 'loan', 'investment']);
    expect(statements.map(({ transactions }) => transactions.length)).toEqual([1, 1, 0, 1, 2]);
    expect([...notices, ...statements.flatMap((one) => one.notices)]).toEqual([]);
    expect(FIELDS.length).toBeGreaterThan(150);
    expect(new Set(FIELDS).size).toBe(FIELDS.length);
  });

  test.each(longTexts(LENGTH))('%s', (name, long) => {
    const texts = new Map([LENGTH, LENGTH / 4].map((length) => [length, new Map(longTexts(length)).get(name) ?? long]));
    for (const field of fieldsFor(name)) {
      const share = excess((length) => {
        const file = parseOfx(replyWith(field, texts.get(length) ?? long));
        const all = [...file.notices, ...file.statements.flatMap(({ notices }) => notices)];
        for (const { message } of all) expect(message.length).toBeLessThan(1_000);
        inspectJson(file);
      }, LENGTH / 4);
      expect(share, field).toBeLessThan(1);
    }
  });
});
