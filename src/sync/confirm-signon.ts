/**
 * Confirms credentials that got no verdict, with a request that no single account can spoil: for the list of accounts, or at a
 * bank that has none, for the statement of one account.
 */

import { OfxError, type OfxSyncError, toOfxSyncError } from '../errors.js';
import { inquiryAddress, statementAddress } from '../model/login.js';
import type { OfxFile } from '../ofx/file.js';
import type { Login, Reply, StatementSource, StatementWindow } from '../ports.js';
import { readReply } from './reply.js';
import { type RequestPorts, refuseTruncated } from './request.js';
import { judgeSignon } from './verdict.js';

interface Confirmation {
  readonly login: Login;
  readonly source: StatementSource;
  readonly wanted: readonly StatementWindow[];
  readonly timeoutMs: number;
  readonly perInstitution: number;
  readonly signal: AbortSignal;
}

/** Presents the credentials once. @returns `null` when they were accepted, else the error. */
export async function confirmSignon(task: Confirmation, ports: RequestPorts): Promise<OfxSyncError | null> {
  const { login, source, signal, timeoutMs } = task;
  const { institution } = login;
  const [one] = task.wanted;
  const isListed = login.listsAccounts !== false || one === undefined;
  const address = isListed
    ? inquiryAddress({ kind: 'accounts', login }, institution)
    : statementAddress({ login, wanted: [one] });
  try {
    const file = await ports.guard.present<OfxFile>(login, {
      address: address ?? '',
      signal,
      inSlot: (work) => ports.limiter.run(institution.name, work, task.perInstitution),
      judge: (reply) => judgeSignon(reply, institution),
      send: async (how) => {
        const context = { ...how, timeoutMs };
        const reply: Reply = isListed
          ? await source.inquire({ kind: 'accounts', login }, context)
          : await source.fetch({ login, wanted: [{ ...one, trnuid: ports.newUid() }] }, context);
        return readReply(reply, { institution, login }, async (bytes) =>
          refuseTruncated(await ports.read(bytes, how.signal)),
        );
      },
    });
    const verdict = judgeSignon(file, institution);
    if (verdict.kind === 'accepted') return null;
    return verdict.error ?? new OfxError('OFX_UNREADABLE', 'the reply says nothing about the sign-on');
  } catch (error) {
    return toOfxSyncError(error);
  }
}
