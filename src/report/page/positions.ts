/** The securities of investment accounts, with their value and their share of all investments in the same currency. */

import type { Decimal } from '../../model/decimal.js';
import { add, compare, ZERO } from '../../model/money.js';
import { positionValue } from '../../model/overview/worth.js';
import type { Position } from '../../model/statement.js';
import type { AccountOverview } from '../overview.js';
import { shareBar } from './flows.js';
import type { Formats } from './format.js';
import { foreign, type Html, html } from './html.js';

interface Holding {
  readonly where: string;
  /** `null`: cash. */
  readonly position: Position | null;
  readonly currency: string;
  readonly value: Decimal | null;
}

/** Returns a table for each currency; `null` without investments. */
export function positionTables(accounts: readonly AccountOverview[], formats: Formats): Html | null {
  const holdings = accounts.flatMap(holdingsOf);
  if (holdings.length === 0) return null;
  const currencies = [...new Set(holdings.map(({ currency }) => currency))];
  return html`${currencies.map((currency) =>
    table(
      holdings.filter((one) => one.currency === currency),
      currency,
      formats,
    ),
  )}`;
}

function holdingsOf({ account, holdings }: AccountOverview): Holding[] {
  const where = `${account.institution} › ${account.name}`;
  const { positions = [], cash = null } = holdings ?? {};
  return [
    ...positions.map((position) => ({ where, position, currency: position.currency, value: positionValue(position) })),
    ...(cash === null ? [] : [{ where, position: null, currency: cash.currency, value: cash.amount }]),
  ];
}

function table(holdings: readonly Holding[], currency: string, formats: Formats): Html {
  const total = holdings.reduce((sum, { value }) => add(sum, value ?? ZERO), ZERO);
  const rows = holdings.toSorted((a, b) => compare(b.value ?? ZERO, a.value ?? ZERO));
  return html`<div class="wide" tabindex="0" role="region" aria-label="Positions in ${currency}"><table><caption>Securities and cash in ${currency}: ${formats.amount(total, currency)}</caption><thead><tr><th scope="col">Security</th><th scope="col">Account</th><th scope="col" class="amount">Units</th><th scope="col" class="amount">Price</th><th scope="col" class="amount">Value</th><th scope="col" class="amount">Share</th></tr></thead><tbody>${rows.map(
    (one) => row(one, total, formats),
  )}</tbody></table></div>`;
}

function row({ where, position, currency, value }: Holding, total: Decimal, formats: Formats): Html {
  const price = position?.unitPrice ?? null;
  return html`<tr><th scope="row">${position === null ? 'Cash' : nameOf(position)}${value === null ? null : shareBar(value, total)}</th><td>${foreign(where)}</td><td class="amount">${position === null ? null : formats.decimal(position.units)}</td><td class="amount">${
    price === null ? null : formats.amount(price, currency)
  }</td><td class="amount">${value === null ? 'unknown' : formats.amount(value, currency)}</td><td class="amount">${value === null ? null : formats.share(value, total)}</td></tr>`;
}

function nameOf({ securityName, ticker, security }: Position): Html {
  const name = securityName ?? ticker ?? security.uniqueId;
  return ticker === null || ticker === name
    ? foreign(name)
    : html`${foreign(name)} <span class="soft">${foreign(ticker)}</span>`;
}
