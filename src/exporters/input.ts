/** What an exporter is given, from the store and the configuration. */

import { type Account, accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import { patternMaker } from '../model/pattern.js';
import type { Exporter, ExportInput, ExportSettings, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import { keyOf } from './account-names.js';
import { classifierOf, OpeningTally } from './index.js';
import { withQuirkPayees } from './quirk-payees.js';

export interface ExportJob {
  readonly exporter: Exporter;
  readonly since: IsoDate | null;
  readonly until: IsoDate | null;
  /** Whose mark chooses; `null` for everything. */
  readonly consumer: string | null;
  /** What is written continues a journal, which says which openings it has. */
  readonly append: boolean;
  /** Journals: say what accounts held before their first transaction. */
  readonly openings: boolean;
  readonly settings: ExportSettings;
}

/** What an exporter does when nothing else is asked for. */
export function defaultSettings(writtenAt: Date): ExportSettings {
  return {
    writtenAt,
    since: null,
    until: null,
    ofxVersion: '203',
    header: true,
    guardFormulas: false,
    assertions: true,
    declarations: true,
    declared: new Set(),
  };
}

interface ExportContext {
  readonly config: Config;
  readonly accounts: readonly Account[];
  /** `null` before the first sync. */
  readonly store: Store | null;
  readonly classify: ExportInput['classify'];
  /** Changes up to this one; those of a sync that runs meanwhile are for the next time. */
  readonly upTo: number | null;
}

export function exportInput(request: ExportJob, source: ExportContext): ExportInput {
  const { accounts, store, config } = source;
  const states = accounts.flatMap((account) => store?.accountState(account) ?? []);
  const query = { ...newest(request, source), ...within(request) };
  const around = { accounts, states, institutions: config.institutions };
  return {
    ...around,
    ...(request.exporter.wantsOpenings === true
      ? openings(request, source, around)
      : { openings: [], opened: new Set() }),
    accountMap: config.exportConfig?.accountMap ?? new Map(),
    classify: source.classify,
    transactions: withQuirkPayees(posted(source, query), config.institutions),
    transactionsOf: (account) =>
      withQuirkPayees(
        posted({ ...source, accounts: [account] }, { ...query, accounts: [account] }),
        config.institutions,
      ),
    settings: request.settings,
  };
}

/** What the rules of accounts.yaml say. The engine of expressions is loaded only where there are rules. */
export async function classifierFor(config: Config): Promise<ExportInput['classify']> {
  const rules = config.exportConfig?.rules ?? [];
  if (rules.length === 0) return () => ({ payee: null, category: null, tags: [] });
  return classifierOf(rules, await patternMaker());
}

/** Posted transactions of the accounts, read anew each time they are gone through. Pending ones are not handed on. */
function posted({ accounts, store }: ExportContext, query: TransactionQuery): Iterable<StoredTransaction> {
  const wanted = new Set(accounts.map(accountKey));
  return {
    *[Symbol.iterator]() {
      for (const transaction of store?.transactions(query) ?? []) {
        if (wanted.has(keyOf(transaction)) && !transaction.pending) yield transaction;
      }
    },
  };
}

function newest({ consumer }: ExportJob, { upTo }: ExportContext): TransactionQuery {
  return { ...(consumer === null ? {} : { newFor: consumer }), ...(upTo === null ? {} : { upTo }) };
}

function within({ since, until }: ExportJob): TransactionQuery {
  return { ...(since === null ? {} : { since }), ...(until === null ? {} : { until }) };
}

/**
 * What the accounts held before the first transaction. The end of the window is no bound here, since the balance is of a day
 * that may be later. A journal that is continued says itself which openings it has; one that is not at hand has those of
 * the accounts of which the consumer has had transactions.
 */
function openings(
  request: ExportJob,
  source: ExportContext,
  around: Pick<ExportInput, 'accounts' | 'states' | 'institutions'>,
): Pick<ExportInput, 'openings' | 'opened'> {
  const keys = around.accounts.map(accountKey);
  if (!request.openings) return { openings: [], opened: new Set(keys.flatMap((key) => [key, `${key} securities`])) };
  const opened = request.consumer === null ? new Set<string>() : openedBefore(request, source, around);
  const tally = new OpeningTally(around);
  const upTo = source.upTo === null ? {} : { upTo: source.upTo };
  for (const transaction of posted(source, { ...upTo, ...(request.since === null ? {} : { since: request.since }) }))
    tally.add(transaction);
  const missing = tally.openings().map((opening) => {
    const key = keyOf(opening);
    return {
      ...opening,
      balance: opened.has(key) ? null : opening.balance,
      securities: opened.has(`${key} securities`) ? [] : opening.securities,
    };
  });
  return { openings: missing, opened };
}

function openedBefore(request: ExportJob, source: ExportContext, { states }: Pick<ExportInput, 'states'>): Set<string> {
  if (request.append)
    return new Set(
      [...request.settings.declared].flatMap((one) => (one.startsWith('opening: ') ? [one.slice(9)] : [])),
    );
  const counts = new Map<string, number>();
  for (const transaction of posted(source, newest(request, source))) {
    const key = keyOf(transaction);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const had = states
    .map((state) => ({ key: keyOf(state), count: state.transactions }))
    .filter(({ key, count }) => count > (counts.get(key) ?? 0));
  return new Set(had.flatMap(({ key }) => [key, `${key} securities`]));
}
