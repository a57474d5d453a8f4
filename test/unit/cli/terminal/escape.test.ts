/** Nothing that a bank writes reaches a terminal raw. */

import { expect, test } from 'vitest';
import { visible } from '../../../../src/cli/terminal/escape.js';
import { shortened, table } from '../../../../src/cli/terminal/table.js';
import { fc } from '../../../support/properties.js';

test.each([
  ['\u001b[31mred', '␛[31mred'],
  ['a\r\nb', 'a␍␊b'],
  ['\u202egpj.exe', '<U+202E>gpj.exe'],
  ['zero\u200bwidth', 'zero<U+200B>width'],
  ['Épicerie ☕ 中文', 'Épicerie ☕ 中文'],
])('%j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

test('no control character is left, whatever comes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(visible(text))),
  );
});

test('wide characters count as two columns', () => {
  expect(
    table(
      [
        ['中文', '1'],
        ['ab', '22'],
      ],
      [{ align: 'left' }, { align: 'right' }],
      80,
    ),
  ).toEqual(['中文   1', 'ab    22']);
  expect(shortened('中文中文', 5)).toBe('中文…');
});

test('a narrow terminal shortens the flexible column only', () => {
  const lines = table(
    [['2026-11-20', 'a very long name of a shop', '-12.34']],
    [{ align: 'left' }, { align: 'left', flexible: true }, { align: 'right' }],
    32,
  );
  expect(lines).toEqual(['2026-11-20  a very long…  -12.34']);
});
