/** The timing of a schedule: times of a local day, or a calendar expression of the system that runs it. */

/** Minutes from midnight, ascending; every day, or from Monday to Friday. */
export interface DayTimes {
  readonly kind: 'times';
  readonly minutes: readonly number[];
  readonly weekdays: boolean;
}

/** `always`: a server that keeps running. */
export type Timing =
  | DayTimes
  | { readonly kind: 'calendar'; readonly expression: string }
  | { readonly kind: 'always' };

const DAY_HOURS = 24;
const SUNDAY = 0;
const SATURDAY = 6;

/** Returns `HH:MM` in minutes from midnight, or `null` for anything else. */
export function parseTimeOfDay(text: string): number | null {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  return hours === undefined ? null : Number(hours) * 60 + Number(minutes);
}

/** Returns the times of a day for `1h`, `6h` …, from midnight; `null` when the hours do not divide a day. */
export function parseInterval(text: string): readonly number[] | null {
  const hours = Number(/^(\d{1,2})h$/.exec(text)?.[1] ?? 0);
  if (hours === 0 || hours >= DAY_HOURS || DAY_HOURS % hours !== 0) return null;
  return Array.from({ length: DAY_HOURS / hours }, (_, index) => index * hours * 60);
}

/** Returns the hours and minutes whose combinations are all the times: the two lists of crontab and systemd. */
export function hoursAndMinutes({ minutes }: DayTimes): { readonly hours: number[]; readonly minutes: number[] } {
  const distinct = (values: readonly number[]) => [...new Set(values)].toSorted((a, b) => a - b);
  return {
    hours: distinct(minutes.map((minute) => Math.floor(minute / 60))),
    minutes: distinct(minutes.map((minute) => minute % 60)),
  };
}

/** Returns the first time after an instant, by the local clock; a time that summer time skips runs an hour later. */
export function nextTime({ minutes, weekdays }: DayTimes, after: Date): Date | null {
  for (let day = 0; day <= 8; day += 1) {
    for (const minute of minutes) {
      const time = new Date(after.getFullYear(), after.getMonth(), after.getDate() + day, 0, minute);
      if (time <= after) continue;
      if (weekdays && (time.getDay() === SUNDAY || time.getDay() === SATURDAY)) continue;
      return time;
    }
  }
  return null;
}

/** Returns `every day at 06:30`, `every 6 hours from Monday to Friday`, or the expression. */
export function timingText(timing: Timing): string {
  if (timing.kind === 'always') return 'always';
  if (timing.kind === 'calendar') return `at ${timing.expression}`;
  const { minutes, weekdays } = timing;
  const days = weekdays ? 'from Monday to Friday' : 'every day';
  const [first = 0, second] = minutes;
  if (second === undefined) return `${days} at ${timeText(first)}`;
  const step = second - first;
  const interval = step === 60 ? 'every hour' : `every ${step / 60} hours`;
  return weekdays ? `${interval} ${days}` : interval;
}

/** Returns the options of `schedule install` for a timing; those of a server are in its command. */
export function timingOptions(timing: Timing): string {
  if (timing.kind === 'always') return '--serve';
  if (timing.kind === 'calendar') return `--calendar "${timing.expression}"`;
  const { minutes, weekdays } = timing;
  const [first = 0, second] = minutes;
  const interval = second === undefined ? `--daily ${timeText(first)}` : `--every ${(second - first) / 60}h`;
  return weekdays ? `${interval} --weekdays` : interval;
}

export function timeText(minute: number): string {
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

export function two(value: number): string {
  return String(value).padStart(2, '0');
}
