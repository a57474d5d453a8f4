import { describe, expect, test } from 'vitest';
import { withoutEchoes } from '../../../../src/ofx/write/echo.js';

const PASSWORD = `pä<&"'ss 1`;
const clean = (text: string, encoding: BufferEncoding = 'utf8', values = [PASSWORD]) =>
  Buffer.from(withoutEchoes(Buffer.from(text, encoding), values)).toString(encoding);

test('a reply that repeats nothing is the same bytes', () => {
  const body = Buffer.from('<OFX><MESSAGE>Success', 'latin1');
  expect(withoutEchoes(body, [PASSWORD])).toBe(body);
});

test('statements are left as they are, whatever stands in them', () => {
  const text = '<OFX><SONRS><MESSAGE>no 1234<DTSERVER>20261234<ACCTID>00123456<NAME>SHOP 1234<MEMO>1234</OFX>';
  expect(clean(text, 'utf8', ['1234'])).toBe(text.replace('no 1234', 'no ********'));
});

describe('as it may be written', () => {
  test.each<[string, string, BufferEncoding]>([
    ['as it is', PASSWORD, 'utf8'],
    ['one byte a letter', PASSWORD, 'latin1'],
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

test('a request that comes back', () => {
  expect(clean('<OFX><USERID>alex<USERPASS>secret<LANGUAGE>ENG', 'utf8', ['secret'])).toBe(
    '<OFX><USERID>alex<USERPASS>********<LANGUAGE>ENG',
  );
});

test('what is shorter than four letters stays', () => {
  expect(clean('<html>abc abcd', 'utf8', ['abc', 'abcd'])).toBe('<html>abc ********');
});
