/** The input of an exporter, from the store and the configuration. */

import { type Account, accountKey } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import { TRANSFER_ACCOUNT } from '../model/export-config.js';
import type { Config } from '../model/institution.js';
import { isZero } from '../model/money.js';
import { patternMaker } from '../model/rules/pattern.js';
import type { ClosingState } from '../model/stored.js';
import type { Exporter, ExportInput, ExportSettings, Store, StoredTransaction, TransactionQuery } from '../ports.js';
import { keyOf } from './account-names.js';
import { earlierAround, settledStates } from './continued.js';
import { classifierOf, OpeningTally, withoutIgnored } from './index.js';
import { correctionsOf } from './journal/corrected.js';
import { withQuirkPayees } from './quirk-payees.js';
import { beginningsFirst } from './trade-effects.js';

export interface ExportJob {
  readonly exporter: Exporter;
  readonly since: IsoDate | null;
  readonly until: IsoDate | null;
  /** The mark of this consumer selects the transactions; `null` for all of them. */
  readonly consumer: string | null;
  /** The output continues a journal, which states the openings that it has (`settings.declared`). */
  readonly append: boolean;
  /** The journal opens at the balances before its first entries, since it is read without what was exported earlier. */
  readonly standsAlone: boolean;
  /** Journals: state the opening balances of accounts. */
  readonly openings: boolean;
  readonly settings: ExportSettings;
}

/** Returns the settings of an exporter without options. */
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
    held: new Map(),
  };
}

interface ExportContext {
  readonly config: Config;
  readonly accounts: readonly Account[];
  /** `null` before the first sync. */
  readonly store: Store | null;
  readonly classify: ExportInput['classify'];
  /** The last change to export; changes of a sync that runs at the same time are exported the next time. */
  readonly upTo: number | null;
}

export function exportInput(job: ExportJob, context: ExportContext): ExportInput {
  const { accounts, store, config } = context;
  const states = accounts.flatMap((account) => store?.accountState(account) ?? []);
  const query = { ...newest(job, context), ...within(job) };
  const around = { accounts, states, institutions: config.institutions };
  const begun = job.exporter.wantsOpenings === true ? openings(job, context, around) : NOT_BEGUN;
  return {
    ...around,
    ...begun,
    ...closings(job, context, states),
    corrections: corrections(job, context, begun),
    accountMap: config.exportConfig?.accountMap ?? new Map(),
    transferAccount: config.exportConfig?.transferAccount ?? TRANSFER_ACCOUNT,
    classify: context.classify,
    transactions: exported(context, query),
    transactionsOf: (account) => exported({ ...context, accounts: [account] }, { ...query, accounts: [account] }),
    settings: {
      ...job.settings,
      held: heldIn(job, begun),
      declarations: job.settings.declarations && config.exportConfig?.declarations !== false,
    },
  };
}

const NOT_BEGUN: Pick<ExportInput, 'openings' | 'opened'> = { openings: [], opened: new Set() };

/** Returns the units that the journal has; `null` where it is not at hand, or begins without openings. */
function heldIn(
  { openings: wanted, consumer, append, settings }: ExportJob,
  { opened }: Pick<ExportInput, 'opened'>,
): ExportSettings['held'] {
  const isElsewhere = consumer !== null && !append && opened.size > 0;
  return wanted && !isElsewhere ? settings.held : null;
}

/** A journal that later output continues asserts settled days only, and knows the other sides of transfers. */
function closings(
  job: ExportJob,
  context: ExportContext,
  states: ExportInput['states'],
): Pick<ExportInput, 'asserted' | 'earlier'> {
  const { exporter, consumer } = job;
  const incomplete = exporter.wantsOpenings === true ? incompleteAccounts(context) : new Set();
  const complete = (state: ClosingState) => !incomplete.has(keyOf(state));
  if (exporter.wantsOpenings !== true || (consumer === null && !job.append))
    return { asserted: states.filter(complete), earlier: null };
  const read = (query: TransactionQuery) => exported(context, query);
  const had = (query: TransactionQuery) => (consumer === null ? [] : read({ ...query, hadBy: consumer }));
  return {
    asserted: settledStates({ ...context, exporter, had }).filter(complete),
    earlier: consumer === null ? null : earlierAround(read({ ...newest(job, context), ...within(job) }), { had }),
  };
}

/** A journal that stands alone opens at balances that contain what was changed before. */
function corrections(
  { exporter, consumer, standsAlone }: ExportJob,
  context: ExportContext,
  { opened }: Pick<ExportInput, 'opened'>,
): ExportInput['corrections'] {
  const { store, config } = context;
  if (exporter.wantsOpenings !== true || consumer === null || store === null) return [];
  const { institutions, exportConfig } = config;
  const accountMap = exportConfig?.accountMap ?? new Map();
  const had = (query: TransactionQuery) => exported(context, { ...query, hadBy: consumer });
  const all = correctionsOf({ ...context, store, consumer, institutions, accountMap, had });
  return standsAlone ? all.filter((one) => opened.has(keyOf(one.of))) : all;
}

/** Returns the classifier for the rules of accounts.yaml. Loads the engine for regular expressions only if there are rules. */
export async function classifierFor(config: Config): Promise<ExportInput['classify']> {
  const rules = config.exportConfig?.rules ?? [];
  if (rules.length === 0) return () => ({ payee: null, category: null, tags: [] });
  return classifierOf(rules, await patternMaker());
}

/** Returns the accounts of which rules omit money or securities: no balance of the bank holds for the rest. */
function incompleteAccounts(context: ExportContext): ReadonlySet<string> {
  const rules = context.config.exportConfig?.rules ?? [];
  const keys = new Set<string>();
  if (!rules.some(({ set }) => set.ignore === true)) return keys;
  for (const transaction of withQuirkPayees(posted(context, {}), context.config.institutions)) {
    const hasEffect = !isZero(transaction.amount) || transaction.investment !== null;
    if (hasEffect && context.classify(transaction).ignore === true) keys.add(keyOf(transaction));
  }
  return keys;
}

/** Returns the transactions that rules do not omit, with the quirks of their institutions applied. */
function exported(context: ExportContext, query: TransactionQuery): Iterable<StoredTransaction> {
  return withoutIgnored(withQuirkPayees(posted(context, query), context.config.institutions), context.classify);
}

/** Returns the posted transactions of the accounts, read from the store at each iteration. Pending ones are not exported. */
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

function newest({ consumer }: Pick<ExportJob, 'consumer'>, { upTo }: ExportContext): TransactionQuery {
  return { ...(consumer === null ? {} : { newFor: consumer }), ...(upTo === null ? {} : { upTo }) };
}

function within({ since, until }: ExportJob): TransactionQuery {
  return { ...(since === null ? {} : { since }), ...(until === null ? {} : { until }) };
}

/**
 * Returns the openings that the journal lacks. They are computed past the end of the window, since the balance may be of a
 * later day. A journal that is continued states the openings that it has; without one at hand, the consumer has those of
 * all accounts of which it has had transactions.
 */
function openings(
  job: ExportJob,
  context: ExportContext,
  around: Pick<ExportInput, 'accounts' | 'states' | 'institutions'>,
): Pick<ExportInput, 'openings' | 'opened'> {
  const keys = around.accounts.map(accountKey);
  if (!job.openings) return { openings: [], opened: new Set(keys.flatMap((key) => [key, `${key} securities`])) };
  const opened = job.consumer === null ? new Set<string>() : openedBefore(job, context);
  const tally = new OpeningTally(around);
  if (job.standsAlone) addEarlier(tally, job, context);
  const upTo = context.upTo === null ? {} : { upTo: context.upTo };
  const counted = job.standsAlone ? newest(job, context) : upTo;
  const from = job.since === null ? {} : { since: job.since };
  for (const transaction of beginningsFirst(posted(context, { ...counted, ...from }))) tally.add(transaction);
  const all = job.consumer === null && !job.append ? [...tally.openings(), ...tally.idle(job)] : tally.openings();
  const possible = all.filter((opening) => !job.settings.declared.has(`no opening: ${keyOf(opening)}`));
  const missing = possible.map((opening) => {
    const key = keyOf(opening);
    return {
      ...opening,
      balance: opened.has(key) ? null : opening.balance,
      // What was not there at first came later: it is an adjustment.
      securities: opened.has(key) || opened.has(`${key} securities`) ? [] : opening.securities,
    };
  });
  return { openings: missing, opened };
}

function openedBefore(job: ExportJob, context: ExportContext): Set<string> {
  if (job.append)
    return new Set([...job.settings.declared].flatMap((one) => (one.startsWith('opening: ') ? [one.slice(9)] : [])));
  return new Set([...accountsReceived(job, context)].flatMap((key) => [key, `${key} securities`]));
}

/** Returns the accounts (`institution/account`) of which the consumer has received transactions. */
export function accountsReceived(job: Pick<ExportJob, 'consumer'>, context: ExportContext): Set<string> {
  const counts = new Map<string, number>();
  for (const transaction of posted(context, newest(job, context))) {
    const key = keyOf(transaction);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const states = context.accounts.flatMap((account) => context.store?.accountState(account) ?? []);
  const had = states
    .map((state) => ({ key: keyOf(state), count: state.transactions }))
    .filter(({ key, count }) => count > (counts.get(key) ?? 0));
  return new Set(had.map(({ key }) => key));
}

/** Notes what the consumer has received elsewhere, as far as the bank's balance does not hold it yet. */
function addEarlier(tally: OpeningTally, job: ExportJob, context: ExportContext): void {
  const fresh = new Set<string>();
  for (const { id } of posted(context, newest(job, context))) fresh.add(id);
  const upTo = context.upTo === null ? {} : { upTo: context.upTo };
  for (const transaction of posted(context, upTo)) if (!fresh.has(transaction.id)) tally.addEarlier(transaction);
}
