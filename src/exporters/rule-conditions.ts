/** Compiles the conditions of rules into tests of transactions. */

import { isDecimal } from '../model/decimal.js';
import { compare } from '../model/money.js';
import type { Pattern, PatternMaker } from '../model/rules/pattern.js';
import {
  type AmountRange,
  type Bound,
  expressionOf,
  manyOf,
  type OneOrMany,
  parseAmountRange,
  parseCheckRange,
  parseDateRange,
  type RuleConditions,
  type RuleMatch,
} from '../model/rules/rule.js';
import type { StoredTransaction } from '../ports.js';
import { keyOf } from './account-names.js';

type Test = (transaction: StoredTransaction) => boolean;
type Texts = (transaction: StoredTransaction) => readonly string[];

export interface CompiledMatch {
  readonly fits: Test;
  /** Returns `true` if an expression of the conditions has groups. */
  readonly hasGroups: boolean;
  /** Returns the groups of the expressions that match. */
  readonly groupsIn: (transaction: StoredTransaction) => ReadonlyMap<string, string>;
}

/** The texts of a field, as they are and in lower case. */
interface Field {
  readonly texts: Texts;
  readonly lower: Texts;
}

const PAYEES = fieldOf(({ name, extendedName, payee }) => [name, extendedName, payee?.name]);
const MEMOS = fieldOf(({ memo }) => [memo]);
const TYPES = fieldOf(({ type }) => [type]);
const CHECKS = fieldOf(({ checkNumber }) => [checkNumber]);

export function compiledMatch({ not, ...conditions }: RuleMatch, pattern: PatternMaker): CompiledMatch {
  const tests = testsOf(conditions, pattern);
  const excluded = not === undefined ? [] : testsOf(not, pattern);
  const capturing = [capturesOf(conditions.payee, PAYEES, pattern), capturesOf(conditions.memo, MEMOS, pattern)].flat();
  return {
    fits: (transaction) => tests.every((test) => test(transaction)) && !excluded.some((test) => test(transaction)),
    hasGroups: capturing.length > 0,
    groupsIn: (transaction) => {
      // Numbers are those of the first expression; a name may be of any.
      const found = capturing.flatMap((captures) => captures(transaction) ?? []);
      return new Map(found.toReversed().flatMap((groups) => [...groups]));
    },
  };
}

function testsOf(
  { payee, memo, amount, date, type, check, account }: RuleConditions,
  pattern: PatternMaker,
): readonly Test[] {
  const anyOf = (wanted: OneOrMany | undefined, testOf: (one: string) => Test): Test[] => {
    if (wanted === undefined) return [];
    const tests = manyOf(wanted).map(testOf);
    return [(transaction) => tests.some((test) => test(transaction))];
  };
  return [
    ...anyOf(payee, (one) => textTest(one, pattern, PAYEES)),
    ...anyOf(memo, (one) => textTest(one, pattern, MEMOS)),
    ...anyOf(amount, amountTest),
    ...anyOf(date, dateTest),
    ...anyOf(type, (one) => wordTest(one, pattern, TYPES)),
    ...anyOf(check, (one) => checkTest(one, pattern)),
    ...anyOf(account, (one) => accountTest(one, pattern)),
  ];
}

/** Remembers the texts of one transaction, since all rules are tried on it before the next. */
function fieldOf(of: (transaction: StoredTransaction) => readonly (string | null | undefined)[]): Field {
  const remembered = (make: Texts): Texts => {
    let last: StoredTransaction | null = null;
    let texts: readonly string[] = [];
    return (transaction) => {
      if (transaction !== last) [last, texts] = [transaction, make(transaction)];
      return texts;
    };
  };
  const texts = remembered((transaction) => of(transaction).filter((text) => text != null));
  return { texts, lower: remembered((transaction) => texts(transaction).map((text) => text.toLocaleLowerCase())) };
}

function textTest(wanted: string, pattern: PatternMaker, { texts, lower }: Field): Test {
  const expression = expressionOf(wanted);
  if (expression !== null) {
    const compiled = pattern(expression);
    return (transaction) => texts(transaction).some((text) => compiled.found(text));
  }
  const plain = wanted.toLocaleLowerCase();
  return (transaction) => lower(transaction).some((text) => text.includes(plain));
}

/** Compares whole words, ignoring case; an expression may match a part. */
function wordTest(wanted: string, pattern: PatternMaker, field: Field): Test {
  if (expressionOf(wanted) !== null) return textTest(wanted, pattern, field);
  const plain = wanted.trim().toLocaleLowerCase();
  return (transaction) => field.lower(transaction).some((word) => word.trim() === plain);
}

function amountTest(wanted: string): Test {
  const range: AmountRange | null = parseAmountRange(wanted);
  if (range === null) return () => true;
  return ({ amount }) => isBeyond(amount, range.least, 1) && isBeyond(amount, range.most, -1);
}

/** @param side 1: above the bound, -1: below the bound. */
function isBeyond(amount: StoredTransaction['amount'], bound: Bound | null, side: 1 | -1): boolean {
  if (bound === null || !isDecimal(bound.amount)) return true;
  const order = compare(amount, bound.amount);
  return order === side || (order === 0 && !bound.open);
}

function dateTest(wanted: string): Test {
  const range = parseDateRange(wanted);
  if (range === null) return () => false;
  const { first, last } = range;
  return ({ postedOn }) => (first === null || postedOn >= first) && (last === null || postedOn <= last);
}

function checkTest(wanted: string, pattern: PatternMaker): Test {
  const range = expressionOf(wanted) === null ? parseCheckRange(wanted) : wanted;
  if (range === null) return () => false;
  if (typeof range === 'string') return wordTest(range, pattern, CHECKS);
  return ({ checkNumber }) => {
    const text = checkNumber?.trim() ?? '';
    if (!/^\d{1,20}$/.test(text)) return false;
    const number = BigInt(text);
    return number >= range.first && number <= range.last;
  };
}

function accountTest(wanted: string, pattern: PatternMaker): Test {
  const expression = expressionOf(wanted);
  const compiled = expression === null ? null : pattern(expression);
  return ({ institution, account }) => {
    const key = keyOf({ institution, account });
    if (compiled !== null) return compiled.found(key);
    return wanted === key || wanted === institution || wanted === account;
  };
}

type Captures = (transaction: StoredTransaction) => ReturnType<Pattern['captures']>;

function capturesOf(wanted: OneOrMany | undefined, { texts }: Field, pattern: PatternMaker): Captures[] {
  const expressions = wanted === undefined ? [] : manyOf(wanted).flatMap((one) => expressionOf(one) ?? []);
  const compiled = expressions.map(pattern).filter(({ groups }) => groups.length > 0);
  return compiled.map((one) => (transaction) => {
    for (const text of texts(transaction)) {
      const captures = one.captures(text);
      if (captures !== null) return captures;
    }
    return null;
  });
}
