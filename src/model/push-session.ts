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
  readonly refused: readonly Refusal[];
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
  /** Adds the transactions that the budget lacks. They are saved when the promise resolves. */
  push(to: BudgetAccount, transactions: readonly StoredTransaction[]): Promise<PushResult>;
  close(): Promise<void>;
}
