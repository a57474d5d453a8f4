/**
 * Imports statements that no download of this run brought: files that a person has, and kept replies that today's parser reads
 * again. Both are stored as a sync stores them.
 */

import { type Account, accountKey } from '../model/account.js';
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
}

/** Stores the statements of a file under the accounts that they name. */
export function importStatements(
  file: OfxFile,
  institutions: readonly Institution[],
  { store, ...arrival }: { readonly store: Store } & Pick<SaveContext, 'at' | 'runId' | 'replayedAt'>,
): ImportResult {
  const saved: ImportResult['saved'][number][] = [];
  let unclaimed = 0;
  for (const statement of file.statements) {
    const owner = configuredOwner(statement, institutions);
    if (owner === null) {
      unclaimed += 1;
      continue;
    }
    const { account, institution } = owner;
    const context = { ...arrival, asOf: madeAt(file, statement, arrival.at), wanted: null, institution };
    // A file that was cut off does not cover the period that it announces.
    const whole = isCutOff(file) ? { ...statement, period: null } : statement;
    const result = store.save(account, whole, context);
    saved.push({ account, statement: { ...statement, ledgerBalance: result.ledgerBalance }, result });
  }
  return { saved, unclaimed };
}

interface Replayed {
  readonly replies: number;
  /** Replies in which today's parser finds no statement either: refusals, error pages, replies that were cut off. */
  readonly without: number;
  readonly accounts: readonly { readonly account: Account; readonly result: SaveResult }[];
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
  const totals = new Map<string, { account: Account; result: SaveResult }>();
  let replies = 0;
  let without = 0;
  for (const kept of store.replies(since)) {
    replies += 1;
    const file = await read(kept.reply.body).catch(() => null);
    const saved = file === null ? [] : importReply(file, kept, { config, store, now });
    if (saved.length === 0) without += 1;
    for (const { account, result } of saved) {
      const before = totals.get(accountKey(account))?.result;
      totals.set(accountKey(account), { account, result: before === undefined ? result : addSaves(before, result) });
    }
  }
  return { replies, without, accounts: [...totals.values()] };
}

function importReply(
  file: OfxFile,
  kept: KeptReply,
  { config, store, now }: { config: Config; store: Store; now: Date },
): ImportResult['saved'] {
  const { at, runId } = kept;
  const institution = config.institutions.find(({ name }) => name === kept.institution);
  if (kept.asked.length === 0) {
    const institutions = institution === undefined ? config.institutions : [institution];
    return importStatements(file, institutions, { store, at, runId, replayedAt: now }).saved;
  }
  // A sync stores nothing of such a reply either.
  if (institution === undefined || isCutOff(file) || signonVerdict(file, institution) !== null) return [];
  const requested = kept.asked.flatMap(({ account: name, trnuid, from, to, limit }) => {
    const account = institution.accounts.find((one) => one.name === name);
    return account === undefined ? [] : [{ account, trnuid, from, to, ...(limit === null ? {} : { limit }) }];
  });
  return matchAccounts(file.statements, requested, institution).matches.flatMap(({ wanted, statements }) => {
    const verdict = judgeStatements(statements, institution);
    if (verdict.error !== null) return [];
    const { statement } = verdict;
    const context: SaveContext = {
      runId,
      at,
      replayedAt: now,
      serverTime: file.signon?.dtServer ?? null,
      wanted,
      institution,
    };
    return [{ account: wanted.account, statement, result: store.save(wanted.account, statement, context) }];
  });
}

function isCutOff({ notices }: OfxFile): boolean {
  return notices.some(({ code }) => code === 'truncated');
}

/** The time at which the institution made a file: DTSERVER, else the end of the days that it covers; never in the future. */
function madeAt({ signon }: OfxFile, { period, ledgerBalance }: Statement, at: Date): Date {
  const stated = signon?.dtServer ?? ledgerBalance?.asOf ?? period?.to ?? null;
  const made = stated === null ? at : new Date(stated.length === 10 ? `${stated}T12:00:00Z` : stated);
  return made > at || Number.isNaN(made.getTime()) ? at : made;
}
