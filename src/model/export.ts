/** The input of an exporter: transactions with everything known about them. */

import type { Account } from './account.js';
import type { IsoDate } from './dates.js';
import type { Decimal } from './decimal.js';
import type { Institution } from './institution.js';
import type { RuleSplit } from './rules/rule.js';
import type { InvestmentDetail } from './statement.js';
import type { AccountState, ClosingState, StoredTransaction } from './stored.js';

/** The result of the configured rules for one transaction. */
export interface Classification {
  /** The payee after the rules, `null` to keep that of the institution. */
  readonly payee: string | null;
  /** Category of a budget, or counter-account of a journal. */
  readonly category: string | null;
  readonly tags: readonly string[];
  /** A comment on the entry. */
  readonly note?: string;
  /** Parts of the amount with their own categories; `category` is then that of the rule, else of the largest part. */
  readonly splits?: readonly RuleSplit[];
  /** Present if exports omit the transaction. */
  readonly ignore?: true;
}

export interface ExportInput {
  readonly accounts: readonly Account[];
  /** Posted transactions in the order of their dates. Can be iterated more than once. */
  readonly transactions: Iterable<StoredTransaction>;
  /** The transactions of one account, for formats that separate accounts. */
  readonly transactionsOf: (account: Account) => Iterable<StoredTransaction>;
  readonly states: readonly AccountState[];
  /** The states whose balances a journal asserts: in one that later output continues, those of settled days. */
  readonly asserted: readonly ClosingState[];
  /**
   * Transactions of the days around that were exported before, in the order of their dates: the other sides of transfers.
   * `null` without a consumer.
   */
  readonly earlier: Iterable<StoredTransaction> | null;
  /** Journals: what the bank has changed of transactions that an earlier output has. */
  readonly corrections: readonly Correction[];
  /** Journals: the account that holds a transfer of which one side has not arrived. */
  readonly transferAccount: string;
  readonly classify: (transaction: StoredTransaction) => Classification;
  readonly institutions: readonly Pick<Institution, 'name' | 'org' | 'fid' | 'quirks'>[];
  /** Configured journal accounts by `institution/account`. */
  readonly accountMap: ReadonlyMap<string, string>;
  /** Balances before the first transaction, for exporters with `wantsOpenings`. */
  readonly openings: readonly Opening[];
  /** Accounts (`institution/account`) whose opening is in the journal already, so that later balances can be asserted. */
  readonly opened: ReadonlySet<string>;
  /** Called for each position that a journal adjusts. */
  readonly onAdjustment?: (adjustment: Adjustment) => void;
  readonly settings: ExportSettings;
}

/** A transaction that a journal has with another amount than the bank's: an entry of its own makes up the difference. */
export interface Correction {
  /** The transaction as its own entry in the journal has it. */
  readonly of: StoredTransaction;
  /** The same; `null` where it does not count, since the bank had removed it. */
  readonly before: StoredTransaction | null;
  /** As the bank has it; `null` where it has removed it. */
  readonly now: StoredTransaction | null;
  /** The day of the entry, the first whose balance at the bank contains the change: earlier balances stay true. */
  readonly on: IsoDate;
  /** The journal has it as one side of a transfer. */
  readonly isTransfer: boolean;
}

/** Units of a security that the institution states and that no transaction explains; a journal balances them. */
export interface Adjustment {
  /** `institution/account` */
  readonly of: string;
  /** As journals name the security. */
  readonly commodity: string;
  readonly date: IsoDate;
  /** The units that the entry adds or removes. */
  readonly units: Decimal;
  /** The units before it. */
  readonly had: Decimal;
}

/** A change of the units of a security in an existing journal. */
export interface HeldChange {
  readonly date: IsoDate;
  readonly units: Decimal;
}

/** The contents of an account before the first exported transaction. */
export interface Opening {
  readonly institution: string;
  readonly account: string;
  /** Day of the first transaction. */
  readonly date: IsoDate;
  /** `null` where no balance is known. */
  readonly balance: { readonly amount: Decimal; readonly currency: string } | null;
  readonly securities: readonly {
    readonly units: Decimal;
    /** Price of a unit, at the first known trade or on the day of the statement; `null` if unknown. */
    readonly price: Decimal | null;
    readonly of: Pick<InvestmentDetail, 'ticker' | 'security'> & { readonly currency: string };
  }[];
}

export interface ExportSettings {
  /** The time of writing, for formats that contain it. */
  readonly writtenAt: Date;
  /** `false` when the output continues a file that has its header already. */
  readonly header: boolean;
  /** Put an apostrophe before text cells that a spreadsheet would take for a formula. */
  readonly guardFormulas: boolean;
  /** First exported day, `null` for the first stored one. */
  readonly since: IsoDate | null;
  /** Last exported day, `null` for no end. */
  readonly until: IsoDate | null;
  /** Version of OFX. */
  readonly ofxVersion: '102' | '203';
  /** Journals: assert the ledger balances, so that the journal is checked against the institution. */
  readonly assertions: boolean;
  /** Journals: declare accounts and commodities. */
  readonly declarations: boolean;
  /** Accounts and commodities that the continued journal declares already. */
  readonly declared: ReadonlySet<string>;
  /** Units of securities in the continued journal, by its accounts; `null` where the journal is not at hand. */
  readonly held: ReadonlyMap<string, readonly HeldChange[]> | null;
}

/** A line of an existing journal that no longer holds: a balance, or an account that is opened later than an entry needs. */
export type Contradiction = {
  /** The day of the balance or opening. */
  readonly day: IsoDate;
  /** Account of the journal. */
  readonly account: string;
  /** The day of the first new entry that the line contradicts. */
  readonly since: IsoDate;
} & (
  | {
      readonly kind: 'balance';
      /** The first of the transactions that arrived after it and are of its day or earlier. */
      readonly transaction: StoredTransaction;
    }
  | { readonly kind: 'open'; readonly transaction: null }
);
