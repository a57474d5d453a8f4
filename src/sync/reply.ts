/**
 * Reads a reply. Institutions send the refusal of a sign-on with HTTP 400, 401 or 500, and to overlook it would mean to sign
 * on again and again: OFX in the body of a reply with a bad HTTP status may count for more than that status.
 */

import { type OfxSyncError, SignonError, toOfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { Secret } from '../model/secret.js';
import type { OfxFile } from '../ofx/file.js';
import { maskSecretsInFile } from '../ofx/write/request.js';
import type { Login, Reply } from '../ports.js';
import { hasContent, signonVerdict, statusError } from './verdict.js';

/** The request that a reply answers. */
interface Request {
  readonly institution: Institution;
  /** `null` for a request without a sign-on. */
  readonly login: Login | null;
  /** Secrets of the request besides those of the login. */
  readonly more?: readonly Secret[];
}

/**
 * Reads a reply, and masks in its texts what the request had of secrets.
 * @throws OfxSyncError: the error of the HTTP status unless the body says more, else the reason why it cannot be read.
 */
export async function readReply(
  reply: Reply,
  { institution, login, more = [] }: Request,
  read: (bytes: Uint8Array) => Promise<OfxFile>,
): Promise<OfxFile> {
  const { refusal, httpStatus } = reply;
  let file: OfxFile;
  try {
    file = maskSecretsInFile(await read(reply.body), institution, { login, more });
  } catch (error) {
    throw refusal ?? toOfxSyncError(error).withHttpStatus(httpStatus);
  }
  if (refusal !== undefined && !saysMore(file, refusal, institution)) throw refusal;
  return file;
}

function saysMore(file: OfxFile, refusal: OfxSyncError, institution: Institution): boolean {
  const signon = signonVerdict(file, institution);
  const verdicts = file.statements.map(({ status }) => statusError(status, institution));
  if ([signon, ...verdicts].some((error) => error instanceof SignonError)) return true;
  // The HTTP status refuses the sign-on, and the general error does not say otherwise.
  if (refusal.httpStatus === 401 && signon !== null) return false;
  // A server that answers "not now" is asked again, whatever reason the body gives.
  if (refusal.retryable) return false;
  return signon !== null || file.statements.some((one, index) => verdicts[index] === null && hasContent(one));
}
