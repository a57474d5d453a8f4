/** The accounts as a table for a terminal: balances with their curves, and below it the totals of each currency. */

import { accountKey, maskedNumber } from '../../model/account.js';
import { addDays, type IsoDate } from '../../model/dates.js';
import { isZero } from '../../model/money.js';
import type { AccountState } from '../../ports.js';
import type { AccountOverview } from '../../report/overview.js';
import { sampledAmounts } from '../../report/series.js';
import { sparkline } from '../../report/sparkline.js';
import { type CurrencyTotal, totalsByCurrency } from '../../report/worth.js';
import { visible } from '../terminal/escape.js';
import { table, wrapped } from '../terminal/table.js';
import { amountText } from '../terminal/wording.js';

export interface AccountRow {
  readonly overview: AccountOverview;
  readonly state: AccountState | null;
}

/** Days of the curves, and the characters that they are drawn with. */
export const CURVE_DAYS = 90;
const CURVE_POINTS = 12;

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'left', dispensable: true },
  { align: 'left' },
  { align: 'left' },
  { align: 'right' },
  { align: 'left', dispensable: true },
  { align: 'right', dispensable: true },
] as const;

interface RowOptions {
  readonly width: number;
  readonly today: IsoDate;
  /** Draws a curve of each balance. */
  readonly withCurves: boolean;
}

/** Returns a line for each account. An investment shows the value of its securities with its cash. */
export function accountLines(rows: readonly AccountRow[], { width, today, withCurves }: RowOptions): string[] {
  const curves = rows.map(({ overview }) => (withCurves ? curveOf(overview, today) : ''));
  const hasCurve = curves.some((curve) => curve !== '');
  return table(
    [
      ['ACCOUNT', 'KIND', 'ID', 'STATEMENT', 'BALANCE', hasCurve ? `${CURVE_DAYS} DAYS` : '', 'TRANSACTIONS'],
      ...rows.map(({ overview: { account, worth }, state }, index) => [
        visible(accountKey(account)),
        account.accountKind,
        visible(maskedNumber(account)),
        state?.lastPeriod?.to ?? 'never',
        worth.map(({ amount, currency }) => amountText(amount, currency)).join(' + '),
        curves[index] ?? '',
        String(state?.transactions ?? 0),
      ]),
    ],
    COLUMNS,
    width,
  );
}

function curveOf({ series }: AccountOverview, today: IsoDate): string {
  if (series === null) return '';
  return sparkline(sampledAmounts(series, { from: addDays(today, -CURVE_DAYS), to: today }, CURVE_POINTS));
}

const TOTAL_COLUMNS = [
  { align: 'right' },
  { align: 'right', dispensable: true },
  { align: 'right', dispensable: true },
  { align: 'right', dispensable: true },
] as const;

/** Totals of the accounts, and the part of them that is in investments. */
export interface WorthTotals {
  readonly totals: readonly (CurrencyTotal & { readonly investments: CurrencyTotal['net'] | null })[];
  /** Accounts of which no balance is known. */
  readonly withoutBalance: readonly string[];
}

export function worthTotals(overviews: readonly AccountOverview[]): WorthTotals {
  const investments = totalsByCurrency(
    overviews.filter(({ account }) => account.kind === 'investment').map(({ worth }) => worth),
  );
  return {
    totals: totalsByCurrency(overviews.map(({ worth }) => worth)).map((total) => ({
      ...total,
      investments: investments.find(({ currency }) => currency === total.currency)?.net ?? null,
    })),
    withoutBalance: overviews.filter(({ worth }) => worth.length === 0).map(({ account }) => accountKey(account)),
  };
}

const MAX_NAMES = 5;

/** Returns a line for each currency, which are never added up, and the accounts that do not count. */
export function worthLines(
  { totals, withoutBalance }: WorthTotals,
  { width, title }: { readonly width: number; readonly title: string },
): string[] {
  if (totals.length === 0) return [];
  const hasDebts = totals.some(({ debts }) => !isZero(debts));
  const hasInvestments = totals.some(({ investments }) => investments !== null);
  const rows = totals.map(({ currency, net, assets, debts, investments }) => [
    amountText(net, currency),
    hasDebts ? amountText(assets, currency) : '',
    hasDebts ? amountText(debts, currency) : '',
    investments === null ? '' : amountText(investments, currency),
  ]);
  const head = [title, hasDebts ? 'ASSETS' : '', hasDebts ? 'DEBTS' : '', hasInvestments ? 'INVESTMENTS' : ''];
  const more = withoutBalance.length - MAX_NAMES;
  const names = `${withoutBalance.slice(0, MAX_NAMES).map(visible).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [
    '',
    ...table([head, ...rows], TOTAL_COLUMNS, width),
    ...(withoutBalance.length === 0 ? [] : wrapped(`not counted: ${names} (no balance is known)`, width)),
  ];
}
