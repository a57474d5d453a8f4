/** Divides the amount of a transaction among the parts of a rule: exactly, since the last part is the rest. */

import { type Decimal, decimal, isDecimal } from '../model/decimal.js';
import { absolute, compare, divide, isZero, multiply, negate, subtract, ZERO } from '../model/money.js';
import { parsePart, type RuleSplit } from '../model/rules/rule.js';
import { type Money, minorDigits } from './currency.js';

export interface AmountPart {
  readonly category: string;
  /** With the sign of its effect on the account: the parts add up to the amount. */
  readonly amount: Decimal;
}

const HUNDRED = decimal('100');

/** Returns the parts that are not zero; the rest has the opposite sign where the other parts exceed the amount. */
export function partsOf(splits: readonly RuleSplit[], { amount, currency }: Money): AmountPart[] {
  if (isZero(amount)) return [];
  const size = absolute(amount);
  const signed = (part: Decimal) => (amount.startsWith('-') ? negate(part) : part);
  let rest = size;
  const parts = splits.map(({ category, amount: text }, index) => {
    const part = index === splits.length - 1 ? rest : sizeOf(text ?? '', { amount: size, currency });
    rest = subtract(rest, part);
    return { category, amount: signed(part) };
  });
  return parts.filter((part) => !isZero(part.amount));
}

/** Returns the category of the largest part, for formats whose entries have one. */
export function mainCategory(splits: readonly RuleSplit[], money: Money): string | null {
  const [first, ...others] = partsOf(splits, money);
  if (first === undefined) return splits.at(-1)?.category ?? null;
  return others.reduce((a, b) => (compare(absolute(b.amount), absolute(a.amount)) > 0 ? b : a), first).category;
}

function sizeOf(text: string, { amount, currency }: Money): Decimal {
  const part = parsePart(text);
  if (part === null) return ZERO;
  if ('amount' in part) return isDecimal(part.amount) ? part.amount : ZERO;
  return isDecimal(part.percent) ? divide(multiply(amount, part.percent), HUNDRED, minorDigits(currency)) : ZERO;
}
