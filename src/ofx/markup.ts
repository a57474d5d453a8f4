/** Values from the markup of a file to the markup that ofx-js is given, which for most of them is the same. */

import { cleanValue } from './clean.js';
import { escapeText } from './element.js';
import { decodeEntities } from './entities.js';
import type { RepairLog } from './repairs.js';

/** Controls, halves of characters, and whatever of markup is not already as ofx-js wants it. */
const SPECIAL = /[\u0000-\u001f\u007f>\ud800-\udfff]|&(?!(?:amp|lt|gt);)/;

/** Decoded once, cleaned, and written with the three entities again. */
export function markupOf(value: string, offset: number, log: RepairLog): string {
  const trimmed = value.trim();
  if (!SPECIAL.test(trimmed)) return trimmed;
  const { text, bareAmpersand } = decodeEntities(value);
  if (bareAmpersand) log.add('bare-ampersand', offset);
  return escapeText(cleanValue(text));
}
