/** The drawing of a balance curve: shapes only, which stretch with the page; its words stand around it. */

import { earlier, later, type Period } from '../../model/dates.js';
import { placesOf, toUnits } from '../../model/money.js';
import type { BalanceSeries, SeriesPoint } from '../series.js';
import { coordinate, dayRatio, type Formats } from './format.js';
import { type Html, html } from './html.js';

const WIDTH = 600;
const HEIGHT = 120;
/** Columns of the drawing; what lies closer together is drawn as its lowest and highest. */
const COLUMNS = 240;

export interface CurveRange<Point extends SeriesPoint = SeriesPoint> {
  readonly lowest: Point;
  readonly highest: Point;
  readonly first: Point;
  readonly last: Point;
}

/** A point in units of one size, at a place from 0 to 1 in the period. */
export interface PlottedPoint extends SeriesPoint {
  readonly units: bigint;
  readonly at: number;
}

/** Returns the points within a period, the balance before it as that of its first day. */
export function plotted(points: readonly SeriesPoint[], { from, to }: Period): PlottedPoint[] {
  const before = points.findLast(({ day }) => day < from);
  const within = points.filter(({ day }) => day >= from && day <= to);
  const shown =
    before === undefined || within[0]?.day === from ? within : [{ day: from, amount: before.amount }, ...within];
  const places = Math.max(0, ...shown.map(({ amount }) => placesOf(amount)));
  const [start, end] = [Date.parse(from), Date.parse(to)];
  return shown.map(({ day, amount }) => ({
    day,
    amount,
    units: toUnits(amount, places),
    at: end === start ? 1 : (Date.parse(day) - start) / (end - start),
  }));
}

export function rangeOf(points: readonly PlottedPoint[]): CurveRange<PlottedPoint> | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return null;
  const lowest = points.reduce((a, b) => (b.units < a.units ? b : a), first);
  const highest = points.reduce((a, b) => (b.units > a.units ? b : a), first);
  return { lowest, highest, first, last };
}

/**
 * Returns the curve of an account. Zero is part of the drawing, unless the balance stays far above it; then only the line is
 * drawn, without an area that would be measured from zero.
 * @param id begins the ids of the drawing.
 */
export function curve(
  { currency, uncertain }: Pick<BalanceSeries, 'currency' | 'uncertain'>,
  points: readonly PlottedPoint[],
  { id, period, title, formats }: CurveOptions,
): Html {
  const range = rangeOf(points);
  if (range === null) return html``;
  const { y, zero } = scaleOf(range);
  const corners = thinned(points).map(({ at, units }): Corner => ({ x: coordinate(at * WIDTH), units }));
  const shaded = merged(uncertain).flatMap((span) => shadeOf(span, period));
  const line = stepPath(corners.map(({ x, units }) => [x, y(units)]));
  return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-labelledby="${id}t ${id}d" class="curve"><title id="${id}t">${title}</title><desc id="${id}d">${description(range, { currency, shaded, formats })}</desc>${
    zero === null ? null : areas(corners, y, zero)
  }${shaded.map((span) => shade(span, period))}${
    zero === null ? null : html`<line class="zero" x1="0" x2="${WIDTH}" y1="${zero}" y2="${zero}"/>`
  }<path class="line" d="${line}"/></svg>`;
}

interface CurveOptions {
  readonly id: string;
  readonly period: Period;
  readonly title: string;
  readonly formats: Formats;
}

interface Corner {
  readonly x: string;
  readonly units: bigint;
}

interface Scale {
  readonly y: (units: bigint) => string;
  /** `null` when zero is not part of the drawing. */
  readonly zero: string | null;
}

function scaleOf({ lowest: { units: lowest }, highest: { units: highest } }: CurveRange<PlottedPoint>): Scale {
  const isFar = lowest > 0n && highest - lowest < lowest / 2n;
  const least = isFar || lowest < 0n ? lowest : 0n;
  const most = isFar || highest > 0n ? highest : 0n;
  // From 0 for the least to 1 for the most.
  const part = (units: bigint) =>
    most === least ? 0.5 : Number(((units - least) * 10_000n) / (most - least)) / 10_000;
  const y = (units: bigint) => coordinate(HEIGHT - 3 - part(units) * (HEIGHT - 6));
  return { y, zero: isFar ? null : y(0n) };
}

function areas(corners: readonly Corner[], y: Scale['y'], zero: string): Html[] {
  const area = (name: string, limit: (units: bigint) => bigint) =>
    html`<path class="${name}" d="${stepPath(corners.map(({ x, units }) => [x, y(limit(units))]))}V${zero}H${corners[0]?.x ?? '0'}Z"/>`;
  return [
    ...(corners.some(({ units }) => units > 0n) ? [area('assets', (units) => (units > 0n ? units : 0n))] : []),
    ...(corners.some(({ units }) => units < 0n) ? [area('debts', (units) => (units < 0n ? units : 0n))] : []),
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
function thinned(points: readonly PlottedPoint[]): readonly PlottedPoint[] {
  if (points.length <= 2 * COLUMNS) return points;
  const columns = new Map<number, PlottedPoint[]>();
  for (const point of points) {
    const column = Math.round(point.at * COLUMNS);
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

function shade({ from, to }: Period, period: Period): Html {
  const [x, end] = [dayRatio(from, period) * WIDTH, dayRatio(to, period) * WIDTH];
  // A single day is wide enough to be seen.
  return html`<rect class="uncertain" x="${coordinate(Math.min(x, WIDTH - 4))}" y="0" width="${coordinate(Math.max(4, end - x))}" height="${HEIGHT}"/>`;
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
