/** Exports in every format, as text. */

import { type ExportFormat, exporters } from '../exporters/index.js';
import { classifierFor, defaultSettings, exportInput } from '../exporters/input.js';
import type { Account } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Config } from '../model/institution.js';
import type { Exporter, ExportSettings, Store } from '../ports.js';

export interface ExportOptions {
  readonly store: Store;
  readonly format: ExportFormat | Exporter;
  /** All configured accounts when absent. */
  readonly accounts?: readonly Account[];
  readonly since?: IsoDate;
  readonly until?: IsoDate;
  /**
   * Exports what this consumer has not had since its mark (`store.setMark` moves it), in journals with entries that correct what it
   * has; everything when absent.
   */
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
