/**
 * Amounts in the smallest unit of their currency, computed by SQLite: integers that can be compared and added up. Digits are
 * those of ISO 4217.
 */

const DIGITS: Readonly<Record<number, readonly string[]>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '),
  3: 'BHD IQD JOD KWD LYD OMR TND'.split(' '),
  4: 'CLF UYW'.split(' '),
};
/** Of every other currency, also of one that the standard does not know. */
const USUAL = 2;

/** Returns an expression for the amount as an integer, rounded halves away from zero; NULL for NULL. */
export function minorUnits(amount: string, currency: string): string {
  const cases = Object.entries(DIGITS).map(
    ([digits, codes]) => `WHEN ${currency} IN (${codes.map((code) => `'${code}'`).join(', ')}) THEN ${digits}`,
  );
  const places = `(CASE ${cases.join(' ')} ELSE ${USUAL} END)`;
  const size = `LTRIM(${amount}, '-')`;
  const point = `INSTR(${size} || '.', '.')`;
  // One digit more than the unit has, which decides how it is rounded.
  const digits = `SUBSTR(${size}, 1, ${point} - 1) || SUBSTR(SUBSTR(${size}, ${point} + 1) || '00000', 1, ${places} + 1)`;
  const rounded = `(CAST(${digits} AS INTEGER) + 5) / 10`;
  return `CASE WHEN ${amount} IS NULL THEN NULL WHEN ${amount} LIKE '-%' THEN -(${rounded}) ELSE ${rounded} END`;
}
