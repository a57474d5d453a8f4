/** The currencies of accounts and of their budget, which adds up amounts whatever their currency. */

import { PushError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import type { PushSettings, PushTargetName } from '../model/push.js';
import type { Store } from '../ports.js';

interface CurrencyPlan {
  readonly target: PushTargetName;
  readonly settings: PushSettings;
  readonly known: readonly Account[];
  readonly consumer: string;
  readonly anyCurrency: boolean;
}

export interface Currencies {
  /** Returns the currency of an account, `null` while nothing of it is known. */
  of(account: Account): string | null;
  /** @throws PushError for an account in another currency than the budget's, unless it is wanted or was pushed before. */
  check(account: Account): void;
}

/** @param stated currency of the budget, `null` when it states none: then that of most accounts counts, in doubt the first. */
export function currenciesOf(plan: CurrencyPlan, stated: string | null, store: Store): Currencies {
  const known = new Map(plan.known.map((account) => [accountKey(account), currencyOf(account, store)]));
  const of = (account: Account) => known.get(accountKey(account)) ?? currencyOf(account, store);
  const budget = stated ?? mostFrequent([...known.values()]);
  const served = new Set(
    stated === null ? store.marks(plan.consumer).map((mark) => `${mark.institution}/${mark.account}`) : [],
  );
  return {
    of,
    check: (account) => {
      const own = of(account);
      if (own === null || budget === null || own === budget || plan.anyCurrency || served.has(accountKey(account)))
        return;
      throw new PushError('PUSH_FAILED', `it is in ${own}, but the budget is in ${budget}`, {
        hint: `${hintOf(plan, stated, own)} To skip the account, list only the others in accounts.yaml, under push: ${plan.target}: accounts:`,
      });
    },
  };
}

function hintOf({ target, settings }: CurrencyPlan, stated: string | null, own: string): string {
  const anyhow = 'To push its amounts unconverted: --any-currency.';
  if (stated !== null && settings.currency === null) return `Use a budget in ${own}. ${anyhow}`;
  return `If the budget is in ${own}, say so in accounts.yaml: push: ${target}: currency: ${own}. ${anyhow}`;
}

function currencyOf(account: Account, store: Store): string | null {
  const state = store.accountState(account);
  const balance = state?.ledgerBalance ?? state?.holdings?.cash ?? state?.holdings?.positions[0];
  if (balance != null) return balance.currency;
  for (const { currency } of store.transactions({ accounts: [account], limit: 1 })) return currency;
  return null;
}

function mostFrequent(currencies: readonly (string | null)[]): string | null {
  const counts = new Map<string, number>();
  for (const one of currencies) if (one !== null) counts.set(one, (counts.get(one) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0] ?? null;
}
