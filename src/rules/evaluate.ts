/** Tests rules on the past: each month is judged by rules that were learned without it. */

import { classifierOf } from '../exporters/rules.js';
import type { PatternMaker } from '../model/rules/pattern.js';
import type { ExportRule } from '../model/rules/rule.js';
import { inOrder, learnGroup, learningGroups } from './learn.js';
import { groupBy, type Named, namedSamples, type Sample } from './sample.js';

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

export interface Lesson {
  /** In the order in which they are to be tried. */
  readonly rules: readonly ExportRule[];
  readonly evaluation: Evaluation;
}

/** Learns rules from all samples, and judges each month by those of the others. */
export function learnAndEvaluate(samples: readonly Sample[], pattern: PatternMaker): Lesson {
  const groups = learningGroups(namedSamples(samples));
  const learned = new Map([...groups].map(([key, group]) => [key, learnGroup(group)]));
  const months = groupBy(samples, monthOf);
  const predicted = new Map<Sample, string | null>();
  for (const [month, held] of months) {
    const isOther = ({ sample }: Named) => monthOf(sample) !== month;
    const without = [...groups].flatMap(([key, group]) =>
      group.every(isOther) ? (learned.get(key) ?? []) : learnGroup(group.filter(isOther)),
    );
    const classify = classifierOf(inOrder(without), pattern);
    for (const sample of held) predicted.set(sample, classify(sample.transaction).category);
  }
  const covered = samples.filter((sample) => predicted.get(sample) != null);
  const evaluation = {
    months: months.size,
    predicted,
    samples: samples.length,
    covered: covered.length,
    right: covered.filter((sample) => predicted.get(sample) === sample.account).length,
  };
  return { rules: inOrder([...learned.values()].flat()), evaluation };
}

function monthOf({ transaction }: Sample): string {
  return transaction.postedOn.slice(0, 7);
}

/** Returns the rules that decide something, each with its transactions. */
export function judged({ rules, evaluation }: Lesson, samples: readonly Sample[], pattern: PatternMaker): JudgedRule[] {
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
