/** Values from the markup of a file to the markup that ofx-js is given, which for most of them is the same. */

import type { Source } from '../text/charset.js';
import { cleanValue } from '../text/clean.js';
import { decodeEntities, escapeText } from '../text/entities.js';
import type { Name } from './name-table.js';
import type { RepairLog } from './repair-notices.js';

/** What most values have nothing of: one class, which is found faster than the whole rule. */
const UNUSUAL = /[^ -%'-=?-~]/;
/** Anything but ASCII text that is already as ofx-js wants it. */
const SPECIAL = /[^ -~]|>|&(?!(?:amp|lt|gt);)/;
/** The same for text in which letters of all kinds are as they should be. */
const SPECIAL_TEXT =
  /[\u0000-\u001f\u007f-\u009f>\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|&(?!(?:amp|lt|gt);)/;

/** Decoded once, cleaned, and written with the three entities again. */
export function markupOf(
  { markup, textOf }: Source,
  { name, start, end }: { readonly name: Name; readonly start: number; readonly end: number },
  log: RepairLog,
): string {
  let [from, to] = [start, end];
  while (to > from && markup.charCodeAt(to - 1) <= 0x20) to -= 1;
  while (from < to && markup.charCodeAt(from) <= 0x20) from += 1;
  const plain = markup.slice(from, to);
  if (!UNUSUAL.test(plain) || !SPECIAL.test(plain)) return plain;
  // What looked like a blank at an end may be half of a letter, so the whole piece is decoded.
  const value = textOf(markup.slice(start, end));
  const trimmed = value.trim();
  if (!SPECIAL_TEXT.test(trimmed)) return trimmed;
  const { text, bareAmpersand } = decodeEntities(value);
  if (bareAmpersand) log.add('bare-ampersand', start);
  return escapeText(cleanValue(text, name));
}
