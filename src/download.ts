/**
 * Every login at once, bounded; one failure never touches another. A login's accounts travel in one request; what each
 * account gets is decided from its own status; a request that fails as a whole for a reason that one account may have
 * caused is asked again account by account. Nothing is thrown across this boundary: every account ends with a delivery.
 */

import { type Answer, type Asked, type AskPorts, ask, interrupted } from './ask.js';
import { attach } from './attach.js';
import { HttpError, type OfxSyncError, StatementError, toOfxSyncError } from './errors.js';
import { endsLogin, type Guard } from './guard.js';
import type { Account } from './model/account.js';
import type { IsoDate } from './model/dates.js';
import type { Institution } from './model/institution.js';
import type { Notice } from './model/notice.js';
import type { Statement } from './model/statement.js';
import { isWindowTooLong, signonError, statementError } from './ofx/status.js';
import type { Login, StatementSource, Wanted } from './ports.js';
import { exceeds, halve, mergeStatements } from './windows.js';

/** The accounts to ask for at one login. */
export interface LoginJob {
  readonly institution: Institution;
  readonly wanted: readonly Wanted[];
}

export interface DownloadOptions {
  readonly retries: number;
  readonly timeoutMs: number;
  /** `timeoutMs` holds for institutions with a timeout of their own, too. */
  readonly timeoutForAll: boolean;
  readonly perInstitution: number;
  readonly signal: AbortSignal;
  readonly today: IsoDate;
}

export interface DownloadPorts extends AskPorts {
  readonly sourceFor: (institution: Institution) => Promise<StatementSource>;
  /** Resolves the login's secrets; rejects with an OfxSyncError. */
  readonly resolveLogin: (institution: Institution) => Promise<Login>;
  readonly guard: Guard;
  /** Called once for each account, the moment its fate is known. */
  readonly deliver: (delivery: Delivery) => void;
}

/** What a download came to for one account. */
export type Delivery = {
  readonly wanted: Wanted;
  readonly durationMs: number;
  readonly attempts: number;
  readonly notices: readonly Notice[];
} & ({ readonly statement: Statement } | { readonly error: OfxSyncError; readonly status: 'failed' | 'skipped' });

/** @returns the time that all requests together took, in milliseconds: what one after another would have cost. */
export async function downloadAll(
  jobs: readonly LoginJob[],
  options: DownloadOptions,
  ports: DownloadPorts,
): Promise<number> {
  const runs = jobs.map((job) => new LoginRun(job, options, ports));
  await Promise.all(runs.map((run) => run.run()));
  return runs.reduce((total, run) => total + run.requestMs, 0);
}

interface Effort {
  durationMs: number;
  attempts: number;
}

/** One login in one run. */
class LoginRun {
  requestMs = 0;
  readonly #job: LoginJob;
  readonly #options: DownloadOptions;
  readonly #ports: DownloadPorts;
  readonly #efforts = new Map<Account, Effort>();
  readonly #delivered = new Set<Account>();
  #refusal: OfxSyncError | null = null;

  constructor(job: LoginJob, options: DownloadOptions, ports: DownloadPorts) {
    this.#job = job;
    this.#options = options;
    this.#ports = ports;
  }

  async run(): Promise<void> {
    try {
      await this.#runLogin();
    } catch (error) {
      this.#failAll(this.#job.wanted, toOfxSyncError(error));
    }
  }

  async #runLogin(): Promise<void> {
    const { wanted, institution } = this.#job;
    const login = await this.#ports.resolveLogin(institution);
    const blocked = this.#ports.guard.blocked(login);
    if (blocked !== null) return this.#failAll(wanted, blocked, 'skipped');
    const source = await this.#ports.sourceFor(institution);
    const ways = { login, source };
    const chunks = chunked(wanted, institution.quirks.accountsPerRequest ?? wanted.length);
    const [first, ...rest] = chunks;
    if (first === undefined) return;
    if (this.#ports.guard.trusted(login)) {
      await Promise.all(chunks.map((chunk) => this.#runChunk(chunk, ways)));
      return;
    }
    // A signon that may be refused is presented once, and the rest only after it was accepted.
    await this.#runChunk(first, ways);
    await Promise.all(rest.map((chunk) => this.#runChunk(chunk, ways)));
  }

  async #runChunk(chunk: readonly Wanted[], ways: Ways): Promise<void> {
    const { maxDaysPerRequest } = this.#job.institution.quirks;
    const long = chunk.filter((wanted) => exceeds(wanted, maxDaysPerRequest, this.#options.today));
    for (const wanted of long) await this.#askShorter(wanted, ways, null);
    const whole = chunk.filter((wanted) => !long.includes(wanted));
    if (whole.length === 0) return;
    const answer = await this.#ask(whole, ways, this.#options.retries);
    const failure = this.#judge(answer, ways.login);
    if (failure === null && answer.ok) return this.#settle(answer, ways);
    const error = failure ?? interrupted();
    if (whole.length > 1 && mayBeOneAccountsFault(error)) return this.#oneByOne(whole, ways);
    this.#failAll(whole, error);
  }

  /** The signon's verdict, or why there is no answer; `null` when the statements may be looked at. */
  #judge(answer: Answer, login: Login): OfxSyncError | null {
    if (!answer.ok) return answer.error;
    const status = answer.file.signon?.status ?? null;
    const error = status === null ? null : signonError(status, login.institution.name);
    if (error === null) {
      if (status !== null) this.#ports.guard.accepted(login);
      return null;
    }
    this.#refuse(error, login);
    return error;
  }

  #refuse(error: OfxSyncError, login: Login): void {
    if (!endsLogin(error)) return;
    this.#refusal ??= error;
    this.#ports.guard.refused(login, error);
  }

  async #oneByOne(chunk: readonly Wanted[], ways: Ways): Promise<void> {
    let inVain = 0;
    for (const wanted of chunk) {
      // Twice in a row "not now" is no single account's fault: the rest would only add load.
      const answer = await this.#ask([wanted], ways, 0);
      const failure = this.#judge(answer, ways.login);
      if (failure === null && answer.ok) await this.#settle(answer, ways);
      else this.#failAll([wanted], failure ?? interrupted());
      inVain = failure?.retryable === true ? inVain + 1 : 0;
      if (inVain < 2 || failure === null) continue;
      this.#failAll(chunk, failure);
      return;
    }
  }

  /** Each account by the status of its own statement. */
  async #settle(answer: Answer & { ok: true }, ways: Ways): Promise<void> {
    const { institution } = this.#job;
    const attached = attach(answer.file.statements, answer.asked, institution.quirks);
    let notices = [...answer.file.notices, ...attached.notices];
    for (const { wanted, statements } of attached.attachments) {
      const result = verdict(statements, institution.name);
      if (result.error === null) this.#deliver(wanted, { statement: result.statement }, notices);
      else if (result.tooLong) await this.#askShorter(wanted, ways, result.error);
      else {
        this.#refuse(result.error, ways.login);
        this.#deliver(wanted, { error: result.error, status: 'failed' }, notices);
      }
      // What concerns the whole reply is said once, at its first account.
      notices = [];
    }
  }

  /** Halves until the institution answers, newest first, and goes on backwards to the limit of what it keeps. */
  async #askShorter(wanted: Wanted, ways: Ways, refusal: OfxSyncError | null): Promise<void> {
    const pieces: Statement[] = [];
    let limit: IsoDate | null = null;
    let last = refusal;
    const halves = halve(wanted, this.#options.today);
    const open: Wanted[] = halves === null ? [] : [halves.older, halves.newer];
    for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
      const smaller = halve(piece, this.#options.today);
      if (smaller !== null && exceeds(piece, this.#job.institution.quirks.maxDaysPerRequest, this.#options.today)) {
        open.push(smaller.older, smaller.newer);
        continue;
      }
      const answer = await this.#ask([piece], ways, this.#options.retries);
      const failure = this.#judge(answer, ways.login);
      const result =
        failure === null && answer.ok
          ? verdict(
              attach(answer.file.statements, answer.asked, this.#job.institution.quirks).attachments[0]?.statements ??
                [],
              this.#job.institution.name,
            )
          : { error: failure ?? interrupted(), tooLong: false as const };
      if (result.error === null) pieces.unshift(result.statement);
      else if (result.tooLong && smaller !== null) open.push(smaller.older, smaller.newer);
      else {
        last = result.error;
        limit = piece.to;
        break;
      }
    }
    const statement = mergeStatements(pieces);
    if (statement === null) this.#deliver(wanted, { error: last ?? interrupted(), status: 'failed' }, []);
    else this.#deliver(wanted, { statement }, limit === null ? [] : [historyLimit(limit)]);
  }

  async #ask(wanted: readonly Wanted[], { login, source }: Ways, retries: number): Promise<Answer> {
    const { institution } = this.#job;
    const answer = await ask(
      {
        login,
        source,
        wanted,
        retries,
        timeoutMs: this.#options.timeoutForAll
          ? this.#options.timeoutMs
          : (institution.timeoutMs ?? this.#options.timeoutMs),
        perInstitution: institution.perInstitution ?? this.#options.perInstitution,
        signal: this.#options.signal,
        refusal: () => this.#refusal,
      },
      this.#ports,
    );
    this.requestMs += answer.durationMs;
    for (const { account } of wanted) {
      const effort = this.#efforts.get(account) ?? { durationMs: 0, attempts: 0 };
      this.#efforts.set(account, {
        durationMs: effort.durationMs + answer.durationMs,
        attempts: effort.attempts + answer.attempts,
      });
    }
    return answer;
  }

  #failAll(wanted: readonly Wanted[], error: OfxSyncError, status: 'failed' | 'skipped' = 'failed'): void {
    for (const one of wanted) {
      const unasked = error.code === 'INTERRUPTED' || (this.#efforts.get(one.account)?.attempts ?? 0) === 0;
      const left = unasked && (error.code === 'INTERRUPTED' || error === this.#refusal);
      this.#deliver(one, { error, status: left ? 'skipped' : status }, []);
    }
  }

  #deliver(
    wanted: Wanted,
    result: { statement: Statement } | { error: OfxSyncError; status: 'failed' | 'skipped' },
    notices: readonly Notice[],
  ): void {
    if (this.#delivered.has(wanted.account)) return;
    this.#delivered.add(wanted.account);
    const effort = this.#efforts.get(wanted.account) ?? { durationMs: 0, attempts: 0 };
    this.#ports.deliver({
      wanted: { account: wanted.account, from: wanted.from, to: wanted.to },
      ...effort,
      notices,
      ...result,
    });
  }
}

interface Ways {
  readonly login: Login;
  readonly source: StatementSource;
}

type Verdict =
  | { readonly error: null; readonly statement: Statement }
  | { readonly error: OfxSyncError; readonly tooLong: boolean };

/** What the statements that came for one account mean: the good ones count, else the first refusal, else they are missing. */
function verdict(statements: readonly Statement[], institution: string): Verdict {
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
function hasContent({ account, ledgerBalance, transactions }: Statement): boolean {
  return account !== null || ledgerBalance !== null || transactions.length > 0;
}

/** HTTP 400 and 5xx, replies that cannot be read, and the general error may be one account's doing. */
function mayBeOneAccountsFault(error: OfxSyncError): boolean {
  if (error.code === 'OFX_UNREADABLE' || error.ofxStatus === 2000) return true;
  if (error.code === 'SERVER_UNAVAILABLE') return (error.httpStatus ?? 0) >= 500;
  return error instanceof HttpError && error.httpStatus === 400;
}

function historyLimit(limit: IsoDate): Notice {
  return {
    code: 'history-limit',
    message: `the institution gives nothing up to ${limit}: its history seems to begin after that day`,
  };
}

function chunked<T>(items: readonly T[], size: number): T[][] {
  const chunks: T[][] = [];
  for (let start = 0; start < items.length; start += Math.max(1, size))
    chunks.push(items.slice(start, start + Math.max(1, size)));
  return chunks;
}

export type { Asked };
