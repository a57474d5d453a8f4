/** The codes of currencies, and how many digits each has after the point. */

/** Currencies with two digits, which most accounts are in. Asking Intl about the first currency takes longer than most commands. */
const COMMON = 'USD EUR GBP CAD AUD NZD CHF SEK NOK DKK PLN CZK MXN BRL INR CNY HKD SGD ZAR ILS'.split(' ');

const DIGITS = new Map(COMMON.map((code) => [code, 2]));
let codes: ReadonlySet<string> | null = null;

/** Returns true for the code of a currency that is known, such as USD. */
export function isCurrency(code: string): boolean {
  if (COMMON.includes(code)) return true;
  codes ??= new Set(Intl.supportedValuesOf('currency'));
  return codes.has(code);
}

/**
 * Returns the digits of a currency after the point: 2 for USD, 0 for JPY, 3 for KWD.
 * @param code three capital letters; 2 for a code that is not known
 */
export function minorDigits(code: string): number {
  const known = DIGITS.get(code);
  if (known !== undefined) return known;
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: code });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  DIGITS.set(code, digits);
  return digits;
}
