/**
 * Imports statements that no download of this run brought: files that a person has, and kept replies that today's parser reads
 * again. Both are stored as a sync stores them.
 */

import { OfxSyncError } from '../errors.js';
import { type Account, accountKey } from '../model/account.js';
import { hostOf, isTrial } from '../model/account-identity.js';
import type { Config, Institution } from '../model/institution.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile } from '../ofx/file.js';
import type { KeptReply, SaveContext, SaveResult, Store } from '../ports.js';
import { configuredOwner, matchAccounts } from './match-accounts.js';
import { addSaves } from './save.js';
import { judgeStatements, signonVerdict } from './verdict.js';

export interface ImportResult {
  readonly saved: readonly { readonly account: Account; readonly statement: Statement; readonly result: SaveResult }[];
  /** Statements of accounts that are not configured, or that two institutions have. */
  readonly unclaimed: number;
  /** Accounts whose stored history is of another account: nothing was saved for them. */
  readonly refused: readonly RefusedAccount[];
}

export interface RefusedAccount {
  readonly account: Account;
  readonly error: OfxSyncError;
}

/** Stores the statements of a file under the accounts that they name. */
export function importStatements(
  file: OfxFile,
  institutions: readonly Institution[],
  { store, at, runId }: { readonly store: Store; readonly at: Date; readonly runId: number | null },
): ImportResult {
  const saved: ImportResult['saved'][number][] = [];
  const refused: RefusedAccount[] = [];
  let unclaimed = 0;
  for (const statement of file.statements) {
    const owner = configuredOwner(statement, institutions);
    if (owner === null) {
      unclaimed += 1;
      continue;
    }
    const { account, institution } = owner;
    const context = { runId, at, asOf: madeAt(file, statement, at), wanted: null, institution };
    // A file that was cut off does not cover the period that it announces.
    const whole = isCutOff(file) ? { ...statement, period: null } : statement;
    try {
      saved.push({ account, statement, result: store.save(account, whole, context) });
    } catch (error) {
      refused.push({ account, error: accountChangedIn(error) });
    }
  }
  return { saved, unclaimed, refused };
}

/** Returns the error of an account whose stored history is of another one; others are rethrown. */
function accountChangedIn(error: unknown): OfxSyncError {
  if (error instanceof OfxSyncError && error.code === 'ACCOUNT_CHANGED') return error;
  throw error;
}

interface Replayed {
  readonly replies: number;
  /** Replies in which today's parser finds no statement either: refusals, error pages, replies that were cut off. */
  readonly without: number;
  readonly accounts: readonly { readonly account: Account; readonly result: SaveResult }[];
  /** Accounts whose stored history is of another account than the replies. */
  readonly refused: readonly RefusedAccount[];
}

/**
 * Reads kept replies again, oldest first, and stores their statements as of the time they arrived. Changes nothing where the
 * parser has not changed.
 * @throws StoreError
 */
export async function replay(
  config: Config,
  options: { readonly since: Date; readonly store: Store; readonly read: (bytes: Uint8Array) => Promise<OfxFile> },
): Promise<Replayed> {
  const { since, store, read } = options;
  const totals = new Map<string, { account: Account; result: SaveResult }>();
  const refused = new Map<string, RefusedAccount>();
  let replies = 0;
  let without = 0;
  for (const kept of store.replies(since)) {
    replies += 1;
    const file = await read(kept.reply.body).catch(() => null);
    const { saved, refused: others } = file === null ? NOTHING : importReply(file, kept, { config, store });
    for (const one of others) refused.set(accountKey(one.account), one);
    if (saved.length === 0) without += 1;
    for (const { account, result } of saved) {
      const before = totals.get(accountKey(account))?.result;
      totals.set(accountKey(account), { account, result: before === undefined ? result : addSaves(before, result) });
    }
  }
  return { replies, without, accounts: [...totals.values()], refused: [...refused.values()] };
}

function importReply(file: OfxFile, kept: KeptReply, { config, store }: { config: Config; store: Store }): Imported {
  const { at, runId } = kept;
  const institution = config.institutions.find(({ name }) => name === kept.institution);
  if (kept.asked.length === 0) {
    const institutions = institution === undefined ? config.institutions : [institution];
    return importStatements(file, institutions, { store, at, runId });
  }
  // A sync stores nothing of such a reply either.
  if (institution === undefined || isCutOff(file) || signonVerdict(file, institution) !== null) return NOTHING;
  // A reply of the sandbox stays made up, whatever bank has its name by now.
  if (isTrial({ host: hostOf(kept.reply.origin) }) !== isTrial({ host: hostOf(institution.url) })) return NOTHING;
  const requested = kept.asked.flatMap(({ account: name, trnuid, from, to, limit }) => {
    const account = institution.accounts.find((one) => one.name === name);
    return account === undefined ? [] : [{ account, trnuid, from, to, ...(limit === null ? {} : { limit }) }];
  });
  const saved: ImportResult['saved'][number][] = [];
  const refused: RefusedAccount[] = [];
  for (const { wanted, statements } of matchAccounts(file.statements, requested, institution).matches) {
    const verdict = judgeStatements(statements, institution);
    if (verdict.error !== null) continue;
    const { account } = wanted;
    const { statement } = verdict;
    const context: SaveContext = { runId, at, serverTime: file.signon?.dtServer ?? null, wanted, institution };
    try {
      saved.push({ account, statement, result: store.save(account, statement, context) });
    } catch (error) {
      refused.push({ account, error: accountChangedIn(error) });
    }
  }
  return { saved, refused };
}

type Imported = Pick<ImportResult, 'saved' | 'refused'>;

const NOTHING: Imported = { saved: [], refused: [] };

function isCutOff({ notices }: OfxFile): boolean {
  return notices.some(({ code }) => code === 'truncated');
}

/** The time at which the institution made a file: DTSERVER, else the end of the days that it covers; never in the future. */
function madeAt({ signon }: OfxFile, { period, ledgerBalance }: Statement, at: Date): Date {
  const stated = signon?.dtServer ?? ledgerBalance?.asOf ?? period?.to ?? null;
  const made = stated === null ? at : new Date(stated.length === 10 ? `${stated}T12:00:00Z` : stated);
  return made > at || Number.isNaN(made.getTime()) ? at : made;
}
