/**
 * Downloads on the websites of institutions whose service has ended, by id: each with its source and the date of that. What no
 * source says is absent. Institutions that are not here have been looked for without a result, or are small.
 */

import type { WebsiteDownload } from '../listing.js';

const CAPITAL_ONE: WebsiteDownload = {
  format: 'ofx',
  name: 'QFX',
  place: 'the account, Download Transactions, file type',
  files: ['*_transaction_download*.qfx'],
  source:
    'https://github.com/pymonger/qfx_fixer (2026-02) and https://github.com/mendelmaleh/pfin, parser/README.md (2022-06)',
};

const DISCOVER: WebsiteDownload = {
  format: 'csv',
  since: '2022-10',
  place: 'the Activity page',
  source:
    'https://github.com/dckc/finquick/pull/30 (2022-11), https://github.com/dckc/finquick/pull/54 (2023-07), and https://github.com/kevinschaich/mintable/pull/86 (2020-07) for the place',
};

const SCHWAB: WebsiteDownload = {
  format: 'csv',
  since: '2020-10',
  source: 'https://github.com/jbms/beancount-import/pull/77 (2020-12)',
};

export const DOWNLOADS: Readonly<Record<string, WebsiteDownload>> = {
  'ally-bank': {
    format: 'ofx',
    name: 'Quicken (QFX)',
    place: 'the account, Transactions History, the download icon',
    source: 'https://www.ally.com/help/bank/account-information/ (2026-10)',
  },
  'american-express': {
    format: 'ofx',
    name: 'QFX',
    place: 'Statements & Activity, the download icon beside Transactions',
    files: ['activity*.qfx'],
    source:
      'https://github.com/libofx/libofx/issues/33 (2020-12), https://github.com/mendelmaleh/pfin, parser/README.md (2022-06), and https://github.com/natb1/commons.systems, budget-etl/main_test.go (2026-05)',
  },
  'bank-of-america': {
    format: 'ofx',
    name: 'Quicken Web Connect',
    place: 'the account’s Activity, Download',
    files: ['stmt*.qfx', 'currentTransaction*.qfx'],
    source:
      'http://www.bankofamerica.com/onlinebanking/index.cfm?template=faq_quicken (undated), https://github.com/mendelmaleh/pfin, parser/README.md (2022-06), and files of those names in public code (2022-12)',
  },
  'capital-one': CAPITAL_ONE,
  'capital-one-360': CAPITAL_ONE,
  chase: {
    format: 'ofx',
    name: 'Quicken Web Connect (QFX)',
    place: 'the account, “Download account activity” (the arrow above the transactions), File type',
    files: ['Chase*_Activity*.qfx'],
    source: 'https://github.com/yonran/refreshmint, builtin-extensions/chase/docs/csv-download.md (2026-02)',
  },
  discover: DISCOVER,
  'discover-bank': DISCOVER,
  fidelity: {
    format: 'csv',
    since: '2025-12',
    source:
      'https://github.com/redstreet/beancount_reds_importers/issues/170 (2025-12) and https://github.com/redstreet/beancount_reds_importers/issues/66 (2023-05)',
  },
  'fidelity-netbenefits': {
    format: 'csv',
    source: 'https://github.com/redstreet/beancount_reds_importers/issues/41 (2023-05)',
  },
  'interactive-brokers': {
    format: 'ofx',
    name: 'Quicken',
    place: 'Performance & Reports, Statements, Third-Party Downloads',
    source: 'https://github.com/skyersoft/uk-shares-and-stocks-tax-calculation, docs/IBKR_QFX_GUIDE.md (2025-11)',
  },
  schwab: SCHWAB,
  'schwab-8888': SCHWAB,
  'schwab-bank': {
    ...SCHWAB,
    source:
      'https://github.com/jbms/beancount-import/pull/77 (2020-12) and https://github.com/reubano/csv2ofx/pull/114 (2024-02)',
  },
  usaa: {
    format: 'csv',
    place: 'the account, Export',
    source: 'https://github.com/ejdprops/DowneyFinanceTracker, automation/README.md (2025-10)',
  },
};
