/**
 * Reading a reply, and what counts of one that HTTP calls bad and that is OFX all the same: institutions send the refusal of a
 * signon with HTTP 400, 401 or 500, and to overlook that would mean to sign on again and again.
 */

import { type OfxSyncError, SignonError, toOfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { OfxFile } from '../ofx/file.js';
import { signonError, statementError } from '../ofx/status.js';
import type { Reply } from '../ports.js';
import { hasContent } from './verdict.js';

/**
 * What a reply says.
 * @throws OfxSyncError: what HTTP says against it when the body does not say more, else why it cannot be read.
 */
export async function readReply(
  reply: Reply,
  institution: Institution,
  read: (bytes: Uint8Array) => Promise<OfxFile>,
): Promise<OfxFile> {
  const { refusal, httpStatus } = reply;
  let file: OfxFile;
  try {
    file = await read(reply.body);
  } catch (error) {
    throw refusal ?? toOfxSyncError(error).withHttpStatus(httpStatus);
  }
  if (refusal !== undefined && !saysMore(file, refusal, institution)) throw refusal;
  return file;
}

function saysMore(file: OfxFile, refusal: OfxSyncError, institution: Institution): boolean {
  const signon = file.signon === null ? null : signonError(file.signon.status, institution);
  const verdicts = file.statements.map(({ status }) => statementError(status, institution));
  if ([signon, ...verdicts].some((error) => error instanceof SignonError)) return true;
  // Who asks for patience is asked again, whatever the body says of the reason.
  if (refusal.retryable) return false;
  return signon !== null || file.statements.some((one, index) => verdicts[index] === null && hasContent(one));
}
