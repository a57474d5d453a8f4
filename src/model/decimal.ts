/**
 * An exact decimal number as text: what a bank wrote, normalised in spelling but never in precision.
 * Parsing of the many spellings found in statements lives in `ofx/amount.ts`; arithmetic in `model/money.ts`.
 */

declare const decimalBrand: unique symbol;

/** Decimal text: optional `-`, digits, optionally a point and digits. No exponent, no plus sign, no `-0`. */
export type Decimal = string & { readonly [decimalBrand]: true };

const DECIMAL = /^(?!-[0.]+$)-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** Returns `true` for text in the normal form of {@link Decimal}. */
export function isDecimal(text: string): text is Decimal {
  return DECIMAL.test(text);
}

/**
 * Brands text that is in normal form.
 * @throws RangeError for other text, which is a mistake of the caller and not of an institution.
 */
export function decimal(text: string): Decimal {
  if (!isDecimal(text)) throw new RangeError(`not a decimal in normal form: ${JSON.stringify(text.slice(0, 40))}`);
  return text;
}
