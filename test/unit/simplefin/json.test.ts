/** JSON whose numbers stay the text that was sent, from bridges that may send anything. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '../../../src/simplefin/json.js';

/** Replaces each number by the text that JSON writes for it. */
function withTexts(value: unknown): unknown {
  if (typeof value === 'number') return JSON.stringify(value);
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withTexts(one)]));
}

test('any JSON is read, and its numbers are texts', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.nat(2), (value, indent) => {
      expect(parseJson(JSON.stringify(value, null, indent))).toEqual(withTexts(JSON.parse(JSON.stringify(value))));
    }),
  );
});

test.each([
  ['digits that a number would lose', '{"a":-12345678901234567.890}', { a: '-12345678901234567.890' }],
  ['an exponent', '[1e5,-0.5E-3]', ['1e5', '-0.5E-3']],
  ['quotes and backslashes in strings', String.raw`["\\","\"1\\\"2","-3"]`, ['\\', '"1\\"2', '-3']],
])('%s', (_, text, value) => {
  expect(parseJson(text)).toEqual(value);
});

test.each(['01', '1.2.3', '.5', '-', '1 2', '{"a":1"b"}', '"open', '+1', '1e', '--1'])('%s is not JSON', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

describe('texts that are made to cost time', () => {
  const LONG = 2_000_000;

  test('a string of many letters, or of many escapes, is read', () => {
    expect(parseJson(`"${'a'.repeat(LONG)}"`)).toHaveLength(LONG);
    expect(parseJson(`"${'\\n'.repeat(LONG)}"`)).toHaveLength(LONG);
  });

  test.each(['"\\', '"', '-', '1', '1 ', '\\'])('%s without end is refused', (piece) => {
    expect(() => parseJson(`[${piece.repeat(LONG)}`)).toThrow(SyntaxError);
  });
});
