/** `rules` of accounts.yaml: their schema, and the mistakes that the schema of a single key cannot find. */

import { z } from 'zod';
import type { PatternMaker } from '../model/rules/pattern.js';
import {
  expressionOf,
  parseAmountRange,
  parseCheckRange,
  parseDateRange,
  parsePart,
  referencesIn,
} from '../model/rules/rule.js';
import { withSuggestion } from './length-schema.js';
import { entries, inKey, inValue, type RuleProblem } from './rule-problem.js';
import { isRecord, type Path, type RawRecord } from './yaml/positions.js';

const text = (longest: number) => z.string().min(1).max(longest);
const anyOf = (longest: number) => z.union([text(longest), z.array(text(longest)).min(1).max(200)]).exactOptional();

const CONDITIONS = {
  payee: anyOf(500).describe(
    'text contained in the name or payee, ignoring case; between slashes, a regular expression; of a list, any may match',
  ),
  memo: anyOf(500).describe('the same for the memo'),
  amount: anyOf(50).describe('-12.34, < -100, >= 0, or -100 .. -50, in quotes; spending is negative'),
  date: anyOf(50).describe('2026-03-01, "2026-03", "2026", ">= 2026-03-01", or 2026-03-01 .. 2026-05-31'),
  type: anyOf(50).describe('TRNTYPE: CHECK, ATM, INT …; of a trade BUYSTOCK …; or an expression between slashes'),
  check: anyOf(100).describe('check number, "1001 .. 1099", or an expression between slashes; in quotes'),
  account: anyOf(130).describe(
    'institution, account, or institution/account; between slashes, an expression for institution/account',
  ),
};

export const conditionsSchema = z.strictObject(CONDITIONS);

export const matchSchema = z.strictObject({
  ...CONDITIONS,
  not: conditionsSchema.exactOptional().describe('conditions, none of which may match'),
});

export const splitSchema = z.strictObject({
  category: text(200).describe('category or counter account of this part'),
  amount: text(30)
    .exactOptional()
    .describe('"12.34" or "30%", in the direction of the transaction; of the last part absent: it is the rest'),
});

export const setSchema = z.strictObject({
  payee: text(200)
    .exactOptional()
    .describe(`payee, as you call it; $1 and \${name} stand for groups of the expressions of this rule`),
  category: text(200)
    .exactOptional()
    .describe('budget category, or counter account of a journal (Expenses:…, or part of its name)'),
  tags: z.array(text(64)).min(1).max(20).exactOptional().describe('tags'),
  note: text(500).exactOptional().describe('comment on the entry; groups as in payee'),
  splits: z
    .array(splitSchema)
    .min(2, { error: withSuggestion('needs at least two parts', 'the last one without an amount: it is the rest') })
    .max(50)
    .exactOptional()
    .describe('parts of the amount, each with its own category; the last part is the rest'),
  ignore: z
    .boolean()
    .exactOptional()
    .describe('true: omit the transaction from exports and pushes; false: keep it, whatever later rules say'),
});

export const ruleSchema = z.strictObject({
  match: matchSchema.describe('conditions, all of which must match'),
  set: setSchema.describe('values to set in a matching transaction'),
});

const EXPRESSIONS = ['payee', 'memo', 'type', 'check', 'account'] as const;
/** The conditions whose groups a text may use. */
const CAPTURING = ['payee', 'memo'] as const;
const PLAIN_KEYS = 'payee, memo, amount, date, type, check or account';

/** @param pattern checks regular expressions; none is checked when `null`. */
export function exportRuleProblems(raw: RawRecord, pattern: PatternMaker | null): RuleProblem[] {
  return entries(raw, [], 'rules').flatMap(({ path, value }) => [
    ...matchProblems(value, path, pattern),
    ...splitProblems(value, path),
    ...referenceProblems(value, path, pattern),
  ]);
}

function matchProblems(rule: RawRecord, at: Path, pattern: PatternMaker | null): RuleProblem[] {
  const match = rule['match'];
  if (!isRecord(match)) return [];
  const path = [...at, 'match'];
  if (Object.keys(match).length === 0) return [inValue(path, 'would match every transaction', `add ${PLAIN_KEYS}`)];
  const not = match['not'];
  return [...conditionProblems(match, path, pattern), ...(isRecord(not) ? notProblems(not, path, pattern) : [])];
}

function notProblems(not: RawRecord, match: Path, pattern: PatternMaker | null): RuleProblem[] {
  const path = [...match, 'not'];
  if (Object.keys(not).length === 0) return [inValue(path, 'excludes nothing', `add ${PLAIN_KEYS}, or remove it`)];
  return conditionProblems(not, path, pattern);
}

function conditionProblems(conditions: RawRecord, path: Path, pattern: PatternMaker | null): RuleProblem[] {
  const each = (key: string, problemOf: (text: string, at: Path) => RuleProblem[]) =>
    textsOf(conditions[key], [...path, key]).flatMap(({ text: one, at }) => problemOf(one, at));
  const unless = (isRight: (text: string) => boolean, message: string, suggestion: string) => (one: string, at: Path) =>
    isRight(one) ? [] : [inValue(at, message, suggestion)];
  return [
    ...each(
      'amount',
      unless((one) => parseAmountRange(one) !== null, 'not an amount', '"-12.34", "< -100", ">= 0" or "-100 .. -50"'),
    ),
    ...each(
      'date',
      unless(
        (one) => parseDateRange(one) !== null,
        'not a date or a range of dates',
        '2026-03-01, "2026-03", ">= 2026-03-01" or 2026-03-01 .. 2026-05-31',
      ),
    ),
    ...each(
      'check',
      unless(
        (one) => expressionOf(one) !== null || parseCheckRange(one) !== null,
        'not a range of check numbers',
        '"1001 .. 1099", the smaller number first',
      ),
    ),
    ...EXPRESSIONS.flatMap((key) => each(key, (one, at) => patternProblems(one, at, pattern))),
  ];
}

function patternProblems(one: string, path: Path, pattern: PatternMaker | null): RuleProblem[] {
  const expression = expressionOf(one);
  if (expression === null || pattern === null) return [];
  try {
    pattern(expression);
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not a regular expression';
    return [inValue(path, message, 'use the syntax of RE2, which has no look-around')];
  }
}

function splitProblems(rule: RawRecord, path: Path): RuleProblem[] {
  const set = rule['set'];
  const parts = entries(set, [...path, 'set'], 'splits');
  return parts.flatMap(({ path: part, value }, index): RuleProblem[] => {
    const amount = value['amount'];
    const isLast = index === parts.length - 1;
    if (isLast && amount !== undefined)
      return [inKey([...part, 'amount'], 'the last part is the rest of the amount', 'remove it')];
    if (!isLast && amount === undefined) return [inValue(part, 'needs an amount', 'amount: "12.34" or amount: "30%"')];
    if (typeof amount !== 'string' || parsePart(amount) !== null) return [];
    return [inValue([...part, 'amount'], 'not the amount of a part', '"12.34" or "30%"')];
  });
}

/** Reports references to groups that no expression of the rule has. Without any group, a dollar sign is a dollar sign. */
function referenceProblems(rule: RawRecord, path: Path, pattern: PatternMaker | null): RuleProblem[] {
  const { match, set } = rule;
  if (!isRecord(match) || !isRecord(set) || pattern === null) return [];
  const groups = new Set(
    CAPTURING.flatMap((key) => textsOf(match[key], [])).flatMap(({ text: one }) => groupsOf(one, pattern)),
  );
  if (groups.size === 0) return [];
  return ['payee', 'note'].flatMap((key) => {
    const wrong = referencesIn(typeof set[key] === 'string' ? set[key] : '').find((name) => !groups.has(name));
    if (wrong === undefined) return [];
    const shown = /^\d/.test(wrong) ? `$${wrong}` : `\${${wrong}}`;
    const known = [...groups].map((name) => (/^\d/.test(name) ? `$${name}` : `\${${name}}`)).join(', ');
    return [
      inValue(
        [...path, 'set', key],
        `the expressions of this rule have no group ${shown}`,
        `${known}, or $$ for a dollar sign`,
      ),
    ];
  });
}

function groupsOf(one: string, pattern: PatternMaker): readonly string[] {
  const expression = expressionOf(one);
  if (expression === null) return [];
  try {
    return pattern(expression).groups;
  } catch {
    // `patternProblems` reports it.
    return [];
  }
}

function textsOf(value: unknown, path: Path): { readonly text: string; readonly at: Path }[] {
  if (typeof value === 'string') return [{ text: value, at: path }];
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.flatMap((one, index) => (typeof one === 'string' ? [{ text: one, at: [...path, index] }] : []));
}
