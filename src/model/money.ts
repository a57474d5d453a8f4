/** Exact arithmetic on {@link Decimal}. The only file that imports big.js; nothing here ever becomes a `number`. */

import { Big } from 'big.js';
import { type Decimal, decimal } from './decimal.js';

export const ZERO: Decimal = decimal('0');

export function add(a: Decimal, b: Decimal): Decimal {
  return fromBig(new Big(a).plus(b));
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return fromBig(new Big(a).minus(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return fromBig(new Big(a).times(b));
}

/** Returns the quotient with `places` digits after the point, halves away from zero. @throws Error for a divisor of zero. */
export function divide(a: Decimal, b: Decimal, places: number): Decimal {
  // In two steps, since `Big.DP` is global and must not change.
  const scale = new Big(10).pow(places);
  const quotient = new Big(a).times(scale).div(b).round(0, Big.roundHalfUp).div(scale);
  return decimal(withoutMinusZero(quotient.toFixed(places)));
}

/** Rounds to `places` digits after the point, halves away from zero. */
export function round(a: Decimal, places: number): Decimal {
  return decimal(withoutMinusZero(new Big(a).round(places, Big.roundHalfUp).toFixed(places)));
}

export function sum(amounts: Iterable<Decimal>): Decimal {
  let total = new Big(0);
  for (const amount of amounts) total = total.plus(amount);
  return fromBig(total);
}

/** Changes the sign and keeps the digits: `1.50` becomes `-1.50`. */
export function negate(a: Decimal): Decimal {
  if (isZero(a)) return a;
  return decimal(a.startsWith('-') ? a.slice(1) : `-${a}`);
}

/** Removes the sign and keeps the digits. */
export function absolute(a: Decimal): Decimal {
  return a.startsWith('-') ? negate(a) : a;
}

/** Returns -1, 0 or 1, by value: `1.5` equals `1.50`. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  return new Big(a).cmp(b);
}

export function isZero(a: Decimal): boolean {
  return !/[1-9]/.test(a);
}

/** Returns the same value with at least `places` digits after the point; existing digits are never cut. */
export function withPlaces(a: Decimal, places: number): Decimal {
  const [whole = '0', fraction = ''] = a.split('.');
  const padded = fraction.padEnd(places, '0');
  return decimal(padded === '' ? whole : `${whole}.${padded}`);
}

/** Returns the number of digits after the point. */
export function placesOf(a: Decimal): number {
  const point = a.indexOf('.');
  return point < 0 ? 0 : a.length - point - 1;
}

/** Returns the amount in units of 10^-places, for long sums. @param places at least those of the amount. */
export function toUnits(a: Decimal, places: number): bigint {
  const point = a.indexOf('.');
  if (point < 0) return BigInt(a.padEnd(a.length + places, '0'));
  return BigInt(`${a.slice(0, point)}${a.slice(point + 1).padEnd(places, '0')}`);
}

/** Returns the amount of a number of units of 10^-places, in its shortest spelling. */
export function fromUnits(units: bigint, places: number): Decimal {
  const digits = String(units < 0n ? -units : units).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return decimal(`${units < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`);
}

function fromBig(value: Big): Decimal {
  return decimal(withoutMinusZero(value.toFixed()));
}

function withoutMinusZero(text: string): string {
  return /[1-9]/.test(text) ? text : text.replace(/^-/, '');
}
