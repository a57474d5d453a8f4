/** What a person and a program are told of a push. */

import type { StoredTransaction, TransactionChange } from '../../model/stored.js';
import type { PushOutcome } from '../../push/run.js';
import { visible } from '../terminal/escape.js';
import { accountTitle, amountText, plural } from '../terminal/wording.js';

/** Lines of one kind below an account. */
const MOST = 10;

interface Manner {
  /** Name of the tool. */
  readonly title: string;
  readonly dryRun: boolean;
  readonly quiet: boolean;
}

/** An account: a line, and one for each transaction that wants attention. With `quiet` only what wants attention. */
export function outcomeLines(outcome: PushOutcome, { title, dryRun, quiet }: Manner): string[] {
  const who = accountTitle(outcome.account);
  if (outcome.status !== 'ok') {
    const { message, hint } = outcome.error;
    if (outcome.status === 'skipped') return quiet ? [] : [`- ${who}: not tried`];
    return [`✗ ${who}: ${visible(message)}${hint === null ? '' : `. ${visible(hint)}`}`];
  }
  const { result, changes, to, created } = outcome;
  const place = `${visible(to ?? '')}${created ? ` (${dryRun ? 'to be made' : 'new'})` : ''}`;
  const wants = [
    ...some(result.refused, ({ transaction, reason }) => `  not taken: ${line(transaction)}: ${visible(reason)}`),
    ...some(changes, (change) => `  ${changeText(change)}; change it in ${title} yourself`),
  ];
  if (quiet) return wants.length === 0 ? [] : [`${who} → ${place}`, ...wants];
  return [`✓ ${who} → ${place}: ${countText(outcome, dryRun)}`, ...wants];
}

function countText({ result, changes }: Extract<PushOutcome, { status: 'ok' }>, dryRun: boolean): string {
  const { added, present, matched, refused } = result;
  const parts = [
    dryRun ? `${added} to hand over` : `${added} added`,
    ...(present > 0 ? [`${present} there already`] : []),
    ...(matched > 0 ? [`${matched} joined with entries of your own`] : []),
    ...(refused.length > 0 ? [`${refused.length} not taken`] : []),
    ...(changes.length > 0 ? [`${changes.length} changed since`] : []),
  ];
  return parts.join(', ');
}

function changeText({ transaction, former, removed }: TransactionChange): string {
  if (removed) return `removed by the institution: ${line(transaction)}`;
  if (former === null) return `changed by the institution: ${line(transaction)}`;
  return `changed by the institution: ${line({ ...transaction, ...former })} is now ${line(transaction)}`;
}

function line({ postedOn, amount, currency, name }: StoredTransaction): string {
  return `${postedOn} ${amountText(amount, currency)}${name === null ? '' : ` ${visible(name)}`}`;
}

function some<T>(list: readonly T[], text: (one: T) => string): string[] {
  const rest = list.length - MOST;
  return [...list.slice(0, MOST).map(text), ...(rest > 0 ? [`  … and ${rest} more (--json lists all)`] : [])];
}

interface About {
  readonly target: string;
  readonly title: string;
  readonly budget: string;
  readonly dryRun: boolean;
}

export function summaryLine(outcomes: readonly PushOutcome[], { title, budget, dryRun }: About): string {
  const ok = outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [outcome.result] : []));
  const added = ok.reduce((sum, result) => sum + result.added, 0);
  const what = dryRun ? `${plural(added, 'transaction')} to hand over` : `${plural(added, 'new transaction')}`;
  return `${title} › ${visible(budget)}: ${ok.length} of ${plural(outcomes.length, 'account')} · ${what}`;
}

export function pushJson(outcomes: readonly PushOutcome[], { target, budget, dryRun }: About): object {
  return {
    version: 1,
    target,
    budget,
    dryRun,
    accounts: outcomes.map((outcome) => ({
      institution: outcome.account.institution,
      account: outcome.account.name,
      status: outcome.status,
      to: outcome.to,
      created: outcome.created,
      transactions: outcome.status === 'ok' ? countsJson(outcome) : null,
      refused:
        outcome.status === 'ok'
          ? outcome.result.refused.map(({ transaction, reason, later }) => ({ reason, later, transaction }))
          : [],
      changes: outcome.status === 'ok' ? outcome.changes : [],
      error:
        outcome.status === 'ok'
          ? null
          : { code: outcome.error.code, message: outcome.error.message, hint: outcome.error.hint },
    })),
  };
}

function countsJson({ result }: Extract<PushOutcome, { status: 'ok' }>): object {
  const { added, present, matched, refused } = result;
  return { added, present, matched, refused: refused.length };
}
