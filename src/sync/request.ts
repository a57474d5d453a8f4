/**
 * One question to one institution: a request, its attempts, and the answer read. Retries only what the institution
 * cannot have judged or asked patience for; each attempt is rebuilt with new ids, since a repeated TRNUID may be refused.
 */

import { OfxError, OfxSyncError, toOfxSyncError } from '../errors.js';
import type { OfxFile } from '../ofx/file.js';
import type { Login, Reply, StatementRequest, StatementSource, StatementWindow } from '../ports.js';
import type { Limiter } from './limiter.js';
import { readReply } from './reply.js';

export interface AskPorts {
  readonly limiter: Limiter;
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<OfxFile>;
  readonly newUid: () => string;
  readonly random: () => number;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** A reply has arrived, readable or not. */
  readonly onReply: (reply: Reply, request: StatementRequest) => void;
  readonly onState: (
    wanted: readonly StatementWindow[],
    state: 'connecting' | 'receiving' | 'retrying',
    more?: { bytes?: number; detail?: string },
  ) => void;
}

export interface Question {
  readonly login: Login;
  readonly source: StatementSource;
  readonly wanted: readonly StatementWindow[];
  /** Further attempts after the first. */
  readonly retries: number;
  readonly timeoutMs: number;
  readonly perInstitution: number;
  readonly signal: AbortSignal;
  /** Asked when a slot is free: an error leaves the request unsent. */
  readonly refusal: () => OfxSyncError | null;
}

export type Asked = StatementWindow & { readonly trnuid: string };

interface Effort {
  /** Time that the attempts took, waiting for slots and patience left out. */
  readonly durationMs: number;
  readonly attempts: number;
}

export type Answer = Effort &
  (
    | { readonly ok: true; readonly file: OfxFile; readonly httpStatus: number; readonly asked: readonly Asked[] }
    | { readonly ok: false; readonly error: OfxSyncError }
  );

const BACK_OFF_MS = 500;
const LONGEST_PATIENCE_MS = 30_000;

/** Asks until there is an answer or an error that another attempt would not change. Never rejects. */
export async function ask(question: Question, ports: AskPorts): Promise<Answer> {
  let durationMs = 0;
  for (let attempts = 1; ; attempts += 1) {
    const attempt = await ports.limiter.run(
      question.login.institution.name,
      () => attemptOnce(question, ports),
      question.perInstitution,
    );
    durationMs += attempt.durationMs;
    if (attempt.ok) return { ...attempt, durationMs, attempts };
    const sent = attempt.sent ? attempts : attempts - 1;
    const { error } = attempt;
    if (!error.retryable || attempts > question.retries || question.signal.aborted)
      return { ok: false, error, durationMs, attempts: sent };
    const wait = patience(attempts, error, ports.random);
    ports.onState(question.wanted, 'retrying', { detail: `${error.code}, again in ${(wait / 1000).toFixed(1)} s` });
    await ports.sleep(wait, question.signal).catch(() => undefined);
  }
}

type Attempt = { readonly durationMs: number } & (
  | { readonly ok: true; readonly file: OfxFile; readonly httpStatus: number; readonly asked: readonly Asked[] }
  | { readonly ok: false; readonly error: OfxSyncError; readonly sent: boolean }
);

async function attemptOnce(question: Question, ports: AskPorts): Promise<Attempt> {
  const refusal = question.signal.aborted ? interrupted() : question.refusal();
  if (refusal !== null) return { ok: false, error: refusal, durationMs: 0, sent: false };
  const started = performance.now();
  const asked = question.wanted.map((wanted) => ({ ...wanted, trnuid: ports.newUid() }));
  ports.onState(question.wanted, 'connecting');
  try {
    const request = { login: question.login, wanted: asked };
    const reply = await question.source.fetch(request, {
      signal: question.signal,
      timeoutMs: question.timeoutMs,
      onBytes: (bytes) => ports.onState(question.wanted, 'receiving', { bytes }),
    });
    ports.onReply(reply, request);
    const { httpStatus } = reply;
    const file = await readReply(reply, question.login.institution, (bytes) =>
      readWhole(bytes, question.signal, ports),
    );
    return { ok: true, file, httpStatus, asked, durationMs: performance.now() - started };
  } catch (error) {
    const known = question.signal.aborted ? interrupted() : toOfxSyncError(error);
    return { ok: false, error: known, durationMs: performance.now() - started, sent: true };
  }
}

async function readWhole(bytes: Uint8Array, signal: AbortSignal, { read }: AskPorts): Promise<OfxFile> {
  const file = await read(bytes, signal);
  refuseHalf(file);
  return file;
}

/** Half an answer would pass for the whole window, and the transactions that were cut off would never be asked for again. */
function refuseHalf({ notices }: OfxFile): void {
  if (!notices.some(({ code }) => code === 'truncated')) return;
  throw new OfxError('OFX_UNREADABLE', 'the reply was cut off before its end; nothing of it was stored', {
    hint: 'The fault is on their side or on the way: try again later, or ask for less with --since.',
  });
}

export function interrupted(): OfxSyncError {
  return new OfxSyncError('INTERRUPTED', 'interrupted before the statement had arrived', {
    hint: 'Run again: what had arrived is stored.',
  });
}

/** The institution's own Retry-After, capped; else doubling with full jitter, so that many clients do not come back as one. */
function patience(attempt: number, error: OfxSyncError, random: () => number): number {
  if (error.retryAfterMs !== null) return Math.min(error.retryAfterMs, LONGEST_PATIENCE_MS);
  return BACK_OFF_MS * 2 ** (attempt - 1) * (0.5 + random() / 2);
}
