/** Sessions with an open budget, whatever the tool: its accounts, and the results of a push. */

import type { Account } from './account.js';
import type { IsoDate } from './dates.js';
import type { Decimal } from './decimal.js';
import type { HttpFetch } from './http.js';
import type { PushSecret } from './push.js';
import type { Secret } from './secret.js';
import type { StoredTransaction } from './stored.js';

/** Everything that a push target needs besides its settings. */
export interface PushContext {
  readonly secrets: Readonly<Partial<Record<PushSecret, Secret>>>;
  /** Folder of accounts.yaml. */
  readonly baseDir: string;
  readonly dataDir: string;
  readonly signal: AbortSignal;
  readonly fetch: HttpFetch;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Budget {
  readonly name: string;
  /** ISO 4217; `null` if the budget has none. */
  readonly currency: string | null;
}

/** An account of a budget. */
export interface BudgetAccount {
  readonly id: string;
  readonly name: string;
  /** Its transactions have categories. */
  readonly onBudget: boolean;
}

export interface BudgetCategory {
  readonly id: string;
  readonly name: string;
  /** Name of its group. */
  readonly group: string;
}

/** A transaction to push, with the words and the category that the rules give it. */
export interface PushEntry {
  readonly transaction: StoredTransaction;
  /** The payee of the rules; `null` to use the institution's words. */
  readonly payee: string | null;
  /** Id of the budget's category, `null` for none. */
  readonly category: string | null;
  /** The other side of a transfer, if the budget has it. */
  readonly other: OtherSide | null;
}

/** A transaction that the budget has, as it was pushed. */
export interface OtherSide extends Omit<PushEntry, 'other'> {
  readonly in: BudgetAccount;
}

/** The value of an account on a day. */
export interface AccountValue {
  readonly amount: Decimal;
  readonly on: IsoDate;
}

/** An account to create. */
export interface NewBudgetAccount {
  readonly name: string;
  /** Balance before the first pushed transaction … */
  readonly opening: Decimal;
  /** … and the day of that transaction. */
  readonly openingOn: IsoDate;
}

export interface PushResult {
  readonly added: number;
  /** Transactions that the budget had already. */
  readonly present: number;
  /** Transactions merged with entries that a person had made by hand. */
  readonly matched: number;
  /** Transfers whose two sides the budget shows as one now. */
  readonly linked: number;
  /** Transfers that were left as they are, since a person has edited one side. */
  readonly unlinked: readonly Unlinked[];
  readonly refused: readonly Refusal[];
}

/** One side of a transfer that was not linked. */
export interface Unlinked {
  readonly transaction: StoredTransaction;
  readonly reason: string;
}

/** A transaction that a budget did not accept. */
export interface Refusal {
  readonly transaction: StoredTransaction;
  readonly reason: string;
  /** `true` if it may be accepted another day, so that it is pushed again. */
  readonly later: boolean;
}

/** An open budget. All methods reject only with an OfxSyncError. */
export interface PushSession {
  readonly budget: Budget;
  accounts(): Promise<readonly BudgetAccount[]>;
  create(account: Account, like: NewBudgetAccount): Promise<BudgetAccount>;
  /** Returns the reason why the budget cannot hold a transaction, `null` when it can. */
  judge(transaction: StoredTransaction): Refusal | null;
  /** Categories that transactions can have, without deleted ones. */
  categories(): Promise<readonly BudgetCategory[]>;
  /** Creates a category, and its group if the budget has none of that name. */
  createCategory(category: Omit<BudgetCategory, 'id'>): Promise<BudgetCategory>;
  /**
   * Adds the transactions that the budget lacks, and links those with another side to it. They are saved when the promise
   * resolves. An entry that a person has edited is never overwritten.
   */
  push(to: BudgetAccount, entries: readonly PushEntry[]): Promise<PushResult>;
  /**
   * Makes the balance of an account its value, by one entry that each call replaces.
   * @returns the amount by which the balance changed.
   */
  setValue(to: BudgetAccount, value: AccountValue): Promise<Decimal>;
  close(): Promise<void>;
}
