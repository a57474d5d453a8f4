/** The calendar of coverage as a table: a row for each account, a column for each month. */

import type { Calendar, CalendarMonth, CalendarRow, MonthState } from '../calendar.js';
import { MONTH_STATES } from '../calendar.js';
import type { Formats } from './format.js';
import { foreign, type Html, html } from './html.js';

interface StateText {
  /** A mark that can be told from the others without colour. */
  readonly mark: string;
  readonly name: string;
  readonly meaning: string;
}

const STATES: Readonly<Record<MonthState, StateText>> = {
  gap: { mark: '!', name: 'gap', meaning: 'something is missing, by the bank’s own balances or statements' },
  refused: { mark: '×', name: 'refused', meaning: 'the bank was asked and sent nothing' },
  stale: { mark: '…', name: 'stale', meaning: 'the newest statement is too old' },
  covered: { mark: '', name: 'covered', meaning: 'statements cover it' },
  before: { mark: '·', name: 'before', meaning: 'before the account’s first day' },
};

export function calendarTable({ months, rows }: Calendar, formats: Formats): Html {
  if (rows.length === 0) return html`<p>No accounts.</p>`;
  const years = [...new Set(months.map((month) => month.slice(0, 4)))];
  return html`<div class="wide" tabindex="0" role="region" aria-label="Calendar of coverage"><table class="calendar"><caption>How the statements of each account cover its months. A month shows its worst days.</caption><thead><tr><td></td>${years.map(
    (year) =>
      html`<th scope="colgroup" colspan="${months.filter((month) => month.startsWith(year)).length}">${year}</th>`,
  )}</tr><tr><th scope="col">Account</th>${months.map(
    (month) => html`<th scope="col" abbr="${formats.month(month)}">${formats.shortMonth(month)}</th>`,
  )}</tr></thead><tbody>${rows.map(rowOf)}</tbody></table></div>${key(rows)}`;
}

function rowOf({ institution, account, months }: CalendarRow): Html {
  return html`<tr><th scope="row">${foreign(institution)} › ${foreign(account)}</th>${months.map(cellOf)}</tr>`;
}

function cellOf({ state, days }: CalendarMonth): Html {
  const { mark, name } = STATES[state];
  const isPart = days > 0 && state !== 'covered';
  const text = `${name}${isPart ? ` ${days} ${days === 1 ? 'day' : 'days'}` : ''}`;
  return html`<td class="${state}"${isPart ? html` title="${text}"` : null}><span aria-hidden="true">${mark}</span><span class="hidden">${text}</span></td>`;
}

/** Explains the states that occur. */
function key(rows: readonly CalendarRow[]): Html {
  const found = new Set(rows.flatMap(({ months }) => months.map(({ state }) => state)));
  return html`<ul class="key">${MONTH_STATES.filter((state) => found.has(state)).map((state) => {
    const { mark, name, meaning } = STATES[state];
    return html`<li><span class="${state}" aria-hidden="true">${mark}</span>${name}: ${meaning}</li>`;
  })}</ul>`;
}
