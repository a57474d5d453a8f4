/** The store, and what a request needs, for the length of a task: opened before it, closed after it, also when it fails. */

import type { Config } from '../../model/institution.js';
import type { Store } from '../../ports.js';
import type { Wiring } from '../../wiring.js';
import { askHidden } from '../terminal/hidden-prompt.js';
import { askAboutHosts } from './ask-about-hosts.js';
import type { Invocation } from './command.js';
import { storeForReading, storeForWriting } from './context.js';

/** Runs a task with the store open for reading, `null` before the first sync. */
export async function withStoreForReading<Result>(
  invocation: Invocation,
  task: (store: Store | null) => Promise<Result>,
): Promise<Result> {
  const store = await storeForReading(invocation);
  try {
    return await task(store);
  } finally {
    store?.close();
  }
}

/** Runs a task with the store open for writing and its folder locked. */
export async function withStoreForWriting<Result>(
  invocation: Invocation,
  task: (store: Store) => Promise<Result>,
  waitMs?: number,
): Promise<Result> {
  const { store, release } = await storeForWriting(invocation, waitMs);
  try {
    return await task(store);
  } finally {
    release();
  }
}

/** Runs a task with the store open for writing and the connections to institutions; passwords are asked on the terminal. */
export async function withWiring<Result>(
  invocation: Invocation,
  config: Config,
  task: (open: { readonly store: Store; readonly wiring: Wiring }) => Promise<Result>,
): Promise<Result> {
  const { wireFor } = await import('./wire-with-log.js');
  return withStoreForWriting(invocation, async (store) => {
    const { io, options } = invocation;
    const wiring = wireFor(io, { config, store, prompt: askHidden(io), confirmHost: askAboutHosts(io, options) });
    try {
      return await task({ store, wiring });
    } finally {
      await wiring.close();
    }
  });
}
