/** Days as people name them: a date, a month, a year, `yesterday`, `last month`, a number of days back. Pure. */

import { addDays, type IsoDate, isIsoDate, isoDate, type Period } from '../../model/dates.js';

/** Words for messages and help. */
export const DAYS_TAKE = 'a day such as 2026-11-20, yesterday, 30d, last month, 2026-10 or 2026';

/** The words that completion offers, without blanks. */
export const DAY_WORDS = [
  'today',
  'yesterday',
  ...['this', 'last'].flatMap((which) => ['week', 'month', 'year'].map((unit) => `${which}-${unit}`)),
];

/** Returns the first and the last of the days that the text names, as seen from today; `null` for other text. */
export function daysNamed(text: string, today: IsoDate): Period | null {
  const word = text
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+(?=[a-z])/g, ' ');
  const back = /^(\d{1,5})d$/.exec(word)?.[1];
  if (back !== undefined) return oneDay(addDays(today, -Number(back)));
  if (word === 'today') return oneDay(today);
  if (word === 'yesterday') return oneDay(addDays(today, -1));
  const [, which, unit] = /^(this|last) ?(week|month|year)$/.exec(word) ?? [];
  if (unit !== undefined) return around(unit, which === 'last' ? 1 : 0, today);
  return calendarDays(word);
}

/**
 * Joins the two words of `--since last month`, which a person may type without quotes. Every other word stays as it is.
 */
export function withDaysJoined(argv: readonly string[]): string[] {
  const joined: string[] = [];
  for (const [index, word] of argv.entries()) {
    const [before, first = ''] = [argv[index - 2] ?? '', argv[index - 1] ?? ''];
    const isSecond =
      /^--(?:since|until)$/.test(before) && /^(?:this|last)$/i.test(first) && /^(?:week|month|year)$/i.test(word);
    if (isSecond) joined.splice(-1, 1, `${first} ${word}`);
    else joined.push(word);
  }
  return joined;
}

function oneDay(day: IsoDate): Period {
  return { from: day, to: day };
}

/** Reads `2026`, `2026-10` and `2026-10-31`. */
function calendarDays(text: string): Period | null {
  if (isIsoDate(text)) return oneDay(text);
  if (/^\d{4}$/.test(text)) return { from: isoDate(`${text}-01-01`), to: isoDate(`${text}-12-31`) };
  const first = `${text}-01`;
  return /^\d{4}-\d{2}$/.test(text) && isIsoDate(first) ? { from: first, to: lastOfMonth(first) } : null;
}

function lastOfMonth(first: IsoDate): IsoDate {
  const inNext = addDays(first, 31);
  return addDays(inNext, -Number(inNext.slice(8)));
}

/** Returns the week (from Monday), month or year of today, or the one before. */
function around(unit: string, back: 0 | 1, today: IsoDate): Period | null {
  if (unit === 'year') return calendarDays(String(Number(today.slice(0, 4)) - back).padStart(4, '0'));
  if (unit === 'week') {
    const monday = addDays(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7) - 7 * back);
    return { from: monday, to: addDays(monday, 6) };
  }
  const month = isoDate(`${today.slice(0, 7)}-01`);
  return calendarDays((back === 0 ? month : addDays(month, -1)).slice(0, 7));
}
