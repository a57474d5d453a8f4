/**
 * Taking in what did not come from this run's downloads: statement files that a person has, and kept replies that are read
 * again by today's parser. Both go through the same store as a sync.
 */

import { type Account, accountKey } from '../model/account.js';
import type { Config, Institution } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile } from '../ofx/file.js';
import { signonError } from '../ofx/status.js';
import type { KeptReply, SaveContext, SaveResult, Store } from '../ports.js';
import { attach, isSameAccount } from './match-accounts.js';
import { verdict } from './verdict.js';

export interface Taken {
  readonly saved: readonly { readonly account: Account; readonly statement: Statement; readonly result: SaveResult }[];
  /** Statements for accounts that are not configured, or that two institutions have. */
  readonly unclaimed: number;
}

/** Stores the statements of a file with the accounts that they name. */
export function takeFile(
  file: OfxFile,
  institutions: readonly Institution[],
  { store, at, runId }: { readonly store: Store; readonly at: Date; readonly runId: number | null },
): Taken {
  const saved: Taken['saved'][number][] = [];
  let unclaimed = 0;
  for (const statement of file.statements) {
    const owner = ownerOf(statement, institutions);
    if (owner === null) {
      unclaimed += 1;
      continue;
    }
    const { account, institution } = owner;
    const context = { runId, at, asOf: madeAt(file, statement, at), wanted: null, institution };
    // What was cut off has not the days that it announces.
    const whole = isCutOff(file) ? { ...statement, period: null } : statement;
    saved.push({ account, statement, result: store.save(account, whole, context) });
  }
  return { saved, unclaimed };
}

interface Replayed {
  readonly replies: number;
  /** Replies in which today's parser finds no statement either: refusals, error pages, what was cut off. */
  readonly without: number;
  readonly accounts: readonly { readonly account: Account; readonly result: SaveResult }[];
}

/**
 * Reads kept replies again, oldest first, and stores what they say as if it had been read so then. Where the parser has
 * not changed, nothing does.
 * @throws StoreError
 */
export async function replay(
  config: Config,
  options: { readonly since: Date; readonly store: Store; readonly read: (bytes: Uint8Array) => Promise<OfxFile> },
): Promise<Replayed> {
  const { since, store, read } = options;
  const totals = new Map<string, { account: Account; result: SaveResult }>();
  let replies = 0;
  let without = 0;
  for (const kept of store.replies(since)) {
    replies += 1;
    const file = await read(kept.reply.body).catch(() => null);
    const saved = file === null ? [] : takeReply(file, kept, { config, store });
    if (saved.length === 0) without += 1;
    for (const { account, result } of saved) {
      const before = totals.get(accountKey(account))?.result;
      totals.set(accountKey(account), { account, result: before === undefined ? result : together(before, result) });
    }
  }
  return { replies, without, accounts: [...totals.values()] };
}

function takeReply(
  file: OfxFile,
  kept: KeptReply,
  { config, store }: { config: Config; store: Store },
): Taken['saved'] {
  const institution = config.institutions.find(({ name }) => name === kept.institution);
  if (kept.asked.length === 0)
    return takeFile(file, institution === undefined ? config.institutions : [institution], {
      store,
      at: kept.at,
      runId: kept.runId,
    }).saved;
  if (institution === undefined || isNoAnswer(file, institution)) return [];
  const wanted = kept.asked.flatMap((asked) => {
    const account = institution.accounts.find(({ name }) => name === asked.account);
    if (account === undefined) return [];
    const { trnuid, from, to, limit } = asked;
    return [{ account, trnuid, from, to, ...(limit === null ? {} : { limit }) }];
  });
  return attach(file.statements, wanted, institution).attachments.flatMap((attachment) => {
    const judged = verdict(attachment.statements, institution);
    if (judged.error !== null) return [];
    const context: SaveContext = {
      runId: kept.runId,
      at: kept.at,
      serverTime: file.signon?.dtServer ?? null,
      wanted: attachment.wanted,
      institution,
    };
    const { account } = attachment.wanted;
    const { statement } = judged;
    return [{ account, statement, result: store.save(account, statement, context) }];
  });
}

/** What a sync would not have stored either. */
function isNoAnswer(file: OfxFile, institution: Institution): boolean {
  const { signon } = file;
  if (isCutOff(file)) return true;
  return signon !== null && signonError(signon.status, institution) !== null;
}

function isCutOff({ notices }: OfxFile): boolean {
  return notices.some(({ code }) => code === 'truncated');
}

export const NOTHING_SAVED: SaveResult = {
  received: 0,
  new: 0,
  changed: 0,
  removed: 0,
  pending: 0,
  unchanged: 0,
  notices: [],
};

/** Two saves of one account as one. */
export function together(a: SaveResult, b: SaveResult): SaveResult {
  const notices = new Map<string, Notice>([...a.notices, ...b.notices].map((notice) => [notice.message, notice]));
  return {
    received: a.received + b.received,
    new: a.new + b.new,
    changed: a.changed + b.changed,
    removed: a.removed + b.removed,
    pending: b.pending,
    unchanged: a.unchanged + b.unchanged,
    notices: [...notices.values()],
  };
}

/** The one configured account that the statement names. */
function ownerOf(
  { account }: Statement,
  institutions: readonly Institution[],
): { account: Account; institution: Institution } | null {
  if (account === null) return null;
  const all = institutions.flatMap((institution) => institution.accounts.map((one) => ({ account: one, institution })));
  const named = all.filter((one) => isSameAccount(one.account, account, one.institution.quirks));
  // A routing number or broker that differs says little when only one account has the id.
  const bare = { ...account, routing: null, brokerId: null };
  const found =
    named.length > 0 ? named : all.filter((one) => isSameAccount(one.account, bare, one.institution.quirks));
  const exact = found.filter((one) => one.account.accountType === account.accountType);
  const candidates = found.length > 1 && exact.length > 0 ? exact : found;
  return candidates.length === 1 ? (candidates[0] ?? null) : null;
}

/** When the institution made a file: DTSERVER, else the end of what it covers; never in the future. */
function madeAt({ signon }: OfxFile, { period, ledgerBalance }: Statement, at: Date): Date {
  const stated = signon?.dtServer ?? ledgerBalance?.asOf ?? period?.to ?? null;
  const made = stated === null ? at : new Date(stated.length === 10 ? `${stated}T12:00:00Z` : stated);
  return made > at || Number.isNaN(made.getTime()) ? at : made;
}
