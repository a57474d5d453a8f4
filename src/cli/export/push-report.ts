/** The outcomes of a push, as lines for a person and as JSON. */

import { isZero } from '../../model/money.js';
import type { StoredTransaction, TransactionChange } from '../../model/stored.js';
import type { MissingCategory } from '../../push/categories.js';
import type { PushOutcome, ValueOutcome } from '../../push/run.js';
import { visible } from '../terminal/escape.js';
import { accountTitle, amountText, plural } from '../terminal/wording.js';

/** The maximum of lines of one kind below an account. */
const MAX_LINES = 10;

interface LineOptions {
  /** Name of the tool. */
  readonly title: string;
  readonly dryRun: boolean;
  readonly quiet: boolean;
}

/** Returns a line for the account, and one for each transaction that needs a person. Under `quiet` only the latter count. */
export function outcomeLines(outcome: PushOutcome, { title, dryRun, quiet }: LineOptions): string[] {
  const who = accountTitle(outcome.account);
  if (outcome.status !== 'ok') {
    const { message, hint } = outcome.error;
    if (outcome.status === 'skipped') return quiet ? [] : [`- ${who}: skipped`];
    return [`✗ ${who}: ${visible(message)}${hint === null ? '' : `. ${visible(hint)}`}`];
  }
  const { result, changes, to, created, missing } = outcome;
  const destination = `${visible(to ?? '')}${created ? ` (${dryRun ? 'to be created' : 'new'})` : ''}`;
  const problems = [
    ...limited(result.refused, ({ transaction, reason }) => `  refused: ${line(transaction)}: ${visible(reason)}`),
    ...limited(changes, (change) => `  ${changeText(change)}; correct it in ${title} yourself`),
    ...limited(result.unlinked, ({ transaction, reason }) => `  transfer not linked: ${line(transaction)}: ${reason}`),
  ];
  if (quiet) return problems.length === 0 ? [] : [`${who} → ${destination}`, ...problems];
  const head = `✓ ${who} → ${destination}: ${countText(outcome, dryRun)}`;
  return [head, ...problems, ...limited(missing, missingText)];
}

function missingText({ name, ambiguous, count }: MissingCategory): string {
  const about = `${plural(count, 'transaction')} without a category`;
  if (ambiguous)
    return `  several categories ${JSON.stringify(visible(name))} in the budget: ${about}. Write GROUP:CATEGORY in the rule`;
  return `  no category ${JSON.stringify(visible(name))} in the budget: ${about}. To create it: --create-categories`;
}

function countText({ result, changes, value }: Extract<PushOutcome, { status: 'ok' }>, dryRun: boolean): string {
  const { added, present, matched, linked, unlinked, refused } = result;
  const parts = [
    dryRun ? `${added} to add` : `${added} added`,
    ...(present > 0 ? [`${present} already there`] : []),
    ...(matched > 0 ? [`${matched} matched with your own entries`] : []),
    ...(linked > 0 ? [`${plural(linked, 'transfer')} ${dryRun ? 'to link' : 'linked'}`] : []),
    ...(unlinked.length > 0 ? [`${plural(unlinked.length, 'transfer')} not linked`] : []),
    ...(value === null ? [] : [valueText(value)]),
    ...(refused.length > 0 ? [`${refused.length} refused`] : []),
    ...(changes.length > 0 ? [`${changes.length} changed since`] : []),
  ];
  return parts.join(', ');
}

function valueText({ amount, currency, changed }: ValueOutcome): string {
  const value = `value ${amountText(amount, currency)}`;
  if (changed === null) return `${value} to set`;
  return isZero(changed) ? value : `${value} (${changed.startsWith('-') ? '' : '+'}${amountText(changed, currency)})`;
}

function changeText({ transaction, former, removed }: TransactionChange): string {
  if (removed) return `removed by the bank: ${line(transaction)}`;
  if (former === null) return `changed by the bank: ${line(transaction)}`;
  return `changed by the bank: ${line({ ...transaction, ...former })} is now ${line(transaction)}`;
}

function line({ postedOn, amount, currency, name }: StoredTransaction): string {
  return `${postedOn} ${amountText(amount, currency)}${name === null ? '' : ` ${visible(name)}`}`;
}

function limited<T>(list: readonly T[], text: (one: T) => string): string[] {
  const rest = list.length - MAX_LINES;
  return [...list.slice(0, MAX_LINES).map(text), ...(rest > 0 ? [`  … and ${rest} more (--json lists all)`] : [])];
}

interface PushRun {
  readonly target: string;
  readonly title: string;
  readonly budget: string;
  readonly dryRun: boolean;
}

export function summaryLine(outcomes: readonly PushOutcome[], { title, budget, dryRun }: PushRun): string {
  const ok = outcomes.flatMap((outcome) => (outcome.status === 'ok' ? [outcome.result] : []));
  const added = ok.reduce((sum, result) => sum + result.added, 0);
  const what = dryRun ? `${plural(added, 'transaction')} to add` : `${plural(added, 'new transaction')}`;
  return `${title} › ${visible(budget)}: ${ok.length} of ${plural(outcomes.length, 'account')} · ${what}`;
}

export function pushJson(outcomes: readonly PushOutcome[], { target, budget, dryRun }: PushRun): object {
  return { version: 1, target, budget, dryRun, accounts: outcomes.map(outcomeJson) };
}

function outcomeJson(outcome: PushOutcome): object {
  const { account, status, to, created } = outcome;
  const head = { institution: account.institution, account: account.name, status, to, created };
  if (outcome.status !== 'ok') {
    const { code, message, hint } = outcome.error;
    const error = { code, message, hint };
    return { ...head, transactions: null, refused: [], changes: [], unlinked: [], missing: [], value: null, error };
  }
  const { added, present, matched, linked, unlinked, refused } = outcome.result;
  return {
    ...head,
    transactions: { added, present, matched, linked, refused: refused.length },
    refused: refused.map(({ transaction, reason, later }) => ({ reason, later, transaction })),
    changes: outcome.changes,
    unlinked,
    missing: outcome.missing,
    value: outcome.value,
    error: null,
  };
}
