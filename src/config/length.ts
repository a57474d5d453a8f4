/** Lengths of time as people write them: `90d`, `60s`, `2m`, `1h`. */

const DURATION = /^(\d{1,6})\s*(ms|s|m|h|d)$/;
const DAYS = /^(\d{1,5})\s*d$/;
export const MAX_DURATION_MS = 86_400_000;
export const MAX_DAYS = 36_500;

const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** Other words for units, each with the unit that replaces it and the factor. */
const OTHER_UNITS: ReadonlyMap<string, readonly [times: number, unit: string]> = new Map(
  (
    [
      ['sec secs second seconds', 1, 's'],
      ['min mins minute minutes', 1, 'm'],
      ['hr hrs hour hours', 1, 'h'],
      ['day days', 1, 'd'],
      ['w week weeks', 7, 'd'],
      ['mo month months', 30, 'd'],
      ['y year years', 365, 'd'],
    ] as const
  ).flatMap(([words, times, unit]) => words.split(' ').map((word) => [word, [times, unit]] as const)),
);

/** An age is a duration that may be longer than a day. */
export const LENGTH_PATTERNS = { duration: DURATION, days: DAYS, age: DURATION } as const;
export type LengthKind = keyof typeof LENGTH_PATTERNS;

/** Returns `250ms`, `60s`, `2m`, `1h` or `1d` in milliseconds; 0 for anything else. */
export function parseDuration(text: string): number {
  const [, count = '0', unit = 's'] = DURATION.exec(text) ?? [];
  return Number(count) * (UNIT_MS.get(unit) ?? 0);
}

/** Returns `90d` in days; 0 for anything else. */
export function parseDays(text: string): number {
  return Number(DAYS.exec(text)?.[1] ?? 0);
}

/** Explains an invalid length, and what to write instead. */
export function lengthComplaint(input: unknown, kind: LengthKind): { message: string; suggestion: string } {
  const usual = USUAL[kind];
  const [, count, word = ''] = /^\s*(\d{1,6})\s*([a-z]*)\s*$/i.exec(String(input)) ?? [];
  if (count === undefined) return { message: 'not a length of time', suggestion: usual };
  if (word === '')
    return { message: `${count} has no unit`, suggestion: kind === 'duration' ? `${count}s` : `${count}d` };
  const [times, unit] = OTHER_UNITS.get(word.toLowerCase()) ?? [1, word.toLowerCase()];
  const meant = `${Number(count) * times}${unit}`;
  if (LENGTH_PATTERNS[kind].test(meant) && meant !== input)
    return { message: `cannot read ${JSON.stringify(input)} as a length of time`, suggestion: meant };
  if (kind === 'days' && UNIT_MS.has(unit))
    return { message: `must be whole days, and ${unit} stands for ${UNIT_NAMES[unit]}`, suggestion: usual };
  return { message: `unknown unit ${JSON.stringify(word)}`, suggestion: usual };
}

const USUAL: Readonly<Record<LengthKind, string>> = {
  days: 'a number of days such as 90d',
  duration: 'a length of time such as 60s, 2m or 1h',
  age: 'a length of time such as 3d or 12h',
};
const UNIT_NAMES: Readonly<Record<string, string>> = { ms: 'milliseconds', s: 'seconds', m: 'minutes', h: 'hours' };
