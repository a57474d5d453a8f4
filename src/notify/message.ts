/** Writes the text of a message. Without `details` it has no amounts, and nothing that may be the number of an account. */

import type { Message, Notification, NotifySettings } from '../model/notifications.js';

interface MessageContext {
  readonly id: string;
  readonly at: Date;
  /** Account ids that must not appear in it. */
  readonly hidden: readonly string[];
}

/** Writes a message about the news of the wanted kinds; `null` without any. */
export function messageOf(
  news: readonly Notification[],
  settings: NotifySettings,
  context: MessageContext,
): Message | null {
  const wanted = news
    .filter(({ kind, over }) => settings.kinds.includes(kind) && (over === null || settings.kinds.includes(over)))
    .map((one) => withoutControls(settings.details ? one : withoutDetails(one, context.hidden)));
  if (wanted.length === 0) return null;
  return {
    id: context.id,
    at: context.at.toISOString(),
    title: `ofx-sync: ${titleOf(wanted)}`,
    text: linesOf(wanted).join('\n'),
    news: wanted,
  };
}

/** Writes that a sync did not run at all, or, without an error, that it runs again. */
export function runMessage(
  error: { readonly code: string; readonly message: string; readonly hint: string | null } | null,
  settings: NotifySettings,
  context: MessageContext,
): Message | null {
  const { code = null, message = null, hint = null } = error ?? {};
  const kind = error === null ? 'recovered' : 'run';
  const over = error === null ? 'run' : null;
  return messageOf([{ ...PLAIN, kind, over, code, message, hint }], settings, context);
}

const PLAIN = { institution: '', account: null, since: null, lacks: null, period: null, missing: null } as const;

export function testMessage({ id, at }: Pick<MessageContext, 'id' | 'at'>): Message {
  return {
    id,
    at: at.toISOString(),
    title: 'ofx-sync: a test',
    text: 'This is a test of ofx-sync. When something needs you, you get a message like this.',
    news: [],
  };
}

function titleOf(news: readonly Notification[]): string {
  const names = [...new Set(news.map(({ institution }) => institution))];
  if (names.includes(''))
    return news.some(({ kind }) => kind === 'run') ? 'the sync did not run' : 'the sync runs again';
  const [only] = names;
  const good = news.every(({ kind }) => kind === 'recovered');
  if (names.length === 1 && only !== undefined) return good ? `${only} works again` : `${only} ${needOf(news)}`;
  return good ? `${names.length} banks work again` : `${names.length} banks need attention`;
}

function needOf(news: readonly Notification[]): string {
  const has = (kind: Notification['kind']) => news.some((one) => one.kind === kind);
  if (has('signon')) return 'needs you';
  if (has('failing')) return 'failed';
  return has('stale') ? 'is stale' : 'may lack transactions';
}

/** Writes one line for all accounts of an institution that have the same news. */
function linesOf(news: readonly Notification[]): string[] {
  const lines = new Map<string, { readonly one: Notification; readonly accounts: string[] }>();
  for (const one of news) {
    const { kind, over, institution, message, hint, since, period } = one;
    const key = JSON.stringify([
      kind,
      over === 'gap',
      institution,
      message,
      hint,
      kind === 'stale' ? since?.slice(0, 10) : null,
      period,
    ]);
    const line = lines.get(key) ?? { one, accounts: [] };
    if (one.account !== null) line.accounts.push(one.account);
    lines.set(key, line);
  }
  return [...lines.values()].map(({ one, accounts }) => {
    const place = accounts.length === 0 ? one.institution : `${one.institution} (${accounts.join(', ')})`;
    return place === '' ? sentenceOf(one) : `${place}: ${sentenceOf(one)}`;
  });
}

function sentenceOf(news: Notification): string {
  const { kind, over, since, message, hint } = news;
  switch (kind) {
    case 'signon':
      return `the sign-on needs you: ${sentence(message ?? 'it was refused')}${hint === null ? '' : ` ${hint}`}`;
    case 'failing':
      return `no statement: ${sentence(message ?? 'it failed')}${hint === null ? '' : ` ${hint}`}`;
    case 'stale':
      return `the last statement is of ${since?.slice(0, 10) ?? 'long ago'}.`;
    case 'gap':
      return gapText(news);
    case 'run':
      return `The sync did not run: ${sentence(message ?? 'it failed')}${hint === null ? '' : ` ${hint}`}`;
    case 'recovered':
      if (over === 'run') return 'The sync runs again.';
      return over === 'gap' ? `nothing is missing any longer${daysOf(news)}.` : 'works again.';
  }
}

function gapText(news: Notification): string {
  if (news.lacks === 'statement') return `no statement covers the days${daysOf(news)}.`;
  const what = news.missing === null ? 'something' : `${news.missing.amount} ${news.missing.currency}`;
  return `the balances${daysOf(news)} differ by ${what} that no transaction explains: one may be missing.`;
}

function daysOf({ period }: Notification): string {
  return period === null ? '' : ` from ${period.from} to ${period.to}`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}

/** Replaces control characters, since the text of an institution may hold anything. */
function withoutControls(news: Notification): Notification {
  const clean = (text: string | null) => text?.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ') ?? null;
  return { ...news, message: clean(news.message), hint: clean(news.hint) };
}

function withoutDetails(news: Notification, hidden: readonly string[]): Notification {
  return {
    ...news,
    missing: null,
    message: news.message === null ? null : hideNumbers(news.message, hidden),
    hint: news.hint === null ? null : hideNumbers(news.hint, hidden),
  };
}

/** Hides known account ids, long numbers, and amounts: an institution may write any of them into its message. */
function hideNumbers(text: string, hidden: readonly string[]): string {
  const known = hidden
    .filter((id) => id.length > 3)
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, id) => rest.replaceAll(id, '••••'), text);
  // A date is not the number of an account.
  const long = known.replace(/\d(?:[ -]?\d){5,}/g, (digits) => (/^\d{4}-\d\d-\d\d$/.test(digits) ? digits : '••••'));
  return long.replace(/[-+]?\d[\d.,’' ]*[.,]\d\d(?![\d.])/g, '•');
}
