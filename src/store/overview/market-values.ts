/** The value of securities with cash by day, kept from each statement: the statement itself makes room for the next one. */

import { type IsoDate, isIsoDate } from '../../model/dates.js';
import { isDecimal } from '../../model/decimal.js';
import type { StatedBalance } from '../../model/overview/history.js';
import { holdingsValue } from '../../model/overview/worth.js';
import type { Statement } from '../../model/statement.js';
import type { Holdings } from '../../model/stored.js';
import { damage } from '../damage.js';
import { type Database, stringOf } from '../database.js';

/** Saves the value at the end of the last day of a statement; one without securities and cash has none. */
export function saveMarketValue(
  db: Database,
  account: number,
  { statement, asOf }: { readonly statement: Statement; readonly asOf: IsoDate },
): void {
  const { positions, cash, currency } = statement;
  const amount = cash?.available ?? null;
  const unit = currency ?? positions[0]?.currency ?? null;
  const known = amount === null || unit === null ? null : { amount, currency: unit, asOf };
  const values = holdingsValue({ asOf, positions, cash: known, margin: null, short: null });
  if (values.length === 0) return;
  db.run('DELETE FROM market_values WHERE account = ? AND as_of = ?', account, asOf);
  for (const value of values)
    db.insert('market_values', { account, as_of: asOf, currency: value.currency, amount: value.amount });
}

/**
 * Reads the values of an account, oldest first.
 * @param newest holdings of a store whose statements came before values were kept.
 */
export function readMarketValues(
  db: Database,
  account: number,
  { since, newest }: { readonly since: IsoDate | null; readonly newest: Holdings | null },
): StatedBalance[] {
  const values = db
    .all(
      'SELECT as_of, currency, amount FROM market_values WHERE account = ? AND as_of >= ? ORDER BY as_of, currency',
      account,
      since ?? '',
    )
    .map((row) => {
      const [asOf, amount] = [stringOf(row['as_of']), stringOf(row['amount'])];
      if (!isIsoDate(asOf) || !isDecimal(amount)) throw damage(`the market value of ${asOf}`);
      return { asOf, amount, currency: stringOf(row['currency']) };
    });
  if (newest === null || values.some(({ asOf }) => asOf >= newest.asOf)) return values;
  return [...values, ...holdingsValue(newest)];
}
