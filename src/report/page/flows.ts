/** Cash in and out a month, spending by category, and the largest payees: a chart and tables for each currency. */

import type { Decimal } from '../../model/decimal.js';
import { compare, ZERO } from '../../model/money.js';
import type { CashFlow, FlowMonth, FlowPart } from '../flows.js';
import { coordinate, type Formats, ratio } from './format.js';
import { foreign, type Html, html } from './html.js';

export function cashFlowCharts(flows: readonly CashFlow[], formats: Formats): Html {
  if (flows.length === 0) return html`<p>No transactions in this period.</p>`;
  return html`${flows.map((flow, index) => chart(flow, { formats, id: `f${index}` }))}`;
}

function chart(
  { currency, months, cashIn, cashOut }: CashFlow,
  { formats, id }: { readonly formats: Formats; readonly id: string },
): Html {
  const most = months
    .flatMap((month) => [month.cashIn, month.cashOut])
    .reduce((a, b) => (compare(b, a) > 0 ? b : a), ZERO);
  const amount = (value: Decimal) => formats.amount(value, currency);
  const total = `${amount(cashIn)} in, ${amount(cashOut)} out`;
  return html`<h3>${currency}: ${total}</h3><figure><svg viewBox="0 0 ${months.length * 10} 100" preserveAspectRatio="none" role="img" aria-labelledby="${id}t ${id}d" class="flows"><title id="${id}t">Cash in and out a month, ${currency}</title><desc id="${id}d">${total}, in ${months.length} months. The table below has the figures of each.</desc>${months.map(
    (month, index) => bars(month, index * 10, most),
  )}</svg><figcaption><span>${edge(months[0], formats)}</span><span>each month: in, then out</span><span>${edge(months.at(-1), formats)}</span></figcaption></figure><details><summary>Months<span class="hidden"> of ${currency}</span></summary><div class="wide" tabindex="0" role="region" aria-label="Cash in and out, ${currency}"><table><caption>Cash in and out a month, without transfers between your accounts. A refund counts as cash in.</caption><thead><tr><th scope="col">Month</th><th scope="col" class="amount">In</th><th scope="col" class="amount">Out</th></tr></thead><tbody>${months
    .toReversed()
    .map(
      (month) =>
        html`<tr><th scope="row">${formats.month(month.month)}</th><td class="amount">${amount(month.cashIn)}</td><td class="amount">${amount(month.cashOut)}</td></tr>`,
    )}</tbody></table></div></details>`;
}

function edge(month: FlowMonth | undefined, formats: Formats): string {
  return month === undefined ? '' : formats.month(month.month);
}

function bars({ cashIn, cashOut }: FlowMonth, x: number, most: Decimal): Html {
  const bar = (name: string, at: number, amount: Decimal) => {
    const height = ratio(amount, most) * 98;
    return height === 0
      ? null
      : html`<rect class="${name}" x="${coordinate(at)}" y="${coordinate(100 - height)}" width="3.5" height="${coordinate(height)}"/>`;
  };
  return html`${bar('in', x + 1, cashIn)}${bar('out', x + 5, cashOut)}`;
}

export function spendingTables(flows: readonly CashFlow[], formats: Formats): Html {
  const spent = flows.filter(({ categories }) => categories.length > 0);
  if (spent.length === 0) return html`<p>Nothing was spent in this period.</p>`;
  return html`${spent.map((flow) => {
    const { categories, payees, currency } = flow;
    const isSorted = categories.some(({ name }) => name !== null);
    return html`<h3>${currency}</h3><div class="cards">${
      isSorted
        ? parts(categories, flow, {
            formats,
            caption: 'By category of your rules',
            label: 'Category',
            nameless: 'without a category',
          })
        : html`<p class="card soft">No rule sets a category. <code>rules:</code> of <code>accounts.yaml</code> sort spending; <code>ofx-sync rules test</code> tries them.</p>`
    }${parts(payees, flow, { formats, caption: 'Largest payees', label: 'Payee', nameless: 'without a name' })}</div>`;
  })}`;
}

interface PartOptions {
  readonly formats: Formats;
  readonly caption: string;
  readonly label: string;
  readonly nameless: string;
}

function parts(
  rows: readonly FlowPart[],
  { currency, cashOut }: CashFlow,
  { formats, caption, label, nameless }: PartOptions,
): Html {
  return html`<div class="card wide" tabindex="0" role="region" aria-label="${caption}, ${currency}"><table><caption>${caption}</caption><thead><tr><th scope="col">${label}</th><th scope="col" class="amount">Spent</th><th scope="col" class="amount">Share</th></tr></thead><tbody>${rows.map(
    ({ name, amount }) =>
      html`<tr><th scope="row">${name === null ? html`<span class="soft">${nameless}</span>` : foreign(name)}${shareBar(amount, cashOut)}</th><td class="amount">${formats.amount(amount, currency)}</td><td class="amount">${formats.share(amount, cashOut)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** Returns a bar as long as the share. The figure stands beside it. */
export function shareBar(amount: Decimal, whole: Decimal): Html {
  const width = Math.min(100, Math.max(0, ratio(amount, whole) * 100));
  return html`<svg viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" class="bar"><rect class="share" width="${coordinate(width)}" height="2" y="1"/></svg>`;
}
