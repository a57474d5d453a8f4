/** A text that is passed over without the expression for the spellings of a secret has none of them. */

import { expect, test } from 'vitest';
import { referenceNames } from '../../src/ofx/text/entities.js';
import { textMask } from '../../src/ofx/write/echo.js';
import { mayOccur } from '../../src/ofx/write/occurrence.js';
import { spellingPattern } from '../../src/ofx/write/spellings.js';
import { fc } from '../support/properties.js';

const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, '0');

/** The ways in which a bank may write a character. */
const WAYS: readonly ((character: string) => string)[] = [
  (character) => character,
  (character) => character.toUpperCase(),
  (character) => character.toLowerCase(),
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&AMP;amp;#x0${hex(character)};`,
  (character) => `&${referenceNames(character)[0] ?? `#${character.charCodeAt(0)}`};`,
  (character) => `%${hex(character)}`,
  (character) => `%2525${hex(character).toUpperCase()}`,
  (character) => `=${hex(character)}`,
  (character) => `\\u00${hex(character)}`,
  (character) => `\\x${hex(character)}`,
  (character) => (character === ' ' ? '\t\r\n' : character),
  (character) => (character === ' ' ? '+' : character),
];
const BETWEEN = ['', '', '', '\0', '\0\0\0', '=\r\n', '=\n'];

const value = fc.string({ unit: fc.constantFrom(...'aZ9 &%=\\+"<>;?-kK'), minLength: 4, maxLength: 6 });
const spelled = fc.tuple(
  value,
  fc.array(fc.nat(WAYS.length - 1), { minLength: 6, maxLength: 6 }),
  fc.array(fc.constantFrom(...BETWEEN), { minLength: 6, maxLength: 6 }),
  fc.string({ unit: fc.constantFrom(...'aZ9 &%=\\+"<>;?-'), maxLength: 6 }),
);

test('every spelling of a value is looked for', () => {
  fc.assert(
    fc.property(spelled, ([secret, ways, between, before]) => {
      const written = [...secret].map((one, at) => `${WAYS[ways[at] ?? 0]?.(one)}${between[at]}`).join('');
      const text = `${before}${written}>`;
      const isFound = new RegExp(spellingPattern([secret]) ?? '', 'i').test(text);
      if (isFound) expect([secret, text, mayOccur(secret, text)]).toEqual([secret, text, true]);
    }),
    { numRuns: 200 },
  );
});

test('a value in its usual spelling is always masked, and most texts are passed over', () => {
  fc.assert(
    fc.property(value, (secret) => {
      expect(textMask([secret])(`<MESSAGE>the password ${secret}:`)).not.toContain(`${secret}:`);
    }),
    { numRuns: 30 },
  );
  expect(mayOccur('Corr3ct-horse', '<?xml version="1.0"?><OFX><NAME>Corner &amp; Co 100%')).toBe(false);
});
