/**
 * The errors that a person can meet. An error has a stable code, a message that says what happened and where, a hint that
 * says what to do next, and a flag that says whether a retry may help. Nothing here prints; the terminal's wording is in
 * `cli/terminal/`. Any other thrown value is a bug of the program.
 */

import type { Quirks } from './model/institution.js';

export const ERROR_CODES = [
  'CONFIG_INVALID',
  'CONFIG_NOT_FOUND',
  'NOT_TRUSTED',
  'ADDRESS_UNCONFIRMED',
  'SECRET_NOT_FOUND',
  'SECRET_PROVIDER_UNAVAILABLE',
  'CONNECTION_FAILED',
  'TIMED_OUT',
  'SERVER_UNAVAILABLE',
  'HTTP_STATUS',
  'INSECURE_URL',
  'REDIRECTED',
  'WEB_PAGE',
  'TLS_FAILED',
  'ENCRYPTION_REQUIRED',
  'REPLY_TOO_LARGE',
  'SIGNON_REJECTED',
  'SIGNON_LOCKED',
  'SIGNON_NEEDS_ACTION',
  'SIGNON_BUSY',
  'SIGNON_BLOCKED',
  'SIGNON_UNCONFIRMED',
  'STATEMENT_REFUSED',
  'STATEMENT_MISSING',
  'OFX_UNREADABLE',
  'COMMAND_FAILED',
  'SIMPLEFIN_UNREADABLE',
  'ACCESS_URL_INVALID',
  'SETUP_TOKEN_REFUSED',
  'CONNECTION_ATTENTION',
  'PAYMENT_REQUIRED',
  'TOO_MANY_REQUESTS',
  'DAILY_LIMIT',
  'ACCOUNT_CHANGED',
  'STORE_FAILED',
  'STORE_NEWER',
  'STORE_OLDER',
  'STORE_LOCKED',
  'EXPORT_FAILED',
  'PUSH_FAILED',
  'SCHEDULE_FAILED',
  'SERVE_FAILED',
  'NOTIFY_FAILED',
  'USAGE',
  'INTERRUPTED',
  'BUG',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

interface ErrorDetails {
  /** The next step for the person, a sentence or a command. */
  readonly hint?: string;
  /** `true` when the institution cannot have processed the request, or asked to wait. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  /** CODE of the STATUS that reported it. */
  readonly ofxStatus?: number;
  readonly httpStatus?: number;
  /** From Retry-After. */
  readonly retryAfterMs?: number;
  /** Settings of the institution that may help. */
  readonly remedy?: Quirks;
  /** `true` when no server can have seen the request. */
  readonly unsent?: boolean;
  /** Words of a reply in which the server says that user id or password are wrong. */
  readonly refusalText?: string | null;
}

/** The base of all errors that are not bugs. */
export class OfxSyncError extends Error {
  override readonly name: string = 'OfxSyncError';
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly retryable: boolean;
  readonly ofxStatus: number | null;
  readonly retryAfterMs: number | null;
  readonly remedy: Quirks | null;
  /** `true` when no server can have seen the request. */
  readonly unsent: boolean;
  /** Words of a reply in which the server says that user id or password are wrong. */
  readonly refusalText: string | null;
  #httpStatus: number | null;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint ?? null;
    this.retryable = details.retryable ?? false;
    this.ofxStatus = details.ofxStatus ?? null;
    this.#httpStatus = details.httpStatus ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.remedy = details.remedy ?? null;
    this.unsent = details.unsent ?? false;
    this.refusalText = details.refusalText ?? null;
  }

  /** HTTP status of the reply that contained the error; `null` without a reply. */
  get httpStatus(): number | null {
    return this.#httpStatus;
  }

  /** Adds the HTTP status of the reply in which the error was found. */
  withHttpStatus(httpStatus: number): this {
    this.#httpStatus ??= httpStatus;
    return this;
  }
}

/** One mistake in a configuration file; positions count from 1. */
export interface ConfigProblem {
  readonly line: number;
  readonly column: number;
  /** Dotted path, `institutions.0.accounts.1.kind`. */
  readonly path: string;
  readonly message: string;
  /** The text to write instead. */
  readonly suggestion: string | null;
}

/** accounts.yaml is missing or invalid; contains all problems at once. */
export class ConfigError extends OfxSyncError {
  override readonly name = 'ConfigError';
  readonly file: string | null;
  readonly problems: readonly ConfigProblem[];

  constructor(
    code: 'CONFIG_INVALID' | 'CONFIG_NOT_FOUND',
    message: string,
    details: ErrorDetails & { readonly file?: string; readonly problems?: readonly ConfigProblem[] } = {},
  ) {
    super(code, message, details);
    this.file = details.file ?? null;
    this.problems = details.problems ?? [];
  }
}

/** Somebody else may have written the configuration, or nobody has trusted it yet. Nothing was read, run or sent for it. */
export class TrustError extends OfxSyncError {
  override readonly name = 'TrustError';

  constructor(message: string, hint: string) {
    super('NOT_TRUSTED', message, { hint });
  }
}

/** A password would go to a host that nobody has confirmed. */
export class AddressError extends OfxSyncError {
  override readonly name = 'AddressError';
  readonly host: string;

  constructor(message: string, { host, hint }: { readonly host: string; readonly hint: string }) {
    super('ADDRESS_UNCONFIRMED', message, { hint });
    this.host = host;
  }
}

export class SecretError extends OfxSyncError {
  override readonly name = 'SecretError';
}

/** The connection failed, or the reply means "not now". */
export class ConnectionError extends OfxSyncError {
  override readonly name = 'ConnectionError';
}

/** An HTTP reply that does not contain OFX. */
export class HttpError extends OfxSyncError {
  override readonly name = 'HttpError';
  /** `true` when a gateway before the institution's server rejects every request. */
  readonly fromGateway: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails & { readonly fromGateway?: boolean } = {}) {
    super(code, message, details);
    this.fromGateway = details.fromGateway ?? false;
  }
}

/** The institution did not accept the sign-on. Never retried. */
export class SignonError extends OfxSyncError {
  override readonly name = 'SignonError';
}

/** The institution refused or omitted one account's statement. */
export class StatementError extends OfxSyncError {
  override readonly name = 'StatementError';
}

/** Bytes that contain no readable statement. */
export class OfxError extends OfxSyncError {
  override readonly name = 'OfxError';
}

export class StoreError extends OfxSyncError {
  override readonly name = 'StoreError';
}

/** The stored history is of another account than the statement. Nothing of the statement was stored. */
export class AccountChangedError extends StoreError {
  /** `false` when the history can never continue with such statements: made-up and real ones stay apart. */
  readonly mayContinue: boolean;

  constructor(message: string, details: ErrorDetails & { readonly mayContinue: boolean }) {
    super('ACCOUNT_CHANGED', message, details);
    this.mayContinue = details.mayContinue;
  }
}

/** An export could not be written. */
export class ExportError extends OfxSyncError {
  override readonly name = 'ExportError';

  constructor(message: string, details: ErrorDetails = {}) {
    super('EXPORT_FAILED', message, details);
  }
}

/** A budgeting tool was not reached, or did not accept the transactions. */
export class PushError extends OfxSyncError {
  override readonly name = 'PushError';
}

/** The command line is invalid. */
export class UsageError extends OfxSyncError {
  override readonly name = 'UsageError';

  constructor(message: string, hint?: string) {
    super('USAGE', message, hint === undefined ? {} : { hint });
  }
}

interface Interruption {
  readonly message?: string;
  readonly hint?: string;
  /** Nothing had been sent to the bank. */
  readonly unsent?: boolean;
}

/** Returns the error of work that a person, or the program that calls the library, stopped. */
export function interrupted(interruption: Interruption = {}): OfxSyncError {
  const { message = 'interrupted', hint = 'Run again.', unsent = false } = interruption;
  return new OfxSyncError('INTERRUPTED', message, { hint, unsent });
}

/** Gives back an OfxSyncError as it is and wraps anything else, once, as a bug that keeps its stack. */
export function toOfxSyncError(error: unknown): OfxSyncError {
  if (error instanceof OfxSyncError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new OfxSyncError('BUG', `unexpected error: ${message}`, {
    cause: error,
    hint: 'This is a bug in ofx-sync. Please report it with the output of the same command and --verbose.',
  });
}
