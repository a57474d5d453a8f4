/**
 * The views that users of `sqlite3 ofx-sync.db` may rely on: their columns stay, whatever happens to the tables below. They
 * are recreated by each migration; the table of them in the documentation is generated from here.
 */

import type { Database } from './database.js';
import { minorUnits } from './derived/minor-units.js';

interface ViewRow {
  readonly name: string;
  readonly about: string;
  /** Columns in order, as `name` or `name (content)`. */
  readonly columns: readonly string[];
  readonly select: string;
}

const ACCOUNT = 'a.institution, a.name AS account';
const MINOR = 'in the smallest unit of the currency, such as cents: an integer';

export const VIEWS: readonly ViewRow[] = [
  {
    name: 'v_accounts',
    about: 'one row per account',
    columns: [
      'institution',
      'account',
      'kind',
      'balance (newest ledger balance)',
      'currency',
      'balance_as_of',
      'transactions (posted)',
      'last_statement (last day covered)',
      `balance_minor (${MINOR})`,
    ],
    select: `SELECT ${ACCOUNT}, a.kind, b.amount AS balance, b.currency, b.as_of AS balance_as_of,
             (SELECT COUNT(*) FROM transactions t WHERE t.account = a.id AND t.removed = 0 AND t.pending = 0) AS transactions,
             (SELECT MAX(to_date) FROM coverage c WHERE c.account = a.id) AS last_statement,
             ${minorUnits('b.amount', 'b.currency')} AS balance_minor
      FROM accounts a LEFT JOIN balances b ON b.account = a.id AND b.kind = 'ledger'
       AND b.as_of = (SELECT MAX(as_of) FROM balances WHERE account = a.id AND kind = 'ledger')`,
  },
  {
    name: 'v_transactions',
    about: 'one row per transaction, without those that the bank replaced or deleted',
    columns: [
      'institution',
      'account',
      'posted_on',
      'amount (exact decimal as text)',
      'currency',
      'type',
      'name',
      'payee',
      'memo',
      'check_number',
      'fitid',
      'pending (0 or 1)',
      'id (stable)',
      'derived (1 without a reliable FITID)',
      'first_seen_at',
      `amount_minor (${MINOR})`,
    ],
    select: `SELECT ${ACCOUNT}, t.posted_on, t.amount, t.currency, json_extract(t.body, '$.type') AS type,
             json_extract(t.body, '$.name') AS name, json_extract(t.body, '$.payee.name') AS payee,
             json_extract(t.body, '$.memo') AS memo, json_extract(t.body, '$.checkNumber') AS check_number, t.fitid, t.pending,
             t.public_id AS id, t.derived, t.first_seen_at, ${minorUnits('t.amount', 't.currency')} AS amount_minor
      FROM transactions t JOIN accounts a ON a.id = t.account
      WHERE t.removed = 0`,
  },
  {
    name: 'v_history',
    about:
      'one row per former version of a transaction, per spelling of it by another source or a file, and per transaction that was replaced or deleted',
    columns: [
      'institution',
      'account',
      'id',
      'replaced_at (NULL: another spelling)',
      'posted_on',
      'amount',
      'currency',
      'name',
      'memo',
      'removed',
    ],
    select: `SELECT ${ACCOUNT}, t.public_id AS id, v.replaced_at, json_extract(v.body, '$.postedOn') AS posted_on,
             json_extract(v.body, '$.amount') AS amount, json_extract(v.body, '$.currency') AS currency,
             json_extract(v.body, '$.name') AS name, json_extract(v.body, '$.memo') AS memo, 0 AS removed
      FROM versions v JOIN transactions t ON t.id = v.transaction_id JOIN accounts a ON a.id = t.account
      UNION ALL
      SELECT ${ACCOUNT}, t.public_id, NULL, json_extract(s.body, '$.postedOn'), json_extract(s.body, '$.amount'),
             json_extract(s.body, '$.currency'), json_extract(s.body, '$.name'), json_extract(s.body, '$.memo'), 0
      FROM spellings s JOIN transactions t ON t.id = s.transaction_id JOIN accounts a ON a.id = t.account
      UNION ALL
      SELECT ${ACCOUNT}, t.public_id, t.removed_at, t.posted_on, t.amount, t.currency, json_extract(t.body, '$.name'),
             json_extract(t.body, '$.memo'), 1
      FROM transactions t JOIN accounts a ON a.id = t.account WHERE t.removed = 1`,
  },
  {
    name: 'v_balances',
    about: 'one row per balance that a bank stated',
    columns: [
      'institution',
      'account',
      'kind (ledger or available)',
      'as_of',
      'amount',
      'currency',
      `amount_minor (${MINOR})`,
    ],
    select: `SELECT ${ACCOUNT}, b.kind, b.as_of, b.amount, b.currency, ${minorUnits('b.amount', 'b.currency')} AS amount_minor FROM balances b JOIN accounts a ON a.id = b.account`,
  },
  {
    name: 'v_gaps',
    about: 'known gaps: balances that disagree with the transactions, and days that a bank no longer provides',
    columns: [
      'institution',
      'account',
      'from_date',
      'to_date',
      'missing (amount, NULL for days without a statement)',
      'currency',
      'excess (JSON array of the ids of transactions that may be one too many, or NULL)',
    ],
    select: `SELECT ${ACCOUNT}, g.from_date, g.to_date, g.missing, g.currency, g.excess FROM gaps g JOIN accounts a ON a.id = g.account
      UNION ALL
      SELECT ${ACCOUNT}, h.from_date, h.to_date, NULL, NULL, NULL FROM holes h JOIN accounts a ON a.id = h.account`,
  },
  {
    name: 'v_classified',
    about: 'one row per posted transaction as your rules classify it; refreshed by each sync, import and export --new',
    columns: [
      'institution',
      'account',
      'posted_on',
      'amount (exact decimal as text)',
      'currency',
      'payee (of the rules, else of the bank)',
      'category (NULL without a rule)',
      'tags (JSON array)',
      'transfer (id of the other side, between two of your accounts)',
      'id (stable)',
      `amount_minor (${MINOR})`,
    ],
    select: `SELECT ${ACCOUNT}, t.posted_on, t.amount, t.currency, c.payee, c.category, c.tags, c.transfer, t.public_id AS id,
             ${minorUnits('t.amount', 't.currency')} AS amount_minor
      FROM transactions t JOIN accounts a ON a.id = t.account LEFT JOIN classifications c ON c.transaction_id = t.id
      WHERE t.removed = 0 AND t.pending = 0`,
  },
  {
    name: 'v_positions',
    about: 'one row per position of the newest statement of an investment account',
    columns: [
      'institution',
      'account',
      'as_of',
      'security (unique id)',
      'ticker',
      'name',
      'type (stock, mf, debt, opt, other)',
      'side (LONG or SHORT)',
      'units (exact decimal as text)',
      'unit_price (exact decimal as text)',
      'market_value (exact decimal as text)',
      'currency',
      'price_as_of',
      'held_in (sub-account)',
      `market_value_minor (${MINOR})`,
    ],
    select: `SELECT ${ACCOUNT}, s.to_date AS as_of, json_extract(p.value, '$.security.uniqueId') AS security,
             json_extract(p.value, '$.ticker') AS ticker, json_extract(p.value, '$.securityName') AS name,
             json_extract(p.value, '$.type') AS type, json_extract(p.value, '$.side') AS side,
             json_extract(p.value, '$.units') AS units, json_extract(p.value, '$.unitPrice') AS unit_price,
             json_extract(p.value, '$.marketValue') AS market_value, json_extract(p.value, '$.currency') AS currency,
             json_extract(p.value, '$.asOf') AS price_as_of, json_extract(p.value, '$.heldIn') AS held_in,
             ${minorUnits("json_extract(p.value, '$.marketValue')", "json_extract(p.value, '$.currency')")} AS market_value_minor
      FROM accounts a JOIN statements s ON s.id = (
             SELECT id FROM statements WHERE account = a.id AND to_date IS NOT NULL ORDER BY to_date DESC, id DESC LIMIT 1),
           json_each(s.detail, '$.positions') p
      WHERE json_valid(s.detail)`,
  },
  {
    name: 'v_trades',
    about: 'one row per transaction of an investment account that is not a movement of cash alone',
    columns: [
      'institution',
      'account',
      'traded_on',
      'settled_on',
      'action (BUYSTOCK, SELLMF, INCOME …)',
      'detail (BUYTYPE, INCOMETYPE …)',
      'security (unique id)',
      'ticker',
      'name',
      'units (exact decimal as text)',
      'unit_price (exact decimal as text)',
      'amount (exact decimal as text)',
      'currency',
      'commission',
      'fees',
      'taxes',
      'memo',
      'id (stable)',
      `amount_minor (${MINOR})`,
    ],
    select: `SELECT ${ACCOUNT}, t.posted_on AS traded_on, json_extract(t.body, '$.availableOn') AS settled_on,
             json_extract(t.body, '$.investment.action') AS action, json_extract(t.body, '$.investment.detail') AS detail,
             json_extract(t.body, '$.investment.security.uniqueId') AS security,
             json_extract(t.body, '$.investment.ticker') AS ticker, json_extract(t.body, '$.investment.securityName') AS name,
             json_extract(t.body, '$.investment.units') AS units, json_extract(t.body, '$.investment.unitPrice') AS unit_price,
             t.amount, t.currency, json_extract(t.body, '$.investment.commission') AS commission,
             json_extract(t.body, '$.investment.fees') AS fees, json_extract(t.body, '$.investment.taxes') AS taxes,
             json_extract(t.body, '$.memo') AS memo, t.public_id AS id,
             ${minorUnits('t.amount', 't.currency')} AS amount_minor
      FROM transactions t JOIN accounts a ON a.id = t.account
      WHERE t.removed = 0 AND t.pending = 0 AND json_extract(t.body, '$.investment.action') <> 'INVBANKTRAN'`,
  },
];

/** Removes all views: tables cannot be altered while views of an earlier version use them. */
export function dropViews(database: Database): void {
  for (const { name } of database.all("SELECT name FROM sqlite_master WHERE type = 'view'"))
    database.exec(`DROP VIEW ${String(name)}`);
}

export function createViews(database: Database): void {
  for (const { name, select } of VIEWS) database.exec(`CREATE VIEW ${name} AS ${select}`);
}
