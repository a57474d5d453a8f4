/** The judgement of one account at the end of a life, under each policy. */

import type { LifeAccount } from './account.js';
import { statesBalances } from './bank/behaviour.js';
import { money } from './bank/write.js';
import { dayNumber, isoDay } from './calendar.js';
import type { Household } from './household.js';
import { type Expected, judge, type Problem } from './judge.js';
import type { Kept } from './policies.js';
import { expectedOf, unseenOf } from './record.js';

export interface Figures {
  readonly right: number;
  readonly lost: number;
  readonly doubled: number;
  readonly distorted: number;
  /** How many of the lost, doubled and distorted are reported by the end. */
  readonly reported: number;
}

export interface AccountReport {
  readonly name: string;
  readonly statesBalances: boolean;
  /** Movements that have to be stored. */
  readonly expected: number;
  /** Movements that the bank lists and that it was never asked for, and how many of them a standing gap includes. */
  readonly unseen: number;
  readonly unseenReported: number;
  /** Standing gaps, and those of days in which nothing is wrong or unseen. */
  readonly gaps: number;
  readonly needless: number;
  readonly needlessGaps: readonly string[];
  /** Wrong ones that have a twin: another movement of the same day and amount. */
  readonly alike: number;
  readonly ours: Figures;
  readonly fitids: Figures;
  readonly fuzzy: Figures;
  /** What is wrong under our policy. */
  readonly problems: readonly (Problem & { readonly isReported: boolean })[];
}

interface Span {
  readonly from: number;
  readonly to: number;
  /** The days, and the amount if balances disagree. */
  readonly text: string;
  /** Everything that the program says about it. */
  readonly json: string;
}

export function reportOn(account: LifeAccount, household: Household): AccountReport {
  const { behaviour, bank, deliveries, policies, notices } = account;
  const end = Math.max(0, ...deliveries.map(({ moment }) => moment));
  const expected = expectedOf(deliveries, bank.ledger, end);
  const verdict = judge(expected, household.transactions(behaviour.name));
  const gaps = household.store
    .gaps()
    .filter(({ institution }) => institution === behaviour.name)
    .map(
      (gap): Span => ({
        from: dayNumber(gap.from),
        to: dayNumber(gap.to),
        text: `${gap.from} to ${gap.to}: ${gap.missing?.amount ?? 'no statement'}`,
        json: JSON.stringify(gap),
      }),
    );
  const named = notices.join('\n');
  const problems = verdict.problems.map((one) => ({ ...one, isReported: isReported(one, gaps, named) }));
  const reported = problems.filter((one) => one.isReported).length;
  const unseen = unseenOf(deliveries, bank.ledger, end);
  const isWrong = (gap: Span) =>
    [...problems.flatMap(daysOf), ...unseen.map(({ day }) => day)].some((day) => isWithin(day, gap));
  const needless = gaps.filter((gap) => !isWrong(gap));
  const under = (kept: readonly Kept[]) => figures(judge(expected, kept), 0);
  return {
    name: behaviour.name,
    statesBalances: statesBalances(behaviour),
    expected: expected.filter(({ isRequired }) => isRequired).length,
    unseen: unseen.length,
    unseenReported: unseen.filter(({ day }) => gaps.some((gap) => isWithin(day, gap))).length,
    gaps: gaps.length,
    needless: needless.length,
    needlessGaps: needless.map(({ text }) => text),
    alike: alikeAmong(problems, expected),
    ours: figures(verdict, reported),
    fitids: under(policies.fitids.kept),
    fuzzy: under(policies.fuzzy.kept),
    problems,
  };
}

function figures({ right, problems }: ReturnType<typeof judge>, reported: number): Figures {
  const count = (kind: Problem['kind']) => problems.filter((one) => one.kind === kind).length;
  return { right, lost: count('lost'), doubled: count('doubled'), distorted: count('distorted'), reported };
}

/** Returns `true` for a standing gap that includes a day of the problem or names its day and amount, and for such a notice. */
function isReported(problem: Problem, gaps: readonly Span[], notices: string): boolean {
  const days = daysOf(problem);
  if (days.some((day) => gaps.some((gap) => isWithin(day, gap)))) return true;
  const lines = [...notices.split('\n'), ...gaps.map(({ json }) => json)];
  return rowsOf(problem).some(({ day, cents }) =>
    lines.some((line) => line.includes(isoDay(day)) && line.includes(money(cents))),
  );
}

function alikeAmong(problems: readonly Problem[], expected: readonly Expected[]): number {
  const key = ({ day, cents }: Kept) => `${day} ${cents}`;
  const holders = new Map<string, number>();
  for (const { accepted } of expected)
    for (const one of new Set(accepted.map(key))) holders.set(one, (holders.get(one) ?? 0) + 1);
  return problems.filter((one) => rowsOf(one).some((row) => (holders.get(key(row)) ?? 0) > 1)).length;
}

function isWithin(day: number, { from, to }: Span): boolean {
  return from <= day && day <= to;
}

function daysOf(problem: Problem): number[] {
  return rowsOf(problem).map(({ day }) => day);
}

function rowsOf(problem: Problem): readonly Kept[] {
  if (problem.kind === 'doubled') return [problem.stored];
  if (problem.kind === 'lost') return problem.expected.versions;
  return [problem.stored, ...problem.expected.accepted];
}
