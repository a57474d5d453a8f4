/**
 * Amounts in every format seen (OFX 2.2 section 3.2.9.1 has one: digits with a comma or a point before the decimals).
 * An amount is exact or absent, never approximate and never a guess between two readings.
 */

import { type Decimal, decimal, isDecimal } from '../model/decimal.js';

const MAX_LENGTH = 64;
/** Blanks of every width and apostrophes, which separate thousands. */
const BLANK = /[\s'’]/g;
/** A code of ISO 4217, a currency sign, or a local abbreviation. */
const CURRENCY = '(?:[A-Z]{3}|[A-Z]{0,2}\\p{Sc}|kr\\.?|zł|Kč|Ft|Rs\\.?|Fr\\.?)';
const CURRENCY_BEFORE = new RegExp(`^([+-]?) ?${CURRENCY} ?(?=[\\d.,+-])`, 'u');
const CURRENCY_AFTER = new RegExp(` ?${CURRENCY}$`, 'u');
const CURRENCY_IN_BRACKETS = new RegExp(`^\\( ?${CURRENCY} ?(?=\\d)`, 'u');
/** Debit and credit, as on paper statements. */
const SIDE = /^([^+-].*\d) ?([CD])R$/i;

/** Scientific notation, as programs write very small and very large numbers: `1E-4`, `0E-8`. */
const SCIENTIFIC = /^([+-]?\d+(?:[.,]\d+)?)E([+-]?\d{1,2})$/i;

/** The usual form, with at most two decimals. Whatever the currency and the other amounts, it means the same. */
const PLAIN = /^(?!-[0.]+$)-?(?:0|[1-9]\d{0,14})(?:\.\d\d?)?$/;

/** Returns true for an amount that {@link parseMoney} would return unchanged in every statement; false for most others. */
export function isPlainAmount(text: string): text is Decimal {
  return PLAIN.test(text);
}

/** Parses an exact amount; `null` when the text is not an amount or is ambiguous. */
export function parseAmount(text: string): Decimal | null {
  if (text.length > MAX_LENGTH) return null;
  if (isDecimal(text)) return text;
  const [, mantissa, exponent] = SCIENTIFIC.exec(text) ?? [];
  if (mantissa !== undefined) return shifted(mantissa.replace(',', '.'), Number(exponent));
  const normalized = text
    .trim()
    .replace(BLANK, ' ')
    .replace(/[\u2212\u2012-\u2014]/g, '-')
    .replace(SIDE, (_, amount: string, side: string) => `${side.toUpperCase() === 'D' ? '-' : '+'}${amount}`);
  const { negative, digits } = signOf(
    normalized.replace(CURRENCY_IN_BRACKETS, '(').replace(CURRENCY_BEFORE, '$1').replace(CURRENCY_AFTER, ''),
  );
  const point = withPoint(digits);
  if (point === null) return null;
  const [whole = '', fraction = ''] = point.split('.');
  const magnitude = `${whole.replace(/^0+(?=\d)/, '') || '0'}${fraction === '' ? '' : `.${fraction}`}`;
  return decimal(negative && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude);
}

/** Currencies that count in thousandths (ISO 4217). */
const THREE_DECIMALS = new Set(['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND']);

/** Currencies without a smaller unit in use. */
const NO_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));

/** The decimal separators that a statement shows beyond doubt, in whichever of its amounts. */
export interface DecimalMarks {
  readonly comma: boolean;
  readonly point: boolean;
}

export const NO_MARKS: DecimalMarks = { comma: false, point: false };

/** One separator before exactly three digits: a decimal one, or one of thousands. */
const DOUBTFUL = /^[^\d.,]*[1-9]\d{0,2}([.,])\d{3}[^\d.,]*$/;

/** Returns the separator of an amount such as `1.234`, which alone does not show if it has decimals; `null` for others. */
export function doubtfulMark(text: string): '.' | ',' | null {
  if (text.length > MAX_LENGTH) return null;
  const [, mark] = DOUBTFUL.exec(text) ?? [];
  return mark === '.' || mark === ',' ? mark : null;
}

/** Returns the separator that certainly stands before the decimals of an amount; `null` if it shows none. */
export function decimalMark(text: string): '.' | ',' | null {
  if (text.length > MAX_LENGTH || doubtfulMark(text) !== null) return null;
  const marks = text.replace(/[^.,]/g, '');
  if (marks === '' || !/[.,]\d/.test(text) || parseAmount(text) === null) return null;
  const last = marks.endsWith(',') ? ',' : '.';
  // Several equal separators are those of thousands.
  if (marks.length > 1 && new Set(marks).size === 1) return last === ',' ? '.' : ',';
  return last;
}

/**
 * Parses an amount of money. By the specification, `1,234` has three decimals, but some banks mean a thousand: in a currency
 * without thousandths it is ambiguous, so `null`. `1.234` has three decimals, but is `null` in currencies without decimals,
 * where it can only mean a thousand, and in a statement that shows a comma before its decimals. Scientific notation of money
 * is a typing error.
 */
export function parseMoney(text: string, currency: string, shown: DecimalMarks = NO_MARKS): Decimal | null {
  const mark = doubtfulMark(text);
  if (mark === ',' && (shown.point || !THREE_DECIMALS.has(currency))) return null;
  if (mark === '.' && (shown.comma || NO_DECIMALS.has(currency))) return null;
  return isScientific(text) ? null : parseAmount(text);
}

/**
 * Parses units, a price or a rate, which have any number of decimals. `1,234` is read only in a statement that shows a comma
 * before its decimals and never a point; `1.234` only in one that never shows a comma there.
 */
export function parseQuantity(text: string, shown: DecimalMarks = NO_MARKS): Decimal | null {
  const mark = doubtfulMark(text);
  if (mark === ',' && (shown.point || !shown.comma)) return null;
  return mark === '.' && shown.comma ? null : parseAmount(text);
}

/** Returns true for a power of ten of anything but zero. */
function isScientific(text: string): boolean {
  const [, mantissa = ''] = text.length > MAX_LENGTH ? [] : (SCIENTIFIC.exec(text) ?? []);
  return /[1-9]/.test(mantissa);
}

/** Moves the decimal point by a number of digits. */
function shifted(mantissa: string, by: number): Decimal | null {
  const [, sign = '', whole = '', fraction = ''] = /^([+-]?)(\d+)\.?(\d*)$/.exec(mantissa) ?? [];
  const digits = `${whole}${fraction}`.padEnd(whole.length + by, '0');
  const point = whole.length + by;
  const moved =
    point > 0 ? `${digits.slice(0, point)}.${digits.slice(point)}` : `.${digits.padStart(digits.length - point, '0')}`;
  return parseAmount(`${sign}${moved}`);
}

/** Splits off one sign: before, after, or as brackets. A second one is kept, and makes the digits invalid. */
function signOf(text: string): { readonly negative: boolean; readonly digits: string } {
  const first = text[0] ?? '';
  const last = text.at(-1) ?? '';
  if (first === '+' || first === '-') return { negative: first === '-', digits: text.slice(1).trim() };
  if (last === '+' || last === '-') return { negative: last === '-', digits: text.slice(0, -1).trim() };
  if (first === '(' && last === ')') return { negative: true, digits: text.slice(1, -1).trim() };
  return { negative: false, digits: text };
}

/**
 * Returns the digits with at most one decimal point, or `null`. A single separator is the decimal one, as OFX says. Of
 * several, all but the last separate thousands if they are the same and between groups of three digits; so does the last if
 * it is the same and three digits follow. Points at the very end are ignored.
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
