/** Judging what came for one account, and what a failed request may mean. Pure. */

import { HttpError, type OfxSyncError, SignonError, StatementError } from '../errors.js';
import type { IsoDate } from '../model/dates.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import { type Advised, isWindowTooLong, statementError } from '../ofx/status.js';
import { mergeStatements } from './windows.js';

export type Verdict =
  | { readonly error: null; readonly statement: Statement }
  | { readonly error: OfxSyncError; readonly tooLong: boolean };

/** What the statements that came for one account mean: the good ones count, else the first refusal, else they are missing. */
export function verdict(statements: readonly Statement[], institution: Advised): Verdict {
  const good = statements.filter(
    (statement) => hasContent(statement) && statementError(statement.status, institution) === null,
  );
  const statement = mergeStatements(good);
  if (statement !== null) return { error: null, statement };
  const refused = statements[0];
  const error = refused === undefined ? null : statementError(refused.status, institution);
  if (refused !== undefined && error !== null) return { error, tooLong: isWindowTooLong(refused.status) };
  const missing = new StatementError(
    'STATEMENT_MISSING',
    'the institution answered without a statement for this account',
    {
      hint: 'Compare the account’s id and kind with what the institution shows; if they are right, ask the institution whether Direct Connect covers it.',
    },
  );
  return { error: missing, tooLong: false };
}

/** A wrapper with a good status and nothing in it is no statement. */
export function hasContent({ account, ledgerBalance, transactions }: Statement): boolean {
  return account !== null || ledgerBalance !== null || transactions.length > 0;
}

/** HTTP 400 and 5xx, replies that cannot be read or break off, and the general error may be one account's doing. */
export function mayBeOneAccountsFault(error: OfxSyncError): boolean {
  if (error instanceof HttpError && error.fromGateway) return false;
  if (error.code === 'WEB_PAGE')
    return error.httpStatus !== null && (error.httpStatus < 401 || error.httpStatus >= 500);
  if (error.code === 'CONNECTION_FAILED') return error.httpStatus !== null;
  if (error.code === 'OFX_UNREADABLE' || error.ofxStatus === 2000) return true;
  if (error.code === 'SERVER_UNAVAILABLE') return (error.httpStatus ?? 0) >= 500;
  return error instanceof HttpError && error.httpStatus === 400;
}

/**
 * Whether an error says nothing of the days that were asked for. A refusal does, and so does a server that breaks on days
 * that it does not keep; what asks for patience, was cut off or was not the institution's doing does not.
 */
export function isSilence(error: OfxSyncError | null): boolean {
  if (error === null || error instanceof SignonError || error.retryable) return true;
  if (error instanceof StatementError) return false;
  return error.code === 'OFX_UNREADABLE' || error.code === 'WEB_PAGE' || !mayBeOneAccountsFault(error);
}

export function historyLimit(limit: IsoDate): Notice {
  return {
    code: 'history-limit',
    message: `the institution gives nothing up to ${limit}: its history seems to begin after that day`,
  };
}
