/**
 * Imports statements that no download of this run brought: files that a person has, and kept replies that today's parser reads
 * again. Both are stored as a sync stores them.
 */

import { OfxSyncError } from '../errors.js';
import { type Account, type AccountId, accountKey } from '../model/account.js';
import { hostOf, isTrial } from '../model/account-identity.js';
import { isIsoDate, localDate } from '../model/dates.js';
import type { Config, Institution } from '../model/institution.js';
import { eachOnce, isUnread, type Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile } from '../ofx/file.js';
import { isSuccess, statusMeaning } from '../ofx/status.js';
import type { KeptReply, SaveContext, SaveResult, Store } from '../ports.js';
import { asStatementOf } from '../simplefin/adopt.js';
import { configuredOwner, isConfigured, matchAccounts, unclaimed } from './match-accounts.js';
import { addSaves, answeredWindow, noticesOf } from './save.js';
import { hasContent, judgeStatements, signonVerdict } from './verdict.js';

interface SavedStatement {
  readonly account: Account;
  readonly statement: Statement;
  readonly result: SaveResult;
  /** All notices of the statement: of the institution, of reading, and of saving. */
  readonly notices: readonly Notice[];
}

export interface ImportResult {
  readonly saved: readonly SavedStatement[];
  /** Statements of accounts that are not configured, or that two institutions have. */
  readonly unclaimed: number;
  /** The accounts of these statements that no institution has, each once. */
  readonly unknown: readonly AccountId[];
  /** Notices about the file as a whole, and about statements that were not saved. */
  readonly notices: readonly Notice[];
  /** Accounts whose stored history is of another account: nothing was saved for them. */
  readonly refused: readonly RefusedAccount[];
}

export interface RefusedAccount {
  readonly account: Account;
  readonly error: OfxSyncError;
}

interface ImportContext extends Pick<SaveContext, 'at' | 'runId' | 'replayedAt'> {
  readonly store: Store;
  /** Path of the file. */
  readonly origin: string;
  /** Returns true when a kept reply is read again, and its account for the first time. */
  readonly isReread?: (account: Account) => boolean;
}

/** Stores the statements of a file under the accounts that they name. */
export function importStatements(
  file: OfxFile,
  institutions: readonly Institution[],
  { store, isReread, ...arrival }: ImportContext,
): ImportResult {
  const owned: { readonly statement: Statement; readonly owner: Owner }[] = [];
  const others: Statement[] = [];
  for (const statement of file.statements) {
    const owner = configuredOwner(statement, institutions);
    if (owner !== null) owned.push({ statement, owner });
    // A wrapper without anything in it belongs to nobody and says nothing.
    else if (hasContent(statement) || !isSuccess(statement.status)) others.push(statement);
  }
  const ofFile = file.notices.filter(isUnread);
  const refused: RefusedAccount[] = [];
  const saved = owned.flatMap(({ statement, owner: { account, institution } }, index): SavedStatement[] => {
    const made = madeAt(file, statement, arrival.at);
    // What is lost at the end of a file was lost after the last of its accounts began.
    const notices = index === owned.length - 1 ? ofFile : [];
    const context = { ...arrival, ...made, wanted: null, institution, notices, announced: statement.period };
    // A file that was cut off does not cover the period that it announces.
    const whole = asStatementOf(isCutOff(file) ? { ...statement, period: null } : statement, account, undefined);
    return savedUnless(refused, account, () => {
      const result = store.save(account, whole, { ...context, isReread: isReread?.(account) ?? false });
      const signed = { ...statement, ledgerBalance: result.ledgerBalance };
      return { account, statement: signed, result, notices: noticesOf(statement, result) };
    });
  });
  const notices = eachOnce([...file.notices, ...others.flatMap((one) => [noticeOf(one), ...one.notices])]);
  return { saved, unclaimed: others.length, unknown: unknownAccounts(others, institutions), notices, refused };
}

function unknownAccounts(others: readonly Statement[], institutions: readonly Institution[]): AccountId[] {
  const unknown = others.flatMap((statement) => {
    const { account } = statement;
    return account === null || !hasContent(statement) || isConfigured(account, institutions) ? [] : [account];
  });
  return [...new Map(unknown.map((one) => [JSON.stringify(one), one])).values()];
}

/** Saves, or notes that the stored history is of another account. */
function savedUnless(refused: RefusedAccount[], account: Account, save: () => SavedStatement): SavedStatement[] {
  try {
    return [save()];
  } catch (error) {
    if (!(error instanceof OfxSyncError) || error.code !== 'ACCOUNT_CHANGED') throw error;
    refused.push({ account, error });
    return [];
  }
}

function noticeOf(statement: Statement): Notice {
  const { status } = statement;
  if (hasContent(statement)) return unclaimed(statement, 'accounts.yaml has no such account, or several');
  return {
    code: 'statement-refused',
    message: `the bank refused a statement: ${statusMeaning(status.code)} (${status.code})`,
  };
}

type Owner = NonNullable<ReturnType<typeof configuredOwner>>;

export interface Replayed {
  readonly replies: number;
  /** Replies in which today's parser finds no statement either: refusals, error pages, replies that were cut off. */
  readonly without: number;
  readonly accounts: readonly Pick<SavedStatement, 'account' | 'result' | 'notices'>[];
  /** Notices about replies as a whole. */
  readonly notices: readonly Notice[];
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
  options: {
    readonly since: Date;
    readonly now: Date;
    readonly store: Store;
    readonly read: (bytes: Uint8Array) => Promise<OfxFile>;
  },
): Promise<Replayed> {
  const { since, now, store, read } = options;
  const totals = new Map<string, Replayed['accounts'][number]>();
  const notices: Notice[] = [];
  const reread = new Set<string>();
  const refused = new Map<string, RefusedAccount>();
  let replies = 0;
  let without = 0;
  for (const kept of store.replies(since)) {
    replies += 1;
    const file = await read(kept.reply.body).catch(() => null);
    const source = `${kept.runId} ${kept.at.toISOString()} ${originOf(kept)}`;
    // A run may have several replies for one account: only the first forgets what an earlier reading lost.
    const isReread = (account: Account) => isFirst(reread, `${source}\n${accountKey(account)}`);
    const imported = file === null ? NOTHING : importReply(file, kept, { config, store, now, isReread });
    for (const one of imported.refused) refused.set(accountKey(one.account), one);
    if (imported.saved.length === 0) without += 1;
    else notices.push(...imported.notices);
    for (const one of imported.saved) {
      const before = totals.get(accountKey(one.account));
      totals.set(accountKey(one.account), before === undefined ? one : addUp(before, one));
    }
  }
  const accounts = [...totals.values()];
  return { replies, without, accounts, notices: distinct(notices), refused: [...refused.values()] };
}

type ImportedReply = Pick<ImportResult, 'saved' | 'notices' | 'refused'>;

const NOTHING: ImportedReply = { saved: [], notices: [], refused: [] };

/** Returns the path of a kept file; empty for the reply to a request. */
function originOf({ asked, reply }: KeptReply): string {
  return asked.length === 0 ? reply.origin : '';
}

function isFirst(known: Set<string>, key: string): boolean {
  if (known.has(key)) return false;
  known.add(key);
  return true;
}

function addUp(a: Replayed['accounts'][number], b: Replayed['accounts'][number]): Replayed['accounts'][number] {
  const notices = distinct([...a.notices, ...b.notices]);
  return { account: a.account, result: addSaves(a.result, b.result), notices };
}

/** Lists each notice once, without adding up counts: replies of overlapping days repeat the same parts. */
function distinct(notices: readonly Notice[]): Notice[] {
  return [...new Map(notices.map((notice) => [`${notice.code}\n${notice.message}`, notice])).values()];
}

interface ReplayContext {
  readonly config: Config;
  readonly store: Store;
  readonly now: Date;
  readonly isReread: (account: Account) => boolean;
}

function importReply(file: OfxFile, kept: KeptReply, { config, store, now, isReread }: ReplayContext): ImportedReply {
  const { at, runId } = kept;
  const institution = config.institutions.find(({ name }) => name === kept.institution);
  if (kept.asked.length === 0) {
    const institutions = institution === undefined ? config.institutions : [institution];
    return importStatements(file, institutions, {
      store,
      at,
      runId,
      replayedAt: now,
      origin: originOf(kept),
      isReread,
    });
  }
  // A sync stores nothing of such a reply either.
  if (institution === undefined || isCutOff(file) || signonVerdict(file, institution) !== null) return NOTHING;
  // A reply of the sandbox stays made up, whatever bank has its name by now.
  if (isTrial({ host: hostOf(kept.reply.origin) }) !== isTrial({ host: hostOf(institution.url) })) return NOTHING;
  const requested = kept.asked.flatMap(({ account: name, trnuid, from, to, limit }) => {
    const account = institution.accounts.find((one) => one.name === name);
    return account === undefined ? [] : [{ account, trnuid, from, to, ...(limit === null ? {} : { limit }) }];
  });
  const matched = matchAccounts(file.statements, requested, institution);
  let ofReply = file.notices;
  const refused: RefusedAccount[] = [];
  const saved = matched.matches.flatMap(({ wanted, statements }): SavedStatement[] => {
    const verdict = judgeStatements(statements, institution, file.problems);
    if (verdict.error !== null) return [];
    const { statement } = verdict;
    const { account } = wanted;
    const serverTime = file.signon?.dtServer ?? null;
    const answered = answeredWindow(wanted, statement, institution);
    const context: SaveContext = {
      runId,
      at,
      replayedAt: now,
      serverTime,
      wanted: answered,
      institution,
      notices: ofReply,
    };
    return savedUnless(refused, account, () => {
      const result = store.save(account, statement, { ...context, isReread: isReread(account) });
      ofReply = [];
      return { account, statement, result, notices: noticesOf(statement, result) };
    });
  });
  return { saved, notices: eachOnce([...file.notices, ...matched.notices]), refused };
}

function isCutOff({ notices }: OfxFile): boolean {
  return notices.some(({ code }) => code === 'truncated');
}

/** Returns when the institution made a file: DTSERVER, else the end of the days that it covers; never in the future. */
function madeAt(
  { signon }: OfxFile,
  { period, ledgerBalance }: Statement,
  at: Date,
): Required<Pick<SaveContext, 'asOf' | 'madeOn'>> {
  const stated = signon?.dtServer ?? ledgerBalance?.asOf ?? period?.to ?? '';
  const asOf = new Date(stated.length === 10 ? `${stated}T12:00:00Z` : stated);
  const day = stated.slice(0, 10);
  const isUsable = asOf <= at && isIsoDate(day);
  return isUsable ? { asOf, madeOn: day } : { asOf: at, madeOn: localDate(at) };
}
