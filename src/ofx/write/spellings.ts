/**
 * The spellings of a secret in a text that repeats it. A bank may send back what it received in other letters: as HTML, JSON, an
 * address, quoted-printable, UTF-16, in upper case, or in a character set without some of its letters.
 */

import { referenceNames } from '../text/entities.js';

/** Shorter values occur in ordinary words and numbers by chance. */
export const MIN_LENGTH = 4;
/** The Base64 and hexadecimal forms of shorter values do. */
const MIN_ENCODED_LENGTH = 6;
/** Between two characters: the NULs of UTF-16 and UTF-32, and the line breaks of quoted-printable text. */
const BETWEEN = '(?:=\\r?\\n|\\0{0,3})';

/** Returns the source of an expression, for the flag `i`, that matches every value however it is written; `null` without values. */
export function spellingPattern(values: readonly string[], minLength = MIN_LENGTH): string | null {
  const long = [...new Set(values)].filter((value) => value.length >= minLength);
  if (long.length === 0) return null;
  // The longest first: a value may begin with another.
  const longestFirst = long.toSorted((a, b) => b.length - a.length);
  const starts = longestFirst.map((value) => startOf(value)).join('');
  const all = longestFirst.map(valuePattern).join('|');
  return `(?=[${starts}&%=\\\\\\x80-\\uffff])(?:${all})`;
}

/** A long random token. Nobody respells it, and an expression for all spellings of it would take seconds to compile. */
const TOKEN = /^[\w-]{40,}$/;

/** Returns the pattern of a value: character by character, and for letters beyond ASCII also as what takes the place of several. */
function valuePattern(value: string): string {
  if (TOKEN.test(value)) return escaped(value);
  const runs = value.match(/ +|[\x00-\x7f]|[^\x00-\x7f]+/g) ?? [];
  return runs
    .map((run) => {
      const exact = [...run].map(characterPattern).join(BETWEEN);
      if (run.startsWith(' ')) return `(?:[ \\t\\r\\n]{1,${run.length * 3}}|${exact})`;
      return isAscii(run) ? exact : `(?:${[exact, ...substitutes(run)].join('|')})`;
    })
    .join(BETWEEN);
}

/** Returns what a value may begin with: most of a text is passed over by that alone. */
function startOf(value: string): string {
  const [first = ''] = value;
  const cases = [first, first.toUpperCase(), first.toLowerCase(), first.normalize('NFD').slice(0, 1)].join('');
  return [...`${cases}${first === ' ' ? '\t\r\n+' : ''}${isAscii(first) ? '' : '?'}`]
    .map((one) => escaped(one))
    .join('');
}

function characterPattern(character: string): string {
  const blanks = character === ' ' ? ['\\+', '&nbsp;'] : [];
  const cases = [...new Set([character, character.toUpperCase(), character.toLowerCase()])];
  const single = cases.filter((one) => [...one].length === 1);
  const escapes = [...single.map(escapePattern), ...single.flatMap(bytePatterns)];
  return `(?:${[...new Set([...blanks, ...cases.map(escaped), ...escapes])].join('|')})`;
}

/** References of HTML, which may be escaped again, and the escapes of JSON and programs. */
function escapePattern(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const hex = point.toString(16);
  const names = referenceNames(character).map((name) => `${name};`);
  const references = [...names, `#0{0,6}${point};?`, `#x0{0,6}${hex};?`].join('|');
  const units = [...Array(character.length).keys()].map((at) => character.charCodeAt(at).toString(16).padStart(4, '0'));
  const program = [
    units.map((unit) => `\\\\u${unit}`).join(''),
    ...(point < 256 ? [`\\\\x${hex.padStart(2, '0')}`] : []),
  ];
  return [
    `&(?:amp;){0,3}(?:${references})`,
    ...program,
    ...('"\'\\/'.includes(character) ? [`\\\\${escaped(character)}`] : []),
  ].join('|');
}

/** The bytes of UTF-8 and windows-1252, as one character each, with percent signs or in quoted-printable text. */
function bytePatterns(character: string): string[] {
  const point = character.codePointAt(0) ?? 0;
  const utf8 = [...Buffer.from(character, 'utf8')];
  const encodings = [utf8, ...(point > 0x7f && point < 0x100 ? [[point]] : [])];
  const marked = encodings.map((bytes) => bytes.map((byte) => `(?:%(?:25){0,3}|=)${twoDigits(byte)}`).join(''));
  return isAscii(character) ? marked : [...marked, utf8.map((byte) => `\\x${twoDigits(byte)}`).join('')];
}

/**
 * Letters that a character set lacks are replaced by others, or are other bytes in some other set. One repetition for all of
 * them: one for each letter could divide a long text among them in more ways than there is time for.
 */
function substitutes(run: string): string[] {
  const most = [...run].length * 4;
  const plain = run.normalize('NFD').replace(/[^\x20-\x7e]/g, '');
  return [`[\\x80-\\xff]{1,${most}}`, `[?\\ufffd]{1,${most}}`, ...(plain === '' ? [] : [escaped(plain)])];
}

/** The Base64 and hexadecimal forms of the values, each with what takes its place: as long, so that the rest can be decoded. */
export function encodedForms(values: readonly string[]): ReadonlyMap<string, string> {
  const forms = new Map<string, string>();
  for (const value of new Set(values)) {
    if (value.length < MIN_ENCODED_LENGTH) continue;
    for (const bytes of byteForms(value)) {
      const hex = bytes.toString('hex');
      for (const one of [hex, hex.toUpperCase()]) forms.set(one, '2a'.repeat(bytes.length));
      for (const skipped of [0, 1, 2]) {
        const [core, stars] = base64Core(bytes, skipped);
        forms.set(core, stars);
        forms.set(core.replaceAll('+', '-').replaceAll('/', '_'), stars);
      }
    }
  }
  return forms;
}

function byteForms(value: string): Buffer[] {
  const cases = [...new Set([value, value.toUpperCase(), value.toLowerCase()])];
  const isLatin = /^[\u0000-\u00ff]*$/.test(value);
  return cases.flatMap((one) => [
    Buffer.from(one, 'utf8'),
    Buffer.from(one, 'utf16le'),
    ...(isLatin ? [Buffer.from(one, 'latin1')] : []),
  ]);
}

/** Returns the characters of Base64 that depend on the value alone when it follows 3n + `skipped` other bytes. */
function base64Core(bytes: Buffer, skipped: number): readonly [core: string, stars: string] {
  const coreOf = (content: Buffer) => {
    const text = Buffer.concat([Buffer.alloc(skipped), content])
      .toString('base64')
      .replace(/=+$/, '');
    const isCut = (skipped + content.length) % 3 !== 0;
    return text.slice([0, 2, 3][skipped], isCut ? -1 : undefined);
  };
  return [coreOf(bytes), coreOf(Buffer.alloc(bytes.length, '*'))];
}

function isAscii(character: string): boolean {
  return /^[\x00-\x7f]$/.test(character);
}

function twoDigits(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
