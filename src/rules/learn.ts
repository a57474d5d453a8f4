/**
 * Learns rules from transactions whose accounts are known: for each merchant the account it went to; the first words that
 * several merchants share, where all of them went to one; and where a merchant went to several, the condition that divides
 * them, if there is one.
 */

import { present } from '../model/present.js';
import type { ExportRule, RuleMatch } from '../model/rules/rule.js';
import { bestDivision } from './divide.js';
import { patternFor } from './pattern-text.js';
import { groupBy, isPure, majority, type Named, TOLERANCE } from './sample.js';

export interface LearnedRule {
  readonly rule: ExportRule;
  /** Rules with more words come first, since the words of others may be among theirs. */
  readonly words: number;
  readonly conditions: number;
  readonly count: number;
}

/** The share that a majority needs where no condition divides the accounts. */
const CLEAR_MAJORITY = 0.7;
/** Transactions and merchants that words in common need to become one rule. */
const LEAST_SHARED = 4;
const LEAST_MERCHANTS = 2;
const LONGEST_WORDS = 6;
const LONGEST_PAYEE = 200;

/** Groups samples by the field and its first word: the rules of a group depend on no other. */
export function learningGroups(named: readonly Named[]): ReadonlyMap<string, readonly Named[]> {
  return groupBy(named, ({ field, merchant }) => `${field} ${merchant.words[0] ?? ''}`);
}

export function learnGroup(group: readonly Named[]): readonly LearnedRule[] {
  return rulesBelow(group, 1);
}

/** Returns the rules in the order in which they are to be tried. */
export function inOrder(learned: readonly LearnedRule[]): ExportRule[] {
  return learned
    .toSorted((a, b) => b.words - a.words || b.conditions - a.conditions || b.count - a.count)
    .map(({ rule }) => rule);
}

/** @param depth words that all of them share. */
function rulesBelow(group: readonly Named[], depth: number): LearnedRule[] {
  if (isOneRule(group, depth)) return [ruleFor(group, sharedWords(group), {})];
  const ending = group.filter(({ merchant }) => merchant.words.length <= depth || depth >= LONGEST_WORDS);
  const longer = group.filter(({ merchant }) => merchant.words.length > depth && depth < LONGEST_WORDS);
  const children = groupBy(longer, ({ merchant }) => merchant.words[depth] ?? '');
  return [...[...children.values()].flatMap((child) => rulesBelow(child, depth + 1)), ...rulesOfMixed(ending, depth)];
}

function isOneRule(group: readonly Named[], depth: number): boolean {
  if (group.length === 0 || !isPure(group)) return false;
  const merchants = new Set(group.map(({ merchant }) => merchant.words.join(' ')));
  if (merchants.size === 1) return true;
  const letters = group[0]?.merchant.words.slice(0, depth).join('').length ?? 0;
  return merchants.size >= LEAST_MERCHANTS && group.length >= LEAST_SHARED && letters >= LEAST_SHARED;
}

function sharedWords(group: readonly Named[]): number {
  const [first] = group;
  const words = first?.merchant.words.slice(0, LONGEST_WORDS) ?? [];
  const different = words.findIndex((word, index) => group.some(({ merchant }) => merchant.words[index] !== word));
  return different < 0 ? words.length : different;
}

/** Returns the rules for a merchant that went to several accounts. */
function rulesOfMixed(group: readonly Named[], depth: number): LearnedRule[] {
  if (group.length === 0) return [];
  if (isPure(group)) return [ruleFor(group, depth, {})];
  const divided = bestDivision(group).map(({ part, match }) => ruleFor(part, depth, match));
  const most = majority(group.map(({ sample }) => sample.account));
  const isClear = most !== null && most.count / group.length >= CLEAR_MAJORITY;
  return isClear ? [...divided, ruleFor(group, depth, {})] : divided;
}

function ruleFor(group: readonly Named[], words: number, match: RuleMatch): LearnedRule {
  const [first] = group;
  const texts = group.map(({ merchant }) => merchant.text);
  const pattern = patternFor(first?.merchant.words.slice(0, Math.max(1, words)) ?? [], texts);
  return {
    rule: {
      match: { [first?.field ?? 'payee']: pattern, ...match },
      set: present({
        payee: payeeFor(group),
        category: majority(group.map(({ sample }) => sample.account))?.value,
      }),
    },
    words,
    conditions: Object.keys(match).length,
    count: group.length,
  };
}

/** Returns the payee that a person wrote nearly always. */
function payeeFor(group: readonly Named[]): string | undefined {
  const most = majority(group.map(({ sample }) => sample.payee));
  if (most === null || most.value === null || most.value.length > LONGEST_PAYEE) return undefined;
  return group.length - most.count <= Math.floor(group.length / TOLERANCE) ? most.value : undefined;
}
