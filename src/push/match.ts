/** Finds the budget that is meant, and the account of it for each of our accounts. */

import { PushError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import { nearest } from '../model/nearest.js';
import type { PushSettings, PushTargetName } from '../model/push.js';
import type { BudgetAccount } from '../model/push-session.js';

/** By its id, by its name, or the only one. @throws PushError that lists them. */
export function budgetFor<T extends { readonly id: string; readonly name: string }>(
  target: PushTargetName,
  wanted: string | null,
  budgets: readonly T[],
): T {
  const [only, another] = budgets;
  const names = budgets.map(({ name }) => name);
  const there =
    budgets.length === 0 ? 'There is none yet: make one first.' : `There are: ${names.slice(0, 12).join(', ')}`;
  const where = `Name it under push: ${target}: budget: in accounts.yaml.`;
  if (wanted === null) {
    if (only !== undefined && another === undefined) return only;
    throw new PushError('PUSH_FAILED', budgets.length === 0 ? 'there is no budget' : 'there are several budgets', {
      hint: budgets.length === 0 ? there : `${where} ${there}`,
    });
  }
  const found = budgets.filter(({ id, name }) => id === wanted || name === wanted);
  const [one, second] = found;
  if (one !== undefined && second === undefined) return one;
  if (one !== undefined)
    throw new PushError('PUSH_FAILED', `there are ${found.length} budgets ${quoted(wanted)}`, {
      hint: `Name it by its id: ${found.map(({ id }) => id).join(', ')}`,
    });
  const near = nearest(wanted, names);
  throw new PushError('PUSH_FAILED', `there is no budget ${quoted(wanted)}`, {
    hint: near === null ? there : `Did you mean ${quoted(near)}? ${where}`,
  });
}

export interface MatchContext {
  readonly target: PushTargetName;
  readonly settings: Pick<PushSettings, 'accounts'>;
  /** All of ours that are to be handed over. */
  readonly accounts: readonly Account[];
  readonly existing: readonly BudgetAccount[];
  /** Accounts that the budget does not have are to be made. */
  readonly create: boolean;
}

/** Where an account goes: to one that is there, or to one of that name that is to be made. */
export type Destination = { readonly to: BudgetAccount } | { readonly create: string };

/** @throws PushError when the budget has no such account, or when it is not clear which. */
export function destinationOf(account: Account, context: MatchContext): Destination {
  const [found, another] = foundFor(account, context);
  if (found !== undefined && another !== undefined)
    throw unclear(`the budget has several accounts ${quoted(found.name)}`, context);
  if (found !== undefined) {
    const rival = context.accounts.find((other) => other !== account && isFor(other, found, context));
    if (rival === undefined) return { to: found };
    throw unclear(`${accountKey(account)} and ${accountKey(rival)} would both go into ${quoted(found.name)}`, context);
  }
  const name = context.settings.accounts?.get(accountKey(account)) ?? `${account.institution} ${account.name}`;
  if (context.create) return { create: name };
  throw missing(account, name, context);
}

function isFor(account: Account, found: BudgetAccount, context: MatchContext): boolean {
  const [only, another] = foundFor(account, context);
  return only?.id === found.id && another === undefined;
}

/** The accounts of the budget that have the first of the account's names that any has. */
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
    hint: `Say which is which in accounts.yaml, under push: ${target}: accounts: (the id of an account is as good as its name)`,
  });
}

function missing(account: Account, name: string, { target, settings, existing }: MatchContext): PushError {
  const key = accountKey(account);
  const names = existing.map((one) => one.name);
  const near = nearest(name, names);
  const isMapped = settings.accounts?.has(key) === true;
  const there = names.length === 0 ? 'It has none yet' : `There are: ${names.slice(0, 12).join(', ')}`;
  return new PushError(
    'PUSH_FAILED',
    isMapped ? `the budget has no account ${quoted(name)}` : `the budget has no account for ${key}`,
    {
      hint: `${near === null ? there : `Did you mean ${quoted(near)}?`} Name it under push: ${target}: accounts: in accounts.yaml (those that are not named there are left out), or make it: --create`,
    },
  );
}

function normalised(name: string): string {
  return name.trim().toLowerCase();
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
