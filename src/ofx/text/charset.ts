/**
 * Bytes to text. Labels are unreliable: of the files that declare windows-1252 and contain letters beyond ASCII, more than
 * half are UTF-8, and text with such letters that is valid UTF-8 is practically never anything else.
 *
 * Markup is ASCII, so a file is read as latin1, one character a byte, and values are decoded one by one: otherwise a single
 * € in a long history would make its whole text take two bytes a character.
 */

import { isAscii, isUtf8 } from 'node:buffer';
import { decodeCp1252 } from './cp1252.js';
import { dosDecoder, dosPageOf } from './dos.js';

/** The text of a file as the repair stage reads it. */
export interface SourceText {
  readonly markup: string;
  /** Decodes a piece of the markup. */
  readonly textOf: (piece: string) => string;
}

export interface Decoded extends SourceText {
  /** The character set used for decoding, in lower case. */
  readonly charset: string;
  /** The character set that the file declares, or `null`. */
  readonly declared: string | null;
  /** True if the label and the bytes contradict each other. */
  readonly mislabeled: boolean;
  /** True if parts of a UTF-8 file are not UTF-8: names cut inside a letter, pieces of another file. */
  readonly mixed: boolean;
  /** True if letters were read as windows-1252 because the declared character set is not known. */
  readonly unknown: boolean;
}

const HEAD_LENGTH = 4096;

/** Labels that mean windows-1252. `utf-16` is one: without a byte order mark the bytes cannot be UTF-16. */
const WINDOWS_1252 = new Set(
  '1252 cp1252 windows-1252 usascii us-ascii ascii none 8859-1 iso-8859-1 iso88591 latin1 utf-16'.split(' '),
);

/** Other labels seen in files that `TextDecoder` does not know or reads differently. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['8859-15', 'iso-8859-15'],
  ['utf-8', 'utf-8'],
  ['utf8', 'utf-8'],
  ['unicode', 'utf-8'],
  // Code page numbers.
  ['874', 'windows-874'],
  ['932', 'shift_jis'],
  ['936', 'gbk'],
  ['949', 'euc-kr'],
  ['950', 'big5'],
  ['65001', 'utf-8'],
  ['cp65001', 'utf-8'],
  ['macroman', 'macintosh'],
]);

/** The character set that most banks use. */
const DEFAULT = 'windows-1252';

/** Finds the character set of a file by its bytes first and its label second. */
export function decode(bytes: Uint8Array): Decoded {
  if (hasFalseByteOrderMark(bytes)) return decode(bytes.subarray(2));
  const marked = byteOrderMark(bytes);
  if (marked !== null) {
    const source = sourceOf(bytes.subarray(marked.length), marked.charset);
    const declared = declaredCharset(source.textOf(source.markup.slice(0, HEAD_LENGTH)));
    // A wrong label does no harm to ASCII letters, which are the same in all 8-bit sets.
    const mislabeled =
      declared !== null && encodingOf(declared) !== marked.charset && /[^\x00-\x7f]/.test(source.markup);
    const isWide = /^(?:utf-?(?:16|32)|unicode)/i.test(declared ?? '');
    const mixed = marked.charset === 'utf-8' && !isUtf8(bytes);
    return { ...source, charset: marked.charset, declared, mislabeled: mislabeled && !isWide, mixed, unknown: false };
  }
  const declared = declaredCharset(latin1(bytes.subarray(0, HEAD_LENGTH)));
  const known = { declared, mislabeled: false, mixed: false, unknown: false };
  if (isAscii(bytes)) return { ...sourceOf(bytes, 'us-ascii'), ...known, charset: 'us-ascii' };
  const encoding = declared === null ? DEFAULT : encodingOf(declared);
  const wanted = encoding ?? DEFAULT;
  const utf8 = asUtf8(bytes);
  if (utf8 !== null) {
    const mislabeled = declared !== null && wanted !== 'utf-8';
    return { ...sourceOf(utf8, 'utf-8'), ...known, charset: 'utf-8', mislabeled, mixed: !isUtf8(utf8) };
  }
  const charset = wanted === 'utf-8' ? DEFAULT : wanted;
  const mislabeled = wanted === 'utf-8' || /^utf-?16/i.test(declared ?? '');
  return { ...sourceOf(bytes, charset), ...known, charset, mislabeled, unknown: encoding === null };
}

/** Decodes the whole file. */
export function wholeText({ markup, textOf }: SourceText): string {
  return textOf(markup);
}

/** Character sets in which a byte below 0x80 is always ASCII. */
const OVER_ASCII = /^(?:windows-|iso-8859-|koi8-|macintosh|ibm866|x-mac|euc-)/;

function sourceOf(bytes: Uint8Array, charset: string): SourceText {
  if (charset === 'us-ascii') return { markup: latin1(bytes), textOf: (piece) => piece };
  if (charset === 'windows-1252') return { markup: latin1(bytes), textOf: decodeCp1252 };
  if (charset === 'utf-8') return { markup: latin1(bytes), textOf: utf8Text };
  const dosText = dosDecoder(charset);
  if (dosText !== null) return { markup: latin1(bytes), textOf: dosText };
  if (charset === 'utf-32le' || charset === 'utf-32be')
    return { markup: utf32Text(bytes, charset), textOf: (piece) => piece };
  const decoder = new TextDecoder(charset, { ignoreBOM: true });
  if (!OVER_ASCII.test(charset)) return { markup: decoder.decode(bytes), textOf: (piece) => piece };
  const textOf = (piece: string) => decoder.decode(Buffer.from(piece, 'latin1'));
  return { markup: latin1(bytes), textOf };
}

/** Recognizes a UTF-16 byte order mark before bytes without a NUL: some program put it before a file that is not UTF-16. */
function hasFalseByteOrderMark(bytes: Uint8Array): boolean {
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
  // UTF-16 without a mark shows by a NUL in every other byte.
  const length = Math.min(bytes.length, 64);
  const nuls = [0, 0];
  for (let at = 0; at < length; at += 1) if (bytes[at] === 0) nuls[at % 2] = (nuls[at % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = nuls;
  if (length < 8 || Math.max(even, odd) < Math.max(1, length / 2 - 4)) return null;
  if (even === 0) return { charset: 'utf-16le', length: 0 };
  return odd === 0 ? { charset: 'utf-16be', length: 0 } : null;
}

/** Matches a key of a header with its value. */
function labelPattern(key: string): RegExp {
  const end = '(?=COMPRESSION|CHARSET|OLDFILEUID|[^A-Za-z0-9_-]|$)';
  return new RegExp(`${key}\\s*[:=]\\s*["']?([A-Za-z0-9_-]{1,20}?)${end}`, 'i');
}

const CHARSET = labelPattern('CHARSET');
const ENCODING = labelPattern('ENCODING');

/** Returns CHARSET or else ENCODING of a 1.x header, or else the encoding of an XML declaration. */
function declaredCharset(head: string): string | null {
  const xml = /<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"']{1,40})["']/i.exec(head)?.[1];
  const charset = CHARSET.exec(head)?.[1];
  if (charset !== undefined && charset.toUpperCase() !== 'NONE') return charset;
  return ENCODING.exec(head)?.[1] ?? xml ?? null;
}

/** Returns the character set of a label; `null` if it is not known. */
function encodingOf(declared: string): string | null {
  const label = declared.toLowerCase();
  const known = WINDOWS_1252.has(label) ? DEFAULT : (LABELS.get(label) ?? dosPageOf(label));
  if (known !== null) return known;
  for (const candidate of [label, `windows-${label}`, `iso-${label}`]) {
    try {
      return new TextDecoder(candidate).encoding;
    } catch {
      // An unknown label: try the next spelling.
    }
  }
  return null;
}

function asUtf8(bytes: Uint8Array): Uint8Array | null {
  if (isUtf8(bytes)) return bytes;
  // A truncated file may end inside a character, which is lost; the others must prove that it is UTF-8.
  const whole = bytes.subarray(0, bytes.length - cutCharacter(bytes));
  if (whole.length < bytes.length && isUtf8(whole) && !isAscii(whole)) return whole;
  return isMostlyUtf8(bytes.subarray(0, SAMPLE_LENGTH)) ? bytes : null;
}

const SAMPLE_LENGTH = 1_000_000;

/** Counts sequences valid in UTF-8 (a lead byte with the number of others that it announces), which are rare in other sets. */
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

/** Decodes a piece of a UTF-8 file. Some banks cut names at a number of bytes; half a letter at the end is dropped. */
function utf8Text(piece: string): string {
  const bytes = Buffer.from(piece, 'latin1');
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const end = piece.trimEnd().length;
  const whole = bytes.subarray(0, end - cutCharacter(bytes.subarray(0, end)));
  return whole.length < end && isUtf8(whole) ? whole.toString('utf8') : decodeCp1252(piece);
}

/** Returns the length of an incomplete character at the very end, or 0. */
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

/** Code points converted at once. */
const BATCH = 8_192;
const REPLACEMENT = 0xfffd;

/** Decodes UTF-32, which `TextDecoder` does not know. Invalid units become U+FFFD; an incomplete unit at the end is dropped. */
function utf32Text(bytes: Uint8Array, charset: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units = Math.floor(bytes.length / 4);
  const parts: string[] = [];
  for (let from = 0; from < units; from += BATCH) {
    const points = Array.from({ length: Math.min(BATCH, units - from) }, (_, index) => {
      const point = view.getUint32((from + index) * 4, charset === 'utf-32le');
      return point > 0x10ffff ? REPLACEMENT : point;
    });
    parts.push(String.fromCodePoint(...points));
  }
  return parts.join('');
}
