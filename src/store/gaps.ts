/** Which accounts the store knows, and what is known to be missing from the record of each. */

import { isIsoDate } from '../model/dates.js';
import { isDecimal } from '../model/decimal.js';
import type { Gap } from '../ports.js';
import { type Database, numberOf, textOf } from './database.js';

/** Balances that do not follow, and days that no statement covers: by account, oldest first. */
export function readGaps(db: Database): Gap[] {
  return db
    .all(
      'SELECT institution, account, from_date, to_date, missing, currency FROM v_gaps ORDER BY institution, account, from_date',
    )
    .flatMap((row) => {
      const [from, to] = [textOf(row['from_date']) ?? '', textOf(row['to_date']) ?? ''];
      if (!isIsoDate(from) || !isIsoDate(to)) return [];
      const missing = textOf(row['missing']);
      return [
        {
          institution: textOf(row['institution']) ?? '',
          account: textOf(row['account']) ?? '',
          from,
          to,
          missing:
            missing !== null && isDecimal(missing)
              ? { amount: missing, currency: textOf(row['currency']) ?? '' }
              : null,
        },
      ];
    });
}

/** Every account that something was stored for, configured or not. */
export function storedAccounts(db: Database): { institution: string; name: string; transactions: number }[] {
  return db
    .all(
      `SELECT institution, name, (SELECT COUNT(*) FROM transactions t WHERE t.account = a.id) AS n
       FROM accounts a ORDER BY institution, name`,
    )
    .map((row) => ({
      institution: textOf(row['institution']) ?? '',
      name: textOf(row['name']) ?? '',
      transactions: numberOf(row['n']),
    }));
}
