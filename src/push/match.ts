/** Finds the budget to push to, and in it the account for each account of accounts.yaml. */

import { PushError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import { nearest } from '../model/nearest.js';
import type { PushSettings, PushTargetName } from '../model/push.js';
import type { BudgetAccount } from '../model/push-session.js';

/** Finds a budget by its id or name, or the only budget. @throws PushError that lists the budgets. */
export function budgetFor<T extends { readonly id: string; readonly name: string }>(
  target: PushTargetName,
  wanted: string | null,
  budgets: readonly T[],
): T {
  const [only, another] = budgets;
  const names = budgets.map(({ name }) => name);
  const list = budgets.length === 0 ? 'Create one first.' : `Your budgets: ${names.slice(0, 12).join(', ')}`;
  const where = `Enter it in accounts.yaml, under push: ${target}: budget:`;
  if (wanted === null) {
    if (only !== undefined && another === undefined) return only;
    throw new PushError('PUSH_FAILED', budgets.length === 0 ? 'no budget found' : 'several budgets found', {
      hint: budgets.length === 0 ? list : `${list}. ${where}`,
    });
  }
  const found = budgets.filter(({ id, name }) => id === wanted || name === wanted);
  const [one, second] = found;
  if (one !== undefined && second === undefined) return one;
  if (one !== undefined)
    throw new PushError('PUSH_FAILED', `${found.length} budgets are named ${quoted(wanted)}`, {
      hint: `Use the id instead of the name: ${found.map(({ id }) => id).join(', ')}`,
    });
  const near = nearest(wanted, names);
  throw new PushError('PUSH_FAILED', `budget ${quoted(wanted)} not found`, {
    hint: near === null ? list : `Did you mean ${quoted(near)}? ${where}`,
  });
}

export interface MatchContext {
  readonly target: PushTargetName;
  readonly settings: Pick<PushSettings, 'accounts'>;
  /** All accounts of this push. */
  readonly accounts: readonly Account[];
  readonly existing: readonly BudgetAccount[];
  /** Create accounts that the budget does not have. */
  readonly create: boolean;
}

/** The account to push to: an existing one, or one to create under this name. */
type Destination = { readonly to: BudgetAccount } | { readonly create: string };

/** @throws PushError when the budget has no such account, or when several match. */
export function destinationOf(account: Account, context: MatchContext): Destination {
  const [found, another] = foundFor(account, context);
  if (found !== undefined && another !== undefined)
    throw unclear(`the budget has several accounts ${quoted(found.name)}`, context);
  if (found !== undefined) {
    const rival = context.accounts.find((other) => other !== account && isFor(other, found, context));
    if (rival === undefined) return { to: found };
    throw unclear(
      `${accountKey(account)} and ${accountKey(rival)} would both be pushed to ${quoted(found.name)}`,
      context,
    );
  }
  const name = context.settings.accounts?.get(accountKey(account)) ?? `${account.institution} ${account.name}`;
  if (context.create) return { create: name };
  throw missing(account, name, context);
}

function isFor(account: Account, found: BudgetAccount, context: MatchContext): boolean {
  const [only, another] = foundFor(account, context);
  return only?.id === found.id && another === undefined;
}

/** Returns the accounts of the budget that match the first of the account's names that any of them matches. */
function foundFor(account: Account, { settings, existing }: MatchContext): readonly BudgetAccount[] {
  const key = accountKey(account);
  const given = settings.accounts?.get(key);
  const names = given === undefined ? [key, `${account.institution} ${account.name}`, account.name] : [given];
  return names.map((name) => named(name, existing)).find((found) => found.length > 0) ?? [];
}

function named(name: string, existing: readonly BudgetAccount[]): readonly BudgetAccount[] {
  const exact = existing.filter((one) => one.name === name || one.id === name);
  return exact.length > 0 ? exact : existing.filter((one) => normalised(one.name) === normalised(name));
}

function unclear(message: string, { target }: MatchContext): PushError {
  return new PushError('PUSH_FAILED', message, {
    hint: `Map each account to a name or id in accounts.yaml, under push: ${target}: accounts:`,
  });
}

function missing(account: Account, name: string, { target, settings, existing }: MatchContext): PushError {
  const key = accountKey(account);
  const names = existing.map((one) => one.name);
  const near = nearest(name, names);
  const isMapped = settings.accounts?.has(key) === true;
  const list = names.length === 0 ? 'It has no accounts yet.' : `Its accounts: ${names.slice(0, 12).join(', ')}.`;
  const suggestion = near === null ? list : `Did you mean ${quoted(near)}?`;
  return new PushError(
    'PUSH_FAILED',
    isMapped ? `the budget has no account ${quoted(name)}` : `the budget has no account for ${key}`,
    {
      hint: `${suggestion} Map it in accounts.yaml, under push: ${target}: accounts: (accounts that are not listed there are skipped). Or create it: --create`,
    },
  );
}

function normalised(name: string): string {
  return name.trim().toLowerCase();
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
