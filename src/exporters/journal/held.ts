/** The units of securities that the entries of an existing journal move, also those that its owner has written. */

import { isCurrency } from '../../model/currency.js';
import { type IsoDate, isIsoDate } from '../../model/dates.js';
import { isDecimal } from '../../model/decimal.js';
import { isZero } from '../../model/money.js';
import type { Exporter } from '../../ports.js';

type Held = ReturnType<NonNullable<Exporter['heldIn']>>;

/**
 * Returns a reader of lines in their order.
 * @param posting account, amount and commodity of a posting.
 * @param plain the commodity without quotes.
 */
export function heldReader(posting: RegExp, plain: (symbol: string) => string): Held {
  let day: IsoDate | null = null;
  return (line) => {
    const begun = /^(\d{4}-\d\d-\d\d) /.exec(line)?.[1];
    if (begun !== undefined) day = isIsoDate(begun) ? begun : null;
    const [, account = '', units = '', symbol = ''] = posting.exec(line) ?? [];
    if (day === null || account === '' || !isDecimal(units) || isZero(units) || isCurrency(plain(symbol))) return null;
    return { account, date: day, units };
  };
}
