/** A start tag whose nature is only known at the next tag, with the text after it. */

import type { Source } from '../text/charset.js';
import { isBlank } from '../text/clean.js';
import { decodeEntities } from '../text/entities.js';
import type { Name } from './name-table.js';
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
  pending.blank &&= isBlank(source.markup, start, end);
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
