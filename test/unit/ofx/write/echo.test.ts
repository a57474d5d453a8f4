import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { maskEchoes, textMask } from '../../../../src/ofx/write/echo.js';

const PASSWORD = `pä<&"'ss 1`;
const clean = (text: string, encoding: BufferEncoding = 'utf8', values = [PASSWORD]) =>
  Buffer.from(maskEchoes(Buffer.from(text, encoding), values)).toString(encoding);

test('a reply that repeats nothing keeps its bytes', () => {
  const body = Buffer.from('<OFX><MESSAGE>Success', 'latin1');
  expect(maskEchoes(body, [PASSWORD])).toBe(body);
});

test('statements stay unchanged, whatever they contain', () => {
  const text = '<OFX><SONRS><MESSAGE>no 1234<DTSERVER>20261234<ACCTID>00123456<NAME>SHOP 1234<MEMO>1234</OFX>';
  expect(clean(text, 'utf8', ['1234'])).toBe(text.replace('no 1234', 'no ********'));
});

describe('masks every spelling', () => {
  test.each<[string, string, BufferEncoding]>([
    ['unchanged', PASSWORD, 'utf8'],
    ['in one byte a letter', PASSWORD, 'latin1'],
    ['with entities', 'pä&lt;&amp;"\'ss 1', 'utf8'],
    ['with quotes too', 'pä&lt;&amp;&quot;&#39;ss 1', 'latin1'],
    ['in an address', encodeURIComponent(PASSWORD), 'utf8'],
    ['in JSON', JSON.stringify(PASSWORD).slice(1, -1), 'utf8'],
  ])('%s', (_, written, encoding) => {
    expect(clean(`<html><title>no: ${written}</title>`, encoding)).toBe('<html><title>no: ********</title>');
    expect(clean(`<OFX><STATUS><MESSAGE>no: ${written}.</MESSAGE><NAME>x`, encoding)).toBe(
      '<OFX><STATUS><MESSAGE>no: ********.</MESSAGE><NAME>x',
    );
  });
});

test('a repeated request is masked', () => {
  expect(clean('<OFX><USERID>alex<USERPASS>secret<LANGUAGE>ENG', 'utf8', ['secret'])).toBe(
    '<OFX><USERID>alex<USERPASS>********<LANGUAGE>ENG',
  );
});

test('values shorter than four letters are kept', () => {
  expect(clean('<html>abc abcd', 'utf8', ['abc', 'abcd'])).toBe('<html>abc ********');
});

describe('masks what decoding would bring back', () => {
  const numeric = (text: string) => [...text].map((char) => `&#${char.codePointAt(0)};`).join('');
  const hexadecimal = (text: string) =>
    [...text].map((char) => `&#x${(char.codePointAt(0) ?? 0).toString(16)};`).join('');
  const percent = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16)}`).join('');
  test.each<[string, string]>([
    ['numeric references', numeric(PASSWORD)],
    ['hexadecimal references', hexadecimal(PASSWORD)],
    ['references with zeros and without an end', 'p&auml;&lt;&amp;&#0034;&#39ss&nbsp;1'],
    ['references that are escaped again', 'pä&amp;lt;&amp;amp;&amp;quot;&amp;#39;ss 1'],
    ['upper case', PASSWORD.toUpperCase()],
    ['percent signs everywhere', percent(PASSWORD)],
    ['percent signs that are escaped again', percent(PASSWORD).replaceAll('%', '%25')],
    ['a form', `p%C3%A4%3C%26%22'ss+1`],
    ['escapes of a program', 'p\\u00e4\\x3c\\u0026\\"\\\'ss 1'],
    ['quoted-printable text', 'p=C3=A4<&"=\r\n\'ss 1'],
    ['a character set without ä', `p?<&"'ss 1`],
    ['ASCII', `pa<&"'ss 1`],
  ])('%s', (_, written) => {
    expect(clean(`<html><title>no: ${written}</title>`)).toBe('<html><title>no: ********</title>');
    expect(clean(`<OFX><STATUS><MESSAGE>no: ${written}.</MESSAGE><NAME>x`)).toBe(
      '<OFX><STATUS><MESSAGE>no: ********.</MESSAGE><NAME>x',
    );
  });

  test.each(['utf16le', 'latin1'] as const)('text in %s', (encoding) => {
    const text = `\ufeff<OFX><STATUS><MESSAGE>no: ${PASSWORD}.</MESSAGE><STMTRS><NAME>${PASSWORD}`;
    const masked = clean(encoding === 'latin1' ? text.slice(1) : text, encoding);
    expect(masked.replace('\ufeff', '')).toBe(`<OFX><STATUS><MESSAGE>no: ********.</MESSAGE><STMTRS><NAME>${PASSWORD}`);
  });

  test.each([0, 1, 2])('Base64 after %i other bytes, so that the rest can be decoded', (more) => {
    const before = 'user:'.slice(0, 3 + more);
    const text = Buffer.from(`${before}${PASSWORD}, go away`).toString('base64');
    const masked = Buffer.from(clean(`<html>${text}`).slice('<html>'.length), 'base64').toString('latin1');
    // The letters at both ends may share a character of Base64 with what is beside them.
    expect(masked).toMatch(/\*{7,}/);
    expect(masked.startsWith(before) && masked.endsWith(', go away')).toBe(true);
    expect(masked).not.toContain('ss 1');
  });

  test('hexadecimal digits', () => {
    const hex = Buffer.from(PASSWORD).toString('hex');
    expect(clean(`<html>${hex} ${hex.toUpperCase()}`)).not.toMatch(new RegExp(hex, 'i'));
  });

  test('a file in an archive', () => {
    const packed = gzipSync(Buffer.from(`<OFX><MESSAGE>no: ${PASSWORD}`));
    expect(Buffer.from(maskEchoes(packed, [PASSWORD])).toString()).toBe('<OFX><MESSAGE>no: ********');
    const other = gzipSync(Buffer.from('<OFX><MESSAGE>no'));
    expect(maskEchoes(other, [PASSWORD])).toBe(other);
  });
});

test('outside of the data, a value that cannot be there by chance is masked in every element', () => {
  const text = (value: string) =>
    `<OFX><!-- ${value} --><SONRS><X a="${value}">${value}<SESSCOOKIE>long-secret-7</SONRS><STMTTRNRS><STMTRS><MEMO>long-secret-7</STMTRS></STMTTRNRS><MY>${value}</OFX>`;
  expect(clean(text('long-secret-7'), 'utf8', ['long-secret-7'])).toBe(text('********'));
});

test('a message in which a password opens an element is masked', () => {
  expect(clean('<OFX><MESSAGE>no ab<cd>ef12.<NAME>x', 'utf8', ['ab<cd>ef12'])).toBe(
    '<OFX><MESSAGE>no ********.<NAME>x',
  );
});

test('a value repeated 100,000 times is masked in messages, and stays in memos', () => {
  const text = (value: string) => `<OFX><MESSAGE>${`${value} `.repeat(100_000)}<MEMO>${'secret7 '.repeat(100_000)}`;
  expect(clean(text('secret7'), 'utf8', ['secret7'])).toBe(text('********'));
});

test.each([
  ['letters beyond ASCII', 'пароль-секретное-слово9', 'парольсекретное'],
  ['references', '&&&&&&&&&&&&x', '&amp;amp;amp;'],
  ['blanks', `a${' '.repeat(12)}b`, `a${' '.repeat(40)}`],
  ['signs of a percent', '%%%%%%%%%%%%x', '%25252525'],
])('a text that almost is the password, of %s, takes no more time than its length', (_, password, text) => {
  // Ways to divide it among the letters of the password, tried one after another, would not come to an end.
  expect(clean(`<html>${text.repeat(2_000)}`, 'utf8', [password])).toBe(`<html>${text.repeat(2_000)}`);
});

describe('in decoded text', () => {
  const mask = textMask([PASSWORD]);
  test.each([PASSWORD, PASSWORD.toUpperCase(), encodeURIComponent(PASSWORD), 'p&auml;&lt;&#38;"\'ss 1'])(
    '%s',
    (text) => {
      expect(mask(`no ${text}.`)).toBe('no ********.');
    },
  );
});
