/** Times and ages as people read them: local time, and the largest unit that is precise enough. */

import { localDate } from '../../model/dates.js';

/** Returns `2026-11-20 06:30`, local time; the text unchanged when it is not an instant. */
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

/** Returns `3 d`, `40 h`, `90 min`, `5 s`: rounded down, in the largest unit of which the age has at least two. */
export function ageText(ms: number): string {
  const [size, unit] = UNITS.find(([one]) => ms >= 2 * one) ?? [1000, 's'];
  return `${Math.floor(ms / size)} ${unit}`;
}
