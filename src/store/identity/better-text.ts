/**
 * The better of two texts that different sources have of one transaction. What is stored stays, since budgets and journals have
 * it, unless the other text is clearly better; of two texts never each is better than the other, so that none comes and goes. Pure.
 */

import type { Transaction } from '../../model/statement.js';

type Texts = Pick<Transaction, 'name' | 'memo'>;

/** The longest NAME of OFX 1, at which sources cut. */
const NAME_LENGTH = 32;

/** Covered digits and letters: `XXXX4411`, `**4411`. */
const MASKED = /X{4,}|[*#•]{2,}/i;

/** Words that say of which kind a transaction is, and not with whom. */
const KINDS = new Set(
  'ach atm card charge credit debit deposit electronic eft entry fee of online payment point pos posting purchase sale sepa transaction transfer visa mastercard withdrawal'.split(
    ' ',
  ),
);

/**
 * Returns `true` when a name says more than another: one that is neither absent, nor masked, nor cut off, nor only the kind of
 * the transaction; then one in upper and lower case, instead of capitals, with at least as many words. Name and memo go together.
 */
export function isBetterText(text: Texts, than: Texts): boolean {
  const [says, saidBefore] = [saysWho(text, than), saysWho(than, text)];
  if (says !== saidBefore) return says;
  return hasBothCases(text) && !hasBothCases(than) && wordsOf(text.name).length >= wordsOf(than.name).length;
}

function saysWho(text: Texts, other: Texts): boolean {
  const words = wordsOf(text.name);
  return words.some((word) => !KINDS.has(word)) && !MASKED.test(text.name ?? '') && !isCutOff(text, other);
}

/** Returns `true` for a name that ends within a word of the other text, or where names end at the latest. */
function isCutOff({ name }: Texts, other: Texts): boolean {
  const short = plain(name);
  return [plain(other.name), plain(`${other.name ?? ''} ${other.memo ?? ''}`)].some((long) => {
    if (short === '' || long.length <= short.length || !long.startsWith(short)) return false;
    return /[\p{L}\p{N}]/u.test(long[short.length] ?? '') || short.length >= NAME_LENGTH - 1;
  });
}

function hasBothCases({ name }: Texts): boolean {
  return /\p{Lu}/u.test(name ?? '') && /\p{Ll}/u.test(name ?? '');
}

function wordsOf(name: string | null): readonly string[] {
  return plain(name).match(/\p{L}{2,}/gu) ?? [];
}

function plain(text: string | null): string {
  return (text ?? '').toLowerCase().replace(/\s+/g, ' ').trim();
}
