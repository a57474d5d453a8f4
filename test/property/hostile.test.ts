/** Input made to hurt: each ends with statements or a clear error, and keeps what it keeps small. */

import { describe, expect, test } from 'vitest';
import { OfxError } from '../../src/errors.js';
import { parseOfx, readOfx } from '../../src/ofx/read.js';

const MB = 1_000_000;
const HEADER = 'OFXHEADER:100\r\nVERSION:102\r\n\r\n<OFX>';
const LIST = `${HEADER}<BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKTRANLIST>`;
const IN_NAME = `${LIST}<STMTTRN><DTPOSTED>20260101<TRNAMT>1<NAME>`;

function filled(start: string, piece: string, size = MB): string {
  return start + piece.repeat(Math.ceil((size - start.length) / piece.length));
}

function numbered(start: string, piece: (index: number) => string, count: number): string {
  return start + Array.from({ length: count }, (_, index) => piece(index)).join('');
}

const INPUTS: Readonly<Record<string, () => string>> = {
  'nothing but <': () => filled('', '<'),
  '< in a root': () => filled(HEADER, '<'),
  '< in a value': () => filled(IN_NAME, '<'),
  'names that never end': () => filled(IN_NAME, '<a'),
  'one endless name': () => `${filled(`${HEADER}<`, 'A')}>`,
  '10,000 levels of one name': () => filled(HEADER, '<A>', 30_000),
  'a million levels of aggregates': () => filled(HEADER, '<BAL>'),
  'levels of different names': () => numbered(LIST, (index) => `<N${index}>`, 200_000),
  'values of different names': () => numbered(IN_NAME, (index) => `<N${index}>x`, 200_000),
  'a tag with a million attributes': () => `${filled(`${HEADER}<BANKMSGSRSV1 `, 'a="b" ')}>`,
  'attributes that never end': () => filled(HEADER, '<A b="c'),
  'comments that never end': () => filled(HEADER, '<!--'),
  'comments that never end in a value': () => filled(IN_NAME, '<!--'),
  'instructions that never end': () => filled(HEADER, '<?'),
  'declarations that never end': () => filled(HEADER, '<!'),
  'CDATA sections that never end': () => filled(IN_NAME, '<![CDATA['),
  'a flood of &': () => filled(IN_NAME, '&'),
  'a flood of entities': () => filled(IN_NAME, '&lt;'),
  'a flood of numeric entities': () => filled(IN_NAME, '&#x41;'),
  'entities without an end': () => filled(IN_NAME, '&amp'),
  'a megabyte without a line break': () => filled(IN_NAME, 'x'),
  'NUL bytes': () => filled(IN_NAME, '\0'),
  'escape sequences': () => filled(IN_NAME, '\u001b[2J'),
  'end tags of nothing': () => filled(LIST, '</STMTTRN>'),
  'half end tags': () => filled(HEADER, '</'),
  'blanks after <': () => filled(HEADER, '< '),
  'unclosed transactions': () => filled(LIST, '<STMTTRN>'),
  'transactions without a list': () => filled(HEADER, '<STMTTRN>'),
  'transactions that cannot be read': () => numbered(LIST, (index) => `<STMTTRN><TRNAMT>x${index}</STMTTRN>`, 60_000),
  'documents without end': () => filled('', '<OFX><BANKMSGSRSV1><STMTTRNRS></STMTTRNRS></BANKMSGSRSV1></OFX>'),
  'values without end': () => filled(HEADER, '<CODE>1'),
  'aggregates without end': () => filled(HEADER, '<STATUS></STATUS>'),
  'memos without end': () => filled(IN_NAME, '<MEMO>m'),
  'line breaks in a memo': () => filled(IN_NAME, '<br>'),
  'unknown names in a value': () => filled(IN_NAME, '<zz>'),
  'colons for names': () => filled(LIST, '<a:><:b>'),
  'HTML without end': () => filled('<html>', '<p>x</p>'),
  'a table without end': () => filled('', 'a,b,c\n'),
};

describe('hostile input', () => {
  test.each(Object.entries(INPUTS))('%s', async (_, make) => {
    const bytes = Buffer.from(make());
    try {
      const file = await readOfx(bytes);
      const notices = [...file.notices, ...file.statements.flatMap((statement) => statement.notices)];
      expect(notices.length).toBeGreaterThan(0);
      expect(notices.length).toBeLessThan(1_500);
      for (const { message } of notices) expect(message.length).toBeLessThan(1_000);
      expect(file.statements.length).toBeLessThanOrEqual(1_000);
    } catch (error) {
      expect(error).toBeInstanceOf(OfxError);
      expect(error).toMatchObject({ code: 'OFX_UNREADABLE', hint: expect.stringMatching(/\w/) });
    }
  });

  test('random bytes', () => {
    const bytes = Uint8Array.from({ length: MB }, (_, index) => (Math.imul(index, 0x9e3779b1) >>> 13) & 0xff);
    expect(() => parseOfx(bytes)).toThrow(expect.objectContaining({ code: 'OFX_UNREADABLE' }));
  });

  test('names of the prototype are names like any other', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf', 'prototype'];
    const inside = names.map((name) => `<${name}>${name}`).join('');
    const [statement] = parseOfx(
      Buffer.from(`${LIST}<STMTTRN><DTPOSTED>20260101<TRNAMT>1<FITID>1${inside}</STMTTRN></BANKTRANLIST>`),
    ).statements;
    expect(Object.keys(statement?.transactions[0]?.extra ?? {})).toEqual(names.map((name) => name.toUpperCase()));
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
    expect(({} as Record<string, unknown>)['TOSTRING']).toBeUndefined();
  });

  test('control characters and halves of characters leave a value', () => {
    const bytes = Buffer.from(
      `${LIST}<STMTTRN><DTPOSTED>20260101<TRNAMT>1<NAME>a\u0000\u001b[31mb&#xD800;c&#0;\u007f</STMTTRN>`,
    );
    expect(parseOfx(bytes).statements[0]?.transactions[0]?.name).toBe('a[31mb\ufffdc');
  });

  test('reading stops when it is interrupted', async () => {
    const controller = new AbortController();
    const reading = readOfx(Buffer.from(filled(IN_NAME, '<MEMO>m')), controller.signal);
    controller.abort();
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
