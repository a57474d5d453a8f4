/** Actual Budget through its official API: a budget on a server, or one in a folder of this machine. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PushError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { PushSettings } from '../model/push.js';
import type {
  BudgetAccount,
  BudgetCategory,
  NewBudgetAccount,
  PushContext,
  PushEntry,
  PushResult,
  PushSession,
  Refusal,
} from '../model/push-session.js';
import type { PushTarget, StoredTransaction } from '../ports.js';
import {
  type ActualApi,
  type ActualTransaction,
  actualError,
  type ChangeTransactions,
  changerOf,
  isConnectionLost,
  loadActualApi,
  quietly,
} from './actual-api.js';
import { LIMITS, linkTransfers, setValue } from './actual-changes.js';
import { entryValues, wholeUnits } from './entry.js';
import { notExact } from './errors.js';
import { budgetFor } from './match.js';

const POLLS = 500;
const POLL_MS = 20;

export const actual: PushTarget = { title: 'Actual Budget', open };

async function open(settings: PushSettings, context: PushContext): Promise<PushSession> {
  const { server } = settings;
  if (server === null && settings.folder === null)
    throw new PushError('PUSH_FAILED', 'accounts.yaml does not say where your Actual budget is', {
      hint: 'Enter under push: actual: either server: https://… or folder: PATH, and budget: NAME. accounts.example.yaml has an example.',
    });
  const api = await loadActualApi(context);
  const call = <T>(work: () => Promise<T>): Promise<T> =>
    quietly(work).catch((error: unknown) => {
      throw actualError(error, server);
    });
  try {
    const budget = await call(() => openBudget(api, settings, context));
    return sessionOn(api, { call, ...budget, currency: settings.currency, synced: server !== null });
  } catch (error) {
    await quietly(() => api.shutdown()).catch(() => undefined);
    throw error;
  }
}

async function openBudget(
  api: ActualApi,
  settings: PushSettings,
  context: PushContext,
): Promise<Pick<Opened, 'name' | 'change'>> {
  const { server } = settings;
  const dataDir = settings.folder ?? join(context.dataDir, 'actual');
  if (server !== null) await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { password, encryptionPassword } = context.secrets;
  const opened = await api.init({
    dataDir,
    verbose: false,
    ...(server === null ? {} : { serverURL: server.replace(/\/+$/, '') }),
    ...(password === undefined ? {} : { password: password.reveal() }),
  });
  const change = changerOf(opened);
  const all = await api.getBudgets();
  if (server === null) {
    const local = all.flatMap(({ id, name }) => (id === undefined ? [] : [{ id, name }]));
    const budget = budgetFor('actual', settings.budget, local);
    await api.loadBudget(budget.id);
    return { name: budget.name, change };
  }
  // A budget that was downloaded before is listed twice: the local copy, and the one on the server.
  const shared = new Map(
    all.flatMap(({ groupId, name }) => (groupId == null ? [] : [[groupId, { id: groupId, name }]])),
  );
  const budget = budgetFor('actual', settings.budget, [...shared.values()]);
  await api.downloadBudget(
    budget.id,
    ...(encryptionPassword === undefined ? [] : [{ password: encryptionPassword.reveal() }]),
  );
  return { name: budget.name, change };
}

interface Opened {
  readonly call: <T>(work: () => Promise<T>) => Promise<T>;
  readonly change: ChangeTransactions;
  readonly name: string;
  readonly currency: string | null;
  /** The budget is on a server, and transactions count as pushed once the server has them. */
  readonly synced: boolean;
}

function sessionOn(api: ActualApi, { call, change, name, currency, synced }: Opened): PushSession {
  const saved = <T>(work: () => Promise<T>): Promise<T> =>
    call(async () => {
      const result = await work();
      if (synced) await sendChanges(api);
      return result;
    });
  return {
    budget: { name, currency },
    accounts: () =>
      call(async () =>
        (await api.getAccounts())
          .filter(({ closed }) => closed !== true)
          .map((one) => ({ id: one.id, name: one.name, onBudget: one.offbudget !== true })),
      ),
    categories: () =>
      call(async () =>
        (await api.getCategoryGroups()).flatMap(({ name: group, categories = [] }) =>
          categories.map((one) => ({ id: one.id, name: one.name, group })),
        ),
      ),
    createCategory: (category) => call(() => createCategory(api, category)),
    create: (account, like) => call(() => create(api, change, { account, like })),
    judge,
    push: (to, entries) =>
      saved(async () => {
        const result = await push(api, to, entries);
        return { ...result, ...(await linkTransfers(api, change, { to, entries })) };
      }),
    setValue: (to, value) => saved(() => setValue(api, change, { to, value })),
    close: () => call(() => api.shutdown()),
  };
}

/** Sends what is new to the server, which knows each change by its id. It closes connections that stood idle, so once more may do. */
async function sendChanges(api: ActualApi): Promise<void> {
  try {
    await api.sync();
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    await api.sync();
  }
}

async function createCategory(api: ActualApi, { name, group }: Omit<BudgetCategory, 'id'>): Promise<BudgetCategory> {
  const isSame = (one: { readonly name: string }) => one.name.toLowerCase() === group.toLowerCase();
  const found = (await api.getCategoryGroups()).find(isSame);
  const groupId = found?.id ?? (await api.createCategoryGroup({ name: group }));
  const id = await api.createCategory({ name, group_id: groupId, is_income: found?.is_income === true });
  return { id, name, group };
}

function judge(transaction: StoredTransaction): Refusal | null {
  const { amount } = transaction;
  if (wholeUnits(amount, LIMITS.places) !== null) return null;
  return { transaction, later: false, reason: `${amount} has more decimals than the two that Actual supports` };
}

/** Creates an account and dates its opening balance, for which the API uses today: later than the transactions. */
async function create(
  api: ActualApi,
  change: ChangeTransactions,
  { account: { accountKind }, like }: { readonly account: Account; readonly like: NewBudgetAccount },
): Promise<BudgetAccount> {
  const { name, opening, openingOn } = like;
  const balance = wholeUnits(opening, LIMITS.places);
  if (balance === null) throw notExact(opening, 'two that Actual supports');
  // The draft name marks an account that is not complete: a later run deletes what a run that was killed left behind.
  const draft = `${name} (ofx-sync is making it)`;
  for (const one of await api.getAccounts()) if (one.name === draft) await api.deleteAccount(one.id);
  const offbudget = accountKind === 'investment' || accountKind === 'loan';
  const id = await api.createAccount({ name: draft, offbudget }, balance);
  await dateOpening(api, change, { account: id, date: openingOn });
  await api.updateAccount(id, { name });
  await settled('named', async () => (await api.getAccounts()).some((one) => one.id === id && one.name === name));
  return { id, name, onBudget: !offbudget };
}

async function dateOpening(
  api: ActualApi,
  change: ChangeTransactions,
  { account, date }: { readonly account: string; readonly date: IsoDate },
): Promise<void> {
  const entries = await api.getTransactions(account, '1900-01-01', '2999-12-31');
  const made = entries.find((one) => one.starting_balance_flag === true);
  if (made === undefined || made.date === date) return;
  // The API's own method resolves before the date is changed, and what is called meanwhile may never resolve.
  await change({ updated: [{ id: made.id, date }], runTransfers: false });
}

/** Waits for a change: the API resolves before it is made, and closing the budget in the meantime would end the program. */
async function settled(change: string, isDone: () => Promise<boolean>): Promise<void> {
  for (let poll = 0; poll < POLLS; poll += 1) {
    if (await isDone()) return;
    await delay(POLL_MS);
  }
  throw new Error(`a new account was not ${change}`);
}

async function push(
  api: ActualApi,
  to: BudgetAccount,
  pushed: readonly PushEntry[],
): Promise<Pick<PushResult, 'added' | 'present' | 'matched' | 'refused'>> {
  // The API adds a transaction twice when its id appears twice in one list.
  const entries = [...new Map(pushed.map((one) => entryOf(one, to)).map((one) => [one.imported_id, one])).values()];
  const {
    added,
    updated,
    errors = [],
  } = await api.importTransactions(to.id, entries, {
    defaultCleared: true,
    // Transactions that a person deleted from the budget stay deleted.
    reimportDeleted: false,
  });
  const [problem] = errors;
  if (problem !== undefined) throw new Error(problem.message);
  const present = Math.max(0, pushed.length - added.length - updated.length);
  return { added: added.length, present, matched: updated.length, refused: [] };
}

function entryOf(entry: PushEntry, to: BudgetAccount): ActualTransaction {
  const { amount, payee, bankPayee, memo, importId } = entryValues(entry, LIMITS);
  return {
    account: to.id,
    date: entry.transaction.postedOn,
    amount,
    payee_name: payee,
    imported_payee: bankPayee,
    ...(entry.category === null ? {} : { category: entry.category }),
    ...(memo === null ? {} : { notes: memo }),
    imported_id: importId,
    cleared: true,
  };
}
