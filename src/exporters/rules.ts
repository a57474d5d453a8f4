/** Compiles the rules of accounts.yaml and applies them to transactions. */

import { isDecimal } from '../model/decimal.js';
import {
  type AmountRange,
  type Bound,
  type ExportRule,
  expressionOf,
  parseAmountRange,
  type RuleMatch,
} from '../model/export-config.js';
import { compare } from '../model/money.js';
import type { PatternMaker } from '../model/pattern.js';
import type { Classification, StoredTransaction } from '../ports.js';
import { keyOf } from './account-names.js';

type Test = (transaction: StoredTransaction) => boolean;

const NOTHING: Classification = { payee: null, category: null, tags: [] };

/** Returns a function that lists the indexes of the rules that match a transaction. */
export function matcherOf(
  rules: readonly ExportRule[],
  pattern: PatternMaker,
): (transaction: StoredTransaction) => number[] {
  const tests = rules.map(({ match }) => testsOf(match, pattern));
  return (transaction) => tests.flatMap((all, index) => (all.every((test) => test(transaction)) ? [index] : []));
}

export function classifierOf(
  rules: readonly ExportRule[],
  pattern: PatternMaker,
): (transaction: StoredTransaction) => Classification {
  if (rules.length === 0) return () => NOTHING;
  const matching = matcherOf(rules, pattern);
  return (transaction) => {
    const sets = matching(transaction).flatMap((index) => rules[index]?.set ?? []);
    return {
      payee: sets.find(({ payee }) => payee !== undefined)?.payee ?? null,
      category: sets.find(({ category }) => category !== undefined)?.category ?? null,
      tags: [...new Set(sets.flatMap(({ tags }) => tags ?? []))],
    };
  };
}

function testsOf({ payee, memo, amount, account }: RuleMatch, pattern: PatternMaker): readonly Test[] {
  const range = amount === undefined ? null : parseAmountRange(amount);
  return [
    ...(payee === undefined ? [] : [textTest(payee, pattern, (one) => [one.name, one.extendedName, one.payee?.name])]),
    ...(memo === undefined ? [] : [textTest(memo, pattern, (one) => [one.memo])]),
    ...(range === null ? [] : [amountTest(range)]),
    ...(account === undefined ? [] : [accountTest(account)]),
  ];
}

function textTest(
  wanted: string,
  pattern: PatternMaker,
  texts: (transaction: StoredTransaction) => readonly (string | null | undefined)[],
): Test {
  const expression = expressionOf(wanted);
  const lower = wanted.toLocaleLowerCase();
  const compiled = expression === null ? null : pattern(expression);
  return (transaction) =>
    texts(transaction).some((text) => {
      if (text == null) return false;
      return compiled === null ? text.toLocaleLowerCase().includes(lower) : compiled.found(text);
    });
}

function amountTest({ least, most }: AmountRange): Test {
  return ({ amount }) => isBeyond(amount, least, 1) && isBeyond(amount, most, -1);
}

/** @param side 1: above the bound, -1: below the bound. */
function isBeyond(amount: StoredTransaction['amount'], bound: Bound | null, side: 1 | -1): boolean {
  if (bound === null || !isDecimal(bound.amount)) return true;
  const order = compare(amount, bound.amount);
  return order === side || (order === 0 && !bound.open);
}

function accountTest(wanted: string): Test {
  return ({ institution, account }) =>
    wanted === keyOf({ institution, account }) || wanted === institution || wanted === account;
}
