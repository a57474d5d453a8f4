/**
 * What became of the last unattended run, also when it could not even begin: noted beside the store, which may be what is
 * broken, and told to the person when it is new.
 */

import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { locateConfig } from '../../config/yaml/locate.js';
import { ConfigError, type OfxSyncError, toOfxSyncError } from '../../errors.js';
import { ensureFolder } from '../../store/folder.js';
import { writeWhole } from '../command/atomic-file.js';
import { withoutVariables } from '../command/child-env.js';
import type { Invocation } from '../command/command.js';
import { dataDirOf } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { write } from '../terminal/io.js';

export interface UnattendedRun {
  /** ISO 8601 instants. */
  readonly startedAt: string;
  readonly endedAt: string;
  /** What kept the run as a whole from going on; `null` when every institution that was due was asked. */
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null } | null;
  /** Code of the error that the person knows of. */
  readonly told: string | null;
}

const FILE = 'last-attempt.json';

/** Runs it, notes what became of it, and passes that on. */
export async function recordUnattendedRun(invocation: Invocation, run: () => Promise<number>): Promise<number> {
  const startedAt = invocation.io.now().toISOString();
  try {
    const code = await run();
    if (!invocation.io.signal.aborted) await settle(invocation, startedAt, null);
    return code;
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code !== 'INTERRUPTED') await settle(invocation, startedAt, error);
    throw thrown;
  }
}

/** `null` before the first unattended run. */
export function readUnattendedRun(dataDir: string): UnattendedRun | null {
  const path = join(dataDir, FILE);
  try {
    const value: unknown = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : null;
    return isUnattendedRun(value) ? value : null;
  } catch {
    // Half of it, or somebody else's: as if there were none.
    return null;
  }
}

/** The same as the last run of the store, or newer: after it nothing else was begun. */
export function isLatest({ endedAt }: UnattendedRun, run: { readonly startedAt: string } | undefined | null): boolean {
  return run == null || Date.parse(run.startedAt) <= Date.parse(endedAt);
}

/** Whether a person has to do something about it. A machine without a network is put right by time alone. */
export function runNeedsAttention({ error }: UnattendedRun): boolean {
  return error !== null && error.code !== 'CONNECTION_FAILED';
}

async function settle(invocation: Invocation, startedAt: string, failure: OfxSyncError | null): Promise<void> {
  const data = dataDirOf(invocation);
  const known = readUnattendedRun(data)?.told ?? null;
  const error =
    failure === null ? null : { code: failure.code, message: failure.message, hint: placesOf(failure) ?? failure.hint };
  const run = { startedAt, endedAt: invocation.io.now().toISOString(), error, told: known };
  const told = error === null || runNeedsAttention(run) ? await tell(run, invocation) : known;
  try {
    ensureFolder(data);
    const text = `${JSON.stringify({ version: 1, ...run, told }, null, 2)}\n`;
    await writeWhole(join(data, FILE), [text], new AbortController().signal);
  } catch {
    // Where nothing can be written, the run itself has said so.
  }
}

/** Where the mistakes of a configuration are. What they are may hold something private. */
function placesOf(error: OfxSyncError): string | null {
  if (!(error instanceof ConfigError) || error.problems.length === 0) return null;
  const places = error.problems.slice(0, 3).map(({ line, path }) => `line ${line}${path === '' ? '' : ` (${path})`}`);
  return `Look at ${places.join(', ')}: ofx-sync check --offline`;
}

/** Tells what is new. @returns what the person knows of now. */
async function tell({ startedAt, error, told }: UnattendedRun, { options, io }: Invocation): Promise<string | null> {
  if ((error?.code ?? null) === told) return told;
  const [{ loadNotify }, { runMessage }, { send }] = await Promise.all([
    import('../../config/load-notify.js'),
    import('../../notify/message.js'),
    import('../../notify/send.js'),
  ]);
  try {
    const file = locateConfig(options.config, io, existsSync);
    const found = await loadNotify(file);
    if (found === null) return null;
    const { settings, secretVariables } = found;
    const context = { env: withoutVariables(io.env, secretVariables), baseDir: dirname(file), signal: io.signal };
    const message = runMessage(error, settings, { id: randomUUID(), at: new Date(startedAt), hidden: [] });
    if (message !== null) await send(message, settings, context);
    return error?.code ?? null;
  } catch (thrown) {
    const { message } = toOfxSyncError(thrown);
    await write(
      io.stderr,
      `warning: a message could not be delivered and waits for the next run: ${visible(message)}\n`,
    );
    return told;
  }
}

function isUnattendedRun(value: unknown): value is UnattendedRun {
  if (typeof value !== 'object' || value === null) return false;
  const { startedAt, endedAt, error, told } = value as Readonly<Record<string, unknown>>;
  const texts =
    typeof startedAt === 'string' && typeof endedAt === 'string' && (told === null || typeof told === 'string');
  return texts && isError(error);
}

function isError(value: unknown): value is UnattendedRun['error'] {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { code, message, hint } = value as Readonly<Record<string, unknown>>;
  return typeof code === 'string' && typeof message === 'string' && (hint === null || typeof hint === 'string');
}
