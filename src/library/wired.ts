/** Options of everything that talks to banks, and its connections, for the length of a task. */

import type { Config } from '../model/institution.js';
import { present } from '../model/present.js';
import type { Store } from '../ports.js';
import { createGuard, type Guard } from '../sync/signon-guard.js';
import { type Wiring, wire } from '../wiring.js';

export interface ConnectionOptions {
  readonly store: Store;
  /** The environment of `env:` secrets and of commands; empty when absent. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Asks a person for a `prompt` secret. */
  readonly prompt?: (question: string) => Promise<string>;
  readonly signal?: AbortSignal;
}

export interface BankOptions extends ConnectionOptions {
  /** For every request; as configured when absent. */
  readonly timeoutMs?: number;
  /** Signs on although a sign-on was refused before. */
  readonly force?: boolean;
  /** A person asks for it: presents credentials once more that got no verdict twice. */
  readonly confirms?: boolean;
}

/** Connects a task to banks, and closes the connections after it, also when it fails. */
export async function connected<Result>(
  config: Config,
  { store, env = {}, prompt, signal }: ConnectionOptions,
  task: (wiring: Wiring) => Promise<Result>,
): Promise<Result> {
  const wiring = wire(present({ config, store, env, prompt, signal }));
  try {
    return await task(wiring);
  } finally {
    await wiring.close();
  }
}

/** The ports of requests other than for statements. */
export type BankPorts = Wiring['ports'] &
  Pick<Wiring, 'resolveLogin' | 'resolveUrl' | 'addressesOf'> & {
    readonly guard: Guard;
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly signal: AbortSignal;
  };

export function bankPorts(
  wiring: Wiring,
  { store, env = {}, signal, force = false, confirms = false }: BankOptions,
): BankPorts {
  const { ports, resolveLogin, resolveUrl, addressesOf } = wiring;
  return {
    ...ports,
    resolveLogin,
    resolveUrl,
    addressesOf,
    guard: createGuard(store, { force, confirms, now: ports.now }),
    env,
    signal: signal ?? new AbortController().signal,
  };
}
