/**
 * Actual's own API. The package is large and compiles a part of itself when it is installed, so ofx-sync does not depend on
 * it: people who use Actual install it beside ofx-sync, and it is loaded from there when a push begins.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectionError, OfxSyncError, PushError } from '../errors.js';
import type { PushContext } from '../model/push-session.js';
import { shellWord } from '../model/shell-word.js';
import { RUN_AGAIN } from './errors.js';

const PACKAGE = '@actual-app/api';

export interface ActualTransaction {
  readonly account: string;
  readonly date: string;
  /** Hundredths. */
  readonly amount: number;
  readonly payee_name: string;
  readonly imported_payee: string;
  readonly category?: string;
  readonly notes?: string;
  readonly imported_id: string;
  readonly cleared: boolean;
}

/** A transaction as the budget has it. */
export interface ActualEntry {
  readonly id: string;
  readonly date: string;
  readonly amount: number;
  readonly payee?: string | null;
  readonly category?: string | null;
  readonly imported_id?: string | null;
  readonly transfer_id?: string | null;
  readonly is_parent?: boolean;
  readonly is_child?: boolean;
  readonly reconciled?: boolean;
  readonly starting_balance_flag?: boolean;
}

interface CategoryGroup {
  readonly id: string;
  readonly name: string;
  readonly is_income?: boolean;
  readonly categories?: readonly { readonly id: string; readonly name: string }[];
}

/** The methods of `@actual-app/api` that ofx-sync calls (https://actualbudget.org/docs/api/reference). */
export interface ActualApi {
  init(config: { dataDir: string; serverURL?: string; password?: string; verbose: boolean }): Promise<unknown>;
  getBudgets(): Promise<readonly { readonly id?: string; readonly name: string; readonly groupId?: string }[]>;
  loadBudget(id: string): Promise<void>;
  downloadBudget(syncId: string, options?: { password: string }): Promise<void>;
  sync(): Promise<void>;
  getAccounts(): Promise<
    readonly { readonly id: string; readonly name: string; readonly closed?: boolean; readonly offbudget?: boolean }[]
  >;
  createAccount(account: { name: string; offbudget: boolean }, initialBalance: number): Promise<string>;
  updateAccount(id: string, fields: { name: string }): Promise<unknown>;
  deleteAccount(id: string): Promise<unknown>;
  getAccountBalance(id: string, until: Date): Promise<number>;
  getPayees(): Promise<
    readonly { readonly id: string; readonly name: string; readonly transfer_acct?: string | null }[]
  >;
  getCategoryGroups(): Promise<readonly CategoryGroup[]>;
  createCategoryGroup(group: { name: string }): Promise<string>;
  createCategory(category: { name: string; group_id: string; is_income?: boolean }): Promise<string>;
  getTransactions(account: string, from: string, to: string): Promise<readonly ActualEntry[]>;
  /** Adds without looking for entries that a person made. */
  addTransactions(
    account: string,
    transactions: readonly Omit<ActualTransaction, 'imported_payee'>[],
    options: { learnCategories: boolean; runTransfers: boolean },
  ): Promise<unknown>;
  importTransactions(
    account: string,
    transactions: readonly ActualTransaction[],
    options: { defaultCleared: boolean; reimportDeleted: boolean },
  ): Promise<{
    readonly errors?: readonly { readonly message: string }[];
    readonly added: readonly string[];
    readonly updated: readonly string[];
  }>;
  shutdown(): Promise<void>;
}

/** @throws PushError with the command that installs the package. */
export async function loadActualApi({ baseDir, dataDir }: PushContext): Promise<ActualApi> {
  const tools = join(dataDir, 'tools');
  const places = [
    import.meta.url,
    ...[baseDir, tools].map((folder) => pathToFileURL(join(folder, 'package.json')).href),
  ];
  for (const place of places) {
    const path = resolvedFrom(place);
    if (path === null) continue;
    try {
      const loaded: unknown = await import(pathToFileURL(path).href);
      if (isActualApi(loaded)) return loaded;
    } catch (cause) {
      throw new PushError('PUSH_FAILED', `could not load ${PACKAGE} (${reasonOf(cause)})`, {
        cause,
        hint: `Reinstall it with this version of Node: npm install --prefix ${shellWord(tools)} ${PACKAGE}`,
      });
    }
    throw new PushError('PUSH_FAILED', `${path} is not a version of the Actual API that ofx-sync supports`, {
      hint: `Install the current version: npm install --prefix ${shellWord(tools)} ${PACKAGE}`,
    });
  }
  throw new PushError('PUSH_FAILED', `push actual needs ${PACKAGE}, which is not installed`, {
    hint: `Install it: npm install --prefix ${shellWord(tools)} ${PACKAGE}`,
  });
}

function resolvedFrom(place: string): string | null {
  try {
    return createRequire(place).resolve(PACKAGE);
  } catch {
    return null;
  }
}

const METHODS = [
  ...['init', 'getBudgets', 'loadBudget', 'downloadBudget', 'sync', 'getAccounts', 'createAccount', 'updateAccount'],
  ...['deleteAccount', 'getTransactions', 'getAccountBalance', 'getPayees', 'getCategoryGroups', 'createCategory'],
  ...['createCategoryGroup', 'addTransactions', 'importTransactions', 'shutdown'],
];

/** Changes transactions of the open budget at once, as Actual's own pages do; the API has no such method. */
export type ChangeTransactions = (changes: {
  readonly updated: readonly object[];
  /** `false`: takes the changes as they are, without making or removing other sides of transfers. */
  readonly runTransfers: boolean;
}) => Promise<unknown>;

/** @param opened by `init`. @throws PushError for an API that does not return what it is built on. */
export function changerOf(opened: unknown): ChangeTransactions {
  const send = typeof opened === 'object' && opened !== null && 'send' in opened ? opened.send : null;
  if (typeof send !== 'function')
    throw new PushError('PUSH_FAILED', `this version of ${PACKAGE} is not one that ofx-sync supports`, {
      hint: `Install the current version: npm install ${PACKAGE}`,
    });
  return async (changes) => Reflect.apply(send, opened, ['transactions-batch-update', changes]);
}

function isActualApi(value: unknown): value is ActualApi {
  return (
    typeof value === 'object' &&
    value !== null &&
    METHODS.every((name) => typeof Object.getOwnPropertyDescriptor(value, name)?.value === 'function')
  );
}

/** Returns true for a rejection of the API because the server did not answer. */
export function isConnectionLost(error: unknown): boolean {
  return /network-failure|Could not get remote files/.test(reasonOf(error));
}

/** Turns a rejection of the API into an error for a person. */
export function actualError(error: unknown, server: string | null): OfxSyncError {
  if (error instanceof OfxSyncError) return error;
  const reason = reasonOf(error);
  const host = server === null ? 'Actual' : new URL(server).host;
  if (isConnectionLost(error))
    return new ConnectionError('CONNECTION_FAILED', `could not connect to the Actual server ${host}`, {
      hint: `Check that it is running and that its address is correct. ${RUN_AGAIN}`,
      cause: error,
    });
  if (/invalid-password|unauthorized|token-expired/.test(reason))
    return new PushError('PUSH_FAILED', `the Actual server ${host} refused the password`, {
      hint: 'Store the correct password: ofx-sync secret set actual',
      cause: error,
    });
  if (/decrypt|encrypt/i.test(reason))
    return new PushError('PUSH_FAILED', `could not decrypt the budget (${reason})`, {
      hint: 'Enter its password in accounts.yaml, under push: actual: encryptionPassword:',
      cause: error,
    });
  return new PushError('PUSH_FAILED', `Actual failed: ${reason}`, {
    hint: `${RUN_AGAIN} If ${PACKAGE} is older than your server or your budget, update it.`,
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${message.split('\n')[0] ?? ''}`.slice(0, 200);
}

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'groupEnd'] as const;

/** Does the work with a silent console, since the API prints to it. Calls may overlap. */
export async function quietly<T>(work: () => Promise<T>): Promise<T> {
  if (depth === 0)
    for (const name of CONSOLE)
      saved.set(
        name,
        replaceMethod(name, () => undefined),
      );
  depth += 1;
  try {
    return await work();
  } finally {
    depth -= 1;
    if (depth === 0) for (const [name, method] of saved) replaceMethod(name, method);
  }
}

type Method = (...words: unknown[]) => void;

let depth = 0;
const saved = new Map<(typeof CONSOLE)[number], Method>();

function replaceMethod(name: (typeof CONSOLE)[number], method: Method): Method {
  const before = console[name];
  console[name] = method;
  return before;
}
