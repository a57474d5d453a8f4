/** The syncs of `serve --every`: one after the other, each with the manners of `sync --unattended`. */

import { setTimeout as delay } from 'node:timers/promises';
import { toOfxSyncError } from '../../errors.js';
import type { Invocation } from '../command/command.js';
import { waitOption } from '../command/context.js';
import { EXIT, exitOfError } from '../command/exit-codes.js';
import { syncCommand } from '../sync/sync-command.js';
import { SPREAD_MS } from '../sync/unattended.js';
import { writeLines } from '../terminal/io.js';
import { errorLines } from '../terminal/wording.js';

/** The clock is read this often, since a machine that sleeps stops timers. */
const LOOK_MS = 60_000;

/** Syncs at once and then at this distance, until the first signal. @returns the exit status: 130 when a sync was interrupted */
export async function syncEvery(everyMs: number, invocation: Invocation): Promise<number> {
  const { io } = invocation;
  const spreadMs = waitOption(invocation, 'spread') ?? SPREAD_MS;
  for (;;) {
    const startedAt = io.now().getTime();
    await untilDue(startedAt + Math.floor(io.random() * spreadMs), spreadMs, invocation);
    if (io.signal.aborted) return EXIT.ok;
    const code = await syncOnce(invocation);
    if (io.signal.aborted) return code === EXIT.interrupted ? code : EXIT.ok;
    await untilDue(startedAt + everyMs, everyMs, invocation);
  }
}

/** Runs one sync. Its failures are reported, and the next one is tried all the same. */
async function syncOnce(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  const { config, data, logFormat, verbose, color } = options;
  const own = { config, data, spread: '0s', logFormat, verbose, color, unattended: true, quiet: true, progress: false };
  const given = Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined));
  try {
    return await syncCommand({ ...invocation, words: [], options: given });
  } catch (thrown) {
    const error = toOfxSyncError(thrown);
    if (error.code !== 'INTERRUPTED') await writeLines(io.stderr, errorLines(error));
    return exitOfError(error);
  }
}

async function untilDue(due: number, mostMs: number, { io }: Invocation): Promise<void> {
  const end = performance.now() + mostMs;
  // A clock that is put back must not delay the next sync for longer than usual.
  while (!io.signal.aborted && io.now().getTime() < due && performance.now() < end)
    await delay(Math.min(LOOK_MS, Math.max(1, due - io.now().getTime())), undefined, { signal: io.signal }).catch(
      () => undefined,
    );
}
