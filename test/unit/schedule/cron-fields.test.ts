/** Expressions of crontab(5), read as cron does, and their next time. */

import { expect, test } from 'vitest';
import { nextOfCron, parseCron } from '../../../src/schedule/cron-fields.js';
import { fc } from '../../support/properties.js';

const next = (expression: string, after: Date) => {
  const fields = parseCron(expression);
  return fields === null ? 'refused' : nextOfCron(fields, after);
};
/** A Friday. */
const NOON = new Date(2026, 10, 20, 12);

test.each([
  ['30 6 * * *', new Date(2026, 10, 21, 6, 30)],
  ['30 6 * * 1-5', new Date(2026, 10, 23, 6, 30)],
  ['30 6 * * mon,Thu', new Date(2026, 10, 23, 6, 30)],
  ['0 */6 * * *', new Date(2026, 10, 20, 18)],
  ['5-59/20 12 * * *', new Date(2026, 10, 20, 12, 5)],
  ['0 12 * * *', new Date(2026, 10, 21, 12)],
  ['0 0 * * 7', new Date(2026, 10, 22)],
  ['0 0 29 feb *', new Date(2028, 1, 29)],
  // If both days are restricted, either is enough …
  ['0 0 1 * mon', new Date(2026, 10, 23)],
  // … and if one begins with a star, both must match.
  ['0 0 */2 * mon', new Date(2026, 10, 23)],
  ['0 0 1 */1 mon', new Date(2026, 10, 23)],
  ['0 0 30 2 *', null],
  ['@daily', new Date(2026, 10, 21)],
  ['@weekly', new Date(2026, 10, 22)],
  ['@reboot', null],
])('%s is next at %s', (expression, expected) => {
  expect(next(expression, NOON)).toEqual(expected);
});

test.each([
  '',
  'daily',
  '@often',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '*/0 * * * *',
  '5-1 * * * *',
  '1-2-3 * * * *',
  ',1 * * * *',
  '-1 * * * *',
  '1.5 * * * *',
])('%j is refused', (expression) => {
  expect(parseCron(expression)).toBeNull();
});

const field = (from: number, to: number) =>
  fc.oneof(
    fc.constant('*'),
    fc.integer({ min: from, max: to }).map(String),
    fc.integer({ min: 2, max: 9 }).map((step) => `*/${step}`),
    fc
      .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
      .map(([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`),
  );

test('no earlier minute matches (property)', () => {
  const expression = fc
    .tuple(field(0, 59), field(0, 23), field(1, 28), field(1, 12), field(0, 7))
    .map((fields) => fields.join(' '));
  const instant = fc.date({ min: new Date(2026, 0, 1), max: new Date(2027, 11, 31), noInvalidDate: true });
  fc.assert(
    fc.property(expression, instant, (text, after) => {
      const fields = parseCron(text);
      if (fields === null) throw new Error(`refused: ${text}`);
      const found = nextOfCron(fields, after);
      if (found === null) throw new Error(`no time for ${text}`);
      expect(found.getTime()).toBeGreaterThan(after.getTime());
      expect(found.getTime() % 60_000).toBe(0);
      // No match in the hours before it, where an off-by-one error would show.
      const since = Math.max(after.getTime() + 1, found.getTime() - 26 * 3_600_000);
      for (let at = Math.ceil(since / 60_000) * 60_000; at < found.getTime(); at += 60_000)
        expect(fits(text, new Date(at)), `${text} ${new Date(at)}`).toBe(false);
      expect(fits(text, found)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

/** Reads each field directly, without the sets. */
function fits(expression: string, at: Date): boolean {
  const [minute = '', hour = '', day = '', month = '', week = ''] = expression.split(' ');
  const holds = (text: string, value: number, from: number) => {
    if (text === '*') return true;
    if (text.startsWith('*/')) return (value - from) % Number(text.slice(2)) === 0;
    const [low = 0, high = low] = text.split('-').map(Number);
    return value >= low && value <= high;
  };
  const ofMonth = holds(day, at.getDate(), 1);
  const ofWeek = holds(week, at.getDay(), 0) || (at.getDay() === 0 && holds(week, 7, 0));
  const both = day.startsWith('*') || week.startsWith('*');
  return (
    holds(minute, at.getMinutes(), 0) &&
    holds(hour, at.getHours(), 0) &&
    holds(month, at.getMonth() + 1, 1) &&
    (both ? ofMonth && ofWeek : ofMonth || ofWeek)
  );
}
