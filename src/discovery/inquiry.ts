/**
 * Asking an institution for something other than statements, through the same guard: one request, no retries, and the
 * signon's verdict remembered.
 */

import { OfxError, OfxSyncError, toOfxSyncError, UsageError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { OfxFile } from '../ofx/file.js';
import { signonError, statementError } from '../ofx/status.js';
import type { Inquiry, Reply, StatementSource } from '../ports.js';
import { readReply } from '../sync/reply.js';
import { endsLogin, type Guard } from '../sync/signon-guard.js';

export interface ConversationPorts {
  readonly sourceFor: (institution: Institution) => Promise<StatementSource>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<OfxFile>;
  readonly guard: Guard;
  /** A reply has come, readable or not. */
  readonly onReply?: (institution: Institution, reply: Reply) => void;
}

export interface ConversationOptions {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * The answer to one question.
 * @throws OfxSyncError: why there is none; SignonError when the signon was refused, or is not to be tried.
 */
export async function converse(
  institution: Institution,
  inquiry: Inquiry,
  how: ConversationPorts & ConversationOptions,
): Promise<OfxFile> {
  const { login } = inquiry;
  const blocked = login === null ? null : how.guard.blocked(login);
  if (blocked !== null) throw blocked;
  if (institution.files !== null)
    throw new UsageError(
      `${institution.name} is read from files, and there is nobody to ask`,
      'Put statement files where its files: points, or give it a url.',
    );
  const source = await how.sourceFor(institution);
  const reply = await source.inquire(inquiry, { signal: how.signal, timeoutMs: how.timeoutMs });
  how.onReply?.(institution, reply);
  let file: OfxFile;
  try {
    file = await readReply(reply, institution, (bytes) => how.read(bytes, how.signal));
  } catch (error) {
    if (how.signal.aborted) throw new OfxSyncError('INTERRUPTED', 'interrupted', { hint: 'Run again.' });
    throw toOfxSyncError(error);
  }
  if (login !== null) judgeSignon(file, inquiry, how.guard);
  return file;
}

/** Verdicts in the face of which an institution answers all the same: it asked for what it is being given. */
const ANSWERED_DESPITE: Readonly<Partial<Record<Inquiry['kind'], readonly number[]>>> = {
  password: [15000, 15507],
  challenge: [3000, 3001],
};

function judgeSignon({ signon }: OfxFile, { kind, login }: Inquiry, guard: Guard): void {
  if (signon === null || login === null) return;
  const error = signonError(signon.status, login.institution);
  if (error === null) {
    // What comes next decides whether the signon as a whole was accepted.
    if (kind !== 'challenge') guard.accepted(login, signon);
    return;
  }
  if (ANSWERED_DESPITE[kind]?.includes(signon.status.code) === true) return;
  if (endsLogin(error)) guard.refused(login, error);
  throw error;
}

/**
 * Refuses an answer in which the part that was asked for is missing or bad.
 * @param wrapper its name: `ACCTINFOTRNRS`, `PROFTRNRS` …
 */
export function requireReply(file: OfxFile, wrapper: string, institution: Institution): void {
  const reply = file.replies.find(({ name }) => name === wrapper);
  if (reply === undefined)
    throw new OfxError(
      'OFX_UNREADABLE',
      `${institution.name} answered without what was asked for (${wrapper} is missing)`,
      {
        hint: 'The institution may not offer this: write the entries of accounts.yaml by hand.',
      },
    );
  const error = statementError(reply.status, institution);
  if (error !== null) throw error;
}
