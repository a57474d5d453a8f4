/**
 * The outcome of the last unattended run, even of one that could not begin. It is noted beside the store, which may itself be
 * broken, and reported to the person when it changes.
 */

import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ConfigError, type OfxSyncError, toOfxSyncError } from '../../errors.js';
import type { Store } from '../../ports.js';
import { ensureFolder } from '../../store/folder.js';
import { writeWhole } from '../command/atomic-file.js';
import { withoutVariables } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf } from '../command/context.js';
import { serviceFetch } from '../command/service-fetch.js';
import { warnOfUndelivered } from './send-notifications.js';

export interface UnattendedRun {
  /** ISO 8601 instants. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** The error that ended the run as a whole; `null` when every institution that was due was asked. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  /** Code of the error that was last reported to the person. */
  readonly told: string | null;
}

const FILE = 'last-attempt.json';

/** Runs the sync, records its outcome, and returns or throws the same. */
export async function recordUnattendedRun(invocation: Invocation, run: () => Promise<number>): Promise<number> {
  const startedAt = invocation.io.now().toISOString();
  try {
    const code = await run();
    if (!invocation.io.signal.aborted) await record(invocation, startedAt, null);
    return code;
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code !== 'INTERRUPTED') await record(invocation, startedAt, error);
    throw thrown;
  }
}

/** Reads the note; `null` before the first unattended run. */
export function readUnattendedRun(dataDir: string): UnattendedRun | null {
  const path = join(dataDir, FILE);
  try {
    const value: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
    return isUnattendedRun(value) ? value : null;
  } catch {
    // A damaged or foreign file counts as none.
    return null;
  }
}

/** Returns the last run by a timer, unless another run began later. */
export function lastUnattendedRun(invocation: Invocation, store: Pick<Store, 'runs'> | null): UnattendedRun | null {
  const run = readUnattendedRun(dataDirOf(invocation));
  return run !== null && isLatest(run, store?.runs(1)[0]) ? run : null;
}

/** Returns true for a run that is the last of the store, or a newer one that the store does not know. */
export function isLatest({ endedAt }: UnattendedRun, run: { readonly startedAt: string } | undefined | null): boolean {
  return run == null || Date.parse(run.startedAt) <= Date.parse(endedAt);
}

/** Returns true when a person has to act. A machine without a network recovers on its own. */
export function runNeedsAttention({ error }: UnattendedRun): boolean {
  return error !== null && error.code !== 'CONNECTION_FAILED';
}

async function record(invocation: Invocation, startedAt: string, failure: OfxSyncError | null): Promise<void> {
  const data = dataDirOf(invocation);
  const reported = readUnattendedRun(data)?.told ?? null;
  const error =
    failure === null ? null : { code: failure.code, message: failure.message, hint: placesOf(failure) ?? failure.hint };
  const run = { startedAt, endedAt: invocation.io.now().toISOString(), error, told: reported };
  const told = error === null || runNeedsAttention(run) ? await notify(run, invocation) : reported;
  try {
    ensureFolder(data);
    const text = `${JSON.stringify({ version: 1, ...run, told }, null, 2)}\n`;
    await writeWhole(join(data, FILE), [text], new AbortController().signal);
  } catch {
    // Where nothing can be written, the run itself has reported that.
  }
}

/** Names the places of the errors in a configuration. The errors themselves may hold private values. */
function placesOf(error: OfxSyncError): string | null {
  if (!(error instanceof ConfigError) || error.problems.length === 0) return null;
  const places = error.problems.slice(0, 3).map(({ line, path }) => `line ${line}${path === '' ? '' : ` (${path})`}`);
  return `Look at ${places.join(', ')}: ofx-sync check --offline`;
}

/** Notifies the person of a new error or of its end. @returns the code that is reported now. */
async function notify({ startedAt, error, told }: UnattendedRun, invocation: Invocation): Promise<string | null> {
  const { io } = invocation;
  if ((error?.code ?? null) === told) return told;
  const [{ notifyOfSource }, { runMessage }, { send }] = await Promise.all([
    import('../command/trust.js'),
    import('../../notify/message.js'),
    import('../../notify/send.js'),
  ]);
  try {
    const found = await notifyOfSource({ ...invocation, options: { ...invocation.options, quiet: true } });
    if (found === null) return null;
    const { file, settings, secretVariables } = found;
    const context = {
      platform: io.platform,
      env: withoutVariables(io.env, secretVariables),
      baseDir: dirname(file),
      signal: io.signal,
      fetch: serviceFetch(io.env),
    };
    const message = runMessage(error, settings, { id: randomUUID(), at: new Date(startedAt), hidden: [] });
    if (message !== null) await send(message, settings, context);
    return error?.code ?? null;
  } catch (thrown) {
    await warnOfUndelivered(toOfxSyncError(thrown), io);
    return told;
  }
}

function isUnattendedRun(value: unknown): value is UnattendedRun {
  if (typeof value !== 'object' || value === null) return false;
  const { startedAt, endedAt, error, told: reported } = value as Readonly<Record<string, unknown>>;
  const texts =
    typeof startedAt === 'string' && typeof endedAt === 'string' && (reported === null || typeof reported === 'string');
  return texts && isError(error);
}

function isError(value: unknown): value is UnattendedRun['error'] {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { code, message, hint } = value as Readonly<Record<string, unknown>>;
  return typeof code === 'string' && typeof message === 'string' && (hint === null || typeof hint === 'string');
}
