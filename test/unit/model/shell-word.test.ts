import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../../src/model/shell-word.js';
import { fc } from '../../support/properties.js';

test.each([
  ['river', 'river'],
  ['river/checking', 'river/checking'],
  ['東京三菱銀行', '東京三菱銀行'],
  ['my bank', '"my bank"'],
  ["it's $HOME", "'it'\\''s $HOME'"],
  ['', "''"],
])('%j is %s', (text, word) => {
  expect(shellWord(text)).toBe(word);
});

test('a shell returns exactly the original text', () => {
  const texts = fc.sample(
    fc.string({ unit: 'grapheme', maxLength: 12 }).filter((text) => !text.includes('\0')),
    200,
  );
  const script = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`).join('\n');
  const said = execFileSync('sh', ['-c', script], { encoding: 'utf8' });
  expect(said.split('\0').slice(0, -1)).toEqual(texts);
});
