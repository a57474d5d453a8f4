import { describe, expect, test } from 'vitest';
import { decode, wholeText } from '../../../../src/ofx/text/charset.js';
import { decodeCp1252 } from '../../../../src/ofx/text/cp1252.js';

const header = (charset: string) => `OFXHEADER:100\nENCODING:USASCII\nCHARSET:${charset}\n\n<OFX>`;
const bytes = (text: string, encoding: BufferEncoding = 'latin1') => Buffer.from(text, encoding);

describe('character sets', () => {
  test('decodes every byte of windows-1252 by the table of the WHATWG Encoding standard', () => {
    const high = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
    expect(decodeCp1252(String.fromCharCode(...Array.from({ length: 32 }, (_, index) => 0x80 + index)))).toBe(high);
    expect(decodeCp1252('\u0041\u00a0\u00e9\u00ff')).toBe('A\u00a0éÿ');
  });

  test.each([
    ['1252', 'windows-1252'],
    ['ISO-8859-1', 'windows-1252'],
    ['8859-1', 'windows-1252'],
    ['CP1252', 'windows-1252'],
    ['NONE', 'windows-1252'],
    ['no-such-set', 'windows-1252'],
    ['1251', 'windows-1251'],
    ['8859-15', 'iso-8859-15'],
    ['8859-2', 'iso-8859-2'],
  ])('CHARSET:%s over bytes other than UTF-8 is read as %s', (label, charset) => {
    expect(decode(bytes(`${header(label)}\xe9\n`)).charset).toBe(charset);
  });

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'no-such-set', '1234'])(
    'the label %s is not known, and that is noted',
    (label) => {
      const decoded = decode(bytes(`${header(label)}\xe9\n`));
      expect(decoded).toMatchObject({ charset: 'windows-1252', declared: label, unknown: true });
      expect(wholeText(decoded).endsWith('é\n')).toBe(true);
    },
  );

  test('a label that is known, or none, is nothing to note', () => {
    for (const label of ['1252', 'NONE', '8859-15', '437', 'UTF-8'])
      expect(decode(bytes(`${header(label)}\xe9\n`)).unknown, label).toBe(false);
    expect(decode(bytes('<OFX>\xe9\n')).unknown).toBe(false);
    expect(decode(bytes(header('no-such-set'))).unknown).toBe(false);
  });

  test.each([
    ['437', 'ibm437'],
    ['CP437', 'ibm437'],
    ['IBM437', 'ibm437'],
    ['850', 'ibm850'],
    ['ibm-850', 'ibm850'],
    ['858', 'ibm858'],
  ])('CHARSET:%s is the code page %s of DOS', (label, charset) => {
    const decoded = decode(bytes(`${header(label)}M\x81ller\xe1e \xd5\n`));
    const last = { ibm437: '╒', ibm850: 'ı', ibm858: '€' }[charset];
    expect(decoded).toMatchObject({ charset, mislabeled: false });
    expect(wholeText(decoded).split('<OFX>')[1]).toBe(`Müllerße ${last}\n`);
  });

  test('the same byte is a different letter in each set', () => {
    const last = (label: string) => wholeText(decode(bytes(`${header(label)}\xa4`))).at(-1);
    expect([last('1252'), last('8859-15'), last('1251')]).toEqual(['¤', '€', '¤']);
  });

  test('valid UTF-8 is UTF-8, whatever the label', () => {
    const decoded = decode(bytes(`${header('1252')}é€`, 'utf8'));
    expect(decoded).toMatchObject({ charset: 'utf-8', declared: '1252', mislabeled: true });
    expect(wholeText(decoded).endsWith('é€')).toBe(true);
  });

  test('a few letters without a NUL are not UTF-16', () => {
    expect(wholeText(decode(bytes('%PDF-1.7')))).toBe('%PDF-1.7');
  });

  test('a file cut inside a character is still UTF-8', () => {
    const whole = bytes(`${header('1252')}é€`, 'utf8');
    for (const cut of [1, 2]) expect(wholeText(decode(whole.subarray(0, -cut))).endsWith('é')).toBe(true);
  });

  test.each([
    ['utf16le', [0xff, 0xfe]],
    ['utf16le', []],
  ] as const)('%s with mark %j', (encoding, mark) => {
    const decoded = decode(Buffer.concat([Uint8Array.from(mark), bytes('OFXHEADER:100\n<OFX>é', encoding)]));
    expect(decoded.charset).toBe('utf-16le');
    expect(wholeText(decoded)).toBe('OFXHEADER:100\n<OFX>é');
  });
});
