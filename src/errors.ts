/**
 * Every error a person can meet. An error carries a stable code, a message that says what happened and where, a hint
 * that says what to do next, and whether trying again may help. Nothing here prints; wording for the terminal is in
 * `cli/report.ts`. A value that is not an OfxSyncError is a bug of the program.
 */

export const ERROR_CODES = [
  'CONFIG_INVALID',
  'CONFIG_NOT_FOUND',
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
  'REPLY_TOO_LARGE',
  'SIGNON_REJECTED',
  'SIGNON_LOCKED',
  'SIGNON_NEEDS_ACTION',
  'SIGNON_BUSY',
  'SIGNON_BLOCKED',
  'STATEMENT_REFUSED',
  'STATEMENT_MISSING',
  'OFX_UNREADABLE',
  'STORE_FAILED',
  'STORE_NEWER',
  'STORE_LOCKED',
  'EXPORT_FAILED',
  'PUSH_FAILED',
  'SCHEDULE_FAILED',
  'NOTIFY_FAILED',
  'USAGE',
  'INTERRUPTED',
  'BUG',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

interface ErrorDetails {
  /** What to do next, a sentence or a command. */
  readonly hint?: string;
  /** Whether the institution cannot have judged the request, or asked for patience. */
  readonly retryable?: boolean;
  readonly cause?: unknown;
  /** CODE of the STATUS that said so. */
  readonly ofxStatus?: number;
  readonly httpStatus?: number;
  /** From Retry-After. */
  readonly retryAfterMs?: number;
}

/** Base of all errors that are somebody else's doing. */
export class OfxSyncError extends Error {
  override readonly name: string = 'OfxSyncError';
  readonly code: ErrorCode;
  readonly hint: string | null;
  readonly retryable: boolean;
  readonly ofxStatus: number | null;
  readonly retryAfterMs: number | null;
  #httpStatus: number | null;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.hint = details.hint ?? null;
    this.retryable = details.retryable ?? false;
    this.ofxStatus = details.ofxStatus ?? null;
    this.#httpStatus = details.httpStatus ?? null;
    this.retryAfterMs = details.retryAfterMs ?? null;
  }

  /** Of the reply that said so; `null` when none came. */
  get httpStatus(): number | null {
    return this.#httpStatus;
  }

  /** Notes the HTTP status of the reply in which the error was found. */
  foundIn(httpStatus: number): this {
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
  /** What to write instead. */
  readonly suggestion: string | null;
}

/** accounts.yaml is missing or wrong; carries every problem at once. */
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

export class SecretError extends OfxSyncError {
  override readonly name = 'SecretError';
}

/** No connection, or a reply that means "not now". */
export class ConnectionError extends OfxSyncError {
  override readonly name = 'ConnectionError';
}

/** A reply of HTTP that is no statement. */
export class HttpError extends OfxSyncError {
  override readonly name = 'HttpError';
  /** Whether a gate before the institution's server kept the request out, whatever it asked for. */
  readonly fromGate: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails & { readonly fromGate?: boolean } = {}) {
    super(code, message, details);
    this.fromGate = details.fromGate ?? false;
  }
}

/** The institution answered the signon with something other than success. Never retried. */
export class SignonError extends OfxSyncError {
  override readonly name = 'SignonError';
}

/** The institution refused or left out one account's statement. */
export class StatementError extends OfxSyncError {
  override readonly name = 'StatementError';
}

/** Bytes in which no statement can be found. */
export class OfxError extends OfxSyncError {
  override readonly name = 'OfxError';
}

export class StoreError extends OfxSyncError {
  override readonly name = 'StoreError';
}

/** What was to be handed on could not be written. */
export class ExportError extends OfxSyncError {
  override readonly name = 'ExportError';

  constructor(message: string, details: ErrorDetails = {}) {
    super('EXPORT_FAILED', message, details);
  }
}

/** A budgeting tool was not reached, or did not take what it was handed. */
export class PushError extends OfxSyncError {
  override readonly name = 'PushError';
}

/** The command line is wrong. */
export class UsageError extends OfxSyncError {
  override readonly name = 'UsageError';

  constructor(message: string, hint?: string) {
    super('USAGE', message, hint === undefined ? {} : { hint });
  }
}

/** Returns the error of work that a person, or the program that calls the library, stopped. */
export function interrupted(message = 'interrupted', hint = 'Run again.'): OfxSyncError {
  return new OfxSyncError('INTERRUPTED', message, { hint });
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
