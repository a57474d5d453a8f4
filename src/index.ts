/**
 * ofx-sync as a library: everything that the commands do, without printing, exiting or reading the environment.
 *
 * ```ts
 * const config = await loadConfig('accounts.yaml');
 * const store = await openStore('data');
 * const { outcomes } = await sync(config, { store });
 * for (const text of await exportText(config, { store, format: 'hledger' })) process.stdout.write(text);
 * ```
 */

import { type LoadOptions, loadConfig as load } from './config/load.js';
import { refreshClassified } from './exporters/classified.js';
import { type ExportFormat, exporters } from './exporters/index.js';
import { classifierFor, defaultSettings, exportInput } from './exporters/input.js';
import type { Account } from './model/account.js';
import type { IsoDate } from './model/dates.js';
import type { Config } from './model/institution.js';
import { present } from './model/present.js';
import type { Exporter, ExportSettings, Store } from './ports.js';
import { sandboxEntry } from './sandbox/known.js';
import { sync as runSync, type SyncOptions, type SyncResult } from './sync/sync.js';
import { wire } from './wiring.js';

export { type LoadOptions, parseConfig } from './config/load.js';
export { ConfigError, type ConfigProblem, ERROR_CODES, type ErrorCode, OfxSyncError } from './errors.js';
export { type ExportFormat, exporters, layoutExporter } from './exporters/index.js';
export { type Account, type AccountId, type AccountKind, accountKey, maskedId } from './model/account.js';
export type { CsvLayout, LayoutColumn, LayoutField } from './model/csv-layout.js';
export type { IsoDate, Period } from './model/dates.js';
export type { Decimal } from './model/decimal.js';
export type { Config, Institution, Quirks } from './model/institution.js';
export type { Notice } from './model/notice.js';
export { Secret, type SecretReference } from './model/secret.js';
export type { Balance, Position, Security, Statement, Status, Transaction } from './model/statement.js';
export { type Freshness, type FreshnessInput, freshnessOf } from './notify/freshness.js';
export type { OfxFile, OfxHeader, Signon } from './ofx/file.js';
export { parseOfx, readOfx } from './ofx/read.js';
export type {
  AccountState,
  Classification,
  Exporter,
  ExportInput,
  ExportSettings,
  Login,
  OnProgress,
  Outcome,
  ProgressEvent,
  SaveResult,
  Store,
  StoredTransaction,
  TransactionQuery,
} from './ports.js';
export { lockDataDir } from './store/lock.js';
export { type OpenOptions, openStore } from './store/open.js';
export {
  type Delivery,
  type DownloadOptions,
  type DownloadPorts,
  downloadAll,
  type LoginJob,
} from './sync/download.js';
export type { SyncOptions, SyncResult } from './sync/sync.js';

/**
 * Reads and checks accounts.yaml, and looks up `directory:` and `sandbox://` names in the data of the package.
 * @throws ConfigError with every problem and its position.
 */
export function loadConfig(file: string, options: LoadOptions = {}): Promise<Config> {
  return load(file, { lookUpSandbox: sandboxEntry, ...options });
}

export interface LibraryOptions extends SyncOptions {
  readonly store: Store;
  /** The environment of `env:` secrets and of commands; empty when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Asks a person for a `prompt` secret. */
  readonly prompt?: (question: string) => Promise<string>;
}

/**
 * Downloads all accounts of a configuration (or those in `names`) at once and stores their statements. Failures of institutions
 * are outcomes; `onProgress` is called for every event, and `signal` stops the sync at once.
 * @throws UsageError for an unknown name; StoreError when the store itself fails.
 */
export async function sync(config: Config, options: LibraryOptions): Promise<SyncResult> {
  const { store, env = {}, prompt, signal } = options;
  const wiring = wire(present({ config, store, env, prompt, signal }));
  try {
    const result = await runSync(config, options, wiring.ports);
    await refreshClassified(store, config);
    return result;
  } finally {
    await wiring.close();
  }
}

export interface ExportOptions {
  readonly store: Store;
  readonly format: ExportFormat | Exporter;
  /** All configured accounts when absent. */
  readonly accounts?: readonly Account[];
  readonly since?: IsoDate;
  readonly until?: IsoDate;
  /** Exports what this consumer has not had since its mark (`store.setMark` moves it); everything when absent. */
  readonly consumer?: string;
  readonly settings?: Partial<ExportSettings>;
}

/** Exports stored transactions in a format, piece by piece, with the rules and names of the configuration. */
export async function exportText(config: Config, options: ExportOptions): Promise<Iterable<string>> {
  const { store, format, since = null, until = null, consumer = null } = options;
  const exporter = typeof format === 'string' ? exporters[format] : format;
  const accounts = options.accounts ?? config.institutions.flatMap((institution) => institution.accounts);
  const settings = { ...defaultSettings(new Date()), since, until, ...options.settings };
  const selection = { exporter, since, until, consumer, append: false, standsAlone: false, openings: true, settings };
  const upTo = consumer === null ? null : store.latestChange();
  const source = { config, accounts, store, classify: await classifierFor(config), upTo };
  return exporter.render(exportInput(selection, source));
}
