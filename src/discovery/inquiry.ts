/**
 * Requests something other than statements from an institution: once, without retries, through the sign-on guard, which
 * remembers the verdict on the sign-on.
 */

import { interrupted, OfxError, toOfxSyncError, UsageError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import { inquiryAddress } from '../model/login.js';
import { shellWord } from '../model/shell-word.js';
import type { OfxFile } from '../ofx/file.js';
import { statementError } from '../ofx/status.js';
import type { FetchContext, Inquiry, Reply, StatementSource } from '../ports.js';
import { readReply } from '../sync/reply.js';
import type { Guard } from '../sync/signon-guard.js';
import { judgeSignon, type SignonVerdict, signonVerdict } from '../sync/verdict.js';

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
  if (institution.program !== undefined)
    throw new UsageError(
      `${institution.name} is a command that prints statements, and has no server to ask`,
      `To see what it prints: ofx-sync check ${shellWord(institution.name)}`,
    );
  if (institution.files !== null)
    throw new UsageError(
      `${institution.name} offers files only, and has no server to ask`,
      'Put statement files where its files: points, or give it a url.',
    );
  if (institution.simplefin === true && inquiry.kind !== 'accounts')
    throw new UsageError(
      `${institution.name} is a SimpleFIN bridge, and answers nothing of this kind`,
      `To see what it has: ofx-sync discover ${shellWord(institution.name)}`,
    );
  const source = await ports.sourceFor(institution);
  const send = async (how: Pick<FetchContext, 'signal' | 'mayResend'>): Promise<OfxFile> => {
    const reply = await source.inquire(inquiry, { ...how, timeoutMs });
    ports.onReply?.(institution, reply);
    const more = inquiry.kind === 'password' ? [inquiry.newPassword] : [];
    return readReply(reply, { institution, login, more }, (bytes) => ports.read(bytes, how.signal));
  };
  try {
    if (login === null) return await send({ signal });
    const address = inquiryAddress(inquiry, institution) ?? '';
    const judge = (file: OfxFile) => verdictOn(file, inquiry, institution);
    const file = await guard.present(login, { address, signal, send, judge });
    requireSignon(file, inquiry, institution);
    return file;
  } catch (error) {
    throw signal.aborted ? interrupted() : toOfxSyncError(error);
  }
}

/** Verdicts on the sign-on despite which an institution replies, since it wanted just this inquiry. */
const ANSWERED_DESPITE: Readonly<Partial<Record<Inquiry['kind'], readonly number[]>>> = {
  password: [15000, 15507],
  challenge: [3000, 3001],
};

function isAnsweredDespite({ signon }: OfxFile, { kind }: Inquiry): boolean {
  return signon !== null && ANSWERED_DESPITE[kind]?.includes(signon.status.code) === true;
}

/** Returns the verdict on the credentials; `null` when the next sign-on, with the answers, decides. */
function verdictOn(file: OfxFile, inquiry: Inquiry, institution: Institution): SignonVerdict | null {
  const verdict = judgeSignon(file, institution);
  const isOpen = isAnsweredDespite(file, inquiry) || (inquiry.kind === 'challenge' && verdict.kind === 'accepted');
  return isOpen ? null : verdict;
}

/** @throws OfxSyncError when the sign-on was not accepted */
function requireSignon(file: OfxFile, inquiry: Inquiry, institution: Institution): void {
  const error = signonVerdict(file, institution);
  if (error !== null && !isAnsweredDespite(file, inquiry)) throw error;
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
