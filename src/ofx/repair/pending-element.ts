/** A start tag whose nature is only known at the next tag, with the text after it. */

import { cleanValue, isBlankText } from '../text/characters.js';
import type { Source } from '../text/charset.js';
import { decodeEntities, escapeText } from '../text/entities.js';
import type { EndTags } from './end-tags.js';
import type { Name } from './names.js';
import type { RepairLog } from './repair-notices.js';

export interface Pending {
  readonly name: Name;
  readonly start: number;
  readonly selfClosing: boolean;
  text: string;
  /** Nothing but blanks so far. */
  blank: boolean;
  /** Has markup that is meant as text. */
  marked: boolean;
}

/** A piece of a file; `raw` for a CDATA section, in which nothing is escaped. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly raw: boolean;
}

const LONGEST_VALUE = 100_000;

/** Text after the start tag. */
export function addText(pending: Pending, source: Source, { piece, log }: { piece: Piece; log: RepairLog }): void {
  const { start, end, raw } = piece;
  pending.blank &&= isBlankText(source.markup, start, end);
  if (raw) {
    log.add('cdata', start);
    addAsIs(pending, source, { piece, log });
    return;
  }
  const decoded = decodeEntities(pieceOf(pending, source, { piece, log }));
  if (decoded.bareAmpersand) log.add('bare-ampersand', start);
  pending.text += decoded.text;
}

/** Markup that is meant as text. */
export function addMarkup(pending: Pending, source: Source, at: { piece: Piece; log: RepairLog }): void {
  pending.blank = false;
  pending.marked = true;
  addAsIs(pending, source, at);
}

function addAsIs(pending: Pending, source: Source, { piece, log }: { piece: Piece; log: RepairLog }): void {
  pending.text += pieceOf(pending, source, { piece, log });
}

/** As much of a piece as the value has room for. */
function pieceOf(
  { name, text }: Pending,
  { markup, textOf }: Source,
  { piece: { start, end }, log }: { piece: Piece; log: RepairLog },
): string {
  const room = LONGEST_VALUE - text.length;
  if (end - start <= room) return textOf(markup.slice(start, end));
  log.add('long-value', start, name.name);
  return room <= 0 ? '' : textOf(markup.slice(start, start + room));
}

/**
 * The value without the line breaks of HTML at its ends, which lay out a page; a number or a date has no markup at all around
 * it. Inside a value, markup is text.
 */
export function withoutLayout({ name, text, marked }: Pending): string {
  if (!marked) return text;
  const isTag = name.isAmount || name.name.startsWith('DT') ? /^<\/?[a-z][^<>]*>$/i : /^<br\s*\/?>$/i;
  let value = text.trim();
  while (value.endsWith('>') && isTag.test(value.slice(value.lastIndexOf('<'))))
    value = value.slice(0, value.lastIndexOf('<')).trimEnd();
  while (value.startsWith('<') && isTag.test(value.slice(0, value.indexOf('>') + 1)))
    value = value.slice(value.indexOf('>') + 1).trimStart();
  return value;
}

const HTML = new Set('A B BR DIV EM FONT HR I P SMALL SPAN STRONG TT U'.split(' '));

export function isHtml(name: string): boolean {
  return HTML.has(name);
}

export function isAggregate({ name, blank, start }: Pending, parent: Name | null, endTags: EndTags): boolean {
  if (name.kind === 'leaf') return false;
  if (name.kind === 'aggregate' && blank) return true;
  if (name.kind === 'unknown' && !blank) return false;
  return endTags.comesWithin(name, parent, start);
}

export function isTextInValue(
  name: Name,
  end: number,
  { pending, endTags }: { pending: Pending; endTags: EndTags },
): boolean {
  if (pending.name.kind !== 'leaf') return false;
  if (HTML.has(name.name)) return true;
  if (pending.blank) return false;
  if (name.name === 'OFX') return !/[\r\n]/.test(pending.text);
  if (name.kind !== 'unknown' || name.level !== null || name.name.includes('.')) return false;
  return endTags.nextIs(pending.name.spelling, end);
}

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
