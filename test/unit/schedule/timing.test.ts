/** Times of a schedule: parsing, wording, and the next one by the local clock, across summer time and clock changes. */

import { afterEach, describe, expect, test, vi } from 'vitest';
import { hoursAndMinutes, nextTime, parseInterval, parseTimeOfDay, timingText } from '../../../src/schedule/timing.js';

const daily = (time: string, weekdays = false) =>
  ({ kind: 'times', minutes: [parseTimeOfDay(time) ?? -1], weekdays }) as const;
const every = (length: string, weekdays = false) =>
  ({ kind: 'times', minutes: parseInterval(length) ?? [], weekdays }) as const;

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each([
  ['06:30', 390],
  ['6:30', 390],
  ['00:00', 0],
  ['23:59', 1439],
  ['24:00', null],
  ['06:60', null],
  ['6', null],
  ['06:30 ', null],
])('the time of day %j is minute %j', (text, minute) => {
  expect(parseTimeOfDay(text)).toBe(minute);
});

test.each([
  ['6h', [0, 360, 720, 1080]],
  ['12h', [0, 720]],
  ['8h', [0, 480, 960]],
  ['5h', null],
  ['90m', null],
  ['0h', null],
  ['24h', null],
  ['7m', null],
  ['6', null],
])('the interval %j is %j', (text, minutes) => {
  expect(parseInterval(text)).toEqual(minutes);
});

test.each(['1h', '2h', '3h', '6h', '12h'])('hours and minutes of %s combine to its times and no others', (length) => {
  const times = every(length);
  const { hours, minutes } = hoursAndMinutes(times);
  expect(hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute))).toEqual(times.minutes);
});

describe('the next time', () => {
  test('is today if it is still ahead, otherwise tomorrow', () => {
    expect(nextTime(daily('06:30'), new Date(2026, 10, 20, 6, 29))).toEqual(new Date(2026, 10, 20, 6, 30));
    expect(nextTime(daily('06:30'), new Date(2026, 10, 20, 6, 30))).toEqual(new Date(2026, 10, 21, 6, 30));
    expect(nextTime(every('6h'), new Date(2026, 10, 20, 18, 1))).toEqual(new Date(2026, 10, 21, 0, 0));
  });

  test('skips the weekend', () => {
    // 2026-11-20 is a Friday.
    expect(nextTime(daily('06:30', true), new Date(2026, 10, 20, 7))).toEqual(new Date(2026, 10, 23, 6, 30));
  });

  test.each(['America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'UTC'])(
    'comes once a day through a year of summer time in %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      expect(new Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
      for (const time of ['00:00', '02:30', '03:00', '06:30']) {
        let at = new Date(2026, 0, 1);
        const days = new Set<string>();
        for (let runs = 0; runs < 365; runs += 1) {
          const next = nextTime(daily(time), at);
          if (next === null) throw new Error('no next time');
          expect(next.getTime()).toBeGreaterThan(at.getTime());
          days.add(next.toDateString());
          at = next;
        }
        expect(days.size).toBe(365);
      }
    },
  );
});

test.each([
  [daily('06:30'), 'every day at 06:30'],
  [daily('06:30', true), 'from Monday to Friday at 06:30'],
  [every('6h'), 'every 6 hours'],
  [every('1h', true), 'every hour from Monday to Friday'],
  [{ kind: 'calendar', expression: 'Mon 06:30' } as const, 'at Mon 06:30'],
])('%j is said as %j', (timing, text) => {
  expect(timingText(timing)).toBe(text);
});
