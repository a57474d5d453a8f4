/** A curve as a line of text, for terminals. */

import type { Decimal } from '../model/decimal.js';
import { placesOf, toUnits } from '../model/money.js';

const BARS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** For a curve that never changes. */
const LEVEL = '▄';

/**
 * Returns a character for each amount, from the lowest (`▁`) to the highest (`█`); a blank where none is known. The lowest
 * amount is not zero: the line shows the shape of a curve, not its size. Use `sampledAmounts` for the amounts of a series.
 */
export function sparkline(amounts: readonly (Decimal | null)[]): string {
  const known = amounts.flatMap((amount) => amount ?? []);
  const places = Math.max(0, ...known.map(placesOf));
  const units = known.map((amount) => toUnits(amount, places));
  const least = units.reduce((a, b) => (b < a ? b : a), units[0] ?? 0n);
  const most = units.reduce((a, b) => (b > a ? b : a), units[0] ?? 0n);
  return amounts.map((amount) => (amount === null ? ' ' : barOf(toUnits(amount, places), least, most))).join('');
}

function barOf(units: bigint, least: bigint, most: bigint): string {
  if (most === least) return LEVEL;
  const steps = BigInt(BARS.length - 1);
  // Rounded to the nearest of the eight heights.
  return BARS[Number((2n * (units - least) * steps + (most - least)) / (2n * (most - least)))] ?? LEVEL;
}
