/** Amounts as journals write them: `$-1,234.50`, `1.234,50 EUR`, `3 "ACME A" @ $4`, `(1 + 2) / 3 USD`. */

import { type Decimal, isDecimal } from '../../model/decimal.js';
import { absolute, add, divide, isZero, multiply, negate, subtract, sum } from '../../model/money.js';
import type { OpenPosting, ReadPosting } from './entry.js';

export type DecimalMark = '.' | ',' | null;

interface Quantity {
  readonly amount: Decimal;
  readonly commodity: string;
}

const COMMODITY = String.raw`"[^"]*"|[^\d\s\-+.,;:?!"'=@{}()*/^&|<>[\]]+`;
const NUMBER = String.raw`(?:\d[\d,.'_]*(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?|\.\d+)`;
const AMOUNT = new RegExp(
  `^(?<first>[-+]?)\\s*(?<left>${COMMODITY})?\\s*(?<second>[-+]?)\\s*(?<number>${NUMBER})\\s*(?<right>${COMMODITY})?$`,
  'u',
);

/** Parses an amount without its cost, price and assertion; `null` where it is none. */
export function parseQuantity(text: string, mark: DecimalMark): Quantity | null {
  const { first = '', left, second = '', number = '', right } = AMOUNT.exec(text.trim())?.groups ?? {};
  const size = numberOf(number, mark);
  if (size === null) return null;
  const isNegative = (first === '-') !== (second === '-');
  const commodity = (left ?? right ?? '').replaceAll('"', '');
  return { amount: isNegative ? negate(size) : size, commodity };
}

/** Parses the part of a posting after its account. */
export function parseAmount(text: string, mark: DecimalMark): Omit<OpenPosting, 'account'> {
  const plain = text.replace(/(?<![@{])=.*$/s, '').trim();
  if (plain === '') return { amount: null, commodity: null, isOmitted: true, worth: undefined };
  const [, head = '', rest = ''] = /^([^@{[(]*(?:\([^@{]*\)[^@{[(]*)?)(.*)$/s.exec(plain) ?? [];
  const quantity = parseQuantity(head, mark) ?? parseExpression(head);
  if (quantity === null) return { amount: null, commodity: null, isOmitted: false, worth: undefined };
  return { ...quantity, isOmitted: false, worth: worthOf(quantity, rest, mark) };
}

/** Computes the amount that one posting omits, where all others are of one commodity. */
export function completed(postings: readonly OpenPosting[]): ReadPosting[] {
  const others = postings.filter(({ isOmitted }) => !isOmitted).map(({ worth }) => worth);
  const [first] = others;
  const isPlain = first !== undefined && others.every((worth) => worth?.commodity === first.commodity);
  const rest = isPlain ? negate(sum(others.flatMap((worth) => worth?.amount ?? []))) : null;
  const isOnly = postings.length - others.length === 1;
  return postings.map(({ account, amount, commodity, isOmitted }) =>
    isOmitted && isOnly && rest !== null && first !== undefined
      ? { account, amount: rest, commodity: first.commodity }
      : { account, amount, commodity },
  );
}

/** Returns the cost, else the price, else the quantity itself. */
function worthOf(quantity: Quantity, rest: string, mark: DecimalMark): Quantity | undefined {
  const cost = /^\s*(\{\{?)\s*=?\s*([^}]*)\}/.exec(rest);
  const price = /(@@?)\s*([^@{[]+)$/.exec(rest);
  if (cost === null && price === null) return rest.trim() === '' || /^\s*[[(]/.test(rest) ? quantity : undefined;
  const [, sign = '', text = ''] = cost ?? price ?? [];
  const value = parseQuantity(text.split(',').length > 1 && cost !== null ? (text.split(/,\s/)[0] ?? '') : text, mark);
  if (value === null) return undefined;
  const total = sign.length === 2 ? absolute(value.amount) : absolute(multiply(quantity.amount, value.amount));
  return { amount: quantity.amount.startsWith('-') ? negate(total) : total, commodity: value.commodity };
}

/** Returns the number in normal form, without a sign. */
function numberOf(text: string, mark: DecimalMark): Decimal | null {
  const plain = text.replace(/[\s'_\u00a0\u202f]/g, '');
  const point = mark ?? decimalMarkOf(plain);
  const grouped = point === ',' ? plain.replaceAll('.', '').replace(',', '.') : plain.replaceAll(',', '');
  const whole = grouped
    .replace(/^\./, '0.')
    .replace(/\.$/, '')
    .replace(/^0+(?=\d)/, '');
  return isDecimal(whole) ? whole : null;
}

/** With both marks, the last one; a single comma before three digits separates thousands. */
function decimalMarkOf(text: string): '.' | ',' {
  const [comma, point] = [text.lastIndexOf(','), text.lastIndexOf('.')];
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  if (point >= 0) return text.indexOf('.') === point ? '.' : ',';
  return comma >= 0 && text.indexOf(',') === comma && !/^[1-9]\d{0,2},\d{3}$/.test(text) ? ',' : '.';
}

/** Computes `(1 + 2) / 3 USD`. */
function parseExpression(text: string): Quantity | null {
  const [, expression = '', commodity] = /^([-+*/().,\d\s]+?)\s*([A-Z][A-Z0-9'._-]*)$/.exec(text.trim()) ?? [];
  if (commodity === undefined || expression.length > 200) return null;
  const tokens = expression.replaceAll(',', '').match(/\d+(?:\.\d*)?|\.\d+|[-+*/()]/g) ?? [];
  const amount = new Calculation(tokens).result();
  return amount === null ? null : { amount, commodity };
}

class Calculation {
  readonly #tokens: string[];

  constructor(tokens: readonly string[]) {
    this.#tokens = [...tokens];
  }

  result(): Decimal | null {
    const value = this.#sum();
    return this.#tokens.length === 0 ? value : null;
  }

  #sum(): Decimal | null {
    let value = this.#product();
    while (value !== null && (this.#tokens[0] === '+' || this.#tokens[0] === '-')) {
      const sign = this.#tokens.shift();
      const next = this.#product();
      value = next === null ? null : sign === '+' ? add(value, next) : subtract(value, next);
    }
    return value;
  }

  #product(): Decimal | null {
    let value = this.#factor();
    while (value !== null && (this.#tokens[0] === '*' || this.#tokens[0] === '/')) {
      const sign = this.#tokens.shift();
      const next = this.#factor();
      if (next === null || (sign === '/' && isZero(next))) return null;
      value = sign === '*' ? multiply(value, next) : divide(value, next, 12);
    }
    return value;
  }

  #factor(): Decimal | null {
    const token = this.#tokens.shift();
    if (token === '-') {
      const value = this.#factor();
      return value === null ? null : negate(value);
    }
    if (token === '+') return this.#factor();
    if (token !== '(') return token === undefined ? null : numberOf(token, '.');
    const value = this.#sum();
    return this.#tokens.shift() === ')' ? value : null;
  }
}
