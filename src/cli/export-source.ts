/** What an exporter is given, from the store and the configuration. */

import { OpeningTally } from '../exporters/index.js';
import { type Account, accountKey } from '../model/account.js';
import type { Config } from '../model/institution.js';
import type { ExportInput, Opening, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import type { ExportRequest } from './export-options.js';

export interface ExportSource {
  readonly config: Config;
  readonly accounts: readonly Account[];
  /** `null` before the first sync. */
  readonly store: Store | null;
  /** Changes up to this one; those of a sync that runs meanwhile are for the next time. */
  readonly upTo: number | null;
}

/** @param counted is called once for each transaction that the exporter takes. */
export function exportInput(request: ExportRequest, source: ExportSource, counted: () => void): ExportInput {
  const { accounts, store, config } = source;
  const states = accounts.flatMap((account) => store?.accountState(account) ?? []);
  return {
    accounts,
    states,
    institutions: config.institutions,
    accountMap: new Map(),
    transactions: posted(source, { ...newest(request, source), ...within(request) }, counted),
    openings: request.exporter.wantsOpenings === true ? openings(request, source, states) : [],
    classify: () => ({ payee: null, category: null, tags: [] }),
    settings: request.settings,
  };
}

/** Posted transactions of the accounts, read anew each time they are gone through. Pending ones are not handed on. */
function posted(
  { accounts, store }: ExportSource,
  query: TransactionQuery,
  counted: () => void = () => undefined,
): Iterable<StoredTransaction> {
  const wanted = new Set(accounts.map(accountKey));
  return {
    *[Symbol.iterator]() {
      for (const transaction of store?.transactions(query) ?? []) {
        if (transaction.pending || !wanted.has(`${transaction.institution}/${transaction.account}`)) continue;
        counted();
        yield transaction;
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
 * that may be later. An account of which the consumer has had transactions has its opening already.
 */
function openings(request: ExportRequest, source: ExportSource, states: ExportInput['states']): readonly Opening[] {
  const tally = new OpeningTally(source.accounts, states);
  const counts = new Map<string, number>();
  for (const transaction of posted(source, newest(request, source))) {
    const key = `${transaction.institution}/${transaction.account}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    if (request.since === null || transaction.postedOn >= request.since) tally.take(transaction);
  }
  const had = new Set(
    request.consumer === null
      ? []
      : states
          .filter((state) => state.transactions > (counts.get(`${state.institution}/${state.account}`) ?? 0))
          .map(({ institution, account }) => `${institution}/${account}`),
  );
  return tally.openings().filter(({ institution, account }) => !had.has(`${institution}/${account}`));
}
