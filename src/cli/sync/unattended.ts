/** The preparations of `sync --unattended`: begin at a random moment, wait for the network, choose the accounts that are due. */

import { setTimeout as delay } from 'node:timers/promises';
import { ConnectionError, interrupted, type OfxSyncError, UsageError } from '../../errors.js';
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

/** A run starts within this time. */
export const SPREAD_MS = 600_000;
const NETWORK_MS = 300_000;

/** Time to wait for another run to finish; the accounts that are due are chosen afterwards. */
export const UNATTENDED_LOCK_MS = 300_000;

/** Returns true for an unattended run. @throws UsageError for options that do not fit. */
export function isUnattended(invocation: Invocation): boolean {
  const unattended = invocation.options['unattended'] === true;
  for (const name of ['spread', 'waitNetwork'])
    if (!unattended && textOption(invocation, name) !== undefined)
      throw new UsageError(`--${name === 'spread' ? name : 'wait-network'} requires --unattended`);
  if (unattended && invocation.options['force'] === true)
    throw new UsageError(
      '--force and --unattended exclude each other',
      'Only a person may try a refused sign-on again.',
    );
  return unattended;
}

/**
 * Waits until the run may begin; nothing is locked meanwhile.
 * @returns the error of a run without a network, `null` with one.
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
  if (io.signal.aborted) throw interrupted();
  if (found) return null;
  return new ConnectionError('CONNECTION_FAILED', 'no network; nothing was requested', {
    hint: 'The next run tries again. To wait longer: --wait-network TIME',
    retryable: true,
  });
}

/** Returns the accounts that are due, as names for the sync, and a line for each institution that is skipped. */
export function dueNow(
  config: Config,
  { words, io }: Invocation,
  store: Pick<Store, 'requestHistory'>,
): { readonly names: readonly string[]; readonly lines: readonly string[] } {
  const now = io.now();
  const due = dueAccounts(config, chosenAccounts(config, words), { store, now });
  return { names: due.accounts.map(accountKey), lines: due.skipped.map(skippedLine) };
}

function skippedLine({ institution, reason, until }: SkippedInstitution): string {
  const cause = reason === 'down' ? 'it was down' : 'it was synced recently';
  return `${visible(institution)}: skipped until ${momentText(until.toISOString())}, because ${cause}`;
}
