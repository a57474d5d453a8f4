/** The accounts: balance, curve, and the figures of the curve as a table. */

import { maskedNumber } from '../../model/account.js';
import type { Period } from '../../model/dates.js';
import type { AccountOverview } from '../overview.js';
import type { BalanceSeries, SeriesPoint } from '../series.js';
import type { Worth } from '../worth.js';
import { curve, plotted, rangeOf } from './curve.js';
import type { Formats } from './format.js';
import { foreign, type Html, html } from './html.js';

export function accountCards(accounts: readonly AccountOverview[], period: Period, formats: Formats): Html {
  if (accounts.length === 0) return html`<p>No accounts.</p>`;
  const isShaded = accounts.some(({ series }) =>
    series?.uncertain.some(({ from, to }) => to >= period.from && from <= period.to),
  );
  return html`${isShaded ? html`<p class="soft">Shaded days are uncertain: something is missing there.</p>` : null}<div class="cards">${accounts.map(
    (one, index) => card(one, { period, formats, id: `c${index}` }),
  )}</div>`;
}

interface CardOptions {
  readonly period: Period;
  readonly formats: Formats;
  readonly id: string;
}

function card({ account, worth, series }: AccountOverview, options: CardOptions): Html {
  const { institution, name, accountKind } = account;
  const title = `${institution} › ${name}`;
  return html`<article class="card"><h3>${foreign(institution)} › ${foreign(name)}</h3><p class="soft small">${accountKind} ${foreign(maskedNumber(account))}</p>${
    worth.length === 0
      ? html`<p class="soft">No balance is known.</p>`
      : worth.map((one) => worthLine(one, options.formats))
  }${series === null ? null : figure(series, title, options)}</article>`;
}

function worthLine({ amount, currency, asOf }: Worth, formats: Formats): Html {
  const isDebt = amount.startsWith('-');
  return html`<p><span class="figure${isDebt ? ' debt' : null}">${formats.amount(amount, currency)}</span>${
    asOf === null ? null : html` <span class="soft small">on ${formats.day(asOf)}</span>`
  }</p>`;
}

function figure(series: BalanceSeries, title: string, { period, formats, id }: CardOptions): Html {
  const points = plotted(series.points, period);
  const range = rangeOf(points);
  if (range === null) return html`<p class="soft small">No balance of this period is known.</p>`;
  if (range.first === range.last) return html`<p class="soft small">A curve begins with the second statement.</p>`;
  const drawing = curve(series, points, { id, period, title: `Balance of ${title}`, formats });
  const amount = ({ amount: value }: SeriesPoint) => formats.amount(value, series.currency);
  return html`<figure>${drawing}<figcaption><span>lowest ${amount(range.lowest)}</span><span>highest ${amount(range.highest)}</span></figcaption></figure>${balances(series, points, { title, formats })}`;
}

/** Returns the balance at the end of each month, and the newest one: the same as the drawing, for those who read it. */
function balances(
  { currency }: BalanceSeries,
  points: readonly SeriesPoint[],
  { title, formats }: { readonly title: string; readonly formats: Formats },
): Html {
  const byMonth = new Map(points.map((point) => [point.day.slice(0, 7), point]));
  const newest = points.at(-1);
  return html`<details><summary>Balances<span class="hidden"> of ${title}</span></summary><table><caption>Newest balance of each month with a change</caption><thead><tr><th scope="col">Month</th><th scope="col" class="amount">Balance</th></tr></thead><tbody>${[
    ...byMonth,
  ]
    .toReversed()
    .map(
      ([month, point]) =>
        html`<tr><th scope="row">${point === newest ? formats.day(point.day) : formats.month(month)}</th><td class="amount">${formats.amount(point.amount, currency)}</td></tr>`,
    )}</tbody></table></details>`;
}
