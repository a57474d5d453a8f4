/** What an investment account holds, as its newest statement says. */

import { isIsoDate } from '../model/dates.js';
import type { InvestmentCash, Position } from '../model/statement.js';
import type { Holdings } from '../model/stored.js';
import { type Database, textOf } from './database.js';

interface Detail {
  readonly currency?: string | null;
  readonly positions?: readonly Position[];
  readonly cash?: InvestmentCash | null;
}

/**
 * Units and cash are those of the statement's last day, whatever day the prices are of. `null` for an account whose statements
 * say nothing of either.
 */
export function readHoldings(db: Database, account: number): Holdings | null {
  const row = db.get(
    'SELECT to_date, detail FROM statements WHERE account = ? AND to_date IS NOT NULL ORDER BY to_date DESC, id DESC LIMIT 1',
    account,
  );
  const asOf = textOf(row?.['to_date']) ?? '';
  if (!isIsoDate(asOf)) return null;
  const { positions = [], cash, currency } = JSON.parse(textOf(row?.['detail']) ?? '{}') as Detail;
  const amount = cash?.available ?? null;
  const known = currency ?? positions[0]?.currency ?? null;
  if (positions.length === 0 && amount === null) return null;
  return {
    asOf,
    positions,
    cash: amount === null || known === null ? null : { amount, currency: known, asOf },
    margin: cash?.margin ?? null,
    short: cash?.short ?? null,
  };
}
