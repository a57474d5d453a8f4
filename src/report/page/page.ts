/** The report as one HTML file: without scripts, requests, or anything from elsewhere; its policy forbids them. */

import { createHash } from 'node:crypto';
import type { ReportData } from '../data.js';
import type { CurrencyTotal } from '../worth.js';
import { accountCards } from './accounts.js';
import { attentionList } from './attention.js';
import { calendarTable } from './calendar-table.js';
import { cashFlowCharts, spendingTables } from './flows.js';
import { type Formats, formatsFor } from './format.js';
import { type Html, html, Html as Markup } from './html.js';
import { positionTables } from './positions.js';
import { runTimelines } from './runs.js';
import { STYLE } from './style.js';

export interface PageOptions {
  /** BCP 47 tag for amounts and dates, such as `de-DE`. The words are English. */
  readonly locale: string;
  /** The local time zone of this computer when absent. */
  readonly timeZone?: string;
}

/** The hash by which the policy of the page admits its styles, for a server that sends the policy as a header, too. */
export const STYLE_HASH = `sha256-${createHash('sha256').update(STYLE).digest('base64')}`;

/** The policy of the page: nothing but its own styles. */
export const PAGE_POLICY = `default-src 'none'; style-src '${STYLE_HASH}'; base-uri 'none'; form-action 'none'`;

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** Returns the page. The same data and options give the same text. */
export function reportPage(data: ReportData, options: PageOptions): string {
  const formats = formatsFor(options.locale, options.timeZone);
  const sections = sectionsOf(data, formats);
  const made = formats.moment(data.madeAt);
  return html`${new Markup('<!doctype html>')}
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${PAGE_POLICY}"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer"><title>Accounts, ${formats.day(data.to)}</title><style>${new Markup(STYLE)}</style></head>
<body><a class="skip" href="#attention">Skip to what needs you</a><header><h1>Accounts</h1><p class="soft">${made}. Curves, coverage and cash from ${formats.day(data.from)} to ${formats.day(data.to)}.</p><nav aria-label="Sections"><ul>${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav></header>
<main>${sections.map(
    ({ id, title, content }) => html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${content}</section>
`,
  )}</main>
<footer>Made by ofx-sync from the statements of your banks. This page asks nothing of any server.</footer></body></html>
`.markup;
}

function sectionsOf(data: ReportData, formats: Formats): Section[] {
  const period = { from: data.from, to: data.to };
  const positions = positionTables(data.accounts, formats);
  return [
    { id: 'attention', title: 'What needs you', content: attentionList(data.attention, formats) },
    { id: 'worth', title: 'Net worth', content: worthCards(data, formats) },
    { id: 'accounts', title: 'Balances', content: accountCards(data.accounts, period, formats) },
    { id: 'coverage', title: 'Coverage', content: calendarTable(data.calendar, formats) },
    { id: 'cash', title: 'Cash in and out', content: cashFlowCharts(data.flows, formats) },
    { id: 'spending', title: 'Spending', content: spendingTables(data.flows, formats) },
    ...(positions === null ? [] : [{ id: 'positions', title: 'Positions', content: positions }]),
    { id: 'runs', title: 'Last runs', content: runTimelines(data.runs, data.nextRun, formats) },
  ];
}

function worthCards({ totals, accounts }: ReportData, formats: Formats): Html {
  const unknown = accounts.filter(({ worth }) => worth.length === 0).length;
  const note =
    unknown === 0
      ? null
      : html`<p class="soft small">${unknown === 1 ? '1 account has' : `${formats.count(unknown)} accounts have`} no known balance.</p>`;
  if (totals.length === 0) return html`<p>No balance is known.</p>`;
  return html`<div class="cards">${totals.map((one) => worthCard(one, formats))}</div>${note}`;
}

function worthCard({ currency, assets, debts, net, accounts }: CurrencyTotal, formats: Formats): Html {
  const amount = (value: CurrencyTotal['net']) => formats.amount(value, currency);
  const isDebt = net.startsWith('-');
  return html`<div class="card"><h3>${currency}</h3><p class="figure${isDebt ? ' debt' : null}">${amount(net)}</p><p class="soft small">${accounts === 1 ? '1 account' : `${formats.count(accounts)} accounts`}</p><dl><dt>Assets</dt><dd>${amount(assets)}</dd><dt>Debts</dt><dd${debts === '0' ? null : html` class="debt"`}>${amount(debts)}</dd></dl></div>`;
}
