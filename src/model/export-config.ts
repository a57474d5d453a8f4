/** Export settings of accounts.yaml: names in journals, rules, own CSV layouts, commands after a sync. */

import type { CsvLayout } from './csv-layout.js';
import type { ExportRule } from './rules/rule.js';

export interface SyncCommand {
  readonly command: readonly string[];
  readonly timeoutMs: number;
}

/** Where `transferAccount` is not set. */
export const TRANSFER_ACCOUNT = 'Assets:Transfers';

export interface ExportConfig {
  /** Account of a journal by `institution/account`. */
  readonly accountMap: ReadonlyMap<string, string>;
  /** Account of a journal that holds a transfer of which one side has not arrived. */
  readonly transferAccount: string;
  /** Journals declare accounts and commodities. */
  readonly declarations: boolean;
  readonly rules: readonly ExportRule[];
  /** By the names for `--format`. */
  readonly csvLayouts: ReadonlyMap<string, CsvLayout>;
  /** Commands that run after a sync, one after the other. */
  readonly onSync: readonly SyncCommand[];
}
