/** Opening the store: creates folder and file readable by their owner only, and upgrades the tables after a backup. */

import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Store } from '../ports.js';
import { recordArrival } from './arrivals.js';
import { readSettledState } from './balances/settled.js';
import { latestChange } from './changes.js';
import {
  addDeclared,
  readChanges,
  readConsumers,
  readDeclared,
  readMarks,
  removeConsumer,
  resetConsumer,
  setMark,
} from './consumers.js';
import { Database } from './database.js';
import { daysChangedSince, readClassifiedUpTo, writeClassified } from './derived/classifications.js';
import { createPrivate, ensureFolder, noStore, refuseEmpty, STORE_FILE } from './folder.js';
import { isBehind } from './handovers.js';
import { continueAccount } from './identity/accounts.js';
import { shortHash } from './identity/content-index.js';
import { forgetAccounts } from './identity/forget.js';
import { accessKey, secretKeyOf } from './identity/login-key.js';
import { continueRenamed, relinkAccount } from './identity/relink.js';
import { loginState, setLoginState, setSignonState, signonState } from './logins.js';
import { prune } from './maintain.js';
import { markSent, readReportedConditions, readUnsentMessages, recordNotification } from './notifications.js';
import { readHistory } from './overview/history.js';
import { readRunDetails } from './overview/run-details.js';
import { readAccountState, readGaps, readTransactions, readVersions, storedAccounts } from './read.js';
import { dropReplies, keepReply, readReplies } from './replies.js';
import { recordRequest, requestsSince, withdrawRequest } from './requests.js';
import { finishRun, readRequestHistory, readRuns, readStatus, recordOutcome } from './runs.js';
import { saveStatement } from './save.js';
import { confirmedHosts, confirmHost } from './trust/hosts.js';
import { isOutdated, upgrade } from './upgrade.js';
import { readWindowStates } from './window-states.js';

export interface OpenOptions {
  /** Opens the existing store without changing it; a store that does not exist yet is an error. */
  readonly readOnly?: boolean;
  /** Saves nothing of accounts of the sandbox that it does not have yet. */
  readonly refusesMadeUp?: boolean;
}

/**
 * Opens the store of a data folder and creates what is missing.
 * @throws StoreError STORE_NEWER when a newer ofx-sync wrote it, STORE_FAILED when it cannot be opened, with what to do.
 */
export async function openStore(dataDir: string, options: OpenOptions = {}): Promise<Store> {
  const path = join(dataDir, STORE_FILE);
  const readOnly = options.readOnly === true;
  if (!readOnly) ensureFolder(dataDir);
  else if (!existsSync(path)) throw noStore(dataDir);
  refuseEmpty(path);
  if (!readOnly) return storeOn(openForWriting(path), options.refusesMadeUp);
  // Reading needs current tables, too, and only those who may write can upgrade them.
  if (isOutdatedAt(path)) openForWriting(path).close();
  return storeOn(new Database(path, { readOnly }));
}

/**
 * Creates a store in a file of its own and moves it to its place: a program that ends on the way leaves no empty store.
 * Another process may do the same; the first one wins.
 */
function create(path: string): void {
  const part = `${path}.${randomUUID()}.part`;
  createPrivate(part);
  const db = new Database(part);
  try {
    upgrade(db);
  } finally {
    db.close();
  }
  try {
    if (!existsSync(path)) renameSync(part, path);
  } finally {
    rmSync(part, { force: true });
  }
}

function openForWriting(path: string): Database {
  if (!existsSync(path)) create(path);
  const db = new Database(path);
  try {
    chmodSync(path, 0o600);
    db.useWal();
    upgrade(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function isOutdatedAt(path: string): boolean {
  const db = new Database(path, { readOnly: true });
  try {
    return isOutdated(db);
  } finally {
    db.close();
  }
}

function storeOn(db: Database, refusesMadeUp = false): Store {
  let secretKey: string | null = null;
  const key = () => {
    secretKey ??= secretKeyOf(db.path);
    return secretKey;
  };
  return {
    together: (work, how) => db.transaction(work, how),
    save: (account, statement, context) => saveStatement(db, account, { statement, context, refusesMadeUp }),
    transactions: (query) => readTransactions(db, query),
    versions: (id) => readVersions(db, id),
    latestChange: () => latestChange(db),
    setMark: (consumer, accounts, upTo, served) => setMark(db, consumer, { accounts, upTo, served }),
    marks: (consumer) => readMarks(db, consumer),
    consumers: () => readConsumers(db),
    classifiedUpTo: () => readClassifiedUpTo(db),
    daysChangedSince: (change) => daysChangedSince(db, change),
    classify: (rows, upTo) => writeClassified(db, rows, upTo),
    declared: (consumer) => readDeclared(db, consumer),
    addDeclared: (consumer, names) => addDeclared(db, consumer, names),
    resetConsumer: (consumer) => resetConsumer(db, consumer),
    removeConsumer: (consumer) => removeConsumer(db, consumer),
    isBehind: (consumer) => isBehind(db, consumer),
    changesFor: (consumer, query) => readChanges(db, consumer, query),
    gaps: () => readGaps(db),
    accounts: () => storedAccounts(db),
    relink: (from, to, at, institution) => relinkAccount(db, from, { to, at, institution: institution ?? null }),
    continueRenamed: (institutions, at) => continueRenamed(db, institutions, at),
    continueAccount: (account, institution) => continueAccount(db, account, institution),
    forget: (accounts) => forgetAccounts(db, accounts),
    accountState: (account) => readAccountState(db, account),
    windowStates: (accounts) => readWindowStates(db, accounts),
    history: (account, since) => readHistory(db, account, since),
    settledState: (account, settledDays) => readSettledState(db, account, settledDays),
    beginRun: (startedAt, { unattended = false } = {}) =>
      db.transaction(() => {
        const runId = db.insert('runs', { started_at: startedAt.toISOString(), unattended: unattended ? 1 : 0 });
        recordArrival(db, { runId, at: startedAt });
        return runId;
      }),
    recordOutcome: (runId, outcome, endMs) => recordOutcome(db, runId, { outcome, endMs: endMs ?? null }),
    finishRun: (runId, finishedAt) => finishRun(db, runId, finishedAt),
    runs: (limit) => readRuns(db, limit),
    runDetails: (limit) => readRunDetails(db, limit),
    status: (accounts) => readStatus(db, accounts),
    requestHistory: (institution) => readRequestHistory(db, institution),
    keepReply: (reply, about) => keepReply(db, reply, about),
    isFileImported: (institution, hash, purpose) =>
      db.get(
        'SELECT 1 FROM files WHERE institution = ? AND hash = ? AND accounts = ?',
        institution,
        hash,
        shortHash(purpose),
      ) !== null,
    markFileImported: (institution, { hash, name, purpose, at }) => {
      const row = { institution, hash, name, accounts: shortHash(purpose), taken_at: at.toISOString() };
      db.insert('files', row, 'ignore');
    },
    replies: (since) => readReplies(db, since),
    prune: () => prune(db),
    dropReplies: (before, how) => dropReplies(db, before, how),
    loginState: (institution) => loginState(db, institution),
    setLoginState: (institution, change) => setLoginState(db, institution, change),
    confirmedHosts: (host) => confirmedHosts(db, host),
    confirmHost: (host, confirmed) => confirmHost(db, host, confirmed),
    signonState: (login) => signonState(db, login, key()),
    setSignonState: (login, change, { durable = false } = {}) =>
      setSignonState(db, login, { key: key(), change, durable }),
    requestsSince: (login, since) => requestsSince(db, accessKey(login, key()), since),
    recordRequest: (login, request) => recordRequest(db, accessKey(login, key()), request),
    withdrawRequest: (login, at) => withdrawRequest(db, accessKey(login, key()), at),
    reportedConditions: () => readReportedConditions(db),
    recordNotification: (change, message) => recordNotification(db, change, message),
    unsentMessages: () => readUnsentMessages(db),
    markSent: (id, at) => markSent(db, id, at),
    close: () => db.close(),
  };
}
