/**
 * Imports the new files of an institution that offers nothing but files, in one run. Each file is read on its own, its
 * statements are stored, and only then is it marked as imported. A file that cannot be read is reported and tried again by the
 * next run; the others are imported.
 */

import { interrupted, OfxSyncError, toOfxSyncError } from '../errors.js';
import { type Account, accountKey, idsOf } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import { eachOnce, isUnread, type Notice, unreadCount } from '../model/notice.js';
import { EMPTY_STATEMENT, type Statement } from '../model/statement.js';
import type { OfxFile } from '../ofx/file.js';
import type { Origin } from '../ofx/unpack/identify.js';
import type { Outcome, SaveResult, StatementFile, Store } from '../ports.js';
import { mergeStatements } from './date-windows.js';
import type { LoginJob } from './download.js';
import { type ImportResult, importStatements } from './import.js';
import { addSaves, NOTHING_SAVED } from './save.js';

interface FilesPorts {
  readonly store: Store;
  readonly newFiles: (institution: Institution, isTaken: (hash: string) => boolean) => AsyncIterable<StatementFile>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal, origin: Origin) => Promise<OfxFile>;
  readonly now: () => Date;
}

interface FilesOptions {
  readonly runId: number;
  readonly keepReplies: boolean;
  readonly signal: AbortSignal;
}

interface Progress {
  readonly imported: Map<string, { readonly statements: Statement[]; saved: SaveResult; notices: readonly Notice[] }>;
  /** Notices about whole files. */
  readonly notices: Notice[];
  /** Errors of accounts whose stored history is of another account. */
  readonly refused: Map<string, OfxSyncError>;
  problem: OfxSyncError | null;
  /** There is no file at all, as after somebody has deleted what was imported. */
  none: OfxSyncError | null;
}

/** @returns an outcome for each account of the job. Never rejects. */
export async function importNewFiles(job: LoginJob, options: FilesOptions, ports: FilesPorts): Promise<Outcome[]> {
  const started = performance.now();
  const progress: Progress = { imported: new Map(), notices: [], refused: new Map(), problem: null, none: null };
  try {
    await importAll(job.institution, progress, { options, ports });
  } catch (error) {
    progress.problem = toOfxSyncError(error);
  }
  const durationMs = performance.now() - started;
  return job.wanted.map(({ account }, index) => {
    // Notices about a whole file are given once, with the first account.
    const ofFiles = index === 0 ? progress.notices : [];
    const result = resultFor(account, progress, ports.store);
    const ofNone = index === 0 && result.status === 'ok' ? noticeOf(progress) : [];
    const notices = eachOnce([...ofFiles, ...ofNone, ...(progress.imported.get(accountKey(account))?.notices ?? [])]);
    return { ...result, account, durationMs, attempts: 1, notices };
  });
}

async function importAll(
  institution: Institution,
  progress: Progress,
  { options, ports }: { options: FilesOptions; ports: FilesPorts },
): Promise<void> {
  const { store } = ports;
  const { runId, signal } = options;
  const purpose = institution.accounts
    .map((account) => `${accountKey(account)} ${idsOf(account).join(' ')} ${account.routing}`)
    .join('\n');
  for await (const found of ports.newFiles(institution, (hash) =>
    store.isFileImported(institution.name, hash, purpose),
  )) {
    if (signal.aborted) throw interrupted();
    if ('none' in found) {
      progress.none = found.none;
      continue;
    }
    try {
      if ('error' in found) throw found.error;
      const { body, path, hash } = found;
      const at = ports.now();
      const file = await ports.read(body, signal, 'file');
      const imported = importStatements(file, [institution], { store, at, runId, origin: path });
      note(progress, imported, path);
      if (options.keepReplies)
        store.keepReply(
          { body, httpStatus: 0, origin: path },
          { runId, institution: institution.name, wanted: [], at },
        );
      // Once the person has decided whose history it is, the file is imported.
      if (imported.refused.length > 0) continue;
      // Without its bytes nothing could mend it later: the next run reads it again.
      const isRead = unreadCount(noticesIn(imported)) === 0;
      if (isRead || options.keepReplies) store.markFileImported(institution.name, { hash, name: path, purpose, at });
    } catch (error) {
      progress.problem = toOfxSyncError(error);
      const { code, message } = progress.problem;
      progress.notices.push({ code: 'unreadable-file', message: `${found.path}: ${message} (${code})` });
    }
  }
}

function note(progress: Progress, { saved, notices, refused }: ImportResult, path: string): void {
  // The file is named where a person may want to look at it.
  const located = (notice: Notice) =>
    isUnread(notice) || notice.code === 'unclaimed-statement'
      ? { ...notice, message: `${path}: ${notice.message}` }
      : notice;
  for (const { account, statement, result, notices: own } of saved) {
    const known = progress.imported.get(accountKey(account));
    progress.imported.set(accountKey(account), {
      statements: [...(known?.statements ?? []), statement],
      saved: known === undefined ? result : addSaves(known.saved, result),
      notices: [...(known?.notices ?? []), ...own.map(located)],
    });
  }
  for (const { account, error } of refused) progress.refused.set(accountKey(account), error);
  progress.notices.push(...notices.map(located));
}

function noticesIn({ saved, notices }: ImportResult): Notice[] {
  return [...notices, ...saved.flatMap((one) => one.notices)];
}

type Result =
  | Pick<Extract<Outcome, { status: 'ok' }>, 'status' | 'statement' | 'saved'>
  | Pick<Extract<Outcome, { status: 'failed' | 'skipped' }>, 'status' | 'error'>;

/** An account that had a file before needs no new one. */
function resultFor(account: Account, { imported, refused, problem, none }: Progress, store: Store): Result {
  const error = refused.get(accountKey(account));
  if (error !== undefined) return { status: 'failed', error };
  const own = imported.get(accountKey(account));
  const statement = mergeStatements(own?.statements ?? []);
  if (own !== undefined && statement !== null) return { status: 'ok', statement, saved: own.saved };
  if (problem !== null) return { status: problem.code === 'INTERRUPTED' ? 'skipped' : 'failed', error: problem };
  const state = store.accountState(account);
  if (state === null) return { status: 'failed', error: none ?? noStatement() };
  const { ledgerBalance, availableBalance } = state;
  const unchanged = { ...emptyStatement(account), ledgerBalance, availableBalance };
  return { status: 'ok', statement: unchanged, saved: NOTHING_SAVED };
}

function noticeOf({ none }: Progress): Notice[] {
  return none === null ? [] : [{ code: 'no-files', message: `${none.message}, so nothing is new` }];
}

/** The error of an account that none of the files contains. */
export function noStatement(): OfxSyncError {
  return new OfxSyncError('STATEMENT_MISSING', 'no file has a statement of this account', {
    hint: 'Compare the account’s id and kind with what the files say: ofx-sync inspect FILE',
  });
}

/** The statement of an account without anything new. */
function emptyStatement(account: Account): Statement {
  return { ...EMPTY_STATEMENT, kind: account.kind, status: { code: 0, severity: 'INFO', message: null }, account };
}
