/** The width of texts in tables, against the package that knows every character. */

import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { columnsOf } from '../../src/cli/terminal/table.js';

test('every character has the width that it takes in a terminal', () => {
  const wrong: string[] = [];
  for (let code = 0x20; code <= 0xffff; code += 1) {
    const char = String.fromCharCode(code);
    if (code !== 0x7f && columnsOf(char) !== stringWidth(char)) wrong.push(code.toString(16));
  }
  expect(wrong).toEqual([]);
});

test('and so has a text of several, marks and emoji included', () => {
  const parts = fc.array(
    fc.oneof(
      fc.constantFrom('•', '…', '─', '✓', 'é', 'a', '\u0301', '\ufe0f', '日', '👩‍👧', '©', '▆'),
      fc.string({ unit: 'grapheme' }),
    ),
  );
  fc.assert(
    fc.property(parts, (some) => {
      const text = some.join('');
      expect(columnsOf(text)).toBe(stringWidth(text));
    }),
  );
});
