/** Judges the sign-on of a reply and the statements of an account, and the possible causes of a failed request. Pure. */

import { HttpError, type OfxSyncError, SignonError, StatementError } from '../errors.js';
import type { IsoDate } from '../model/dates.js';
import type { Institution } from '../model/institution.js';
import type { Notice } from '../model/notice.js';
import type { Statement, Status } from '../model/statement.js';
import type { OfxFile, Signon } from '../ofx/file.js';
import { type Advised, isWindowTooLong, signonError, signonRefused, statementError } from '../ofx/status.js';
import type { Shortage } from '../ports.js';
import { accessError, missingAccount, problemError } from '../simplefin/status.js';
import { mergeStatements } from './date-windows.js';

type Judging = Advised & Pick<Institution, 'simplefin'>;

export type Verdict =
  | { readonly error: null; readonly statement: Statement }
  | {
      readonly error: OfxSyncError;
      readonly tooLong: boolean;
      /** The part that came all the same: a bridge that lost its connection to a bank sends what it knew before. */
      readonly partial?: Statement;
    };

/** Returns the error that a reply's SONRS means, `null` when the sign-on was accepted or the reply does not mention it. */
export function signonVerdict({ signon }: Pick<OfxFile, 'signon'>, institution: Advised): OfxSyncError | null {
  if (signon === null) return null;
  return signon.status.word === undefined
    ? signonError(signon.status, institution)
    : accessError(signon.status, institution);
}

/** Returns the error that the status of a statement means, `null` when the statement counts. */
export function statusError(status: Status, institution: Advised): OfxSyncError | null {
  return status.word === undefined ? statementError(status, institution) : problemError(status, institution);
}

/** The verdict of a reply on the credentials of its request. */
export type SignonVerdict =
  | { readonly kind: 'accepted'; readonly signon: Signon | null }
  | { readonly kind: 'refused'; readonly error: SignonError }
  /** The reply says nothing about the credentials. */
  | { readonly kind: 'none'; readonly error: OfxSyncError | null };

/** Judges the sign-on of a reply. Some banks accept it and refuse it in the status of each statement. */
export function judgeSignon(file: OfxFile, institution: Advised): SignonVerdict {
  const { signon, statements, accounts, profile } = file;
  const error = signonVerdict(file, institution);
  if (error instanceof SignonError) return { kind: 'refused', error };
  if (error !== null) return { kind: 'none', error };
  for (const { status } of statements) {
    const refusal = statusError(status, institution);
    if (refusal instanceof SignonError) return { kind: 'refused', error: refusal };
  }
  // A reply that was cut off may lack the refusal.
  if (file.notices.some(({ code }) => code === 'truncated')) return { kind: 'none', error: null };
  const isAnswered = signon !== null || accounts.length > 0 || profile !== null || statements.some(hasContent);
  return isAnswered ? { kind: 'accepted', signon } : { kind: 'none', error: null };
}

/** Returns the refusal of a sign-on that an error stands for: HTTP 401, and a text that says so. */
export function refusedByError(error: OfxSyncError, institution: Advised): SignonError | null {
  if (error instanceof SignonError) return error;
  const { httpStatus, refusalText } = error;
  if (error instanceof HttpError && error.fromGateway) return null;
  if (error.code !== 'HTTP_STATUS' && error.code !== 'WEB_PAGE' && error.code !== 'SERVER_UNAVAILABLE') return null;
  return httpStatus === 401 || refusalText !== null
    ? signonRefused({ httpStatus, text: refusalText }, institution)
    : null;
}

/**
 * Judges the statements of one account: the good ones count, else the first refusal, else the statement is missing.
 * @param problems reasons that a bridge gives for accounts that its answer lacks.
 */
export function judgeStatements(
  statements: readonly Statement[],
  institution: Judging,
  problems: readonly Status[] = [],
): Verdict {
  const failed = statements.find(({ status }) => status.word !== undefined);
  if (failed !== undefined) {
    const partial = mergeStatements(statements.filter(isAboutDays));
    const error = problemError(failed.status, institution);
    return { error, tooLong: false, ...(partial === null ? {} : { partial }) };
  }
  const good = statements.filter(
    (statement) => hasContent(statement) && statementError(statement.status, institution) === null,
  );
  const statement = mergeStatements(good);
  if (statement !== null) return { error: null, statement };
  const refused = statements[0];
  const error = refused === undefined ? null : statementError(refused.status, institution);
  if (refused !== undefined && error !== null) return { error, tooLong: isWindowTooLong(refused.status) };
  if (institution.simplefin === true) return { error: missingAccount(problems, institution), tooLong: false };
  const missing = new StatementError('STATEMENT_MISSING', 'the bank’s reply has no statement for this account', {
    hint: 'Compare the account’s id and kind with what the bank shows; if they are right, ask the bank whether Direct Connect covers it.',
  });
  return { error: missing, tooLong: false };
}

/** Returns the verdict of an account whose older days were not requested: what came is stored, and its days stay open. */
export function withoutOlderDays(verdict: Verdict, shortage: Shortage | null): Verdict {
  if (shortage === null || verdict.error !== null) return verdict;
  return { error: shortage.error, tooLong: false, partial: { ...verdict.statement, incomplete: true } };
}

function isAboutDays({ ledgerBalance, transactions }: Statement): boolean {
  return ledgerBalance !== null || transactions.length > 0;
}

/** Returns false for a wrapper that has a good status and nothing in it. */
export function hasContent({ account, ledgerBalance, transactions }: Statement): boolean {
  return account !== null || ledgerBalance !== null || transactions.length > 0;
}

/** HTTP 400 and 5xx, replies that are unreadable or cut off, and the general error may be caused by a single account. */
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
 * Returns true for an error that says nothing about the requested days. A refusal says something, and so does a server that
 * breaks on days that it does not keep; "not now", a reply that was cut off, and a failure on this side do not.
 */
export function isInconclusive(error: OfxSyncError | null): boolean {
  if (error === null || error instanceof SignonError || error.retryable) return true;
  if (error instanceof StatementError) return false;
  return error.code === 'OFX_UNREADABLE' || error.code === 'WEB_PAGE' || !mayBeOneAccountsFault(error);
}

export function historyLimit(limit: IsoDate): Notice {
  return {
    code: 'history-limit',
    message: `the bank sent nothing up to ${limit}: its history seems to start after that day`,
  };
}
