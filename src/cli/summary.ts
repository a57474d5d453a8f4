/** What a sync came to: an account a line, then one line for all, or the JSON of the contract. */

import type { Outcome } from '../ports.js';
import type { SyncResult } from '../sync.js';
import { accountTitle, amountText, failureText, noticeText, plural, seconds } from './report.js';
import type { Style } from './style.js';
import { table } from './table.js';

const COLUMNS = [
  { align: 'left' },
  { align: 'left', flexible: true },
  { align: 'left' },
  { align: 'right' },
  { align: 'right' },
] as const;

/** The lines for a person; failures and notices stand below the account that they concern. */
export function summaryLines(result: SyncResult, style: Style, width: number): string[] {
  const rows = result.outcomes.map((outcome) => [
    markOf(outcome),
    accountTitle(outcome.account),
    changesOf(outcome),
    balanceOf(outcome),
    seconds(outcome.durationMs),
  ]);
  const lines = table(rows, COLUMNS, width);
  return [
    ...result.outcomes.flatMap((outcome, index) => [
      coloured(lines[index] ?? '', outcome, style),
      ...detailLines(outcome, style),
    ]),
    totalLine(result),
  ];
}

/** `5 of 6 accounts · 42 new transactions · 10.1 s (36.0 s one after another)` */
export function totalLine({ outcomes, durationMs, sequentialMs, interrupted }: SyncResult): string {
  const ok = outcomes.filter(({ status }) => status === 'ok').length;
  const fresh = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'ok' ? outcome.saved.new : 0), 0);
  const accounts = ok === outcomes.length ? plural(ok, 'account') : `${ok} of ${plural(outcomes.length, 'account')}`;
  return `${interrupted ? 'interrupted · ' : ''}${accounts} · ${plural(fresh, 'new transaction')} · ${seconds(durationMs)} (${seconds(sequentialMs)} one after another)`;
}

/** The failures alone, for `--quiet`. */
export function failureLines({ outcomes }: SyncResult): string[] {
  return outcomes.flatMap((outcome) =>
    outcome.status === 'ok' ? [] : [`✗ ${accountTitle(outcome.account)}: ${failureText(outcome)}`],
  );
}

/** The document of `sync --json`. */
export function summaryJson({ startedAt, durationMs, sequentialMs, concurrency, outcomes }: SyncResult): object {
  const count = (status: Outcome['status']) => outcomes.filter((outcome) => outcome.status === status).length;
  return {
    version: 1,
    run: {
      startedAt: startedAt.toISOString(),
      durationMs: Math.round(durationMs),
      sequentialMs: Math.round(sequentialMs),
      concurrency,
    },
    totals: {
      accounts: outcomes.length,
      ok: count('ok'),
      failed: count('failed'),
      skipped: count('skipped'),
      newTransactions: outcomes.reduce((sum, outcome) => sum + (outcome.status === 'ok' ? outcome.saved.new : 0), 0),
    },
    accounts: outcomes.map(outcomeJson),
  };
}

function outcomeJson(outcome: Outcome): object {
  const { account, status, durationMs, attempts, notices } = outcome;
  const head = { institution: account.institution, account: account.name, kind: account.accountKind, status };
  const effort = { durationMs: Math.round(durationMs), attempts, notices };
  if (outcome.status !== 'ok') {
    const { code, message, hint, ofxStatus, httpStatus } = outcome.error;
    return {
      ...head,
      transactions: null,
      ledgerBalance: null,
      availableBalance: null,
      period: null,
      ...effort,
      error: { code, message, hint, ofxStatus, httpStatus },
    };
  }
  const { received, new: fresh, changed, removed, pending } = outcome.saved;
  const { ledgerBalance, availableBalance, period } = outcome.statement;
  return {
    ...head,
    transactions: { received, new: fresh, changed, removed, pending },
    ledgerBalance,
    availableBalance,
    period,
    ...effort,
    error: null,
  };
}

function markOf({ status }: Outcome): string {
  return { ok: '✓', failed: '✗', skipped: '–' }[status];
}

function changesOf(outcome: Outcome): string {
  if (outcome.status !== 'ok') return outcome.status;
  const { new: fresh, changed, removed, pending } = outcome.saved;
  const more = [
    changed > 0 ? `${changed} changed` : '',
    removed > 0 ? `${removed} removed` : '',
    pending > 0 ? `${pending} pending` : '',
  ].filter((part) => part !== '');
  return [`${fresh} new`, ...more].join(', ');
}

function balanceOf(outcome: Outcome): string {
  const balance = outcome.status === 'ok' ? outcome.statement.ledgerBalance : null;
  return balance === null ? '' : amountText(balance.amount, balance.currency);
}

function detailLines(outcome: Outcome, style: Style): string[] {
  const failure = outcome.status === 'ok' ? [] : [`    ${failureText(outcome)}`];
  const notices = outcome.notices.map((notice) => style('yellow', `    notice: ${noticeText(notice)}`));
  return [...failure, ...notices];
}

function coloured(line: string, { status }: Outcome, style: Style): string {
  return style(status === 'ok' ? 'green' : status === 'failed' ? 'red' : 'yellow', line.slice(0, 1)) + line.slice(1);
}
