/** Tests rules on the past: each month is judged by rules that were learned without it. */

import { classifierOf } from '../exporters/rules.js';
import type { PatternMaker } from '../model/rules/pattern.js';
import type { ExportRule } from '../model/rules/rule.js';
import { learnRules } from './learn.js';
import { groupBy, type Sample } from './sample.js';

export interface Evaluation {
  readonly months: number;
  /** The accounts that were predicted, `null` where no rule matched; by sample. */
  readonly predicted: ReadonlyMap<Sample, string | null>;
  readonly samples: number;
  readonly covered: number;
  readonly right: number;
}

export interface JudgedRule {
  readonly rule: ExportRule;
  /** The transactions that the rule decides. */
  readonly samples: readonly Sample[];
  /** Those of them that rules learned without their month would have got right; `null` with one month only. */
  readonly right: number | null;
}

export function evaluate(samples: readonly Sample[], pattern: PatternMaker): Evaluation {
  const months = groupBy(samples, ({ transaction }) => transaction.postedOn.slice(0, 7));
  const predicted = new Map<Sample, string | null>();
  for (const [month, held] of months) {
    const rules = learnRules(samples.filter(({ transaction }) => !transaction.postedOn.startsWith(month)));
    const classify = classifierOf(rules, pattern);
    for (const sample of held) predicted.set(sample, classify(sample.transaction).category);
  }
  const covered = samples.filter((sample) => predicted.get(sample) != null);
  return {
    months: months.size,
    predicted,
    samples: samples.length,
    covered: covered.length,
    right: covered.filter((sample) => predicted.get(sample) === sample.account).length,
  };
}

/** Returns the rules that decide something, each with its transactions. */
export function judged(
  rules: readonly ExportRule[],
  samples: readonly Sample[],
  { pattern, evaluation }: { readonly pattern: PatternMaker; readonly evaluation: Evaluation },
): JudgedRule[] {
  const numbered = rules.map((rule, index) => ({ match: rule.match, set: { category: String(index) } }));
  const deciding = classifierOf(numbered, pattern);
  const byRule = groupBy(samples, (sample) => deciding(sample.transaction).category ?? '');
  return rules.flatMap((rule, index) => {
    const own = byRule.get(String(index)) ?? [];
    if (own.length === 0) return [];
    const right = own.filter((sample) => evaluation.predicted.get(sample) === sample.account).length;
    return [{ rule, samples: own, right: evaluation.months < 2 ? null : right }];
  });
}
