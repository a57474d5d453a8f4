/**
 * Actual's own API. It is large and compiles a part of itself when it is installed, so that it is no dependency: whoever uses
 * Actual installs it beside ofx-sync, and it is loaded from there when a push begins.
 */

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ConnectionError, OfxSyncError, PushError } from '../errors.js';
import type { PushContext } from '../model/push-session.js';
import { shellWord } from '../model/shell-word.js';

const PACKAGE = '@actual-app/api';

export interface ActualTransaction {
  readonly account: string;
  readonly date: string;
  /** Hundredths. */
  readonly amount: number;
  readonly payee_name: string;
  readonly imported_payee: string;
  readonly notes?: string;
  readonly imported_id: string;
  readonly cleared: boolean;
}

/** The part of `@actual-app/api` that is used here (https://actualbudget.org/docs/api/reference). */
export interface ActualApi {
  init(config: { dataDir: string; serverURL?: string; password?: string; verbose: boolean }): Promise<unknown>;
  getBudgets(): Promise<readonly { readonly id?: string; readonly name: string; readonly groupId?: string }[]>;
  loadBudget(id: string): Promise<void>;
  downloadBudget(syncId: string, options?: { password: string }): Promise<void>;
  sync(): Promise<void>;
  getAccounts(): Promise<readonly { readonly id: string; readonly name: string; readonly closed?: boolean }[]>;
  createAccount(account: { name: string; offbudget: boolean }, initialBalance: number): Promise<string>;
  updateAccount(id: string, fields: { name: string }): Promise<unknown>;
  deleteAccount(id: string): Promise<unknown>;
  getTransactions(
    account: string,
    from: string,
    to: string,
  ): Promise<readonly { readonly id: string; readonly date: string; readonly starting_balance_flag?: boolean }[]>;
  updateTransaction(id: string, fields: { date: string }): Promise<unknown>;
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

/** @throws PushError with the command that installs it. */
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
      throw new PushError('PUSH_FAILED', `${PACKAGE} does not load (${reasonOf(cause)})`, {
        cause,
        hint: `Install it anew with this version of Node: npm install --prefix ${shellWord(tools)} ${PACKAGE}`,
      });
    }
    throw new PushError('PUSH_FAILED', `${path} is not the API of Actual that ofx-sync knows`, {
      hint: `Install the present one: npm install --prefix ${shellWord(tools)} ${PACKAGE}`,
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
  ...['deleteAccount', 'getTransactions'],
  ...['updateTransaction', 'importTransactions', 'shutdown'],
];

function isActualApi(value: unknown): value is ActualApi {
  return (
    typeof value === 'object' &&
    value !== null &&
    METHODS.every((name) => typeof Object.getOwnPropertyDescriptor(value, name)?.value === 'function')
  );
}

/** Everything that the API rejects with, in words for a person. */
export function actualError(error: unknown, server: string | null): OfxSyncError {
  if (error instanceof OfxSyncError) return error;
  const reason = reasonOf(error);
  const host = server === null ? 'Actual' : new URL(server).host;
  if (/network-failure|Could not get remote files/.test(reason))
    return new ConnectionError('CONNECTION_FAILED', `no connection to the Actual server ${host}`, {
      hint: 'Is it running, and is this its address? Run the same command again: nothing is added twice.',
      cause: error,
    });
  if (/invalid-password|unauthorized|token-expired/.test(reason))
    return new PushError('PUSH_FAILED', `the Actual server ${host} refused the password`, {
      hint: 'Store the right one: ofx-sync secret set actual',
      cause: error,
    });
  if (/decrypt|encrypt/i.test(reason))
    return new PushError('PUSH_FAILED', `the budget is encrypted and does not open (${reason})`, {
      hint: 'Name its password: push: actual: encryptionPassword: in accounts.yaml',
      cause: error,
    });
  return new PushError('PUSH_FAILED', `Actual failed: ${reason}`, {
    hint: 'Run the same command again: nothing is added twice. An API that is older than its server or budget wants to be brought up to date.',
    cause: error,
  });
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return `${code}${said.split('\n')[0] ?? ''}`.slice(0, 200);
}

const CONSOLE = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'group', 'groupEnd'] as const;

/**
 * Does the work while the console prints nothing, since the API would print into our output. Pieces of work may overlap.
 */
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
