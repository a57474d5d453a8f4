/** Which account of a budget an account of ours goes to. */

import { PushError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import { nearest } from '../model/nearest.js';
import type { PushSettings, PushTargetName } from '../model/push.js';
import type { BudgetAccount } from '../model/push-session.js';

export interface Wish {
  readonly target: PushTargetName;
  readonly settings: Pick<PushSettings, 'accounts'>;
  /** All of ours that are to be handed over. */
  readonly accounts: readonly Account[];
  readonly existing: readonly BudgetAccount[];
  /** Accounts that the budget does not have are to be made. */
  readonly create: boolean;
}

/** Where an account goes: to one that is there, or to one of that name that is to be made. */
export type Destination = { readonly to: BudgetAccount } | { readonly make: string };

/** @throws PushError when the budget has no such account, or when it is not clear which. */
export function destinationOf(account: Account, wish: Wish): Destination {
  const [found, another] = foundFor(account, wish);
  if (found !== undefined && another !== undefined)
    throw unclear(`the budget has several accounts ${quoted(found.name)}`, wish);
  if (found !== undefined) {
    const rival = wish.accounts.find((other) => other !== account && isFor(other, found, wish));
    if (rival === undefined) return { to: found };
    throw unclear(`${accountKey(account)} and ${accountKey(rival)} would both go into ${quoted(found.name)}`, wish);
  }
  const name = wish.settings.accounts?.get(accountKey(account)) ?? `${account.institution} ${account.name}`;
  if (wish.create) return { make: name };
  throw missing(account, name, wish);
}

function isFor(account: Account, found: BudgetAccount, wish: Wish): boolean {
  const [only, another] = foundFor(account, wish);
  return only?.id === found.id && another === undefined;
}

/** The accounts of the budget that have the first of the account's names that any has. */
function foundFor(account: Account, { settings, existing }: Wish): readonly BudgetAccount[] {
  const key = accountKey(account);
  const given = settings.accounts?.get(key);
  const names = given === undefined ? [key, `${account.institution} ${account.name}`, account.name] : [given];
  return names.map((name) => named(name, existing)).find((found) => found.length > 0) ?? [];
}

function named(name: string, existing: readonly BudgetAccount[]): readonly BudgetAccount[] {
  const exact = existing.filter((one) => one.name === name || one.id === name);
  return exact.length > 0 ? exact : existing.filter((one) => plain(one.name) === plain(name));
}

function unclear(message: string, { target }: Wish): PushError {
  return new PushError('PUSH_FAILED', message, {
    hint: `Say which is which in accounts.yaml, under push: ${target}: accounts: (the id of an account is as good as its name)`,
  });
}

function missing(account: Account, name: string, { target, settings, existing }: Wish): PushError {
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

function plain(name: string): string {
  return name.trim().toLowerCase();
}

function quoted(name: string): string {
  return JSON.stringify(name);
}
