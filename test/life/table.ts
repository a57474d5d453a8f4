/** The table of `npm run bench -- truth`: a row for each behaviour. */

import type { Behaviour } from './bank/behaviour.js';
import { money } from './bank/write.js';
import { behavioursWith } from './behaviours/index.js';
import { movesOf } from './behaviours/moves.js';
import { isoDay } from './calendar.js';
import type { Program } from './household.js';
import { type Life, type LifeOptions, live, replayedRows } from './life.js';
import type { Kept } from './policies.js';
import type { AccountReport, Figures } from './report.js';
import { traceOf } from './trace.js';

export interface TableRow extends Omit<AccountReport, 'problems' | 'needlessGaps'> {
  readonly about: string;
  readonly points: readonly number[];
  /** Rows of the store that a replay changed. */
  readonly replayed: number;
}

type Report = AccountReport & { readonly replayed: number };

/** Returns the behaviours whose names contain one of the texts; all without a text. */
export function behavioursNamed(
  texts: readonly string[],
  { mixed, seed }: { readonly mixed?: number; readonly seed: number },
): readonly Behaviour[] {
  const all = [...behavioursWith(mixed), ...movesOf(seed)];
  if (texts.length === 0) return all;
  const chosen = all.filter(({ name }) => texts.some((text) => name.includes(text)));
  if (chosen.length === 0) throw new Error(`no behaviour is named ${texts.join(', ')}`);
  return chosen;
}

/** Reports of one life, and the history of each problem if `traces` is set. */
export async function reportsOf(
  program: Program,
  options: LifeOptions & { readonly traces?: boolean; readonly replay?: boolean },
): Promise<{ readonly reports: readonly Report[]; readonly traces: readonly string[] }> {
  const { replay = false } = options;
  const life = await live(program, replay ? { ...options, keepReplies: 3650 } : options);
  try {
    const judged = life.reports();
    const replayed = replay ? await replayedRows(life) : new Map<string, number>();
    const reports = judged.map((one) => ({ ...one, replayed: replayed.get(one.name) ?? 0 }));
    return { reports, traces: options.traces === true ? tracesOf(life, reports) : [] };
  } finally {
    await life.close();
  }
}

function tracesOf({ accounts, household }: Life, reports: readonly AccountReport[]): string[] {
  return accounts.flatMap((account) => {
    const { name } = account.behaviour;
    const problems = reports.find((one) => one.name === name)?.problems ?? [];
    return problems.map((problem) => {
      const row = problem.kind === 'doubled' ? problem.stored : problem.expected.accepted[0];
      const trace = row === undefined ? '' : traceOf(account, household, row);
      return `${problemLine(name, problem)}\n${trace.replace(/^/gm, '    ')}`;
    });
  });
}

/** Adds up the reports of all seeds for each behaviour. */
export function tableOf(behaviours: readonly Behaviour[], reports: readonly Report[]): readonly TableRow[] {
  return behaviours.flatMap(({ name, about, points }) => {
    const own = reports.filter((one) => one.name === name);
    const [first] = own;
    if (first === undefined) return [];
    const total = (of: (one: Report) => number) => own.reduce((sum, one) => sum + of(one), 0);
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
        replayed: total((one) => one.replayed),
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
    ...[row.alike, row.unseen, row.unseenReported, row.needless, row.replayed].map(shown),
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
    'replayed',
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
  'needless: standing gaps in whose days nothing is wrong or unseen. balance: each states one; replayed: see --replay.',
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
  const alike = total((row) => (row.statesBalances ? 0 : row.alike));
  const reported =
    policy === 'ours' ? `, ${of('reported')} of ${wrong} reported, ${alike} are identical ones without balances` : '';
  return `${NAMES[policy]}: ${of('right')} right, ${of('lost')} lost, ${of('doubled')} doubled, ${of('distorted')} distorted: ${share} in 1,000 wrong${reported}`;
}

/** Lists each problem of our policy: the day, the amount and the text that is stored or missing; and gaps without a problem. */
export function printedProblems(reports: readonly AccountReport[]): string {
  const lines = reports.flatMap(({ name, problems, needlessGaps }) => [
    ...problems.map((problem) => problemLine(name, problem)),
    ...needlessGaps.map((gap) => `${name}: needless gap ${gap}`),
  ]);
  return lines.join('\n');
}

function problemLine(name: string, problem: AccountReport['problems'][number]): string {
  const row = ({ day, cents, name: text, memo }: Kept) =>
    `${isoDay(day)} ${money(cents)} ${text}${memo === null ? '' : ` / ${memo}`}`;
  const what = () => {
    if (problem.kind === 'doubled') return row(problem.stored);
    const expected = `${problem.expected.truth} ${problem.expected.accepted.map(row).join(' | ')}`;
    return problem.kind === 'lost' ? expected : `${expected} is stored as ${row(problem.stored)}`;
  };
  return `${name}: ${problem.kind}${problem.isReported ? ' (reported)' : ''}: ${what()}`;
}
