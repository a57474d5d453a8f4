/** Reads the five fields of crontab(5) as cron does, and finds their next time. */

interface CronFields {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  /** True if both fields restrict the day; then a day that matches either is enough. */
  readonly eitherDay: boolean;
}

interface Range {
  readonly from: number;
  readonly to: number;
  /** Names of the numbers, beginning with that of `from`. */
  readonly names?: readonly string[];
}

const MINUTES: Range = { from: 0, to: 59 };
const HOURS: Range = { from: 0, to: 23 };
const DAYS: Range = { from: 1, to: 31 };
const MONTHS: Range = {
  from: 1,
  to: 12,
  names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
};
/** Sunday is 0 and 7. */
const WEEKDAYS: Range = { from: 0, to: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] };

const NICKNAMES: ReadonlyMap<string, string> = new Map([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  ['@hourly', '0 * * * *'],
]);
/** The start of the machine, which cannot be predicted. */
const AT_START = '@reboot';

/** Returns `null` for an expression that cron rejects. `@reboot` has no times. */
export function parseCron(expression: string): CronFields | null {
  const text = expression.toLowerCase();
  if (text === AT_START) return { ...NEVER };
  const [first = '', second = '', third = '', fourth = '', fifth = '', ...more] = (NICKNAMES.get(text) ?? text).split(
    /[ \t]+/,
  );
  const minutes = setOf(first, MINUTES);
  const hours = setOf(second, HOURS);
  const days = setOf(third, DAYS);
  const months = setOf(fourth, MONTHS);
  const week = setOf(fifth, WEEKDAYS);
  if (minutes === null || hours === null || days === null || months === null || week === null || more.length > 0)
    return null;
  const weekdays = new Set([...week].map((day) => day % 7));
  return { minutes, hours, days, months, weekdays, eitherDay: !third.startsWith('*') && !fifth.startsWith('*') };
}

const NOTHING: ReadonlySet<number> = new Set();
const NEVER: CronFields = {
  minutes: NOTHING,
  hours: NOTHING,
  days: NOTHING,
  months: NOTHING,
  weekdays: NOTHING,
  eitherDay: false,
};

/** Reads a list of `*`, numbers, names and ranges, each with an optional step. */
function setOf(field: string, range: Range): Set<number> | null {
  const found = new Set<number>();
  for (const part of field.split(',')) {
    const [, span = '', step] = /^([^/]+)(?:\/(\d{1,2}))?$/.exec(part) ?? [];
    const ends = span === '*' ? [range.from, range.to] : span.split('-').map((end) => numberOf(end, range));
    const [from = null, to = step === undefined ? from : range.to] = ends;
    const by = Number(step ?? 1);
    if (from === null || to === null || ends.length > 2 || from > to || by === 0) return null;
    for (let value = from; value <= to; value += by) found.add(value);
  }
  return found;
}

function numberOf(text: string, { from, to, names = [] }: Range): number | null {
  const named = names.indexOf(text);
  if (named >= 0) return from + named;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return value >= from && value <= to ? value : null;
}

/** Longest time between two 29ths of February, across a century year that is not a leap year. */
const MOST_DAYS = 8 * 366;

/** Returns the first time after an instant, by the local clock; `null` when there is never one, such as on February 30. */
export function nextOfCron(fields: CronFields, after: Date): Date | null {
  const times = [...fields.hours]
    .flatMap((hour) => [...fields.minutes].map((minute) => hour * 60 + minute))
    .toSorted((a, b) => a - b);
  if (times.length === 0) return null;
  for (let add = 0; add <= MOST_DAYS; add += 1) {
    const day = new Date(after.getFullYear(), after.getMonth(), after.getDate() + add);
    if (!isOnDay(fields, day)) continue;
    for (const minute of times) {
      const time = new Date(day.getFullYear(), day.getMonth(), day.getDate(), 0, minute);
      if (time > after) return time;
    }
  }
  return null;
}

function isOnDay({ days, months, weekdays, eitherDay }: CronFields, day: Date): boolean {
  if (!months.has(day.getMonth() + 1)) return false;
  const [ofMonth, ofWeek] = [days.has(day.getDate()), weekdays.has(day.getDay())];
  return eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
}
