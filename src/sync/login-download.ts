/** One login in one run: its requests, their splitting into accounts and windows, and the verdict on each account. */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Account } from '../model/account.js';
import type { IsoDate } from '../model/dates.js';
import type { Notice } from '../model/notice.js';
import type { Statement } from '../model/statement.js';
import { signonError } from '../ofx/status.js';
import type { Login, StatementSource, StatementWindow } from '../ports.js';
import { type Batch, batchesOf } from './batches.js';
import type { DownloadOptions, DownloadPorts, LoginJob } from './download-types.js';
import { attach } from './match-accounts.js';
import { type Answer, ask, interrupted } from './request.js';
import { endsLogin } from './signon-guard.js';
import { historyLimit, isSilence, mayBeOneAccountsFault, verdict } from './verdict.js';
import { halve, mergeStatements } from './windows.js';

interface Effort {
  durationMs: number;
  attempts: number;
}

export class LoginRun {
  requestMs = 0;
  readonly #job: LoginJob;
  readonly #options: DownloadOptions;
  readonly #ports: DownloadPorts;
  readonly #efforts = new Map<Account, Effort>();
  readonly #delivered = new Set<Account>();
  #refusal: OfxSyncError | null = null;
  #serverTime: string | null = null;

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
    const batches = batchesOf(wanted, login, this.#options.today);
    const [first, ...rest] = batches;
    if (first === undefined) return;
    if (this.#ports.guard.trusted(login)) {
      await Promise.all(batches.map((batch) => this.#runBatch(batch, ways)));
      return;
    }
    // A signon that may be refused is presented once, and the rest only after it was accepted.
    await this.#runBatch(first, ways);
    await Promise.all(rest.map((batch) => this.#runBatch(batch, ways)));
  }

  async #runBatch({ whole, cut }: Batch, ways: Ways): Promise<void> {
    for (const { wanted, pieces } of cut) await this.#askPieces(wanted, pieces, ways, null);
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
    const { signon } = answer.file;
    this.#serverTime = signon?.dtServer ?? null;
    const error = signon === null ? null : signonError(signon.status, login.institution);
    if (error === null) {
      if (signon !== null) this.#ports.guard.accepted(login, signon);
      return null;
    }
    this.#refuse(error, login);
    return error.withHttpStatus(answer.httpStatus);
  }

  #refuse(error: OfxSyncError, login: Login): void {
    if (!endsLogin(error)) return;
    this.#refusal ??= error;
    this.#ports.guard.refused(login, error);
  }

  async #oneByOne(batch: readonly StatementWindow[], ways: Ways): Promise<void> {
    let inVain = 0;
    for (const wanted of batch) {
      // Twice in a row "not now" is no single account's fault: the rest would only add load.
      const answer = await this.#ask([wanted], ways, 0);
      const failure = this.#judge(answer, ways.login);
      if (failure === null && answer.ok) await this.#settle(answer, ways);
      else this.#failAll([wanted], failure ?? interrupted());
      inVain = failure?.retryable === true ? inVain + 1 : 0;
      if (inVain < 2 || failure === null) continue;
      this.#failAll(batch, failure);
      return;
    }
  }

  /** Each account by the status of its own statement. */
  async #settle(answer: Answer & { ok: true }, ways: Ways): Promise<void> {
    const { institution } = this.#job;
    const attached = attach(answer.file.statements, answer.asked, institution);
    let notices = [...answer.file.notices, ...attached.notices];
    const results = attached.attachments.map(({ wanted, statements }) => ({
      wanted,
      result: verdict(statements, institution),
    }));
    if (results.length > 1 && results.every(({ result }) => result.error?.ofxStatus === 2000))
      return this.#oneByOne(answer.asked, ways);
    for (const { wanted, result } of results) {
      if (result.error === null) this.#deliver(wanted, { statement: result.statement }, notices);
      else if (result.tooLong) await this.#askHalves(wanted, ways, result.error);
      else {
        this.#refuse(result.error, ways.login);
        this.#deliver(wanted, { error: result.error.withHttpStatus(answer.httpStatus), status: 'failed' }, notices);
      }
      // What concerns the whole reply is said once, at its first account.
      notices = [];
    }
  }

  async #askHalves(wanted: StatementWindow, ways: Ways, refusal: OfxSyncError): Promise<void> {
    const halves = halve(wanted, this.#options.today);
    await this.#askPieces(wanted, halves === null ? [] : [halves.newer, halves.older], ways, refusal);
  }

  /**
   * Asks for a window piece by piece, newest first, halves what is refused as too long, and goes on backwards to the limit of
   * what the institution keeps.
   */
  async #askPieces(
    wanted: StatementWindow,
    newestFirst: readonly StatementWindow[],
    ways: Ways,
    refusal: OfxSyncError | null,
  ): Promise<void> {
    const pieces: Statement[] = [];
    let limit: IsoDate | null = null;
    let last = refusal;
    const open = newestFirst.toReversed();
    for (let piece = open.pop(); piece !== undefined; piece = open.pop()) {
      const smaller = halve(piece, this.#options.today);
      const answer = await this.#ask([piece], ways, this.#options.retries);
      const failure = this.#judge(answer, ways.login);
      const result =
        failure === null && answer.ok
          ? verdict(
              attach(answer.file.statements, answer.asked, this.#job.institution).attachments[0]?.statements ?? [],
              this.#job.institution,
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
    // No answer is no limit: the whole window is asked for again by the next run.
    if (statement === null || (limit !== null && isSilence(last))) this.#failAll([wanted], last ?? interrupted());
    else if (limit === null) this.#deliver(wanted, { statement }, []);
    else this.#deliver({ ...wanted, limit }, { statement }, [historyLimit(limit)]);
  }

  async #ask(wanted: readonly StatementWindow[], { login, source }: Ways, retries: number): Promise<Answer> {
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

  #failAll(wanted: readonly StatementWindow[], error: OfxSyncError, status: 'failed' | 'skipped' = 'failed'): void {
    for (const one of wanted) {
      const unasked = error.code === 'INTERRUPTED' || (this.#efforts.get(one.account)?.attempts ?? 0) === 0;
      const left = unasked && (error.code === 'INTERRUPTED' || error === this.#refusal);
      this.#deliver(one, { error, status: left ? 'skipped' : status }, []);
    }
  }

  #deliver(
    wanted: StatementWindow,
    result: { statement: Statement } | { error: OfxSyncError; status: 'failed' | 'skipped' },
    notices: readonly Notice[],
  ): void {
    if (this.#delivered.has(wanted.account)) return;
    this.#delivered.add(wanted.account);
    const effort = this.#efforts.get(wanted.account) ?? { durationMs: 0, attempts: 0 };
    this.#ports.deliver({
      wanted: {
        account: wanted.account,
        from: wanted.from,
        to: wanted.to,
        ...(wanted.limit === undefined ? {} : { limit: wanted.limit }),
      },
      ...effort,
      notices,
      serverTime: this.#serverTime,
      ...result,
    });
  }
}

interface Ways {
  readonly login: Login;
  readonly source: StatementSource;
}
