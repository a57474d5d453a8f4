/** Currency signs and codes beside amounts, and the currencies that they can mean. */

const MAX_LENGTH = 64;

/** Signs that mean one of a few currencies. Others, and those that are not listed, contradict nothing. */
const CURRENCIES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  Object.entries({
    $: 'USD AUD BBD BMD BND BSD BZD CAD CLP COP CUP CVE DOP FJD GYD HKD JMD KYD LRD MXN NAD NIO NZD SBD SGD SRD TTD TWD UYU XCD ARS BRL',
    US$: 'USD',
    C$: 'CAD NIO',
    CA$: 'CAD',
    A$: 'AUD',
    AU$: 'AUD',
    NZ$: 'NZD',
    HK$: 'HKD',
    S$: 'SGD',
    NT$: 'TWD',
    MX$: 'MXN',
    R$: 'BRL',
    '€': 'EUR',
    '£': 'GBP EGP FKP GIP LBP SDG SHP SSP SYP',
    '¥': 'JPY CNY',
    '₹': 'INR',
    '₽': 'RUB',
    '₩': 'KRW KPW',
    '₪': 'ILS',
    '₺': 'TRY',
    '₴': 'UAH',
    '₫': 'VND',
    '฿': 'THB',
    '₱': 'PHP CUP',
    kr: 'SEK NOK DKK ISK',
    zł: 'PLN',
    Kč: 'CZK',
    Ft: 'HUF',
  }).map(([sign, codes]) => [sign, new Set(codes.split(' '))]),
);
const NO_CURRENCY = 'XXX';
const SIGN = /[A-Z]{0,2}\p{Sc}|kr|zł|Kč|Ft/u;
/** A code before or after the number. */
const CODE = /(?<![A-Za-z])([A-Z]{3})(?![A-Za-z])/;

/** Returns the sign or code beside an amount that cannot mean a currency; `null` without one, or if it can. */
export function foreignSign(amount: string, currency: string): string | null {
  if (currency === NO_CURRENCY || amount.length > MAX_LENGTH) return null;
  const code = CODE.exec(amount)?.[1];
  if (code !== undefined) return code === currency ? null : code;
  const sign = SIGN.exec(amount)?.[0];
  if (sign === undefined) return null;
  const possible = CURRENCIES.get(sign) ?? CURRENCIES.get(sign.slice(-1));
  return possible === undefined || possible.has(currency) ? null : sign;
}
