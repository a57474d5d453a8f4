import { describe, expect, test } from 'vitest';
import { parseOfx } from '../../../../src/ofx/read.js';
import { plainItemsAt } from '../../../../src/ofx/repair/plain-items.js';
import { fc } from '../../../support/properties.js';

const ITEM = '<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><TRNAMT>-1.50</TRNAMT><NAME>A &amp; B</NAME></STMTTRN>';

describe('items that need no repair', () => {
  test('are found one after another, with the blanks between them', () => {
    const text = `<BANKTRANLIST>\r\n${ITEM}\r\n${ITEM}\r\n</BANKTRANLIST>`;
    const start = text.indexOf('<STMTTRN>');
    const end = text.indexOf('</BANKTRANLIST>');
    expect(plainItemsAt(text, start)).toEqual({ offsets: [start, start + ITEM.length + 2], end });
  });

  test('end before an item that needs repair', () => {
    expect(plainItemsAt(`${ITEM}<STMTTRN><NAME>a</STMTTRN>`, 0)).toEqual({ offsets: [0], end: ITEM.length });
  });

  test('leave the blanks before text to the one who reports that text', () => {
    expect(plainItemsAt(`${ITEM} stray`, 0)?.end).toBe(ITEM.length);
  });

  test('are handed over a few at a time', () => {
    expect(plainItemsAt(ITEM.repeat(1_000), 0)?.offsets).toHaveLength(20);
  });

  test('may have empty values and all three entities', () => {
    const text = '<STMTTRN>\n\t<MEMO></MEMO>\n\t<NAME>&lt;&gt;&amp;amp;</NAME>\n</STMTTRN>';
    expect(plainItemsAt(text, 0)?.end).toBe(text.length);
  });

  test.each([
    ['a value without an end tag', '<NAME>a'],
    ['another end tag', '<NAME>a</MEMO>'],
    ['a name in lower case', '<name>a</name>'],
    ['a name that is not of a transaction', '<BALAMT>1</BALAMT>'],
    ['an attribute', '<NAME x="1">a</NAME>'],
    ['a blank in a tag', '<NAME >a</NAME>'],
    ['an aggregate', '<PAYEE><NAME>a</NAME></PAYEE>'],
    ['a comment', '<!-- a --><NAME>a</NAME>'],
    ['a blank before a value', '<NAME> a</NAME>'],
    ['a blank after a value', '<NAME>a </NAME>'],
    ['a line break in a value', '<NAME>a\nb</NAME>'],
    ['a control character', '<NAME>a\u0007b</NAME>'],
    ['a letter beyond ASCII', '<NAME>\u00e9</NAME>'],
    ['a bare ampersand', '<NAME>a & b</NAME>'],
    ['another entity', '<NAME>a&nbsp;b</NAME>'],
    ['a numeric reference', '<NAME>&#65;</NAME>'],
    ['a >', '<NAME>a > b</NAME>'],
    ['a comma in an amount', '<TRNAMT>1,50</TRNAMT>'],
    ['three decimals', '<TRNAMT>1.500</TRNAMT>'],
    ['a currency sign', '<TRNAMT>$1.50</TRNAMT>'],
    ['an amount without a value', '<TRNAMT></TRNAMT>'],
    ['stray text', '<NAME>a</NAME>stray'],
    ['nothing', ''],
  ])('do not have %s', (_, content) => {
    expect(plainItemsAt(`<STMTTRN>${content}</STMTTRN>`, 0)).toBeNull();
  });
});

/** A statement with these contents of transactions, whose amounts are doubtful unless others show a point. */
function statement(contents: readonly string[], tag: string): Uint8Array {
  const items = contents.map((content) => `${tag}${content}</STMTTRN>`).join('\n');
  const account = '<BANKACCTFROM><BANKID>1</BANKID><ACCTID>2</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM>';
  return Buffer.from(
    `<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="203"?><OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD</CURDEF>${account}<BANKTRANLIST>${items}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>`,
  );
}

const amount = fc.constantFrom('1.50', '-0.00', '+2', '0', '007.5', '1.234', '1,234', '12,5', '-1E2', '$3.00', 'x', '');
const date = fc.constantFrom('20260101', '20260231', '20260101120000[-5:EST]', '2026-01-01', '');
const words = fc
  .array(
    fc.constantFrom('a', 'B', ' ', '&amp;', '&lt;', '&gt;', '&', '&#65;', ';', 'é', '\t', '\n', '>', '"', "'", '='),
    {
      maxLength: 6,
    },
  )
  .map((parts) => parts.join(''));
const content = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constant('TRNAMT'), amount),
      fc.tuple(fc.constantFrom('DTPOSTED', 'DTUSER', 'DTAVAIL'), date),
      fc.tuple(fc.constantFrom('TRNTYPE', 'FITID', 'NAME', 'MEMO', 'CHECKNUM', 'EXTDNAME', 'SRVRTID', 'X.Y'), words),
    ),
    { minLength: 1, maxLength: 7 },
  )
  .map((leaves) => leaves.map(([name, value]) => `<${name}>${value}</${name}>`).join('\n'));

/** Everything that was read, without the offsets of notices. */
function readFrom(contents: readonly string[], tag: string): string {
  return JSON.stringify(parseOfx(statement(contents, tag)), (key, value) => (key === 'offset' ? 0 : value));
}

const contents = fc
  .array(content, { maxLength: 5 })
  .map((others) => ['<TRNAMT>1</TRNAMT><DTPOSTED>20260101</DTPOSTED><NAME>usual</NAME>', ...others]);

test('Transactions are read alike as they stand in the file and tag by tag', () => {
  fc.assert(
    // A blank in the start tag is no error, but none of the usual form.
    fc.property(contents, (all) => {
      expect(readFrom(all, '<STMTTRN>')).toBe(readFrom(all, '<STMTTRN >'));
    }),
    { numRuns: 200 },
  );
});

test('Transactions with the commonest values are read like all the others', () => {
  fc.assert(
    fc.property(contents, (all) => {
      const others = all.map((one) => `${one}<LOANTRNTYPE></LOANTRNTYPE>`);
      expect(readFrom(all, '<STMTTRN>')).toBe(readFrom(others, '<STMTTRN>'));
    }),
    { numRuns: 200 },
  );
});
