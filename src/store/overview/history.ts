/** Reading what an account's curves and its calendar of coverage are drawn from. */

import type { AccountRef } from '../../model/account.js';
import { type IsoDate, isIsoDate } from '../../model/dates.js';
import { type Decimal, isDecimal } from '../../model/decimal.js';
import { fromUnits, placesOf, toUnits } from '../../model/money.js';
import type { AccountHistory, DaySum, StatedBalance } from '../../model/overview/history.js';
import { readCoverage } from '../coverage.js';
import { damage } from '../damage.js';
import { type Database, numberOf, stringOf } from '../database.js';
import { balanceIn, findAccount, readGaps, readHoldings } from '../read.js';
import { readMarketValues } from './market-values.js';

/**
 * Reads the history of an account; `null` when nothing is stored of it.
 * @param since first day of balances and transactions; `null` for all. Where the newest balance is older, its day.
 */
export function readHistory(db: Database, account: AccountRef, since: IsoDate | null): AccountHistory | null {
  const row = findAccount(db, account);
  if (row === null) return null;
  const id = numberOf(row['id']);
  const first = firstDay(db, id, since);
  return {
    institution: account.institution,
    account: account.name,
    coverage: readCoverage(db, id),
    gaps: readGaps(db).filter((gap) => gap.institution === account.institution && gap.account === account.name),
    balances: readBalances(db, id, first),
    bookings: readBookings(db, id, first),
    values: readMarketValues(db, id, { since, newest: readHoldings(db, id) }),
  };
}

/** Returns the first day to read: of an account without a newer balance, that of its newest one. */
function firstDay(db: Database, account: number, since: IsoDate | null): string {
  const newest = db.get("SELECT MAX(as_of) AS day FROM balances WHERE account = ? AND kind = 'ledger'", account);
  const day = stringOf(newest?.['day']);
  if (since === null) return '';
  return day !== '' && day < since ? day : since;
}

function readBalances(db: Database, account: number, since: string): StatedBalance[] {
  return db
    .all(
      "SELECT amount, currency, as_of FROM balances WHERE account = ? AND kind = 'ledger' AND as_of >= ? ORDER BY as_of",
      account,
      since,
    )
    .map((row) => {
      const { asOf, ...balance } = balanceIn(row, 'ledger');
      if (asOf === null) throw damage('a ledger balance without a day');
      return { ...balance, asOf };
    });
}

/** Adds the amounts of each day here, since SQLite has no exact decimals. */
function readBookings(db: Database, account: number, since: string): DaySum[] {
  const days = new Map<IsoDate, Map<string, Decimal[]>>();
  const rows = db.iterate(
    `SELECT posted_on, amount, currency FROM transactions WHERE account = ? AND posted_on >= ? AND removed = 0 AND pending = 0
     ORDER BY posted_on`,
    account,
    since,
  );
  for (const row of rows) {
    const [on, amount, currency] = [stringOf(row['posted_on']), stringOf(row['amount']), stringOf(row['currency'])];
    if (!isIsoDate(on) || !isDecimal(amount)) throw damage(`a transaction of ${on}`);
    const day = days.get(on) ?? new Map<string, Decimal[]>();
    const amounts = day.get(currency);
    if (amounts === undefined) day.set(currency, [amount]);
    else amounts.push(amount);
    days.set(on, day);
  }
  return [...days].flatMap(([day, amounts]) =>
    [...amounts].map(([currency, all]) => ({ day, amount: exactSum(all), currency })),
  );
}

/** Adds as whole numbers, which is faster than decimals for many years. */
function exactSum(amounts: readonly Decimal[]): Decimal {
  const [only] = amounts;
  if (only !== undefined && amounts.length === 1) return only;
  const places = Math.max(...amounts.map(placesOf));
  return fromUnits(
    amounts.reduce((total, amount) => total + toUnits(amount, places), 0n),
    places,
  );
}
