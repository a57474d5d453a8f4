/** The summary of a sync: a line for each account, then one for all; or the JSON document. */

import { accountKey, maskedNumber } from '../../model/account.js';
import { unreadCount } from '../../model/notice.js';
import type { Outcome } from '../../ports.js';
import type { SyncResult } from '../../sync/sync.js';
import { visible } from '../terminal/escape.js';
import type { Style } from '../terminal/style.js';
import { table, wrapped } from '../terminal/table.js';
import {
  accountTitle,
  amountText,
  countsText,
  failureText,
  markOf,
  noticeText,
  plural,
  savedText,
  seconds,
} from '../terminal/wording.js';

const COLUMNS = [
  { align: 'left', flexible: true },
  { align: 'left', dispensable: true },
  { align: 'left', flexible: true },
  { align: 'right' },
  { align: 'right', dispensable: true },
] as const;
const INDENT = '    ';

/** Returns the lines for a person: each account or its failure, with its notices below it; then the totals. */
export function summaryLines(result: SyncResult, style: Style, width: number): string[] {
  const succeeded = result.outcomes.filter((outcome) => outcome.status === 'ok');
  const rows = table(succeeded.map(cellsOf), COLUMNS, width);
  const lineOf = new Map<Outcome, string>(succeeded.map((outcome, index) => [outcome, rows[index] ?? '']));
  return [
    ...result.outcomes.flatMap((outcome) => [
      ...coloured(
        outcome.status === 'ok' ? [lineOf.get(outcome) ?? ''] : wrapped(failureLine(outcome), width, INDENT),
        outcome,
        style,
      ),
      ...outcome.notices.flatMap((notice) =>
        wrapped(`${INDENT}notice: ${noticeText(notice)}`, width, INDENT).map((line) => style('yellow', line)),
      ),
    ]),
    ...wrapped(missingLine(result.outcomes), width, INDENT).filter((line) => line !== ''),
    ...wrapped(unreadLine(result.outcomes), width, INDENT).filter((line) => line !== ''),
    ...wrapped(totalLine(result), width),
  ];
}

/** With more accounts than a screen has lines, those that failed are named once more above the totals. */
const SCREEN_LINES = 24;
const MAX_NAMES = 10;

function missingLine(outcomes: readonly Outcome[]): string {
  const missing = outcomes.filter(({ status }) => status !== 'ok').map(({ account }) => visible(accountKey(account)));
  if (outcomes.length <= SCREEN_LINES || missing.length === 0) return '';
  const more = missing.length - MAX_NAMES;
  return `not downloaded: ${missing.slice(0, MAX_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}; to see why: ofx-sync status`;
}

/** `could not be read: 2 parts of the statements of river/checking; reported until they are read by: ofx-sync status` */
function unreadLine(outcomes: readonly Outcome[]): string {
  const count = unreadCount(outcomes.flatMap(({ notices }) => notices));
  if (count === 0) return '';
  const names = outcomes.filter(({ notices }) => unreadCount(notices) > 0).map(({ account }) => accountKey(account));
  const more = names.length - MAX_NAMES;
  const which = `${visible(names.slice(0, MAX_NAMES).join(', '))}${more > 0 ? ` and ${more} more` : ''}`;
  return `could not be read: ${plural(count, 'part')} of the statements of ${which}; to see what is missing: ofx-sync status`;
}

/** `5 of 6 accounts, 1 failed · 42 new transactions · 10.1 s (36.0 s one after another)` */
function totalLine({ outcomes, durationMs, sequentialMs, interrupted }: SyncResult): string {
  const fresh = outcomes.reduce((sum, outcome) => sum + (outcome.status === 'ok' ? outcome.saved.new : 0), 0);
  const counts = countsText(outcomes, outcomes.length);
  return `${interrupted ? 'interrupted · ' : ''}${counts} · ${plural(fresh, 'new transaction')} · ${seconds(durationMs)} (${seconds(sequentialMs)} one after another)`;
}

/** Returns the lines of the failures only, for `--quiet`. */
export function failureLines({ outcomes }: SyncResult): string[] {
  return outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [] : [failureLine(outcome)]));
}

/** `✗ chase › checking ••••3012: sign-on refused (15500). Check the password, then: ofx-sync secret set chase` */
function failureLine(outcome: Extract<Outcome, { status: 'failed' | 'skipped' }>): string {
  return `${markOf(outcome.status)} ${accountTitle(outcome.account)}: ${failureText(outcome)}`;
}

/** Returns the document of `sync --json`. */
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
      unread: unreadCount(outcomes.flatMap(({ notices }) => notices)),
    },
    accounts: outcomes.map(outcomeJson),
  };
}

function outcomeJson(outcome: Outcome): object {
  const { account, status, durationMs, attempts, notices } = outcome;
  const head = { institution: account.institution, account: account.name, kind: account.accountKind, status };
  const effort = { durationMs: Math.round(durationMs), attempts, notices, unread: unreadCount(notices) };
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

type Success = Extract<Outcome, { status: 'ok' }>;

function cellsOf(outcome: Success): string[] {
  const { institution, name } = outcome.account;
  const balance = outcome.statement.ledgerBalance;
  return [
    `${markOf(outcome.status)} ${visible(institution)} › ${visible(name)}`,
    visible(maskedNumber(outcome.account)),
    savedText(outcome),
    balance === null ? '' : amountText(balance.amount, balance.currency),
    seconds(outcome.durationMs),
  ];
}

/** Colours the mark only: without colour the line says the same. */
function coloured([first = '', ...rest]: readonly string[], { status }: Outcome, style: Style): string[] {
  const format = ({ ok: 'green', failed: 'red', skipped: 'yellow' } as const)[status];
  return [style(format, first.slice(0, 1)) + first.slice(1), ...rest];
}
