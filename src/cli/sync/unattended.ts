/** What `sync --unattended` does before it syncs: begin at a random moment, wait for the network, choose who is due. */

import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionError, OfxSyncError, UsageError } from '../../errors.js';
import { accountKey } from '../../model/account.js';
import type { Config } from '../../model/institution.js';
import type { Store } from '../../ports.js';
import { dueAccounts, type SkippedInstitution } from '../../schedule/backoff.js';
import { findHost, hostsOf, waitForNetwork } from '../../schedule/network.js';
import { proxyFor } from '../../sources/proxy.js';
import { chosenAccounts } from '../../sync/plan.js';
import type { Invocation } from '../command/command.js';
import { textOption, waitOption } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { momentText } from '../terminal/time-format.js';

const SPREAD_MS = 600_000;
const NETWORK_MS = 300_000;

/** Another run may be at work; what it did is looked at afterwards. */
export const UNATTENDED_LOCK_MS = 300_000;

/** @throws UsageError for options that go with `--unattended` alone. */
export function isUnattended(invocation: Invocation): boolean {
  const unattended = invocation.options['unattended'] === true;
  for (const name of ['spread', 'waitNetwork'])
    if (!unattended && textOption(invocation, name) !== undefined)
      throw new UsageError(`--${name === 'spread' ? name : 'wait-network'} goes with --unattended`);
  if (unattended && invocation.options['force'] === true)
    throw new UsageError(
      '--force and --unattended exclude each other',
      'A refused signon is tried again by a person alone.',
    );
  return unattended;
}

/**
 * Waits until the run may begin; nothing is locked meanwhile.
 * @returns the error with which the run ends when no network came.
 * @throws OfxSyncError INTERRUPTED
 */
export async function beforeUnattended(invocation: Invocation, config: Config): Promise<OfxSyncError | null> {
  const { io } = invocation;
  const spread = waitOption(invocation, 'spread') ?? SPREAD_MS;
  const limitMs = waitOption(invocation, 'waitNetwork') ?? NETWORK_MS;
  const sleep = (ms: number, signal: AbortSignal) => delay(ms, undefined, { signal });
  if (spread > 0) await sleep(Math.floor(io.random() * spread), io.signal).catch(() => undefined);
  const hosts = hostsOf(config.institutions, (url, configured) => proxyFor(url, configured, io.env));
  const found =
    io.signal.aborted || (await waitForNetwork({ hosts, limitMs, signal: io.signal }, { find: findHost, sleep }));
  if (io.signal.aborted) throw new OfxSyncError('INTERRUPTED', 'interrupted', { hint: 'Run again.' });
  if (found) return null;
  return new ConnectionError('CONNECTION_FAILED', 'there is no network; nothing was asked', {
    hint: 'The next run tries again. How long to wait: --wait-network',
    retryable: true,
  });
}

/** The accounts to ask for now, as names for the sync, and a line for each institution that is left out. */
export function dueNow(
  config: Config,
  { words, io }: Invocation,
  store: Pick<Store, 'requestHistory'>,
): { readonly names: readonly string[]; readonly lines: readonly string[] } {
  const now = io.now();
  const due = dueAccounts(config, chosenAccounts(config, words), { store, now });
  return { names: due.accounts.map(accountKey), lines: due.skipped.map(leftLine) };
}

function leftLine({ institution, reason, until }: SkippedInstitution): string {
  const why = reason === 'down' ? 'it has been down' : 'it was asked a moment ago';
  return `${visible(institution)}: left out until ${momentText(until.toISOString())}, since ${why}`;
}
