/**
 * Bytes to text. Labels lie: of files that say windows-1252 and hold other letters than ASCII, more than half are UTF-8, and
 * text that is valid UTF-8 with any such letter is practically never anything else.
 *
 * Markup is ASCII, so a file is read as a character a byte, and values are decoded one by one: one € in a long history
 * would otherwise make all of its text two bytes a character.
 */

import { isAscii, isUtf8 } from 'node:buffer';
import { cp1252Text } from './cp1252.js';

/** What the repair stage reads. */
export interface Source {
  readonly markup: string;
  /** A piece of the markup as text. */
  readonly textOf: (piece: string) => string;
}

export interface Decoded extends Source {
  /** The character set that was used, in lower case. */
  readonly charset: string;
  /** What the file said, `null` if nothing. */
  readonly declared: string | null;
  /** Whether the label and the bytes contradict each other. */
  readonly lied: boolean;
  /** Whether some of a file that is UTF-8 is not: names cut inside a letter, pieces of another file. */
  readonly mixed: boolean;
}

const HEAD = 4096;

/** Labels found in the wild that `TextDecoder` does not know or reads differently. */
const LABELS: Readonly<Record<string, string>> = {
  '1252': 'windows-1252',
  cp1252: 'windows-1252',
  'windows-1252': 'windows-1252',
  usascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  none: 'windows-1252',
  '8859-1': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  iso88591: 'windows-1252',
  latin1: 'windows-1252',
  '8859-15': 'iso-8859-15',
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  unicode: 'utf-8',
  // Declared over 8-bit bytes without a byte-order mark: it cannot be UTF-16.
  'utf-16': 'windows-1252',
  // Numbers of code pages.
  '874': 'windows-874',
  '932': 'shift_jis',
  '936': 'gbk',
  '949': 'euc-kr',
  '950': 'big5',
  '65001': 'utf-8',
  cp65001: 'utf-8',
  macroman: 'macintosh',
};

export function decode(bytes: Uint8Array): Decoded {
  if (isFalselyMarked(bytes)) return decode(bytes.subarray(2));
  const marked = byteOrderMark(bytes);
  if (marked !== null) {
    const source = sourceOf(bytes.subarray(marked.length), marked.charset);
    const declared = declaredCharset(source.textOf(source.markup.slice(0, HEAD)));
    // ASCII letters would be the same in any of the 8-bit sets: then nothing was said that matters.
    const lied = declared !== null && labelled(declared) !== marked.charset && /[^\x00-\x7f]/.test(source.markup);
    const isWide = /^(?:utf-?(?:16|32)|unicode)/i.test(declared ?? '');
    const mixed = marked.charset === 'utf-8' && !isUtf8(bytes);
    return { ...source, charset: marked.charset, declared, lied: lied && !isWide, mixed };
  }
  const declared = declaredCharset(latin1(bytes.subarray(0, HEAD)));
  const mixed = false;
  if (isAscii(bytes)) return { ...sourceOf(bytes, 'us-ascii'), charset: 'us-ascii', declared, lied: false, mixed };
  const wanted = declared === null ? 'windows-1252' : labelled(declared);
  const utf8 = asUtf8(bytes);
  if (utf8 !== null) {
    const lied = declared !== null && wanted !== 'utf-8';
    return { ...sourceOf(utf8, 'utf-8'), charset: 'utf-8', declared, lied, mixed: !isUtf8(utf8) };
  }
  const charset = wanted === 'utf-8' ? 'windows-1252' : wanted;
  const lied = wanted === 'utf-8' || /^utf-?16/i.test(declared ?? '');
  return { ...sourceOf(bytes, charset), charset, declared, lied, mixed };
}

/** The text of what {@link decode} gives. */
export function wholeText({ markup, textOf }: Source): string {
  return textOf(markup);
}

/** Character sets whose bytes below 0x80 are ASCII wherever they stand. */
const OVER_ASCII = /^(?:windows-|iso-8859-|koi8-|macintosh|ibm866|x-mac|euc-)/;

function sourceOf(bytes: Uint8Array, charset: string): Source {
  if (charset === 'us-ascii') return { markup: latin1(bytes), textOf: (piece) => piece };
  if (charset === 'windows-1252') return { markup: latin1(bytes), textOf: cp1252Text };
  if (charset === 'utf-8') return { markup: latin1(bytes), textOf: utf8Text };
  if (charset === 'utf-32le' || charset === 'utf-32be')
    return { markup: utf32Text(bytes, charset), textOf: (piece) => piece };
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  if (!OVER_ASCII.test(charset)) return { markup: decoder.decode(bytes), textOf: (piece) => piece };
  const textOf = (piece: string) => decoder.decode(Buffer.from(piece, 'latin1'));
  return { markup: latin1(bytes), textOf };
}

/** The mark of UTF-16 before bytes of which none is NUL: some program put it before a file of another kind. */
function isFalselyMarked(bytes: Uint8Array): boolean {
  const isMarked = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  return isMarked && bytes.length > 8 && bytes.subarray(2, 8).every((byte) => byte > 0 && byte < 0x80);
}

function byteOrderMark(bytes: Uint8Array): { charset: string; length: number } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { charset: 'utf-32le', length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { charset: 'utf-32be', length: 4 };
  if (a === 0xef && b === 0xbb && c === 0xbf) return { charset: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe) return { charset: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { charset: 'utf-16be', length: 2 };
  // Without a mark: every other byte of the beginning is NUL.
  const head = bytes.subarray(0, 64);
  const nuls = (odd: number) => head.filter((byte, index) => byte === 0 && index % 2 === odd).length;
  if (head.length < 8 || Math.max(nuls(0), nuls(1)) < Math.max(1, head.length / 2 - 4)) return null;
  if (nuls(0) === 0) return { charset: 'utf-16le', length: 0 };
  return nuls(1) === 0 ? { charset: 'utf-16be', length: 0 } : null;
}

/** CHARSET, else ENCODING of a 1.x header; the encoding of an XML declaration. */
function declaredCharset(head: string): string | null {
  const xml = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/i.exec(head)?.[1];
  const value = (key: string) =>
    new RegExp(
      `${key}\\s*[:=]\\s*["']?([A-Za-z0-9_-]{1,20}?)(?=COMPRESSION|CHARSET|OLDFILEUID|[^A-Za-z0-9_-]|$)`,
      'i',
    ).exec(head)?.[1];
  const charset = value('CHARSET');
  if (charset !== undefined && charset.toUpperCase() !== 'NONE') return charset;
  return value('ENCODING') ?? xml ?? null;
}

function labelled(declared: string): string {
  const label = declared.toLowerCase();
  const known = LABELS[label];
  if (known !== undefined) return known;
  for (const candidate of [label, `windows-${label}`, `iso-${label}`]) {
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      // Not a label that exists: the next spelling, and in the end what most banks mean.
    }
  }
  return 'windows-1252';
}

function asUtf8(bytes: Uint8Array): Uint8Array | null {
  if (isUtf8(bytes)) return bytes;
  // A file that was cut may end inside a character, which is lost; the others must show that it is UTF-8.
  const whole = bytes.subarray(0, bytes.length - cutCharacter(bytes));
  if (whole.length < bytes.length && isUtf8(whole) && !isAscii(whole)) return whole;
  return isMostlyUtf8(bytes.subarray(0, SAMPLE)) ? bytes : null;
}

const SAMPLE = 1_000_000;

/** Text in another character set has hardly ever what UTF-8 is made of: a first byte with as many others as it announces. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  let valid = 0;
  let invalid = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) continue;
    const more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
    const isWhole = byte >= 0xc2 && bytes.subarray(at + 1, at + 1 + more).every((next) => next >> 6 === 2);
    if (isWhole) at += more;
    valid += isWhole ? 1 : 0;
    invalid += isWhole ? 0 : 1;
  }
  return valid > invalid;
}

/** A piece of a UTF-8 file. Some banks cut names after so many bytes, which halves the last letter: it is left out. */
function utf8Text(piece: string): string {
  const bytes = Buffer.from(piece, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const end = piece.trimEnd().length;
  const whole = bytes.subarray(0, end - cutCharacter(bytes.subarray(0, end)));
  return whole.length < end && isUtf8(whole) ? whole.toString('utf8') : cp1252Text(piece);
}

/** Length of the beginning of a character at the very end, 0 when there is none. */
function cutCharacter(bytes: Uint8Array): number {
  for (let length = 1; length <= 3; length += 1) {
    const byte = bytes.at(-length) ?? 0;
    if (byte >= 0xc2) return length;
    if (byte < 0x80) return 0;
  }
  return 0;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

const CHUNK = 8_192;
const REPLACEMENT = 0xfffd;

/** UTF-32, which `TextDecoder` does not know. Units that are no character become U+FFFD; bytes at the end that are no whole unit are left out. */
function utf32Text(bytes: Uint8Array, charset: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = Math.floor(bytes.length / 4);
  const parts: string[] = [];
  for (let from = 0; from < units; from += CHUNK) {
    const points = Array.from({ length: Math.min(CHUNK, units - from) }, (_, index) => {
      const point = view.getUint32((from + index) * 4, charset === 'utf-32le');
      return point > 0x10ffff ? REPLACEMENT : point;
    });
    parts.push(String.fromCodePoint(...points));
  }
  return parts.join('');
}
