/**
 * ofx-sync as a library: everything that the commands do, without printing, exiting or reading the environment.
 *
 * ```ts
 * const config = await loadConfig('accounts.yaml');
 * await withStore('data', async (store) => {
 *   const { outcomes } = await sync(config, { store });
 *   for (const text of await exportText(config, { store, format: 'hledger' })) process.stdout.write(text);
 * });
 * ```
 */

export type { Checked } from './check/check.js';
export type { Step } from './check/step.js';
export type { FoundAccount } from './config/found-accounts.js';
export { type LoadOptions, parseConfig } from './config/load.js';
export type { AcceptedForm, ProbeAttempt, ProbeResult } from './discovery/probe.js';
export type { Guide } from './discovery/signon.js';
export { ConfigError, type ConfigProblem, ERROR_CODES, type ErrorCode, OfxSyncError } from './errors.js';
export { type ExportFormat, exporters, layoutExporter } from './exporters/index.js';
export { classifierFor } from './exporters/input.js';
export { type CheckOptions, check, type DiscoverOptions, discover, type ProbeOptions, probe } from './library/banks.js';
export { type ExportOptions, exportText } from './library/export.js';
export { type FileImport, type ImportFile, type ImportOptions, importFiles, replayReplies } from './library/import.js';
export { type PushChoices, type PushOptions, push } from './library/push.js';
export { type LockDataDirOptions, lockDataDir, withStore } from './library/store.js';
export { type LibraryOptions, loadConfig, sync } from './library/sync.js';
export type { BankOptions, ConnectionOptions } from './library/wired.js';
export { type Account, type AccountId, type AccountKind, accountKey, maskedId } from './model/account.js';
export type { CsvLayout, LayoutColumn, LayoutField } from './model/csv-layout.js';
export type { IsoDate, Period } from './model/dates.js';
export type { Decimal } from './model/decimal.js';
export type { Config, Institution, Quirks } from './model/institution.js';
export type { Notice } from './model/notice.js';
export type { PushTargetName } from './model/push.js';
export { Secret, type SecretReference } from './model/secret.js';
export type { Balance, Position, Security, Statement, Status, Transaction } from './model/statement.js';
export { type Freshness, type FreshnessInput, freshnessOf } from './notify/freshness.js';
export type { OfxFile, OfxHeader, Signon } from './ofx/file.js';
export { parseOfx, readOfx } from './ofx/read.js';
export type {
  AccountState,
  Classification,
  ConsumerMark,
  ConsumerRecord,
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
  TransactionChange,
  TransactionQuery,
} from './ports.js';
export type { PushOutcome } from './push/run.js';
export type { Lock } from './store/lock.js';
export { type OpenOptions, openStore } from './store/open.js';
export {
  type Delivery,
  type DownloadOptions,
  type DownloadPorts,
  downloadAll,
  type LoginJob,
} from './sync/download.js';
export type { ImportResult, RefusedAccount, Replayed } from './sync/import.js';
export type { SyncOptions, SyncResult } from './sync/sync.js';
