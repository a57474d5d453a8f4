/** Applies the rules of accounts.yaml to transactions. */

import { present } from '../model/present.js';
import type { PatternMaker } from '../model/rules/pattern.js';
import { type ExportRule, filled, type RuleSplit, type RuleValues } from '../model/rules/rule.js';
import type { Classification, StoredTransaction } from '../ports.js';
import { type CompiledMatch, compiledMatch } from './rule-conditions.js';
import { mainCategory } from './rule-splits.js';

type Classify = (transaction: StoredTransaction) => Classification;

const NOTHING: Classification = { payee: null, category: null, tags: [] };

interface CompiledRule extends CompiledMatch {
  readonly set: RuleValues;
}

/** Returns a function that lists the indexes of the rules that match a transaction. */
export function matcherOf(
  rules: readonly ExportRule[],
  pattern: PatternMaker,
): (transaction: StoredTransaction) => number[] {
  const compiled = rules.map(({ match }) => compiledMatch(match, pattern));
  return (transaction) => compiled.flatMap(({ fits }, index) => (fits(transaction) ? [index] : []));
}

export function classifierOf(rules: readonly ExportRule[], pattern: PatternMaker): Classify {
  if (rules.length === 0) return () => NOTHING;
  const compiled = rules.map(({ match, set }) => ({ ...compiledMatch(match, pattern), set }));
  return (transaction) =>
    classified(
      transaction,
      compiled.filter(({ fits }) => fits(transaction)),
    );
}

/** Returns the transactions that no rule omits; can be iterated as often as the original. */
export function withoutIgnored(
  transactions: Iterable<StoredTransaction>,
  classify: Classify,
): Iterable<StoredTransaction> {
  return {
    *[Symbol.iterator]() {
      for (const one of transactions) if (classify(one).ignore !== true) yield one;
    },
  };
}

function classified(transaction: StoredTransaction, rules: readonly CompiledRule[]): Classification {
  // The category and the parts are one decision.
  const { set: counter } = rules.find(({ set }) => set.category !== undefined || set.splits !== undefined) ?? {};
  const splits = counter?.splits === undefined || isTrade(transaction) ? undefined : counter.splits;
  const ignore = rules.find(({ set }) => set.ignore !== undefined)?.set.ignore;
  return present({
    payee: firstText(rules, transaction, ({ payee }) => payee) ?? null,
    category: counter?.category ?? largest(counter?.splits, transaction),
    tags: [...new Set(rules.flatMap(({ set }) => set.tags ?? []))],
    note: firstText(rules, transaction, ({ note }) => note),
    splits,
    ignore: ignore === true ? (true as const) : undefined,
  });
}

function largest(splits: readonly RuleSplit[] | undefined, transaction: StoredTransaction): string | null {
  return splits === undefined ? null : mainCategory(splits, transaction);
}

/** Returns the first text that is not blank once its groups are filled in. */
function firstText(
  rules: readonly CompiledRule[],
  transaction: StoredTransaction,
  textOf: (set: RuleValues) => string | undefined,
): string | undefined {
  for (const { set, hasGroups, groupsIn } of rules) {
    const text = textOf(set);
    if (text === undefined) continue;
    if (!hasGroups) return text;
    const whole = filled(text, groupsIn(transaction)).replace(/\s+/g, ' ').trim();
    if (whole !== '') return whole;
  }
  return undefined;
}

/** A trade has postings of its own. */
function isTrade({ investment }: StoredTransaction): boolean {
  return investment !== null && investment.action !== 'INVBANKTRAN';
}
