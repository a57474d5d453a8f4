/** The calendar of coverage for a terminal: a line for each account, a mark for each month; in words for a screen reader. */

import { type Calendar, type CalendarRow, MONTH_STATES, type MonthState } from '../../report/calendar.js';
import { visible } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { table, wrapped } from '../terminal/table.js';
import { plural } from '../terminal/wording.js';

/** Marks that differ without colour, and their meanings. */
const STATES: Readonly<Record<MonthState, readonly [mark: string, meaning: string]>> = {
  gap: ['!', 'gap'],
  refused: ['×', 'the bank sent nothing'],
  stale: ['…', 'stale'],
  covered: ['■', 'covered'],
  before: ['·', 'before the first day'],
};
const COLOURS = { gap: 'red', refused: 'yellow', stale: 'yellow', covered: 'green', before: null } as const;

const MOST_MONTHS = 12;
const CELL = 3;
/** Room for a name, at least. */
const NAME = 14;
const COLUMNS = [{ align: 'left', flexible: true }, { align: 'left' }] as const;

interface CoverageOptions {
  readonly width: number;
  readonly style: Style;
  /** Words instead of a drawing. */
  readonly inWords: boolean;
}

/** Returns the last twelve months of the calendar, fewer on a narrow terminal; nothing without accounts that have statements. */
export function coverageLines({ months, rows }: Calendar, { width, style, inWords }: CoverageOptions): string[] {
  const all = rows.filter((row) => row.months.some(({ state }) => state === 'covered' || state === 'gap'));
  if (all.length === 0) return [];
  if (inWords) return ['', 'Coverage:', ...all.flatMap((row) => wrapped(`  ${inSentence(row)}`, width, '    '))];
  const count = Math.min(MOST_MONTHS, months.length, Math.max(1, Math.floor((width - NAME) / CELL)));
  const marks = all.map((row) => row.months.slice(-count).map(({ state }) => ` ${STATES[state][0]}`));
  const [years = '', numbers = '', ...lines] = table(
    [...headOf(months.slice(-count)), ...all.map((row, index) => [nameOf(row), (marks[index] ?? []).join(' ')])],
    COLUMNS,
    width,
  );
  const coloured = all.map(({ months: states }, index) => {
    const line = lines[index] ?? '';
    const cells = states.slice(-count).map(({ state }) => {
      const colour = COLOURS[state];
      return ` ${colour === null ? STATES[state][0] : style(colour, STATES[state][0])}`;
    });
    return line.slice(0, line.length - (marks[index] ?? []).join(' ').length) + cells.join(' ');
  });
  return ['', years, numbers, ...coloured, ...wrapped(keyOf(all, count), width)];
}

function nameOf({ institution, account }: CalendarRow): string {
  return visible(`${institution}/${account}`);
}

/** Returns the years, each above its first month, and the months. */
function headOf(months: readonly string[]): readonly [string, string][] {
  let years = '';
  for (const [index, month] of months.entries()) {
    const isFirst = index === 0 || month.endsWith('-01');
    if (isFirst && years.length <= index * CELL) years = `${years.padEnd(index * CELL)}${month.slice(0, 4)}`;
  }
  return [
    ['Coverage', years],
    ['', months.map((month) => month.slice(5)).join(' ')],
  ];
}

/** Explains the marks that are shown. */
function keyOf(rows: readonly CalendarRow[], count: number): string {
  const found = new Set(rows.flatMap(({ months }) => months.slice(-count).map(({ state }) => state)));
  return MONTH_STATES.filter((state) => found.has(state))
    .map((state) => STATES[state].join(' '))
    .join('   ');
}

/** `river/checking: covered from 2026-08 to 2026-11, except 2026-09 gap (3 days)` */
function inSentence(row: CalendarRow): string {
  const known = row.months.filter(({ state }) => state !== 'before').slice(-MOST_MONTHS);
  const [first, last] = [known[0], known.at(-1)];
  const except = known
    .filter(({ state }) => state !== 'covered')
    .map(({ month, state, days }) => `${month} ${STATES[state][1]} (${plural(days, 'day')})`);
  return `${nameOf(row)}: covered from ${first?.month} to ${last?.month}${except.length === 0 ? '' : `, except ${except.join(', ')}`}`;
}
