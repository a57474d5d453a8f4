/**
 * An institution that only offers files, in one run: each new file is read on its own, its statements are stored, and only
 * then is it noted as taken. A file that cannot be read is told and tried again by the next run; the others are taken.
 */

import { OfxSyncError, toOfxSyncError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile } from '../ofx/file.js';
import type { Origin } from '../ofx/unpack/identify.js';
import type { Outcome, SaveResult, StatementFile, Store } from '../ports.js';
import type { LoginJob } from './download-types.js';
import { NOTHING_SAVED, type Taken, takeFile, together } from './import.js';
import { mergeStatements } from './windows.js';

interface FilesPorts {
  readonly store: Store;
  readonly newFiles: (institution: Institution, isTaken: (hash: string) => boolean) => AsyncIterable<StatementFile>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal, origin: Origin) => Promise<OfxFile>;
  readonly now: () => Date;
}

interface FilesOptions {
  readonly run: number;
  readonly keepReplies: boolean;
  readonly signal: AbortSignal;
}

interface Reading {
  readonly taken: Map<string, { readonly statements: Statement[]; saved: SaveResult }>;
  readonly notices: Notice[];
  problem: OfxSyncError | null;
}

/** @returns an outcome for each account that was asked for. Never rejects. */
export async function runFiles(job: LoginJob, options: FilesOptions, ports: FilesPorts): Promise<Outcome[]> {
  const started = performance.now();
  const reading: Reading = { taken: new Map(), notices: [], problem: null };
  try {
    await readAll(job.institution, reading, { options, ports });
  } catch (error) {
    reading.problem = toOfxSyncError(error);
  }
  const durationMs = performance.now() - started;
  return job.wanted.map(({ account }, index) => {
    // What concerns a whole file is said once, at the first account.
    const notices = index === 0 ? reading.notices : [];
    return { ...outcomeOf(account, reading, ports.store), account, durationMs, attempts: 1, notices: [...notices] };
  });
}

async function readAll(
  institution: Institution,
  reading: Reading,
  { options, ports }: { options: FilesOptions; ports: FilesPorts },
): Promise<void> {
  const { store } = ports;
  const purpose = institution.accounts
    .map((account) => `${accountKey(account)} ${account.id} ${account.routing}`)
    .join('\n');
  for await (const found of ports.newFiles(institution, (hash) =>
    store.isFileImported(institution.name, hash, purpose),
  )) {
    if (options.signal.aborted) throw new OfxSyncError('INTERRUPTED', 'interrupted', { hint: 'Run again.' });
    try {
      if ('error' in found) throw found.error;
      const at = ports.now();
      const file = await ports.read(found.body, options.signal, 'file');
      note(reading, file, takeFile(file, [institution], { store, at, runId: options.run }), found.path);
      if (options.keepReplies)
        store.keepReply(
          { body: found.body, httpStatus: 0, origin: found.path },
          { runId: options.run, institution: institution.name, wanted: [], at },
        );
      store.markFileImported(institution.name, { hash: found.hash, name: found.path, purpose, at });
    } catch (error) {
      reading.problem = toOfxSyncError(error);
      const { code, message } = reading.problem;
      reading.notices.push({ code: 'unreadable-file', message: `${found.path}: ${message} (${code})` });
    }
  }
}

function note(reading: Reading, file: OfxFile, { saved, unclaimed }: Taken, path: string): void {
  for (const { account, statement, result } of saved) {
    const key = accountKey(account);
    const known = reading.taken.get(key);
    if (known === undefined) reading.taken.set(key, { statements: [statement], saved: result });
    else {
      known.statements.push(statement);
      known.saved = together(known.saved, result);
    }
  }
  reading.notices.push(...file.notices);
  if (unclaimed > 0)
    reading.notices.push({
      code: 'unclaimed-statement',
      message: `${path}: ${unclaimed} statement(s) for accounts that are not in accounts.yaml were left aside`,
    });
}

type Fate =
  | Pick<Extract<Outcome, { status: 'ok' }>, 'status' | 'statement' | 'saved'>
  | Pick<Extract<Outcome, { status: 'failed' | 'skipped' }>, 'status' | 'error'>;

/** An account that had a file before and has no new one is as it should be. */
function outcomeOf(account: Account, { taken, problem }: Reading, store: Store): Fate {
  const got = taken.get(accountKey(account));
  const statement = mergeStatements(got?.statements ?? []);
  if (got !== undefined && statement !== null) return { status: 'ok', statement, saved: got.saved };
  if (problem !== null) return { status: problem.code === 'INTERRUPTED' ? 'skipped' : 'failed', error: problem };
  const state = store.accountState(account);
  if (state !== null) {
    const { ledgerBalance, availableBalance } = state;
    return {
      status: 'ok',
      statement: { ...emptyStatement(account), ledgerBalance, availableBalance },
      saved: NOTHING_SAVED,
    };
  }
  return {
    status: 'failed',
    error: new OfxSyncError('STATEMENT_MISSING', 'no file has a statement of this account', {
      hint: 'Compare the account’s id and kind with what the files say: ofx-sync inspect FILE',
    }),
  };
}

/** What an account says of which nothing is new. */
function emptyStatement(account: Account): Statement {
  return {
    kind: account.kind,
    trnuid: null,
    status: { code: 0, severity: 'INFO', message: null },
    account,
    currency: null,
    period: null,
    ledgerBalance: null,
    availableBalance: null,
    balances: [],
    transactions: [],
    positions: [],
    securities: [],
    cash: null,
    openOrders: [],
    closings: [],
    marketing: null,
    notices: [],
  };
}
