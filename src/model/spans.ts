/** Spans of days, first and last included. Pure. */

import { addDays, type IsoDate, type Period } from './dates.js';

/** A list of spans with one more, none touching or overlapping, oldest first. */
export function withSpan(spans: readonly Period[], added: Period): Period[] {
  let { from, to } = added;
  const apart: Period[] = [];
  for (const span of spans) {
    if (addDays(span.to, 1) < from || span.from > addDays(to, 1)) apart.push(span);
    else {
      from = span.from < from ? span.from : from;
      to = span.to > to ? span.to : to;
    }
  }
  return [...apart, { from, to }].toSorted((a, b) => a.from.localeCompare(b.from));
}

/** What is left of a span without another. */
export function withoutSpan(span: Period, taken: Period): Period[] {
  if (taken.to < span.from || taken.from > span.to) return [span];
  const left: Period[] = [];
  if (span.from < taken.from) left.push({ from: span.from, to: addDays(taken.from, -1) });
  if (span.to > taken.to) left.push({ from: addDays(taken.to, 1), to: span.to });
  return left;
}

export function earlier(a: IsoDate, b: IsoDate): IsoDate {
  return a < b ? a : b;
}

export function later(a: IsoDate, b: IsoDate): IsoDate {
  return a > b ? a : b;
}
