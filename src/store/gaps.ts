/** What is known to be missing from the record of each account. */

import { isIsoDate } from '../model/dates.js';
import { isDecimal } from '../model/decimal.js';
import type { Gap } from '../ports.js';
import { type Database, textOf } from './database.js';

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
