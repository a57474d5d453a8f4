/** What a start tag is: an aggregate, a value, or text inside another value. Decided from its name and from what follows. */

import type { EndTags } from './end-tags.js';
import { kindOf, levelOf, type NameKind } from './names.js';

/** A start tag whose nature is only known at the next tag. */
export interface Pending {
  readonly name: string;
  /** As written, to find its end tag. */
  readonly spelling: string;
  readonly kind: NameKind;
  readonly start: number;
  readonly selfClosing: boolean;
  readonly parts: string[];
  /** Nothing but blanks so far. */
  blank: boolean;
}

const HTML = new Set('A B BR DIV EM FONT HR I P SMALL SPAN STRONG TT U'.split(' '));

export function isHtml(name: string): boolean {
  return HTML.has(name);
}

/** An unknown name is an aggregate if its own end tag comes before that of what it stands in. */
export function isAggregate(
  { kind, blank, spelling, start }: Pending,
  parent: string | null,
  endTags: EndTags,
): boolean {
  if (kind === 'leaf') return false;
  if (kind === 'aggregate' && blank) return true;
  if (kind === 'unknown' && !blank) return false;
  const own = endTags.after(spelling, start);
  if (own < 0) return false;
  const parents = parent === null ? -1 : endTags.after(parent, start);
  return parents < 0 || own < parents;
}

/** Inside a value, markup of HTML and the mention of `<OFX>` are text, and so is an unknown name before the value's own end tag. */
export function isTextInValue(
  { name, end }: { name: string; end: number },
  pending: Pending,
  endTags: EndTags,
): boolean {
  if (pending.blank || pending.kind !== 'leaf') return false;
  if (name === 'OFX') return !/[\r\n]/.test(pending.parts.at(-1) ?? '');
  if (name.includes('.') || kindOf(name) !== 'unknown' || levelOf(name) !== null) return false;
  return HTML.has(name) || endTags.nextIs(pending.spelling, end);
}
