/** The repair stage alone: markup in, well-formed markup and named repairs out. */

import { describe, expect, test } from 'vitest';
import { NoticeList } from '../../../../src/ofx/notices.js';
import { Repair } from '../../../../src/ofx/repair/repair.js';
import { REPAIRS } from '../../../../src/ofx/repair/repair-notices.js';
import { TextSink } from '../../../../src/ofx/repair/sink.js';

function repaired(text: string, budget = 1_000): { readonly xml: string; readonly names: readonly string[] } {
  const sink = new TextSink();
  const notices = new NoticeList();
  const repair = new Repair({ markup: text, textOf: (piece) => piece }, sink, notices);
  while (repair.run(budget));
  return { xml: sink.parts.map((line) => line.trim()).join(''), names: notices.toArray().map(({ code }) => code) };
}

describe('repair', () => {
  test.each([
    ['SGML leaves', '<OFX><STATUS><CODE>0<SEVERITY>INFO</STATUS></OFX>', []],
    ['closed leaves', '<OFX><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS></OFX>', []],
    ['lower case', '<ofx><status><code>0<severity>INFO</status></ofx>', ['name-spelling']],
    ['a prefix', '<o:OFX><o:STATUS><o:CODE>0</o:CODE><SEVERITY>INFO</o:STATUS></o:OFX>', ['name-spelling']],
    ['attributes', '<OFX a="1" b><STATUS><CODE x=">0<SEVERITY>INFO</STATUS></OFX>', ['attributes']],
    ['blanks in tags', '< OFX >< STATUS ><CODE >0<SEVERITY\n>INFO</ STATUS ></OFX >', []],
    ['a missing end tag', '<OFX><STATUS><CODE>0<SEVERITY>INFO</OFX>', ['missing-end-tag']],
    ['an extra end tag', '<OFX><STATUS><CODE>0<SEVERITY>INFO</STATUS></FOO></OFX>', ['stray-end-tag']],
    ['text between elements', '<OFX>abc<STATUS>\n<CODE>0<SEVERITY>INFO</STATUS></OFX>', ['stray-text']],
    ['other text around the document', 'junk <b> <OFX><STATUS><CODE>0<SEVERITY>INFO</STATUS></OFX> more <b>junk', []],
    ['a comment', '<!-- <OFX> --><OFX><STATUS><CODE><!-- 1 -->0<SEVERITY>INFO</STATUS></OFX>', []],
    ['CDATA', '<OFX><STATUS><CODE><![CDATA[0]]></CODE><SEVERITY>INFO</STATUS></OFX>', ['cdata']],
  ])('%s', (_, text, names) => {
    expect(repaired(text)).toEqual({
      xml: '<OFX><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS></OFX>',
      names,
    });
  });

  test.each([
    ['an unknown name with text is a value', '<OFX><FOO>1<BAR>2</OFX>', '<FOO>1</FOO><BAR>2</BAR>'],
    [
      'an unknown name that is closed in time is an aggregate',
      '<OFX><FOO><BAR>2</FOO></OFX>',
      '<FOO><BAR>2</BAR></FOO>',
    ],
    ['an unknown name that is not closed is empty', '<OFX><FOO><CODE>2</OFX>', '<FOO></FOO><CODE>2</CODE>'],
    [
      'a known aggregate with text is a value',
      '<OFX><CURRENCY>EUR<CODE>1</OFX>',
      '<CURRENCY>EUR</CURRENCY><CODE>1</CODE>',
    ],
    ['a self-closing aggregate is closed', '<OFX><STATUS/><CODE>1</OFX>', '<STATUS></STATUS><CODE>1</CODE>'],
    ['a value inside a value ends it', '<OFX><CODE>1<NAME>2</NAME></CODE></OFX>', '<CODE>1</CODE><NAME>2</NAME>'],
    ['& < > are written as entities', '<OFX><NAME>a & b &lt;c&gt;</OFX>', '<NAME>a &amp; b &lt;c&gt;</NAME>'],
    [
      'a forgotten end tag is recognized by the next element',
      '<OFX><FI><ORG>a<CODE>1</OFX>',
      '<FI><ORG>a</ORG></FI><CODE>1</CODE>',
    ],
    [
      'an end tag that comes later is not forgotten',
      '<OFX><FI><ORG>a<CODE>1</FI></OFX>',
      '<FI><ORG>a</ORG><CODE>1</CODE></FI>',
    ],
  ])('%s', (_, text, inside) => {
    expect(repaired(text).xml).toBe(`<OFX>${inside}</OFX>`);
  });

  test('names with a fixed level close everything open at their level', () => {
    const { xml } = repaired(
      '<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><BANKTRANLIST><STMTTRN><NAME>a<STMTTRN><NAME>b<LEDGERBAL><BALAMT>1<CREDITCARDMSGSRSV1></OFX>',
    );
    expect(xml).toBe(
      '<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><BANKTRANLIST><STMTTRN><NAME>a</NAME></STMTTRN><STMTTRN><NAME>b</NAME></STMTTRN></BANKTRANLIST>' +
        '<LEDGERBAL><BALAMT>1</BALAMT></LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1><CREDITCARDMSGSRSV1></CREDITCARDMSGSRSV1></OFX>',
    );
  });

  test('a value at the very end of a truncated file is skipped', () => {
    expect(repaired('<OFX><BAL><NAME>whole</NAME><VALUE>12')).toEqual({
      xml: '<OFX><BAL><NAME>whole</NAME></BAL></OFX>',
      names: ['truncated', 'truncated-value'],
    });
  });

  test('the size of the slices does not change the result', () => {
    const text = '<OFX><FOO><BAR>2</FOO><STATUS><CODE>0 & 1<br>2</CODE></STATUS></OFX>';
    for (const budget of [1, 2, 3]) expect(repaired(text, budget)).toEqual(repaired(text));
  });

  test('every repair has a sentence', () => {
    for (const [name, sentence] of Object.entries(REPAIRS)) {
      expect(name).toMatch(/^[a-z-]+$/);
      expect(sentence.length).toBeGreaterThan(10);
    }
  });
});
