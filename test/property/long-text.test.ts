/** Every function that reads text of a bank takes time in proportion to its length, whatever the text is. */

import { describe, expect, test } from 'vitest';
import { decimalMark, doubtfulMark, parseAmount, parseMoney, parseQuantity } from '../../src/ofx/amount.js';
import { parseDate, parseDateTime } from '../../src/ofx/date-time.js';
import { excerpt } from '../../src/ofx/notices.js';
import { isWindowTooLong } from '../../src/ofx/status.js';
import { cleanValue } from '../../src/ofx/text/characters.js';
import { decode, wholeText } from '../../src/ofx/text/charset.js';
import { decodeEntities, escapeText } from '../../src/ofx/text/entities.js';
import { readHeader } from '../../src/ofx/text/header.js';
import { unreadable } from '../../src/ofx/unpack/identify.js';
import { unwrap } from '../../src/ofx/unpack/unwrap.js';
import { webPage } from '../../src/ofx/unpack/web-page.js';
import { maskEchoes } from '../../src/ofx/write/echo.js';
import { redactOfx, redactText, withoutLongNumbers } from '../../src/ofx/write/redact.js';
import { excess, longTexts } from '../support/long-patterns.js';

const status = (message: string) => ({ code: 2000, severity: 'ERROR', message });
const bytes = (text: string) => Buffer.from(text, 'utf8');

/** Beginnings after which a function goes on reading. */
const AFTER = {
  header: ['OFXHEADER:100\nVERSION:', '<?OFX VERSION="', '<?xml encoding=', '<!--', 'CHARSET:'],
  page: ['', '<html>', '<?xml ', '<!--', '<html><title'],
  file: ['', ':20:\n', '!Type:', 'D1\n', 'From:', '<Document '],
  container: [
    '',
    '{"a":"',
    'Content-Transfer-Encoding: base64\n\n',
    '&lt;OFX&gt;',
    '<![CDATA[<OFX>',
    '%3COFX%3E',
    '> OFXHEADER',
  ],
};
const after = (beginnings: readonly string[], read: (text: string) => unknown) => (text: string) => {
  for (const beginning of beginnings) read(beginning + text);
};

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseAmount,
  parseMoney: (text) => parseMoney(text, 'USD'),
  parseQuantity: (text) => parseQuantity(text),
  decimalMark,
  doubtfulMark,
  parseDate,
  parseDateTime,
  excerpt,
  isWindowTooLong: (text) => isWindowTooLong(status(text)),
  cleanValue: (text) => cleanValue(text, { isAmount: false }),
  'cleanValue of an amount': (text) => cleanValue(text, { isAmount: true }),
  decodeEntities,
  escapeText,
  decode: after(AFTER.header, (text) => wholeText(decode(bytes(text)))),
  readHeader: after(AFTER.header, (text) => readHeader(decode(bytes(text)))),
  unreadable: after(AFTER.file, (text) => unreadable(text, bytes(text), 'reply')),
  unwrap: after(AFTER.container, (text) => unwrap(bytes(text))),
  webPage: after(AFTER.page, (text) => webPage(bytes(text))),
  maskEchoes: (text) => maskEchoes(bytes(`<OFX><MESSAGE>secret ${text}`), ['secret']),
  redactOfx: (text) => redactOfx(`<MEMO>${text}`),
  redactText,
  withoutLongNumbers,
};

describe('long text', () => {
  test.each(Object.entries(READERS))('%s', (_, read) => {
    for (const [name] of longTexts(1)) {
      const texts = new Map<number, string>();
      const textOf = (length: number) => {
        const text = texts.get(length) ?? new Map(longTexts(length)).get(name) ?? '';
        texts.set(length, text);
        return text;
      };
      expect(
        excess((length) => read(textOf(length))),
        name,
      ).toBeLessThan(1);
    }
  });

  test('a header of blanks within the beginning that is searched', () => {
    const text = (length: number) => bytes(`VERSION:${' '.repeat(length)}${'x'.repeat(90)}`);
    expect(excess((length) => readHeader(decode(text(length))), 950)).toBeLessThan(1);
  });
});
