/** The formats of `export --format`. The keys are the values of the option. */

import type { Exporter } from '../ports.js';
import { csv } from './csv.js';
import { fireflyConfig } from './firefly.js';
import { beancountDialect } from './journal/beancount.js';
import { hledgerDialect, ledgerDialect } from './journal/hledger.js';
import { journalExporter } from './journal/journal.js';
import { json, ndjson } from './json.js';
import { layoutExporter } from './layout.js';
import { LAYOUTS } from './layouts.js';
import { ofx } from './ofx.js';
import { qif } from './qif.js';

export { CSV_COLUMNS } from './csv.js';
export { layoutExporter } from './layout.js';
export { OpeningTally } from './opening.js';
export { classifierOf, matcherOf, withoutIgnored } from './rules.js';

export const exporters = {
  csv,
  json,
  ndjson,
  qif,
  ofx,
  ledger: journalExporter(ledgerDialect),
  hledger: journalExporter(hledgerDialect),
  beancount: journalExporter(beancountDialect),
  ynab: layoutExporter('ynab', LAYOUTS.ynab),
  actual: layoutExporter('actual', LAYOUTS.actual),
  monarch: layoutExporter('monarch', LAYOUTS.monarch),
  lunchmoney: layoutExporter('lunchmoney', LAYOUTS.lunchmoney),
  mint: layoutExporter('mint', LAYOUTS.mint),
  tiller: layoutExporter('tiller', LAYOUTS.tiller),
  firefly: layoutExporter('firefly', LAYOUTS.firefly),
  'firefly-config': fireflyConfig,
  gnucash: layoutExporter('gnucash', LAYOUTS.gnucash),
  copilot: layoutExporter('copilot', LAYOUTS.copilot),
} as const satisfies Readonly<Record<string, Exporter>>;

export type ExportFormat = keyof typeof exporters;
