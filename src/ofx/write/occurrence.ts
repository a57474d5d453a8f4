/**
 * Looks for a secret in a text without the expression for its spellings: to compile that takes longer than everything else about
 * a small reply, and next to no reply repeats a secret.
 */

import { referenceNames } from '../text/entities.js';

const NUL = 0;
const [TAB, LF, CR, SPACE] = [0x09, 0x0a, 0x0d, 0x20];
const [PERCENT, AMPERSAND, PLUS, EQUALS, BACKSLASH] = [0x25, 0x26, 0x2b, 0x3d, 0x5c];
/** Characters in the place of a blank. */
const BLANKS = [TAB, LF, CR, SPACE, PLUS];

/** Returns false for a text that certainly has the value in none of the spellings of {@link spellingPattern}. */
export function mayOccur(value: string, text: string): boolean {
  // Letters beyond ASCII may be any others in a text.
  if (!/^[\x00-\x7f]*$/.test(value)) return true;
  const codes = [...value.toLowerCase()].map((character) => character.charCodeAt(0));
  const isStart = startsOf(codes[0] ?? NUL);
  for (let at = 0; at < text.length; at += 1)
    if (isStart[text.charCodeAt(at)] === 1 && mayBegin(codes, text, at)) return true;
  return false;
}

/** Marks the characters with which a spelling of one may begin. */
function startsOf(code: number): Uint8Array {
  const isStart = new Uint8Array(128);
  for (const one of [code, PERCENT, AMPERSAND, EQUALS, BACKSLASH]) isStart[one] = 1;
  if (code >= 0x61 && code <= 0x7a) isStart[code - 0x20] = 1;
  for (const one of code === SPACE ? BLANKS : []) isStart[one] = 1;
  return isStart;
}

/** Compares character by character, up to the first that is spelled in another way. */
function mayBegin(codes: readonly number[], text: string, at: number): boolean {
  for (let index = 0; index < codes.length; index += 1) {
    const code = codes[index] ?? NUL;
    if (isOtherSpelling(code, text, at + index)) return true;
    if (index > 0 && isBetween(text, at + index)) return true;
    if (lowerCase(text.charCodeAt(at + index)) !== code) return false;
  }
  return true;
}

/** Recognizes the beginning of an escape or a reference that may stand for the character, and anything in the place of a blank. */
function isOtherSpelling(code: number, text: string, at: number): boolean {
  const found = text.charCodeAt(at);
  if (code === SPACE && BLANKS.includes(found)) return true;
  if (found === BACKSLASH) return true;
  if (found === AMPERSAND) return mayBeReference(code, text, at + 1);
  if (found !== PERCENT && found !== EQUALS) return false;
  let digits = at + 1;
  while (found === PERCENT && text.startsWith('25', digits)) digits += 2;
  return code === found || lowerCase(Number.parseInt(text.slice(digits, digits + 2), 16)) === code;
}

function mayBeReference(code: number, text: string, from: number): boolean {
  let at = from;
  while (text.slice(at, at + 4).toLowerCase() === 'amp;') at += 4;
  return text.startsWith('#', at) || hasName(code);
}

const named = new Map<number, boolean>();

function hasName(code: number): boolean {
  const known = named.get(code) ?? (code === SPACE || referenceNames(String.fromCharCode(code)).length > 0);
  named.set(code, known);
  return known;
}

/** Recognizes what may stand between two characters: the NULs of UTF-16, and a line break of quoted-printable text. */
function isBetween(text: string, at: number): boolean {
  const found = text.charCodeAt(at);
  if (found === NUL) return true;
  const next = text.charCodeAt(at + 1);
  return found === EQUALS && (next === CR || next === LF);
}

function lowerCase(code: number): number {
  return code >= 0x41 && code <= 0x5a ? code + 0x20 : code;
}
