/**
 * Downloads statements: every login at once, within limits, so that the failure of one never touches another. A login's
 * accounts travel in one request, and each is judged by the status of its own statement; a request that fails as a whole, for
 * a reason that one account may have caused, is repeated account by account, once the bank has accepted the sign-on. Nothing is
 * thrown to the caller: every account ends with a delivery.
 */

import { setImmediate as nextTurn } from 'node:timers/promises';
import { interrupted, type OfxSyncError, SignonError, toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Institution } from '../model/institution.js';
import { eachOnce, type Notice } from '../model/notice.js';
import { present } from '../model/present.js';
import type { Statement } from '../model/statement.js';
import type { OfxFile } from '../ofx/file.js';
import type { Login, Shortage, StatementSource, StatementWindow } from '../ports.js';
import { type Batch, batchesOf } from './batches.js';
import { confirmSignon } from './confirm-signon.js';
import { halve, mergeStatements } from './date-windows.js';
import { matchAccounts } from './match-accounts.js';
import { type Effort, pauseBefore, type RequestPorts, type RequestResult, requestStatements } from './request.js';
import {
  historyLimit,
  isInconclusive,
  judgeStatements,
  mayBeOneAccountsFault,
  signonVerdict,
  type Verdict,
  withoutOlderDays,
} from './verdict.js';

/** Storing fewer transactions takes a moment. */
const LONG_STATEMENT = 2_000;

/** Logins that begin in one turn of the event loop. */
const LOGINS_A_TURN = 16;

/** The accounts to download with one login. */
export interface LoginJob {
  readonly institution: Institution;
  readonly wanted: readonly StatementWindow[];
}

export interface DownloadOptions {
  readonly retries: number;
  readonly timeoutMs: number;
  /** `timeoutMs` also overrides the timeouts that institutions have of their own. */
  readonly timeoutForAll: boolean;
  readonly perInstitution: number;
  readonly signal: AbortSignal;
  readonly today: IsoDate;
}

export interface DownloadPorts extends RequestPorts {
  readonly sourceFor: (institution: Institution) => Promise<StatementSource>;
  /** Resolves the login's secrets; rejects with an OfxSyncError. */
  readonly resolveLogin: (institution: Institution) => Promise<Login>;
  /** Called once for each account, as soon as its result is certain. */
  readonly deliver: (delivery: Delivery) => void;
}

/** The result of a download for one account. */
export type Delivery = Effort & {
  readonly wanted: StatementWindow;
  readonly notices: readonly Notice[];
  /** DTSERVER of the last reply. */
  readonly serverTime: string | null;
} & DeliveredResult;

type DeliveredResult =
  | { readonly statement: Statement }
  | {
      readonly error: OfxSyncError;
      readonly status: 'failed' | 'skipped';
      /** The part that came all the same, to be stored without counting as a statement. */
      readonly partial?: Statement;
    };

/** @returns the time that all requests took together, in milliseconds: the cost of sending them one after another. */
export async function downloadAll(
  jobs: readonly LoginJob[],
  options: DownloadOptions,
  ports: DownloadPorts,
): Promise<number> {
  const downloads = jobs.map((job) => new LoginDownload(job, options, ports));
  const running: Promise<void>[] = [];
  for (const [index, download] of downloads.entries()) {
    // The first begins alone: what it sends leaves before the secrets of the others are looked up.
    if (index % LOGINS_A_TURN === 1) await nextTurn();
    running.push(download.run());
  }
  await Promise.all(running);
  return downloads.reduce((total, { requestMs }) => total + requestMs, 0);
}

interface Connection {
  readonly login: Login;
  readonly source: StatementSource;
}

/** Returns the days that were requested for an account, and the reason why older ones were not. */
function requestedDays<W extends StatementWindow>(
  wanted: W,
  shortage: Shortage | null,
): W & { readonly shortage: Shortage | null } {
  if (shortage === null || wanted.from >= shortage.from) return { ...wanted, shortage: null };
  return { ...wanted, from: shortage.from, shortage };
}

/** One login in one run. */
class LoginDownload {
  requestMs = 0;
  readonly #job: LoginJob;
  readonly #options: DownloadOptions;
  readonly #ports: DownloadPorts;
  readonly #efforts = new Map<Account, Effort>();
  readonly #delivered = new Set<Account>();
  /** The refused sign-on, after which nothing more is requested with this login. */
  #refusal: OfxSyncError | null = null;
  /** The failure that left credentials without a verdict that were never accepted: nothing more is requested with them. */
  #unconfirmed: OfxSyncError | null = null;
  #serverTime: string | null = null;

  constructor(job: LoginJob, options: DownloadOptions, ports: DownloadPorts) {
    this.#job = job;
    this.#options = options;
    this.#ports = ports;
  }

  async run(): Promise<void> {
    const { wanted, institution } = this.#job;
    try {
      const login = await this.#ports.resolveLogin(institution);
      const blocked = this.#ports.guard.blocked(login);
      if (blocked === null) await this.#downloadAll({ login, source: await this.#ports.sourceFor(institution) });
      else this.#fail(wanted, blocked, 'skipped');
    } catch (error) {
      this.#fail(wanted, toOfxSyncError(error));
    }
  }

  async #downloadAll(connection: Connection): Promise<void> {
    const { login } = connection;
    const batches = batchesOf(this.#job.wanted, login, this.#options.today);
    // Credentials that were never accepted are presented in one request after the other, until one is accepted.
    while (batches.length > 0 && !this.#ports.guard.isAccepted(login))
      for (const batch of batches.splice(0, 1)) await this.#downloadBatch(batch, connection);
    await Promise.all(batches.map((batch) => this.#downloadBatch(batch, connection)));
  }

  async #downloadBatch({ whole, cut }: Batch, connection: Connection): Promise<void> {
    for (const { wanted, pieces } of cut) await this.#downloadPieces(wanted, pieces, connection, null);
    if (whole.length === 0) return;
    const result = await this.#request(whole, connection, this.#options.retries);
    if (result.ok) return this.#deliverReply(result, connection);
    if (whole.length > 1 && this.#splits() && mayBeOneAccountsFault(result.error))
      return this.#downloadOneByOne(whole, connection);
    this.#fail(whole, result.error);
  }

  /** A program or a bridge that answers for all accounts at once would do the same again for each of them. */
  #splits(): boolean {
    const { program, simplefin } = this.#job.institution;
    return program === undefined && simplefin !== true;
  }

  async #downloadOneByOne(batch: readonly StatementWindow[], connection: Connection): Promise<void> {
    let failuresInARow = 0;
    for (const wanted of batch) {
      const result = await this.#request([wanted], connection, 0);
      if (result.ok) {
        failuresInARow = 0;
        await this.#deliverReply(result, connection);
        continue;
      }
      this.#fail([wanted], result.error);
      failuresInARow = result.error.retryable ? failuresInARow + 1 : 0;
      // "Not now" twice in a row is not the fault of a single account: more requests would only add load.
      if (failuresInARow === 2) return this.#fail(batch, result.error);
    }
  }

  /** Delivers each account by the status of its own statement. */
  async #deliverReply(reply: RequestResult & { ok: true }, connection: Connection): Promise<void> {
    const { institution } = this.#job;
    const requested = reply.requested.map((one) => requestedDays(one, reply.shortage));
    const matched = matchAccounts(reply.file.statements, requested, institution);
    let notices = [...reply.file.notices, ...matched.notices];
    const results = matched.matches.map(({ wanted, statements }) => ({
      wanted,
      verdict: withoutOlderDays(judgeStatements(statements, institution, reply.file.problems), wanted.shortage),
    }));
    if (results.length > 1 && this.#splits() && results.every(({ verdict }) => verdict.error?.ofxStatus === 2000))
      return this.#downloadOneByOne(reply.requested, connection);
    if (await this.#isInterrupted(reply.file.statements)) return this.#fail(reply.requested, interrupted());
    for (const { wanted, verdict } of results) {
      if (verdict.error === null) this.#deliver(wanted, { statement: verdict.statement }, notices);
      else if (verdict.tooLong) await this.#downloadHalves(wanted, connection, verdict.error);
      else {
        this.#noteRefusal(verdict.error);
        const { error, partial } = verdict;
        const failed = present({ error: error.withHttpStatus(reply.httpStatus), status: 'failed' as const, partial });
        this.#deliver(wanted, failed, notices);
      }
      // Notices about the whole reply are given once, with its first account.
      notices = [];
    }
  }

  /** Gives Ctrl-C its turn before a long statement is stored, which gives it none. What is short is stored in any case. */
  async #isInterrupted(statements: readonly Statement[]): Promise<boolean> {
    if (!statements.some(({ transactions }) => transactions.length > LONG_STATEMENT)) return false;
    const { signal } = this.#options;
    await this.#ports.sleep(0, signal).catch(() => undefined);
    return signal.aborted;
  }

  async #downloadHalves(wanted: StatementWindow, connection: Connection, refusal: OfxSyncError): Promise<void> {
    const halves = halve(wanted, this.#options.today);
    await this.#downloadPieces(wanted, halves === null ? [] : [halves.newer, halves.older], connection, refusal);
  }

  /**
   * Downloads a window piece by piece, the newest first: halves the pieces that are refused as too long, and goes back in time
   * as far as the institution keeps transactions.
   */
  async #downloadPieces(
    wanted: StatementWindow,
    newestFirst: readonly StatementWindow[],
    connection: Connection,
    refusal: OfxSyncError | null,
  ): Promise<void> {
    const pieces: Statement[] = [];
    const notices: Notice[] = [];
    let limit: IsoDate | null = null;
    let lastError = refusal;
    const open = newestFirst.toReversed();
    for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
      const halves = halve(piece, this.#options.today);
      const result = await this.#request([piece], connection, this.#options.retries);
      const verdict = result.ok ? this.#judgeOne(result) : { error: result.error, tooLong: false };
      if (result.ok) notices.push(...result.file.notices);
      if (verdict.error === null) pieces.unshift(verdict.statement);
      else if (verdict.tooLong && halves !== null) open.push(halves.older, halves.newer);
      else {
        lastError = verdict.error;
        limit = piece.to;
        break;
      }
    }
    const statement = mergeStatements(pieces);
    if (await this.#isInterrupted(pieces)) return this.#fail([wanted], interrupted());
    // An inconclusive error does not prove a limit: the next run requests the whole window again.
    if (statement === null || (limit !== null && isInconclusive(lastError)))
      this.#fail([wanted], lastError ?? interrupted());
    else if (limit === null) this.#deliver(wanted, { statement }, eachOnce(notices));
    else this.#deliver({ ...wanted, limit }, { statement }, [historyLimit(limit), ...eachOnce(notices)]);
  }

  /** Judges the reply to a request for a single account. */
  #judgeOne({ file, requested }: RequestResult & { ok: true }): Verdict {
    const { institution } = this.#job;
    const [match] = matchAccounts(file.statements, requested, institution).matches;
    return judgeStatements(match?.statements ?? [], institution);
  }

  /**
   * Requests statements and judges the sign-on of the reply: when it is refused, the result is the refusal. Credentials that
   * were never accepted and got no verdict are confirmed before anything more is requested with them.
   */
  async #request(wanted: readonly StatementWindow[], connection: Connection, retries: number): Promise<RequestResult> {
    const { guard } = this.#ports;
    const { login } = connection;
    if (this.#unconfirmed === null && guard.mustConfirm(login)) await this.#confirm(wanted, connection);
    if (this.#unconfirmed !== null) return { ok: false, error: this.#unconfirmed, durationMs: 0, attempts: 0 };
    const result = await this.#requestOnce(wanted, connection, retries);
    if (result.ok || result.error instanceof SignonError || result.attempts === 0 || guard.isAccepted(login))
      return result;
    return result.error.unsent ? result : this.#requestConfirmed(result, { wanted, connection, retries });
  }

  /** Goes on after a reply without a verdict: confirms the credentials, and repeats the request if another attempt may help. */
  async #requestConfirmed(
    failed: RequestResult & { ok: false },
    { wanted, connection, retries }: { wanted: readonly StatementWindow[]; connection: Connection; retries: number },
  ): Promise<RequestResult> {
    const { error } = failed;
    const { signal } = this.#options;
    this.#unconfirmed = error;
    const isAgain = error.retryable && retries > 0;
    if (signal.aborted || !(isAgain || mayBeOneAccountsFault(error))) return failed;
    if (isAgain) await pauseBefore(1, { error, wanted, signal }, this.#ports);
    await this.#confirm(wanted, connection);
    if (this.#unconfirmed === null) return isAgain ? this.#requestOnce(wanted, connection, retries - 1) : failed;
    const isRefused = this.#unconfirmed instanceof SignonError && this.#unconfirmed.code !== 'SIGNON_UNCONFIRMED';
    return isRefused ? { ...failed, error: this.#unconfirmed } : failed;
  }

  /** Presents the credentials with a request that no single account can spoil. */
  async #confirm(wanted: readonly StatementWindow[], connection: Connection): Promise<void> {
    const started = performance.now();
    const error = await confirmSignon({ ...connection, wanted, ...this.#limits() }, this.#ports);
    this.requestMs += performance.now() - started;
    this.#unconfirmed = error;
    if (error !== null) this.#noteRefusal(error);
  }

  #limits(): { timeoutMs: number; perInstitution: number; signal: AbortSignal } {
    const { institution } = this.#job;
    const { timeoutMs, timeoutForAll, perInstitution, signal } = this.#options;
    return {
      timeoutMs: timeoutForAll ? timeoutMs : (institution.timeoutMs ?? timeoutMs),
      perInstitution: institution.perInstitution ?? perInstitution,
      signal,
    };
  }

  async #requestOnce(
    wanted: readonly StatementWindow[],
    connection: Connection,
    retries: number,
  ): Promise<RequestResult> {
    const task = { ...connection, wanted, retries, ...this.#limits(), refusal: () => this.#refusal };
    const result = await requestStatements(task, this.#ports);
    this.requestMs += result.durationMs;
    for (const { account } of wanted) {
      const { durationMs, attempts } = this.#effortFor(account);
      this.#efforts.set(account, {
        durationMs: durationMs + result.durationMs,
        attempts: attempts + result.attempts,
      });
    }
    if (!result.ok) {
      this.#noteRefusal(result.error);
      return result;
    }
    const error = this.#judgeSignon(result.file);
    if (error === null) return result;
    const { durationMs, attempts } = result;
    return { ok: false, error: error.withHttpStatus(result.httpStatus), durationMs, attempts };
  }

  #judgeSignon(file: OfxFile): OfxSyncError | null {
    this.#serverTime = file.signon?.dtServer ?? null;
    const error = signonVerdict(file, this.#job.institution);
    if (error !== null) this.#noteRefusal(error);
    return error;
  }

  #noteRefusal(error: OfxSyncError): void {
    if (error instanceof SignonError) this.#refusal ??= error;
  }

  #effortFor(account: Account): Effort {
    return this.#efforts.get(account) ?? { durationMs: 0, attempts: 0 };
  }

  #fail(wanted: readonly StatementWindow[], error: OfxSyncError, status: 'failed' | 'skipped' = 'failed'): void {
    for (const one of wanted) {
      const isInterrupted = error.code === 'INTERRUPTED';
      const isUnrequested = error === this.#refusal && this.#effortFor(one.account).attempts === 0;
      this.#deliver(one, { error, status: isInterrupted || isUnrequested ? 'skipped' : status }, []);
    }
  }

  #deliver({ account, from, to, limit }: StatementWindow, result: DeliveredResult, notices: readonly Notice[]): void {
    if (this.#delivered.has(account)) return;
    this.#delivered.add(account);
    this.#ports.deliver({
      wanted: { account, from, to, ...(limit === undefined ? {} : { limit }) },
      ...this.#effortFor(account),
      notices,
      serverTime: this.#serverTime,
      ...result,
    });
  }
}
