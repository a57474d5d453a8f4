/** The table of `npm run bench -- truth`: a row for each behaviour. */

import type { Behaviour } from './bank/behaviour.js';
import { money } from './bank/write.js';
import { BEHAVIOURS } from './behaviours/index.js';
import { isoDay } from './calendar.js';
import type { Program } from './household.js';
import { type LifeOptions, live } from './life.js';
import type { Kept } from './policies.js';
import type { AccountReport, Figures } from './report.js';

export interface TableRow extends Omit<AccountReport, 'problems'> {
  readonly about: string;
  readonly points: readonly number[];
}

/** Returns the behaviours whose names contain one of the texts; all without a text. */
export function behavioursNamed(texts: readonly string[]): readonly Behaviour[] {
  if (texts.length === 0) return BEHAVIOURS;
  const chosen = BEHAVIOURS.filter(({ name }) => texts.some((text) => name.includes(text)));
  if (chosen.length === 0) throw new Error(`no behaviour is named ${texts.join(', ')}`);
  return chosen;
}

export async function reportsOf(program: Program, options: LifeOptions): Promise<readonly AccountReport[]> {
  const life = await live(program, options);
  try {
    return life.reports();
  } finally {
    await life.close();
  }
}

/** Adds up the reports of all seeds for each behaviour. */
export function tableOf(behaviours: readonly Behaviour[], reports: readonly AccountReport[]): readonly TableRow[] {
  return behaviours.flatMap(({ name, about, points }) => {
    const own = reports.filter((one) => one.name === name);
    const [first] = own;
    if (first === undefined) return [];
    const total = (of: (one: AccountReport) => number) => own.reduce((sum, one) => sum + of(one), 0);
    const figures = (policy: 'ours' | 'fitids' | 'fuzzy'): Figures => ({
      right: total((one) => one[policy].right),
      lost: total((one) => one[policy].lost),
      doubled: total((one) => one[policy].doubled),
      distorted: total((one) => one[policy].distorted),
      reported: total((one) => one[policy].reported),
    });
    return [
      {
        name,
        about,
        points,
        statesBalances: first.statesBalances,
        expected: total((one) => one.expected),
        unseen: total((one) => one.unseen),
        unseenReported: total((one) => one.unseenReported),
        gaps: total((one) => one.gaps),
        needless: total((one) => one.needless),
        alike: total((one) => one.alike),
        ours: figures('ours'),
        fitids: figures('fitids'),
        fuzzy: figures('fuzzy'),
      },
    ];
  });
}

const HEAD = ['right', 'lost', 'doubled', 'distorted', 'reported'];

export function printed(table: readonly TableRow[]): string {
  const cells = (row: TableRow) => [
    row.name,
    row.points.join(','),
    row.statesBalances ? 'yes' : '',
    String(row.expected),
    ...numbers(row.ours),
    ...[row.alike, row.unseen, row.unseenReported, row.needless].map(shown),
    ...numbers(row.fitids).slice(0, 4),
    ...numbers(row.fuzzy).slice(0, 4),
  ];
  const head = [
    'behaviour',
    'point',
    'balance',
    'true',
    ...HEAD,
    'alike',
    'unseen',
    'reported',
    'needless',
    ...HEAD.slice(0, 4),
    ...HEAD.slice(0, 4),
  ];
  const lines = [head, ...table.map(cells)];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return [
    ...COLUMNS,
    ...text,
    '',
    promise(table),
    ...(['ours', 'fitids', 'fuzzy'] as const).map((policy) => summary(table, policy)),
  ].join('\n');
}

const COLUMNS = [
  'Wrong under ofx-sync, a set of FITIDs, and fuzzy matching by amount and days. Of ofx-sync also: reported by the end;',
  'alike: wrong among movements of the same day and amount; unseen: listed by the bank and never requested, and reported;',
  'needless: standing gaps in whose days nothing is wrong or unseen. balance: each statement and file states one.',
];

function numbers({ right, lost, doubled, distorted, reported }: Figures): string[] {
  return [String(right), ...[lost, doubled, distorted, reported].map(shown)];
}

function shown(count: number): string {
  return count === 0 ? '·' : String(count);
}

/** Returns how far the behaviours are that must have no error: points 3 to 6 with a balance in each statement. */
function promise(table: readonly TableRow[]): string {
  const bound = table.filter((row) => row.statesBalances && row.points.some((point) => point >= 3 && point <= 6));
  const failing = bound.filter(({ ours }) => wrongOf(ours) > 0);
  const wrong = failing.reduce((sum, { ours }) => sum + wrongOf(ours), 0);
  return `points 3 to 6 with balances: ${bound.length} behaviours, ${failing.length} of them with errors, ${wrong} errors`;
}

function wrongOf({ lost, doubled, distorted }: Figures): number {
  return lost + doubled + distorted;
}

const NAMES = { ours: 'ofx-sync', fitids: 'set of FITIDs', fuzzy: 'fuzzy matching' };

function summary(table: readonly TableRow[], policy: keyof typeof NAMES): string {
  const total = (of: (row: TableRow) => number) => table.reduce((sum, row) => sum + of(row), 0);
  const of = (key: keyof Figures) => total((row) => row[policy][key]);
  const wrong = of('lost') + of('doubled') + of('distorted');
  const share = (
    (1000 * wrong) /
    Math.max(
      1,
      total(({ expected }) => expected),
    )
  ).toFixed(2);
  const reported = policy === 'ours' ? `, ${of('reported')} of ${wrong} reported` : '';
  return `${NAMES[policy]}: ${of('right')} right, ${of('lost')} lost, ${of('doubled')} doubled, ${of('distorted')} distorted: ${share} in 1,000 wrong${reported}`;
}

/** Lists each problem of our policy: the day, the amount and the text that is stored or missing. */
export function printedProblems(reports: readonly AccountReport[]): string {
  const row = ({ day, cents, name, memo }: Kept) =>
    `${isoDay(day)} ${money(cents)} ${name}${memo === null ? '' : ` / ${memo}`}`;
  const lines = reports.flatMap(({ name, problems }) =>
    problems.map((problem) => {
      const { isReported } = problem;
      const what =
        problem.kind === 'doubled'
          ? row(problem.stored)
          : `${problem.expected.truth} ${problem.expected.accepted.map(row).join(' | ')}${problem.kind === 'lost' ? '' : ` is stored as ${row(problem.stored)}`}`;
      return `${name}: ${problem.kind}${isReported ? ' (reported)' : ''}: ${what}`;
    }),
  );
  return lines.join('\n');
}
