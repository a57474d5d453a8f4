/**
 * Amounts in every spelling seen (OFX 2.2 section 3.2.9.1 has one: digits with a comma or a point before the decimals).
 * An amount is exact or absent, never approximate and never a guess between two readings.
 */

import { type Decimal, decimal, isDecimal } from '../model/decimal.js';

const LONGEST = 64;
/** Blanks of every width and apostrophes, which stand between thousands. */
const BLANK = /[\s'’]/g;
/** A code of ISO 4217, a sign of a currency, or what stands for one in its country. */
const CURRENCY = '(?:[A-Z]{3}|[A-Z]{0,2}\\p{Sc}|kr\\.?|zł|Kč|Ft|Rs\\.?|Fr\\.?)';
const CURRENCY_BEFORE = new RegExp(`^([+-]?) ?${CURRENCY} ?(?=[\\d.,+-])`, 'u');
const CURRENCY_AFTER = new RegExp(` ?${CURRENCY}$`, 'u');
const CURRENCY_IN_BRACKETS = new RegExp(`^\\( ?${CURRENCY} ?(?=\\d)`, 'u');
/** Debit and credit, as on paper. */
const SIDE = /^([^+-].*\d) ?([CD])R$/i;

/** As programs write very small and very large numbers: `1E-4`, `0E-8`. */
const SCIENTIFIC = /^([+-]?\d+(?:[.,]\d+)?)E([+-]?\d{1,2})$/i;

/** The exact amount, `null` when the text is none or could be two. */
export function parseAmount(text: string): Decimal | null {
  if (text.length > LONGEST) return null;
  if (isDecimal(text)) return text;
  const [, mantissa, exponent] = SCIENTIFIC.exec(text) ?? [];
  if (mantissa !== undefined) return shifted(mantissa.replace(',', '.'), Number(exponent));
  const plain = text
    .trim()
    .replace(BLANK, ' ')
    .replace(/[\u2212\u2012-\u2014]/g, '-')
    .replace(SIDE, (_, amount: string, side: string) => `${side.toUpperCase() === 'D' ? '-' : '+'}${amount}`);
  const { negative, digits } = signOf(
    plain.replace(CURRENCY_IN_BRACKETS, '(').replace(CURRENCY_BEFORE, '$1').replace(CURRENCY_AFTER, ''),
  );
  const point = withPoint(digits);
  if (point === null) return null;
  const [whole = '', fraction = ''] = point.split('.');
  const magnitude = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return decimal(negative && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude);
}

/** Currencies that count in thousandths (ISO 4217). */
const THREE_DECIMALS = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/** Currencies that have no smaller part in use. */
const NO_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));

/**
 * An amount of money. `1,234` is one and a bit by the specification, and a thousand and more for those who write thousands
 * with a comma: where the currency has no thousandths it is taken for neither. `1.234` is what it says, except in currencies
 * in which it can only be a thousand and more. `12.3e4` is no way to write money, but one letter too many.
 */
export function parseMoney(text: string, currency: string): Decimal | null {
  const [, separator] = /^\D*[1-9]\d{0,2}([.,])\d{3}\D*$/.exec(text) ?? [];
  if (/[1-9].*e/i.test(text)) return null;
  if (separator === ',' && !THREE_DECIMALS.has(currency)) return null;
  return separator === '.' && NO_DECIMALS.has(currency) ? null : parseAmount(text);
}

/** The point moved by a number of digits. */
function shifted(mantissa: string, by: number): Decimal | null {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d+)\.?(\d*)$/.exec(mantissa) ?? [];
  const digits = `${whole}${fraction}`.padEnd(whole.length + by, '0');
  const point = whole.length + by;
  const moved =
    point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `.${digits.padStart(digits.length - point, '0')}`;
  return parseAmount(`${sign}${moved}`);
}

/** A sign before, a sign after, or brackets: one of them. What has two keeps the second, which is then no digit. */
function signOf(text: string): { readonly negative: boolean; readonly digits: string } {
  const first = text[0] ?? '';
  const last = text.at(-1) ?? '';
  if (first === '+' || first === '-') return { negative: first === '-', digits: text.slice(1).trim() };
  if (last === '+' || last === '-') return { negative: last === '-', digits: text.slice(0, -1).trim() };
  if (first === '(' && last === ')') return { negative: true, digits: text.slice(1, -1).trim() };
  return { negative: false, digits: text };
}

/**
 * Digits with at most one point. One separator is the decimal one, as OFX says. Of several, those before the last are
 * thousands if they are alike and the groups between them have three digits; the last is thousands too if it is like them
 * and three digits follow. Points at the very end are strays.
 */
function withPoint(digits: string): string | null {
  const text = digits.replace(/[.,]+$/, '');
  if (!/^(?=.*\d)[\d., ]*$/.test(text)) return null;
  const groups = text.split(/[., ]/);
  const separators = text.replace(/\d/g, '');
  if (separators === '') return text;
  if (separators.length === 1 && separators !== ' ') return text.replace(',', '.');
  const thousands = separators.slice(0, -1);
  const last = separators.at(-1) ?? '';
  const alike = new Set(thousands).size <= 1;
  const isLastAlike = last === ' ' || (thousands !== '' && thousands[0] === last);
  if (alike && (thousands === '' || thousands[0] === last) && isLastAlike && isGrouped(groups)) return groups.join('');
  if (last === ' ' || !alike || !isGrouped(groups.slice(0, -1))) return null;
  return `${groups.slice(0, -1).join('')}.${groups.at(-1) ?? ''}`;
}

function isGrouped([first = '', ...others]: readonly string[]): boolean {
  return first.length >= 1 && first.length <= 3 && others.every((group) => group.length === 3);
}
