/** What needs a person, at the top of the page, each with the command that mends it. */

import { accountKey } from '../../model/account.js';
import type { Attention } from '../attention.js';
import type { Formats } from './format.js';
import { foreign, type Html, html } from './html.js';

/** More would hide the rest of the page. */
const MOST = 50;

export function attentionList(all: readonly Attention[], formats: Formats): Html {
  if (all.length === 0) return html`<p class="fine">Nothing needs you: every account is up to date.</p>`;
  const rest = all.length - MOST;
  return html`<ul class="needs">${all.slice(0, MOST).map((one) => item(one, formats))}</ul>${
    rest > 0 ? html`<p>And ${formats.count(rest)} more: <code>ofx-sync status</code></p>` : null
  }`;
}

function item(one: Attention, formats: Formats): Html {
  const { kind, accounts, more, command } = one;
  const isBad = kind !== 'gap' && kind !== 'unread' && kind !== 'stale';
  const names = accounts.map(accountKey).join(', ');
  return html`<li${isBad ? html` class="bad"` : null}>${names === '' ? null : html`<p><strong>${foreign(names)}</strong></p>`}<p>${foreign(sentence(one, formats))}</p>${
    more === null && command === null
      ? null
      : html`<p>${more === null ? null : withCommands(more)}${command === null ? null : html` <code>${command}</code>`}</p>`
  }</li>`;
}

function sentence({ what, gap, since }: Attention, formats: Formats): string {
  const end = /[.!?…]$/.test(what) ? '' : '.';
  if (since !== null) return `${what}: it is of ${formats.day(since)}.`;
  if (gap === null) return `${what}${end}`;
  const days = `${formats.day(gap.from)} to ${formats.day(gap.to)}`;
  const amount = gap.missing === null ? '' : ` by ${formats.amount(gap.missing.amount, gap.missing.currency)}`;
  return `${what}: ${days}${amount === '' ? '' : `,${amount}`}.`;
}

/** Shows the commands in a hint as such: from the name of the program to the end of the sentence. */
function withCommands(text: string): Html {
  const parts = text.split(/(ofx-sync .*?)(?=\.\s|\.?$)/);
  return html`${parts.map((part) => (part.startsWith('ofx-sync ') ? html`<code>${part}</code>` : foreign(part)))}`;
}
