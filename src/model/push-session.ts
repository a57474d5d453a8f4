/** A budget that is open for handing transactions over, whatever the tool: its accounts, and what became of what was handed. */

import type { Account } from './account.js';
import type { IsoDate } from './dates.js';
import type { Decimal } from './decimal.js';
import type { PushSecret } from './push.js';
import type { Secret } from './secret.js';
import type { StoredTransaction } from './stored.js';

/** What a target is given beside its settings. */
export interface PushContext {
  readonly secrets: Readonly<Partial<Record<PushSecret, Secret>>>;
  /** Folder of accounts.yaml. */
  readonly baseDir: string;
  readonly dataDir: string;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Budget {
  readonly name: string;
  /** ISO 4217; `null` where the budget does not say. */
  readonly currency: string | null;
}

/** An account of a budget. */
export interface BudgetAccount {
  readonly id: string;
  readonly name: string;
}

/** An account to be made. */
export interface NewBudgetAccount {
  readonly name: string;
  /** What it holds before the first transaction that it is handed … */
  readonly opening: Decimal;
  /** … and the day of that. */
  readonly openingOn: IsoDate;
}

export interface PushResult {
  readonly added: number;
  /** The budget had them already. */
  readonly present: number;
  /** Joined with entries that a person had made by hand. */
  readonly matched: number;
  readonly refused: readonly Refusal[];
}

/** A transaction that a budget did not take. */
export interface Refusal {
  readonly transaction: StoredTransaction;
  readonly reason: string;
  /** It may be taken another day, and is to be handed over again. */
  readonly later: boolean;
}

/** An open budget. All methods reject with an OfxSyncError only. */
export interface PushSession {
  readonly budget: Budget;
  accounts(): Promise<readonly BudgetAccount[]>;
  create(account: Account, like: NewBudgetAccount): Promise<BudgetAccount>;
  /** Why the budget cannot hold a transaction, `null` when it can. */
  judge(transaction: StoredTransaction): Refusal | null;
  /** Adds what the budget does not have yet; lasting when it resolves. */
  push(to: BudgetAccount, transactions: readonly StoredTransaction[]): Promise<PushResult>;
  close(): Promise<void>;
}
