/** What an exporter is given, from the store and the configuration. */

import { OpeningTally } from '../exporters/index.js';
import { type Account, accountKey } from '../model/account.js';
import type { Config } from '../model/institution.js';
import type { ExportInput, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import type { ExportRequest } from './export-options.js';

export interface ExportSource {
  readonly config: Config;
  readonly accounts: readonly Account[];
  /** `null` before the first sync. */
  readonly store: Store | null;
  readonly classify: ExportInput['classify'];
  /** Changes up to this one; those of a sync that runs meanwhile are for the next time. */
  readonly upTo: number | null;
}

export function exportInput(request: ExportRequest, source: ExportSource): ExportInput {
  const { accounts, store, config } = source;
  const states = accounts.flatMap((account) => store?.accountState(account) ?? []);
  const query = { ...newest(request, source), ...within(request) };
  const around = { accounts, states, institutions: config.institutions };
  return {
    ...around,
    ...(request.exporter.wantsOpenings === true
      ? openings(request, source, around)
      : { openings: [], opened: new Set() }),
    accountMap: config.handingOn?.accountMap ?? new Map(),
    classify: source.classify,
    transactions: posted(source, query),
    transactionsOf: (account) => posted({ ...source, accounts: [account] }, { ...query, accounts: [account] }),
    settings: request.settings,
  };
}

/** Posted transactions of the accounts, read anew each time they are gone through. Pending ones are not handed on. */
function posted({ accounts, store }: ExportSource, query: TransactionQuery): Iterable<StoredTransaction> {
  const wanted = new Set(accounts.map(accountKey));
  return {
    *[Symbol.iterator]() {
      for (const transaction of store?.transactions(query) ?? []) {
        const isWanted = wanted.has(`${transaction.institution}/${transaction.account}`);
        if (isWanted && !transaction.pending) yield transaction;
      }
    },
  };
}

function newest({ consumer }: ExportRequest, { upTo }: ExportSource): TransactionQuery {
  return { ...(consumer === null ? {} : { newFor: consumer }), ...(upTo === null ? {} : { upTo }) };
}

function within({ since, until }: ExportRequest): TransactionQuery {
  return { ...(since === null ? {} : { since }), ...(until === null ? {} : { until }) };
}

/**
 * What the accounts held before the first transaction. The end of the window is no bound here, since the balance is of a day
 * that may be later. A journal that is continued says itself which openings it has; one that is not at hand has those of
 * the accounts of which the consumer has had transactions.
 */
function openings(
  request: ExportRequest,
  source: ExportSource,
  around: Pick<ExportInput, 'accounts' | 'states' | 'institutions'>,
): Pick<ExportInput, 'openings' | 'opened'> {
  const keys = around.accounts.map(accountKey);
  if (!request.openings) return { openings: [], opened: new Set(keys.flatMap((key) => [key, `${key} securities`])) };
  const opened = request.consumer === null ? new Set<string>() : openedBefore(request, source, around);
  const tally = new OpeningTally(around);
  const upTo = source.upTo === null ? {} : { upTo: source.upTo };
  for (const transaction of posted(source, { ...upTo, ...(request.since === null ? {} : { since: request.since }) }))
    tally.take(transaction);
  const missing = tally.openings().map((opening) => {
    const key = `${opening.institution}/${opening.account}`;
    return {
      ...opening,
      balance: opened.has(key) ? null : opening.balance,
      securities: opened.has(`${key} securities`) ? [] : opening.securities,
    };
  });
  return { openings: missing, opened };
}

function openedBefore(
  request: ExportRequest,
  source: ExportSource,
  { states }: Pick<ExportInput, 'states'>,
): Set<string> {
  if (request.append)
    return new Set(
      [...request.settings.declared].flatMap((one) => (one.startsWith('opening: ') ? [one.slice(9)] : [])),
    );
  const counts = new Map<string, number>();
  for (const { institution, account } of posted(source, newest(request, source))) {
    const key = `${institution}/${account}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const had = states
    .map((state) => ({ key: `${state.institution}/${state.account}`, count: state.transactions }))
    .filter(({ key, count }) => count > (counts.get(key) ?? 0));
  return new Set(had.flatMap(({ key }) => [key, `${key} securities`]));
}
