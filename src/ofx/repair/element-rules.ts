/** What a start tag is: an aggregate, a value, or text inside another value. Decided from its name and from what follows. */

import type { EndTags } from './end-tags.js';
import type { Name } from './name-table.js';
import type { Pending } from './pending-value.js';

const HTML = new Set('A B BR DIV EM FONT HR I P SMALL SPAN STRONG TT U'.split(' '));

export function isHtml(name: string): boolean {
  return HTML.has(name);
}

/** An unknown name is an aggregate if its own end tag comes before that of what it stands in. */
export function isAggregate({ name, blank, start }: Pending, parent: Name | null, endTags: EndTags): boolean {
  if (name.kind === 'leaf') return false;
  if (name.kind === 'aggregate' && blank) return true;
  if (name.kind === 'unknown' && !blank) return false;
  return endsWithin(name, parent, endTags, start);
}

/** An element of OFX that an open aggregate cannot hold, and that aggregate's end tag does not come in time: it was forgotten. */
export function isForgotten(
  open: Name | null,
  within: Name | null,
  element: Name,
  at: { endTags: EndTags; start: number },
): boolean {
  if (open === null || element.kind === 'unknown' || canHold(open, element)) return false;
  return !endsWithin(open, within, at.endTags, at.start);
}

/** What a statement says of itself is never among its transactions. */
const OUTSIDE_LISTS = new Set('CURDEF MKTGINFO BANKACCTFROM CCACCTFROM INVACCTFROM LOANACCTFROM'.split(' '));

function canHold({ content, isList }: Name, { name }: Name): boolean {
  return content === null ? !(isList && OUTSIDE_LISTS.has(name)) : content.has(name);
}

/** Inside a value, markup of HTML and the mention of `<OFX>` are text, and so is an unknown name before the value's own end tag. */
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

const FIRST_VALUES = new Set(['TRNTYPE', 'DTPOSTED', 'TRNAMT', 'FITID']);

/** A value of a transaction in the very list of transactions: the start tag before it is missing. */
export function beginsTransaction(open: Name, value: Name): boolean {
  return open.isList && FIRST_VALUES.has(value.name) && /TRANLISTP?$/.test(open.name) && open.name !== 'INVTRANLIST';
}

/** Whether the next end tag of a name comes before that of what it stands in. */
function endsWithin(name: Name, parent: Name | null, endTags: EndTags, start: number): boolean {
  const own = endTags.after(name.spelling, start);
  if (own < 0) return false;
  const parents = parent === null ? -1 : endTags.after(parent.spelling, start);
  return parents < 0 || own < parents;
}

/** Whether what is open must have ended where a name of this level begins. */
export function endsBefore(open: Name | undefined, level: number): boolean {
  return open !== undefined && (open.level === null || open.level >= level);
}
