/**
 * Time of the simulated world. Days count from the first of January 2024. Moments are hours since its midnight, by the clock
 * of the town in which bank and customer live.
 */

const EPOCH = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

export function dayOf(moment: number): number {
  return Math.floor(moment / 24);
}

/** Returns `YYYY-MM-DD`. */
export function isoDay(day: number): string {
  return new Date(EPOCH + day * DAY_MS).toISOString().slice(0, 10);
}

/** Returns `YYYYMMDD`, as OFX writes it. */
export function ofxDay(day: number): string {
  return isoDay(day).replaceAll('-', '');
}

/** Returns the day of a text that begins with `YYYYMMDD` or `YYYY-MM-DD`. */
export function dayNumber(text: string): number {
  const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(text) ?? [];
  if (year === undefined) throw new Error(`not a day: ${text}`);
  return (Date.UTC(Number(year), Number(month) - 1, Number(day)) - EPOCH) / DAY_MS;
}

export function dayOfMonth(day: number): number {
  return Number(isoDay(day).slice(8));
}

/** Returns 0 for Sunday to 6 for Saturday. */
export function weekday(day: number): number {
  return (((day + 1) % 7) + 7) % 7;
}

/** Returns what the clock of the computer says at a moment, in the time zone of this process. */
export function clockAt(moment: number): Date {
  return new Date(2024, 0, 1, moment);
}
