/**
 * A start tag with the text after it, until the next tag shows if it began an aggregate or a value; and the conversion of
 * values from the markup of a file to the markup that ofx-js gets.
 */

import { cleanValue, isBlankText } from '../text/characters.js';
import type { SourceText } from '../text/charset.js';
import { decodeEntities, escapeText } from '../text/entities.js';
import type { EndTags } from './end-tags.js';
import type { ElementName } from './names.js';
import type { RepairLog } from './repair-notices.js';

export interface PendingElement {
  readonly name: ElementName;
  readonly start: number;
  readonly selfClosing: boolean;
  text: string;
  /** True while the text is nothing but blanks. */
  blank: boolean;
  /** True if the text contains markup that is meant as text. */
  hasMarkup: boolean;
  /** True if the text contains the blank of a line break of HTML. */
  hasBreak: boolean;
  /** True if the text goes over several lines. */
  hasLines: boolean;
}

/** A range of the file; `raw` for a CDATA section, in which nothing is escaped. */
interface Span {
  readonly start: number;
  readonly end: number;
  readonly raw: boolean;
}

/** The file and where its repairs are reported. */
export interface Reading {
  readonly source: SourceText;
  readonly log: RepairLog;
}

const MAX_LENGTH = 100_000;

/** Appends text to the value, with its character references decoded. */
export function addText(pending: PendingElement, span: Span, { source, log }: Reading): void {
  pending.blank &&= isBlankText(source.markup, span.start, span.end);
  if (span.raw) log.add('cdata', span.start);
  const text = textOfSpan(pending, span, { source, log });
  pending.hasLines ||= /[\r\n]/.test(text);
  if (span.raw) {
    pending.text += text;
    return;
  }
  const decoded = decodeEntities(text);
  if (decoded.bareAmpersand) log.add('bare-ampersand', span.start);
  pending.text += decoded.text;
}

/** A tag inside a value. */
interface InnerTag {
  readonly name: ElementName;
  readonly start: number;
  readonly end: number;
}

/** Appends markup that is meant as text. A line break becomes a blank, except in numbers and dates, which it would join. */
export function addMarkup(pending: PendingElement, span: InnerTag, reading: Reading): void {
  if (span.name.name === 'BR' && !isNumberOrDate(pending.name)) {
    if (!pending.hasBreak || !pending.text.endsWith(' ')) pending.text += ' ';
    pending.hasBreak = true;
    return;
  }
  pending.blank = false;
  pending.hasMarkup = true;
  pending.text += textOfSpan(pending, span, reading);
}

/** Decodes as much of a range as the value has room for. */
function textOfSpan(
  { name, text }: PendingElement,
  { start, end }: Pick<Span, 'start' | 'end'>,
  { source: { markup, textOf }, log }: Reading,
): string {
  const room = MAX_LENGTH - text.length;
  if (end - start <= room) return textOf(markup.slice(start, end));
  log.add('long-value', start, name.name);
  return room <= 0 ? '' : textOf(markup.slice(start, start + room));
}

function isNumberOrDate({ name, isAmount }: ElementName): boolean {
  return isAmount || name.startsWith('DT');
}

/** Values that people write, in which any word may stand in angle brackets. */
const PROSE = new Set('NAME EXTDNAME MEMO MEMO2 DESC MESSAGE MESSAGE2 MKTGINFO SECNAME'.split(' '));
const HTML = new Set('A B BR DIV EM FONT HR I P SMALL SPAN STRONG TT U'.split(' '));

export function isHtml(name: string): boolean {
  return HTML.has(name);
}

/** Decides between aggregate and value: an unknown name is an aggregate if its own end tag comes before that of its parent. */
export function isAggregate(
  { name, blank, start }: PendingElement,
  parent: ElementName | null,
  endTags: EndTags,
): boolean {
  if (name.kind === 'leaf') return false;
  if (name.kind === 'aggregate' && blank) return true;
  if (name.kind === 'unknown' && !blank) return false;
  return endTags.comesWithin(name, parent, start);
}

/**
 * Returns true if a start tag inside a value is part of its text: HTML markup, a mention of `<OFX>`, an unknown name before
 * the value's own end tag, or one among words that is in lower case and has no end tag, unlike the names of the file.
 */
export function isTextInValue(pending: PendingElement, { name, end }: InnerTag, endTags: EndTags): boolean {
  if (pending.name.kind !== 'leaf') return false;
  if (HTML.has(name.name)) return true;
  if (pending.blank) return false;
  if (name.name === 'OFX') return !pending.hasLines;
  if (name.kind !== 'unknown' || name.level !== null || name.name.includes('.')) return false;
  if (endTags.nextIs(pending.name.spelling, end)) return true;
  const isUnlike = name.spelling !== name.name && pending.name.spelling === pending.name.name;
  const isInWords = PROSE.has(pending.name.name) && pending.text.endsWith(' ') && !pending.hasLines;
  return isUnlike && isInWords && !endTags.comesWithin(name, null, end);
}

/** Returns the value of a pending element as markup. */
export function pendingMarkup(pending: PendingElement): string {
  return pending.blank ? '' : escapeText(cleanValue(withoutLayout(pending), pending.name));
}

/** Removes any markup from the ends of a number or date. Inside a value, markup is text. */
function withoutLayout({ name, text, hasMarkup, hasBreak }: PendingElement): string {
  if (!isNumberOrDate(name)) return hasBreak ? text.replace(/ {2,}/g, ' ') : text;
  if (!hasMarkup) return text;
  const isTag = /^<\/?[a-z][^<>]*>$/i;
  let value = text.trim();
  while (value.endsWith('>') && isTag.test(value.slice(value.lastIndexOf('<'))))
    value = value.slice(0, value.lastIndexOf('<')).trimEnd();
  while (value.startsWith('<') && isTag.test(value.slice(0, value.indexOf('>') + 1)))
    value = value.slice(value.indexOf('>') + 1).trimStart();
  return value;
}

/** Characters that most values do not contain: a single class, which is found faster than the exact rule. */
const UNUSUAL = /[^ -%'-=?-~]/;
/** Anything but ASCII text that ofx-js can take unchanged. */
const SPECIAL = /[^ -~]|>|&(?!(?:amp|lt|gt);)/;
/** The same for decoded text, in which all letters are allowed. */
const SPECIAL_TEXT =
  /[\u0000-\u001f\u007f-\u009f>\ud800-\udfff\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]|&(?!(?:amp|lt|gt);)/;

/** Returns the value in a range as markup for ofx-js, which for most values is the same text. */
export function valueMarkup(
  name: ElementName,
  { start, end }: { readonly start: number; readonly end: number },
  { source: { markup, textOf }, log }: Reading,
): string {
  let [from, to] = [start, end];
  while (to > from && markup.charCodeAt(to - 1) <= 0x20) to -= 1;
  while (from < to && markup.charCodeAt(from) <= 0x20) from += 1;
  const usual = markup.slice(from, to);
  if (!UNUSUAL.test(usual) || !SPECIAL.test(usual)) return usual;
  // A byte that looked like a blank may be half of a letter, so the untrimmed range is decoded.
  const value = textOf(markup.slice(start, end));
  const trimmed = value.trim();
  if (!SPECIAL_TEXT.test(trimmed)) return trimmed;
  const { text, bareAmpersand } = decodeEntities(value);
  if (bareAmpersand) log.add('bare-ampersand', start);
  return escapeText(cleanValue(text, name));
}
