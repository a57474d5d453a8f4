/** The sentences about errors, outcomes and notices that a person reads. Text from institutions is escaped here. */

import { ConfigError, type OfxSyncError } from '../../errors.js';
import { type Account, maskedNumber } from '../../model/account.js';
import { minorDigits } from '../../model/currency.js';
import type { Notice } from '../../model/notice.js';
import type { Excess } from '../../model/stored.js';
import type { Outcome, RunRecord } from '../../ports.js';
import { visible } from './escape.js';
import { momentText } from './time-format.js';

/** Returns the lines for an error that ended a command: what is wrong, then what to do; a line per mistake of a configuration. */
export function errorLines(error: OfxSyncError): string[] {
  const problems = error instanceof ConfigError ? problemLines(error) : [];
  return [
    ...problems,
    `ofx-sync: ${visible(error.message)}`,
    ...(error.hint === null ? [] : [`  ${visible(error.hint)}`]),
  ];
}

/** Returns lines such as `FILE:LINE:COLUMN: PATH: what is wrong (what to write instead)`. */
function problemLines({ file, problems }: ConfigError): string[] {
  return problems.map(({ line, column, path, message, suggestion }) => {
    const where = [`${file ?? 'accounts.yaml'}:${line}:${column}`, ...(path === '' ? [] : [path])].join(': ');
    return visible(`${where}: ${message}${suggestion === null ? '' : ` (${suggestion})`}`);
  });
}

export function errorJson(error: OfxSyncError): object {
  const problems = error instanceof ConfigError && error.problems.length > 0 ? { problems: error.problems } : {};
  return { version: 1, error: { code: error.code, message: error.message, hint: error.hint, ...problems } };
}

/** Returns the reason why an account has no statement, and what to do. */
export function failureText(outcome: Extract<Outcome, { status: 'failed' | 'skipped' }>): string {
  return problemText(outcome.error.message, outcome.error.hint);
}

/** Returns what is wrong, then what to do, in one line. */
export function problemText(message: string, hint: string | null): string {
  return `${sentence(visible(message))}${hint === null ? '' : ` ${visible(hint)}`}`;
}

export function noticeText({ message, count }: Notice): string {
  return visible(`${message}${count === undefined ? '' : ` (${count} times)`}`);
}

/** Returns `river › checking ••••3456`. */
export function accountTitle(account: Pick<Account, 'institution' | 'name' | 'id' | 'number'>): string {
  return `${visible(account.institution)} › ${visible(account.name)} ${visible(maskedNumber(account))}`;
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

/** Returns `-1,234.50 USD`: groups of three, all digits of the amount and at least those of its currency, if that is a code. */
export function amountText(amount: string, currency: string): string {
  return groupedText(amount, currency, /^[A-Z]{3}$/.test(currency) ? minorDigits(currency) : 0);
}

/** Returns `-1,234.5 USD` for a sentence: groups of three, and the digits of the amount alone. */
export function exactText(amount: string, currency: string): string {
  return groupedText(amount, currency, 0);
}

function groupedText(amount: string, currency: string, least: number): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const grouped = whole.replace(/(\d)(?=(?:\d{3})+$)/g, '$1,');
  const digits = fraction.padEnd(least, '0');
  return `${grouped}${digits === '' ? '' : `.${digits}`} ${visible(currency)}`;
}

/** Returns `-42.00 of 2026-11-20 (GROCER), id 1a2b`: a transaction that may be stored once too often. */
export function excessText({ amount, postedOn, name, id }: Excess): string {
  return `${amount} of ${postedOn}${name === null ? '' : ` (${visible(name)})`}, id ${id}`;
}

/** Returns `2026-11-20 06:30  5 ok, 1 failed  (10.1 s, by timer)`, a line for a list of runs. */
export function runText({ startedAt, durationMs, ok, failed, skipped, unattended }: RunRecord): string {
  const counts = [
    `${ok} ok`,
    ...(failed > 0 ? [`${failed} failed`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return `${momentText(startedAt)}  ${counts.join(', ')}  (${seconds(durationMs)}${unattended ? ', by timer' : ''})`;
}

/** Returns the mark of an outcome: the same while it runs and at the end. */
export function markOf(status: Outcome['status']): string {
  return { ok: '✓', failed: '✗', skipped: '–' }[status];
}

/** Returns `5 accounts` when all are downloaded, else `3 of 5 accounts, 1 failed, 1 skipped`: the first number is those downloaded. */
export function countsText(outcomes: readonly Pick<Outcome, 'status'>[], accounts: number): string {
  const counts = { ok: 0, failed: 0, skipped: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  return tallyText(counts, accounts);
}

/** Returns the same for outcomes that are counted already. */
export function tallyText(counts: Readonly<Record<Outcome['status'], number>>, accounts: number): string {
  const failures = (['failed', 'skipped'] as const).flatMap((status) =>
    counts[status] === 0 ? [] : [`${counts[status]} ${status}`],
  );
  const all = plural(accounts, 'account');
  return [counts.ok === accounts ? all : `${counts.ok} of ${all}`, ...failures].join(', ');
}

/** Returns `12 new, 1 changed, 2 pending`: what a statement brought. */
export function savedText({ saved }: Extract<Outcome, { status: 'ok' }>): string {
  const { new: fresh, changed, removed, pending } = saved;
  const more = Object.entries({ changed, removed, pending }).filter(([, count]) => count > 0);
  return [`${fresh} new`, ...more.map(([word, count]) => `${count} ${word}`)].join(', ');
}

export function plural(count: number, noun: string, many = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : many}`;
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
