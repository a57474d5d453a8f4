/** What an exporter is given: transactions with everything that is known around them. */

import type { Account } from './account.js';
import type { IsoDate } from './dates.js';
import type { Decimal } from './decimal.js';
import type { Institution } from './institution.js';
import type { InvestmentDetail } from './statement.js';
import type { AccountState, StoredTransaction } from './stored.js';

/** What the rules of the configuration make of one transaction. */
export interface Classification {
  /** The payee as the person wants to read it, `null` for what the institution wrote. */
  readonly payee: string | null;
  /** Category of a budget, or counter-account of a journal. */
  readonly category: string | null;
  readonly tags: readonly string[];
}

export interface ExportInput {
  readonly accounts: readonly Account[];
  /** Posted ones, in the order of their dates. May be gone through more than once. */
  readonly transactions: Iterable<StoredTransaction>;
  /** Those of one account, for formats that keep accounts apart. */
  readonly transactionsOf: (account: Account) => Iterable<StoredTransaction>;
  readonly states: readonly AccountState[];
  readonly classify: (transaction: StoredTransaction) => Classification;
  readonly institutions: readonly Pick<Institution, 'name' | 'org' | 'fid' | 'quirks'>[];
  /** Accounts of the journal by `institution/account`, where the person gave names. */
  readonly accountMap: ReadonlyMap<string, string>;
  /** What accounts held before the first transaction; for exporters that ask for it. */
  readonly openings: readonly Opening[];
  /** Accounts (`institution/account`) whose opening is in the journal already, so that later balances can be stated. */
  readonly opened: ReadonlySet<string>;
  readonly settings: ExportSettings;
}

/** What an account held before the first transaction that is handed on. */
export interface Opening {
  readonly institution: string;
  readonly account: string;
  /** Day of the first transaction. */
  readonly date: IsoDate;
  /** `null` where no balance tells. */
  readonly balance: { readonly amount: Decimal; readonly currency: string } | null;
  readonly securities: readonly {
    readonly units: Decimal;
    /** Of a unit, at the first trade that is known or on the day of the statement; `null` where nothing tells. */
    readonly price: Decimal | null;
    readonly of: Pick<InvestmentDetail, 'ticker' | 'security'> & { readonly currency: string };
  }[];
}

export interface ExportSettings {
  /** For formats that say when they were written. */
  readonly writtenAt: Date;
  /** `false` when the output continues one that has its beginning already. */
  readonly header: boolean;
  /** Text cells that a spreadsheet would take for a formula begin with an apostrophe. */
  readonly guardFormulas: boolean;
  /** First day that is handed on, `null` for the first that there is. */
  readonly since: IsoDate | null;
  /** Last day that is handed on, `null` for no end. */
  readonly until: IsoDate | null;
  /** Version of OFX. */
  readonly ofxVersion: '102' | '203';
  /** Journals: state the ledger balances, so that the journal is checked against the institution. */
  readonly assertions: boolean;
  /** Journals: declare accounts and commodities. */
  readonly declarations: boolean;
  /** What the journal that is continued declares already. */
  readonly declared: ReadonlySet<string>;
}
