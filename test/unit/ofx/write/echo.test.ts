import { describe, expect, test } from 'vitest';
import { maskEchoes } from '../../../../src/ofx/write/echo.js';

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
