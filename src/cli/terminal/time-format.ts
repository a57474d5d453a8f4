/** Moments and ages as people read them: the time of their own zone, and the largest unit that says enough. */

import { localDate } from '../../model/dates.js';

/** `2026-11-20 06:30`, local time; the text itself when it is no instant. */
export function momentText(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${localDate(date)} ${two(date.getHours())}:${two(date.getMinutes())}`;
}

const UNITS = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;

/** `3 d`, `40 h`, `90 min`, `5 s`: whole units, rounded down, of the largest that is there at least twice. */
export function ageText(ms: number): string {
  const [size, unit] = UNITS.find(([one]) => ms >= 2 * one) ?? [1000, 's'];
  return `${Math.floor(ms / size)} ${unit}`;
}
