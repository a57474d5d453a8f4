/** A plain status page: the accounts of a scope with their balances and what needs attention, from one snapshot. */

import { type Account, accountKey } from '../model/account.js';
import type { Config } from '../model/institution.js';
import { type Freshness, freshnessOf } from '../notify/freshness.js';
import type { Snapshot } from '../store/serving/snapshot.js';
import type { Scope } from '../store/serving/tokens.js';
import { balanceOf } from './money.js';
import { escaped, page } from './pages.js';
import { seesAccount } from './scope.js';

interface PageInput {
  readonly snapshot: Snapshot;
  readonly config: Config;
  readonly scope: Scope;
  readonly now: Date;
}

export function statusPage({ snapshot, config, scope, now }: PageInput): string {
  const accounts = config.institutions
    .flatMap((institution) => institution.accounts)
    .filter((account) => seesAccount(scope, account));
  const judged = freshnessOf(config, { accounts, store: snapshot.records, now });
  const rows = judged.map((one) => rowOf(one, snapshot)).join('\n');
  return page(
    'Accounts',
    `<table>
<thead><tr><th scope="col">Account</th><th scope="col" class="amount">Balance</th><th scope="col">Last statement</th><th scope="col">State</th></tr></thead>
<tbody>
${rows}
</tbody>
</table>`,
  );
}

function rowOf(one: Freshness, snapshot: Snapshot): string {
  const { account, lastSuccessAt } = one;
  const cells = [balanceText(account, snapshot), lastSuccessAt?.slice(0, 10) ?? 'never', stateOf(one)].map(escaped);
  const [balance = '', last = '', state = ''] = cells;
  return `<tr><th scope="row">${escaped(accountKey(account))}</th><td class="amount">${balance}</td><td>${last}</td><td>${state}</td></tr>`;
}

function balanceText(account: Account, snapshot: Snapshot): string {
  const state = snapshot.stateOf(account);
  const balance = state === null ? null : balanceOf(state, account.accountKind);
  return balance === null ? '' : `${balance.amount} ${balance.currency}`;
}

function stateOf({ failing, stale, blocked, gaps, unread }: Freshness): string {
  const words = [
    ...(blocked !== null ? ['sign-on refused'] : failing ? ['failing'] : []),
    ...(stale ? ['out of date'] : []),
    ...(gaps.length > 0 || unread.length > 0 ? ['incomplete'] : []),
  ];
  return words.join(', ') || 'ok';
}
