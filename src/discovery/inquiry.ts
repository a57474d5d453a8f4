/**
 * Requests something other than statements from an institution: once, without retries, through the sign-on guard, which
 * remembers the verdict on the sign-on.
 */

import { interrupted, OfxError, SignonError, toOfxSyncError, UsageError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { OfxFile } from '../ofx/file.js';
import { statementError } from '../ofx/status.js';
import { maskSecretsInFile } from '../ofx/write/request.js';
import type { Inquiry, Reply, StatementSource } from '../ports.js';
import { readReply } from '../sync/reply.js';
import type { Guard } from '../sync/signon-guard.js';
import { signonVerdict } from '../sync/verdict.js';

export interface InquiryPorts {
  readonly sourceFor: (institution: Institution) => Promise<StatementSource>;
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<OfxFile>;
  readonly guard: Guard;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Called with every reply, readable or not. */
  readonly onReply?: (institution: Institution, reply: Reply) => void;
}

/** @throws OfxSyncError when no readable reply arrived; SignonError when the sign-on was refused or must not be tried. */
export async function inquire(institution: Institution, inquiry: Inquiry, ports: InquiryPorts): Promise<OfxFile> {
  const { login } = inquiry;
  const { guard, signal, timeoutMs } = ports;
  const blocked = login === null ? null : guard.blocked(login);
  if (blocked !== null) throw blocked;
  if (institution.files !== null)
    throw new UsageError(
      `${institution.name} offers files only, and has no server to ask`,
      'Put statement files where its files: points, or give it a url.',
    );
  const source = await ports.sourceFor(institution);
  const reply = await source.inquire(inquiry, { signal, timeoutMs });
  ports.onReply?.(institution, reply);
  let file: OfxFile;
  try {
    const more = inquiry.kind === 'password' ? [inquiry.newPassword] : [];
    file = await readReply(reply, institution, async (bytes) =>
      maskSecretsInFile(await ports.read(bytes, signal), institution, { login, more }),
    );
  } catch (error) {
    throw signal.aborted ? interrupted() : toOfxSyncError(error);
  }
  judgeSignon(file, inquiry, guard);
  return file;
}

/** Verdicts on the sign-on despite which an institution replies, since it wanted just this inquiry. */
const ANSWERED_DESPITE: Readonly<Partial<Record<Inquiry['kind'], readonly number[]>>> = {
  password: [15000, 15507],
  challenge: [3000, 3001],
};

function judgeSignon(file: OfxFile, { kind, login }: Inquiry, guard: Guard): void {
  const { signon } = file;
  if (signon === null || login === null) return;
  const error = signonVerdict(file, login.institution);
  if (error === null) {
    // The next sign-on, with the answers, decides whether this one was accepted.
    if (kind !== 'challenge') guard.accepted(login, signon);
    return;
  }
  if (ANSWERED_DESPITE[kind]?.includes(signon.status.code) === true) return;
  if (error instanceof SignonError) guard.refused(login, error);
  throw error;
}

/**
 * Checks that a reply contains the part that was requested, and that it was granted.
 * @param wrapper name of that part: `ACCTINFOTRNRS`, `PROFTRNRS` …
 * @throws OfxSyncError when it is missing or refused.
 */
export function requireReply(file: OfxFile, wrapper: string, institution: Institution): void {
  const reply = file.replies.find(({ name }) => name === wrapper);
  if (reply === undefined)
    throw new OfxError('OFX_UNREADABLE', `the reply of ${institution.name} lacks the requested part (${wrapper})`, {
      hint: 'The bank may not offer this: enter the accounts in accounts.yaml by hand, as their statements name them.',
    });
  const error = statementError(reply.status, institution);
  if (error !== null) throw error;
}
