/** Account and routing numbers as a person types them: cleaned, and compared with their check digits. */

import type { AccountKind } from '../../model/account.js';
import { isCardNumber, isIban, isRoutingNumber, looksLikeIban } from './check-digits.js';

/** Returns the number without the blanks of a printed statement, and without the dashes of a card. */
export function cleanedNumber(typed: string, kind: AccountKind): string {
  const number = typed.replace(/\s+/g, '');
  if (looksLikeIban(number.toUpperCase())) return number.toUpperCase();
  return kind === 'creditcard' && /^[\d-]+$/.test(number) ? number.replaceAll('-', '') : number;
}

/** Returns a check of account numbers for {@link askedTwice}. */
export function numberProblem(kind: AccountKind): (typed: string) => Problem | null {
  return (typed) => {
    const number = cleanedNumber(typed, kind);
    if (number === '') return refusal('nothing was typed');
    if (number.length > 64) return refusal('at most 64 characters');
    if (/[*•#]|[Xx]{3}/.test(number)) return refusal('some digits are hidden: enter the whole number');
    if (looksLikeIban(number) && !isIban(number)) return doubt('The check digits of this IBAN do not fit.');
    if (kind === 'creditcard' && /^\d{13,19}$/.test(number) && !isCardNumber(number))
      return doubt('The check digit of this card number does not fit.');
    return null;
  };
}

export function routingProblem(typed: string): Problem | null {
  const number = typed.replace(/[\s-]+/g, '');
  if (number === '') return refusal('nothing was typed');
  if (number.length > 9) return refusal('a routing number has nine digits');
  if (!/^\d+$/.test(number)) return doubt('Routing numbers and bank codes consist of digits.');
  if (number.length === 9 && !isRoutingNumber(number))
    return doubt('The check digit of this routing number does not fit.');
  return null;
}

export function brokerProblem(typed: string): Problem | null {
  const id = typed.trim();
  return id === '' ? refusal('nothing was typed') : id.length > 22 ? refusal('at most 22 characters') : null;
}

interface Problem {
  readonly message: string;
  /** The same text is accepted when it is entered again. */
  readonly isDoubt: boolean;
}

function refusal(message: string): Problem {
  return { message, isDoubt: false };
}

function doubt(message: string): Problem {
  return { message: `${message} Correct it, or enter it again to keep it.`, isDoubt: true };
}

/** Makes a check of one question: a text that is only doubted is accepted when it is entered a second time. */
export function askedTwice(check: (typed: string) => Problem | null): (typed: string) => string | null {
  let doubted: string | null = null;
  return (typed) => {
    const problem = check(typed);
    if (problem === null || (problem.isDoubt && doubted === typed)) return null;
    doubted = typed;
    return problem.message;
  };
}
