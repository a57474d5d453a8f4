/** Settings in accounts.yaml for budgeting tools that receive transactions through an API. */

import type { SecretReference } from './secret.js';

export const PUSH_TARGETS = ['ynab', 'actual'] as const;
export type PushTargetName = (typeof PUSH_TARGETS)[number];

/** Secrets of each target, by their keys in accounts.yaml. */
export const PUSH_SECRETS = {
  ynab: ['token'],
  actual: ['password', 'encryptionPassword'],
} as const satisfies Record<PushTargetName, readonly string[]>;
export type PushSecret = (typeof PUSH_SECRETS)[PushTargetName][number];

/** One budget. */
export interface PushSettings {
  /** Address of the service; `null` for the tool's own, or for none. */
  readonly server: string | null;
  /** Name or id of the budget; `null` for the only one. */
  readonly budget: string | null;
  readonly secrets: Readonly<Partial<Record<PushSecret, SecretReference>>>;
  /** Folder for budgets on this machine, an absolute path. */
  readonly folder: string | null;
  /** Currency of a budget that does not state its own; `null` if unknown. */
  readonly currency: string | null;
  /** Name of the budget's account by `institution/account`; `null`: all accounts, each found by its own name. */
  readonly accounts: ReadonlyMap<string, string> | null;
}
