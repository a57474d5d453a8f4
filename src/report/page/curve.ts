/** The drawing of a balance curve: shapes only, which stretch with the page; its words stand around it. */

import { earlier, type IsoDate, later, type Period } from '../../model/dates.js';
import type { Decimal } from '../../model/decimal.js';
import { compare, placesOf, subtract, toUnits, ZERO } from '../../model/money.js';
import type { BalanceSeries, SeriesPoint } from '../series.js';
import { coordinate, dayRatio, type Formats } from './format.js';
import { type Html, html } from './html.js';

const WIDTH = 600;
const HEIGHT = 120;
/** Columns of the drawing; what lies closer together is drawn as its lowest and highest. */
const COLUMNS = 240;

export interface CurveRange {
  readonly lowest: SeriesPoint;
  readonly highest: SeriesPoint;
  readonly first: SeriesPoint;
  readonly last: SeriesPoint;
}

/** Returns the points within a period, the balance before it as that of its first day; and the last as that of its end. */
export function pointsWithin(points: readonly SeriesPoint[], { from, to }: Period): SeriesPoint[] {
  const before = points.findLast(({ day }) => day < from);
  const within = points.filter(({ day }) => day >= from && day <= to);
  const start = before !== undefined && within[0]?.day !== from ? [{ day: from, amount: before.amount }] : [];
  return [...start, ...within];
}

export function rangeOf(points: readonly SeriesPoint[]): CurveRange | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const lowest = points.reduce((a, b) => (compare(b.amount, a.amount) < 0 ? b : a), first);
  const highest = points.reduce((a, b) => (compare(b.amount, a.amount) > 0 ? b : a), first);
  return { lowest, highest, first, last };
}

/**
 * Returns the curve of an account. Zero is part of the drawing, unless the balance stays far above it; then only the line is
 * drawn, without an area that would be measured from zero.
 * @param id begins the ids of the drawing.
 */
export function curve(
  { currency, uncertain }: Pick<BalanceSeries, 'currency' | 'uncertain'>,
  points: readonly SeriesPoint[],
  {
    id,
    period,
    title,
    formats,
  }: { readonly id: string; readonly period: Period; readonly title: string; readonly formats: Formats },
): Html {
  const range = rangeOf(points);
  if (range === null) return html``;
  const scale = scaleOf(range);
  const drawn = thinned(points, period);
  const x = (day: IsoDate) => coordinate(dayRatio(day, period) * WIDTH);
  const line = stepPath(drawn.map(({ day, amount }) => [x(day), scale.y(amount)]));
  const shaded = merged(uncertain).flatMap((span) => shadeOf(span, period));
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}t ${id}d" class="curve"><title id="${id}t">${title}</title><desc id="${id}d">${description(range, { currency, shaded, formats })}</desc>${shaded.map(
    (span) =>
      html`<rect class="uncertain" x="${x(span.from)}" y="0" width="${widthOf(x(span.from), x(span.to))}" height="${HEIGHT}"/>`,
  )}${scale.zero === null ? null : areas(drawn, x, scale.y, scale.zero)}${
    scale.zero === null ? null : html`<line class="zero" x1="0" x2="${WIDTH}" y1="${scale.zero}" y2="${scale.zero}"/>`
  }<path class="line" d="${line}"/></svg>`;
}

interface Scale {
  readonly y: (amount: Decimal) => string;
  /** `null` when zero is not part of the drawing. */
  readonly zero: string | null;
}

function scaleOf({ lowest, highest }: CurveRange): Scale {
  const spread = subtract(highest.amount, lowest.amount);
  const isFar = compare(lowest.amount, ZERO) > 0 && compare(spread, subtract(lowest.amount, spread)) < 0;
  const least = isFar || compare(lowest.amount, ZERO) < 0 ? lowest.amount : ZERO;
  const most = isFar || compare(highest.amount, ZERO) > 0 ? highest.amount : ZERO;
  const y = (amount: Decimal) => coordinate(HEIGHT - 3 - partOf(amount, least, most) * (HEIGHT - 6));
  return { y, zero: isFar ? null : y(ZERO) };
}

/** Returns 0 for the least and 1 for the most. */
function partOf(amount: Decimal, least: Decimal, most: Decimal): number {
  const places = Math.max(placesOf(amount), placesOf(least), placesOf(most));
  const [value, low, high] = [toUnits(amount, places), toUnits(least, places), toUnits(most, places)];
  return high === low ? 0.5 : Number(((value - low) * 10_000n) / (high - low)) / 10_000;
}

function areas(
  points: readonly SeriesPoint[],
  x: (day: IsoDate) => string,
  y: (amount: Decimal) => string,
  zero: string,
): Html[] {
  const last = points.at(-1);
  const first = points[0];
  if (first === undefined || last === undefined) return [];
  const area = (name: string, limit: (amount: Decimal) => Decimal) => {
    const path = stepPath(points.map(({ day, amount }) => [x(day), y(limit(amount))]));
    return html`<path class="${name}" d="${path}V${zero}H${x(first.day)}Z"/>`;
  };
  const isDebt = (amount: Decimal) => amount.startsWith('-');
  return [
    ...(points.some(({ amount }) => !isDebt(amount))
      ? [area('assets', (amount) => (isDebt(amount) ? ZERO : amount))]
      : []),
    ...(points.some(({ amount }) => isDebt(amount))
      ? [area('debts', (amount) => (isDebt(amount) ? amount : ZERO))]
      : []),
  ];
}

/** Draws each balance as a level line up to the next one. */
function stepPath(corners: readonly (readonly [x: string, y: string])[]): string {
  return corners
    .map(([x, y], index) =>
      index === 0
        ? `M${x} ${y}`
        : `${x === corners[index - 1]?.[0] ? '' : `H${x}`}${y === corners[index - 1]?.[1] ? '' : `V${y}`}`,
    )
    .join('');
}

/** Keeps of each column the first, lowest, highest and last point. */
function thinned(points: readonly SeriesPoint[], period: Period): readonly SeriesPoint[] {
  if (points.length <= 2 * COLUMNS) return points;
  const columns = new Map<number, SeriesPoint[]>();
  for (const point of points) {
    const column = Math.round(dayRatio(point.day, period) * COLUMNS);
    const known = columns.get(column);
    if (known === undefined) columns.set(column, [point]);
    else known.push(point);
  }
  return [...columns.values()].flatMap((column) => {
    const range = rangeOf(column);
    if (range === null) return [];
    const kept = new Set([range.first, range.lowest, range.highest, range.last]);
    return column.filter((point) => kept.has(point));
  });
}

function merged(spans: readonly Period[]): Period[] {
  const apart: Period[] = [];
  for (const span of spans) {
    const last = apart.at(-1);
    if (last === undefined || span.from > last.to) apart.push(span);
    else apart.splice(-1, 1, { from: last.from, to: later(last.to, span.to) });
  }
  return apart;
}

function shadeOf(span: Period, period: Period): Period[] {
  if (span.to < period.from || span.from > period.to) return [];
  return [{ from: later(span.from, period.from), to: earlier(span.to, period.to) }];
}

/** A single day is wide enough to be seen. */
function widthOf(from: string, to: string): string {
  return coordinate(Math.max(3, Number(to) - Number(from)));
}

function description(
  { first, last, lowest, highest }: CurveRange,
  {
    currency,
    shaded,
    formats,
  }: { readonly currency: string; readonly shaded: readonly Period[]; readonly formats: Formats },
): string {
  const at = ({ day, amount }: SeriesPoint) => `${formats.amount(amount, currency)} on ${formats.day(day)}`;
  const spans = shaded.map(({ from, to }) => `${formats.day(from)} to ${formats.day(to)}`);
  return `From ${at(first)} to ${at(last)}; lowest ${at(lowest)}, highest ${at(highest)}.${spans.length === 0 ? '' : ` Uncertain: ${spans.join(', ')}.`}`;
}
