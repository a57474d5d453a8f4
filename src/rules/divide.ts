/** Divides transactions of one merchant by a condition, into parts that each went to one account. */

import { keyOf } from '../exporters/account-names.js';
import { compare } from '../model/money.js';
import { parseAmountRange, type RuleMatch } from '../model/rules/rule.js';
import { patternFor } from './pattern-text.js';
import { groupBy, isPure, type Named, namedIn } from './sample.js';

export interface Part {
  readonly part: readonly Named[];
  readonly match: RuleMatch;
}

type Division = (group: readonly Named[]) => Part[];

/** In the order of their worth: of two that divide equally many, the first is used. */
const DIVISIONS: readonly Division[] = [
  byValue(1, ({ sample }) => ({ amount: sample.transaction.amount.startsWith('-') ? '< 0' : '> 0' })),
  byValue(1, ({ sample: { transaction } }) =>
    transaction.institution === '' ? null : { account: keyOf(transaction) },
  ),
  byValue(1, ({ sample: { transaction } }) => (transaction.type === '' ? null : { type: transaction.type })),
  byValue(2, ({ sample: { transaction } }) =>
    parseAmountRange(transaction.amount) === null ? null : { amount: transaction.amount },
  ),
  byValue(2, memoOf),
  byThreshold,
  byDay,
];
/** Transactions on each side of an amount, and since a day. */
const LEAST_RUN = 3;

/** Returns the parts of the condition that divides most of the group; none where no condition does. */
export function bestDivision(group: readonly Named[]): readonly Part[] {
  const sizeOf = (parts: readonly Part[]) => parts.reduce((size, { part }) => size + part.length, 0);
  return DIVISIONS.map((divide) => divide(group)).reduce((a, b) => (sizeOf(b) > sizeOf(a) ? b : a));
}

/** @param least transactions of a part. */
function byValue(least: number, of: (named: Named) => RuleMatch | null): Division {
  return (group) => {
    const parts = groupBy(group, (named) => JSON.stringify(of(named)));
    if (parts.size < 2) return [];
    return [...parts.values()].flatMap((part) => {
      const match = part[0] === undefined ? null : of(part[0]);
      return match === null || part.length < least || !isPure(part) ? [] : [{ part, match }];
    });
  };
}

function memoOf({ field, sample }: Named): RuleMatch | null {
  const { name, extendedName, payee, memo } = sample.transaction;
  if (field === 'memo') return null;
  const named = namedIn({ ...sample.transaction, name: null, extendedName: null, payee: null });
  // A memo that repeats the name divides nothing.
  const isNew = named !== null && ![name, extendedName, payee?.name].includes(memo);
  return isNew ? { memo: patternFor(named.merchant.words, [memo ?? '']) } : null;
}

/** Divides at an amount, if all below it went to one account and all others to another. */
function byThreshold(group: readonly Named[]): Part[] {
  const sorted = group.toSorted((a, b) => compare(a.sample.transaction.amount, b.sample.transaction.amount));
  const at = sorted.findIndex(({ sample }) => sample.account !== sorted[0]?.sample.account);
  const [below, above] = [sorted.slice(0, at), sorted.slice(at)];
  const bound = above[0]?.sample.transaction.amount;
  if (bound === undefined || parseAmountRange(bound) === null) return [];
  if (Math.min(below.length, above.length) < LEAST_RUN || !isSame(above)) return [];
  // The same amount on both sides divides nothing.
  if (compare(below.at(-1)?.sample.transaction.amount ?? bound, bound) === 0) return [];
  return [
    { part: below, match: { amount: `< ${bound}` } },
    { part: above, match: { amount: `>= ${bound}` } },
  ];
}

/** Returns the newest transactions, if all since a day went to one account. */
function byDay(group: readonly Named[]): Part[] {
  const dayOf = ({ sample }: Named) => sample.transaction.postedOn;
  const sorted = group.toSorted((a, b) => (dayOf(a) < dayOf(b) ? -1 : dayOf(a) > dayOf(b) ? 1 : 0));
  const at = sorted.findLastIndex(({ sample }) => sample.account !== sorted.at(-1)?.sample.account);
  const [before, part] = [sorted[at], sorted.slice(at + 1)];
  const [first] = part;
  if (first === undefined || part.length < LEAST_RUN || before === undefined || dayOf(before) === dayOf(first))
    return [];
  return [{ part, match: { date: `>= ${dayOf(first)}` } }];
}

function isSame(group: readonly Named[]): boolean {
  return group.every(({ sample }) => sample.account === group[0]?.sample.account);
}
