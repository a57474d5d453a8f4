/**
 * Sends one request for statements and reads its reply. A request is repeated only when the institution cannot have judged it
 * or answered "not now"; each attempt is written anew with new ids, since a repeated TRNUID may be refused. Credentials that
 * were never accepted are not repeated once they were sent.
 */

import { interrupted, OfxError, type OfxSyncError, toOfxSyncError } from '../errors.js';
import { statementAddress } from '../model/login.js';
import type { OfxFile } from '../ofx/file.js';
import type { Login, Reply, Shortage, StatementRequest, StatementSource, StatementWindow } from '../ports.js';
import type { Limiter } from './limiter.js';
import { readReply } from './reply.js';
import type { Guard } from './signon-guard.js';
import { judgeSignon } from './verdict.js';

export interface RequestPorts {
  readonly limiter: Limiter;
  readonly guard: Guard;
  readonly read: (bytes: Uint8Array, signal: AbortSignal) => Promise<OfxFile>;
  readonly newUid: () => string;
  readonly random: () => number;
  readonly now: () => Date;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** Waits until it is this reply's turn to be read; not at all when absent. */
  readonly turn?: (how: { readonly isShort: boolean }) => Promise<void>;
  /** Called with every reply, readable or not; the statements in it are used when this is done. */
  readonly onReply: (reply: Reply, request: StatementRequest) => Promise<void> | void;
  readonly onState: (
    wanted: readonly StatementWindow[],
    state: 'connecting' | 'receiving' | 'retrying',
    more?: { bytes?: number; detail?: string },
  ) => void;
}

interface RequestTask {
  readonly login: Login;
  readonly source: StatementSource;
  readonly wanted: readonly StatementWindow[];
  /** Further attempts after the first. */
  readonly retries: number;
  readonly timeoutMs: number;
  readonly perInstitution: number;
  readonly signal: AbortSignal;
  /** Called when a slot is free: an error leaves the request unsent. */
  readonly refusal: () => OfxSyncError | null;
}

export interface Effort {
  /** Time that the attempts took, without the waits for a slot and between attempts. */
  readonly durationMs: number;
  readonly attempts: number;
}

/** A reply that could be read, and the windows that were requested with their TRNUIDs. */
interface Received {
  readonly ok: true;
  readonly file: OfxFile;
  readonly httpStatus: number;
  readonly requested: StatementRequest['wanted'];
  readonly shortage: Shortage | null;
}

export type RequestResult = Effort & (Received | { readonly ok: false; readonly error: OfxSyncError });

type AttemptResult = { readonly durationMs: number } & (
  | Received
  | { readonly ok: false; readonly error: OfxSyncError; readonly sent: boolean }
);

const BACK_OFF_MS = 500;
/** Bytes of a reply that is read at once. A refusal has fewer. */
const MOST_SHORT = 16_384;
const NEVER = new AbortController().signal;
const LONGEST_WAIT_MS = 30_000;

/** Tries until there is a reply, or an error that another attempt would not change. Never rejects. */
export async function requestStatements(task: RequestTask, ports: RequestPorts): Promise<RequestResult> {
  let durationMs = 0;
  for (let attempts = 1; ; attempts += 1) {
    const result = await attemptOnce(task, ports);
    durationMs += result.durationMs;
    if (result.ok) return { ...result, durationMs, attempts };
    const { error, sent } = result;
    const mayRepeat = error.retryable && (error.unsent || ports.guard.isAccepted(task.login));
    if (!mayRepeat || attempts > task.retries || task.signal.aborted)
      return { ok: false, error, durationMs, attempts: sent ? attempts : attempts - 1 };
    await pauseBefore(attempts, { error, wanted: task.wanted, signal: task.signal }, ports);
  }
}

/** Waits before another attempt. @param attempts those that were made. */
export async function pauseBefore(
  attempts: number,
  { error, wanted, signal }: { error: OfxSyncError; wanted: readonly StatementWindow[]; signal: AbortSignal },
  ports: RequestPorts,
): Promise<void> {
  const waitMs = waitBefore(attempts, error, ports.random);
  ports.onState(wanted, 'retrying', { detail: `${error.code}, again in ${(waitMs / 1000).toFixed(1)} s` });
  await ports.sleep(waitMs, signal).catch(() => undefined);
}

/** Sends the request in a slot; the sign-on is judged before the institution's slot is free. */
async function attemptOnce(task: RequestTask, ports: RequestPorts): Promise<AttemptResult> {
  const { login, source, wanted, signal, timeoutMs } = task;
  const { limiter, guard } = ports;
  const requested = wanted.map((one) => ({ ...one, trnuid: ports.newUid() }));
  let started: number | null = null;
  const passed = () => (started === null ? 0 : performance.now() - started);
  let release = (): void => undefined;
  let kept = Promise.resolve();
  try {
    const result = await guard.present<AttemptResult & Received>(login, {
      address: statementAddress({ login, wanted }) ?? '',
      signal,
      inSlot: (work) =>
        limiter.run(
          login.institution.name,
          async (free) => {
            const refusal = task.refusal();
            if (refusal !== null) throw refusal;
            release = free;
            return work();
          },
          task.perInstitution,
        ),
      judge: ({ file }) => judgeSignon(file, login.institution),
      send: async (how) => {
        started = performance.now();
        ports.onState(wanted, 'connecting');
        const request = { login, wanted: requested };
        const onBytes = (bytes: number) => ports.onState(wanted, 'receiving', { bytes });
        const reply = await source.fetch(request, { ...how, timeoutMs, onBytes });
        const durationMs = passed();
        release();
        const isShort = reply.body.byteLength <= MOST_SHORT;
        await ports.turn?.({ isShort });
        const { shortage = null } = reply;
        // Whoever reads it again must not take an account for complete whose older days were not requested.
        const complete = requested.filter(({ from }) => shortage === null || from >= shortage.from);
        kept = Promise.resolve(ports.onReply(reply, { login, wanted: complete }));
        // A reply that cannot be read is the failure to report.
        kept.catch(() => undefined);
        const file = await readReply(reply, { institution: login.institution, login }, async (bytes) =>
          // What has arrived is judged all the same: a refusal must not be forgotten.
          refuseTruncated(await ports.read(bytes, isShort ? NEVER : how.signal)),
        );
        return { ok: true, file, httpStatus: reply.httpStatus, requested, shortage, durationMs };
      },
    });
    // The slot is free meanwhile.
    await kept;
    return result;
  } catch (error) {
    const known = signal.aborted ? interruptedBefore() : toOfxSyncError(error);
    return { ok: false, error: known, durationMs: passed(), sent: started !== null };
  }
}

/**
 * Returns a reply that is complete: a truncated one would pass for the whole window, and the transactions that it lacks would
 * never be requested again. @throws OfxError
 */
export function refuseTruncated(file: OfxFile): OfxFile {
  if (!file.notices.some(({ code }) => code === 'truncated')) return file;
  throw new OfxError('OFX_UNREADABLE', 'the reply was cut off before its end; nothing of it was stored', {
    hint: 'The problem is at the bank or on the network: try again later, or request fewer days with --since.',
  });
}

function interruptedBefore(): OfxSyncError {
  return interrupted({
    message: 'interrupted before the statement arrived',
    hint: 'Run again: the statements that arrived are stored.',
  });
}

/** The institution's own Retry-After, at most 30 s; else doubling with full jitter, so that many clients do not return at once. */
function waitBefore(attempt: number, error: OfxSyncError, random: () => number): number {
  if (error.retryAfterMs !== null) return Math.min(error.retryAfterMs, LONGEST_WAIT_MS);
  return BACK_OFF_MS * 2 ** (attempt - 1) * (0.5 + random() / 2);
}
