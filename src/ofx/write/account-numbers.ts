/** Account numbers in messages of a bank: the last four characters remain, as wherever accounts are shown. */

import { maskedId } from '../../model/account.js';

/** Shorter ids occur in other numbers by chance. */
const MIN_LENGTH = 5;
/** A number as long as a card's, in groups or without. */
const CARD = /(?<!\d)\d(?:[ -]?\d){14,15}(?!\d)/g;

/** Returns a function that masks these numbers in a text, and any other number that can be a card's. */
export function accountNumbersMask(ids: () => readonly string[]): (text: string) => string {
  let known: RegExp | null | undefined;
  return (text) => {
    // Most replies have no text with a number, and a login may have thousands of accounts.
    if (!/\d/.test(text)) return text;
    if (known === undefined) known = patternOf(ids());
    const masked = known === null ? text : text.replace(known, (found) => maskedId(found));
    return masked.replace(CARD, (found) => (isCardNumber(found.replace(/\D/g, '')) ? maskedId(found) : found));
  };
}

function patternOf(ids: readonly string[]): RegExp | null {
  const long = [...new Set(ids)].filter((id) => id.length >= MIN_LENGTH && /\d/.test(id));
  const longestFirst = long.toSorted((a, b) => b.length - a.length);
  const pattern = longestFirst.map((id) => [...id].map(escaped).join('[ .-]?')).join('|');
  return pattern === '' ? null : new RegExp(pattern, 'gi');
}

/** Checks the last digit (ISO/IEC 7812-1, Luhn). */
function isCardNumber(digits: string): boolean {
  const sum = [...digits].toReversed().reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
