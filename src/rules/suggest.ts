/** Rules proposed from the past, each with how often it would have been right, and payees for which only a person knows one. */

import type { PatternMaker } from '../model/rules/pattern.js';
import type { ExportRule } from '../model/rules/rule.js';
import type { StoredTransaction } from '../ports.js';
import { type Evaluation, judged, learnAndEvaluate } from './evaluate.js';
import { type History, type HistoryInput, historyOf } from './history.js';
import { patternFor } from './pattern-text.js';
import { groupBy, namedIn } from './sample.js';

export interface SuggestedRule {
  readonly rule: ExportRule;
  /** The transactions that it decides. */
  readonly count: number;
  /** Those that rules learned without their month would have got right; `null` where all are of one month. */
  readonly right: number | null;
  readonly first: string;
  readonly last: string;
}

/** A recurring payee whose account is unknown. */
export interface OpenPayee {
  readonly rule: ExportRule;
  readonly count: number;
  readonly first: string;
  readonly last: string;
}

export interface Suggestions {
  readonly rules: readonly SuggestedRule[];
  readonly open: readonly OpenPayee[];
  readonly history: History;
  readonly evaluation: Evaluation;
}

/** A rule is proposed for this many transactions at least, of which it gets this share right. */
const LEAST_COUNT = 2;
const LEAST_SHARE = 0.75;
const MOST_OPEN = 200;

export function suggestions(input: HistoryInput, pattern: PatternMaker): Suggestions {
  const history = historyOf(input);
  const { samples } = history;
  const lesson = learnAndEvaluate(samples, pattern);
  const rules = judged(lesson, samples, pattern)
    .filter(({ samples: own, right }) => own.length >= LEAST_COUNT && (right ?? own.length) >= own.length * LEAST_SHARE)
    .map(({ rule, samples: own, right }) => ({
      rule,
      right,
      ...spanOf(own.map(({ transaction }) => transaction)),
    }));
  return { rules, open: openPayees(history.unknown), history, evaluation: lesson.evaluation };
}

/** Accounts that types of transactions suggest. */
const BY_TYPE: Readonly<Record<string, string>> = {
  INT: 'Income:Interest',
  DIV: 'Income:Dividends',
  FEE: 'Expenses:Bank Fees',
  SRVCHG: 'Expenses:Bank Fees',
  ATM: 'Expenses:Cash',
  CASH: 'Expenses:Cash',
};

function openPayees(transactions: readonly StoredTransaction[]): OpenPayee[] {
  const named = transactions.flatMap((transaction) => {
    const found = namedIn(transaction);
    const { investment } = transaction;
    // A trade has accounts of its own.
    return found === null || (investment !== null && investment.action !== 'INVBANKTRAN')
      ? []
      : [{ ...found, transaction }];
  });
  const groups = groupBy(named, ({ field, merchant }) => `${field} ${merchant.words.join(' ')}`);
  return [...groups.values()]
    .filter((group) => group.length >= LEAST_COUNT)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, MOST_OPEN)
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const { field, merchant, transaction } = first;
      const text = patternFor(
        merchant.words,
        group.map((one) => one.merchant.text),
      ).slice(0, 500);
      const category =
        BY_TYPE[transaction.type] ?? (transaction.amount.startsWith('-') ? 'Expenses:FILL IN' : 'Income:FILL IN');
      return [
        { rule: { match: { [field]: text }, set: { category } }, ...spanOf(group.map((one) => one.transaction)) },
      ];
    });
}

function spanOf(transactions: readonly StoredTransaction[]): { count: number; first: string; last: string } {
  const days = transactions.map(({ postedOn }) => postedOn).toSorted();
  return { count: transactions.length, first: days[0] ?? '', last: days.at(-1) ?? '' };
}
