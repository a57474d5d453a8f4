/** Connects the ports of a run to the real implementations, for commands and the library. Loads only what the run needs. */

import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { confirmedAddresses } from './discovery/hosts.js';
import { type LoginOptions, maskedLogin, resolveLogin } from './discovery/login.js';
import type { ProbePorts } from './discovery/probe.js';
import { localDate } from './model/dates.js';
import type { Config, Institution } from './model/institution.js';
import { readyToSignOn } from './ofx/demands.js';
import type { OfxFile } from './ofx/file.js';
import type { Origin } from './ofx/unpack/identify.js';
import type { RequestStamp } from './ofx/write/request.js';
import type { Login, StatementFile, StatementSource, Store } from './ports.js';
import type { Connections } from './sources/direct-connect.js';
import { dailyLimit } from './sync/daily-limit.js';
import type { DryRunPorts } from './sync/dry-run.js';
import type { SyncPorts } from './sync/sync.js';

export interface WiringOptions extends LoginOptions {
  readonly now?: () => Date;
}

export interface Wiring {
  readonly ports: SyncPorts;
  /** Resolves a login whose profile may still demand more for the sign-on, which the one of `ports` refuses. */
  readonly resolveLogin: SyncPorts['resolveLogin'];
  /** Returns the address behind `sandbox://NAME`, and any other address unchanged. */
  readonly resolveUrl: (url: string) => Promise<string>;
  /** Returns the addresses of a login by the profile that is kept now. Rejects with an AddressError. */
  readonly addressesOf: (institution: Institution) => Promise<NonNullable<Login['addresses']>>;
  /** Closes connections and the sandbox, if one was started. */
  close(): Promise<void>;
}

export function wire(options: WiringOptions): Wiring {
  const now = options.now ?? (() => new Date());
  const sources = lazySources({ env: options.env, now, store: options.store });
  const opened = new Map<string, Promise<StatementSource>>();
  const sourceFor = (institution: Institution) => {
    // A failure is that of the first reply that is read.
    if (opened.size === 0) void prepareToRead().catch(() => undefined);
    const source = opened.get(institution.name) ?? openProgram(institution, options, now) ?? sources.open(institution);
    opened.set(institution.name, source);
    return source;
  };
  return {
    ports: {
      store: options.store,
      sourceFor,
      resolveLogin: async (institution) => readyToSignOn(await resolveLogin(institution, options)),
      newFiles: newFilesOf,
      read: readBytes,
      now,
      newUid: randomUUID,
      random: Math.random,
      sleep,
    },
    resolveLogin: (institution) => resolveLogin(institution, options),
    resolveUrl: sources.resolveUrl,
    addressesOf: (institution) =>
      confirmedAddresses(institution, options.store.loginState(institution.name).profile, options),
    close: async () => {
      const settled = await Promise.allSettled(opened.values());
      await Promise.all(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value.close()] : [])));
      await sources.close();
    },
  };
}

/** Returns the date, time zone and new ids of one attempt. */
export function requestStamp(now: () => Date): RequestStamp {
  const at = now();
  return { now: at, zoneMinutes: -at.getTimezoneOffset(), newUid: randomUUID };
}

/** Returns the source of an institution with `command:`; `null` for any other. */
function openProgram(
  institution: Institution,
  { env, config }: Pick<WiringOptions, 'env' | 'config'>,
  now: () => Date,
): Promise<StatementSource> | null {
  const { program } = institution;
  if (program === undefined) return null;
  return import('./sources/program.js').then(({ programSource }) =>
    programSource(institution, program, { env, folder: dirname(config.file), today: () => localDate(now()) }),
  );
}

async function* newFilesOf(institution: Institution, isTaken: (hash: string) => boolean): AsyncIterable<StatementFile> {
  const { newFiles } = await import('./sources/files.js');
  yield* newFiles(institution, isTaken);
}

/** Connects `--dry-run`, which prints requests instead of sending them. `store` is `null` before the first sync. */
export function dryRunPorts({
  config,
  store,
  now,
}: {
  readonly config: Config;
  readonly store: Store | null;
  readonly now: () => Date;
}): DryRunPorts {
  return {
    now,
    newUid: randomUUID,
    maskedLogin: (institution) => maskedLogin(institution, store),
    sourceFor: async (institution) => {
      const program = await openProgram(institution, { env: {}, config }, now);
      if (program !== null) return program;
      const resolveUrl = async (url: string) => url;
      if (institution.simplefin === true) {
        const { simplefinSource } = await import('./sources/simplefin.js');
        return simplefinSource(institution, { count: UNCOUNTED, resolveUrl, now });
      }
      const { directConnect } = await import('./sources/direct-connect.js');
      return directConnect(institution, { stamp: () => requestStamp(now), resolveUrl, now, sleep });
    },
  };
}

/** Connects `probe`, which needs neither a store nor secrets. */
export async function openProbe(options: {
  readonly env: WiringOptions['env'];
  readonly now: () => Date;
  readonly timeoutMs: number;
}): Promise<ProbePorts & { close: () => Promise<void> }> {
  const { env, now, timeoutMs } = options;
  const sources = lazySources({ env, now, store: null });
  return {
    request: async (institution, signal) => {
      const inquiry = { kind: 'profile', login: null, updated: null } as const;
      return (await sources.open(institution)).inquire(inquiry, { signal, timeoutMs });
    },
    read: readBytes,
    sleep,
    close: sources.close,
  };
}

const UNCOUNTED = { require: () => undefined, free: () => Number.POSITIVE_INFINITY, record: () => () => undefined };

interface Sources {
  readonly open: (institution: Institution) => Promise<StatementSource>;
  readonly resolveUrl: (url: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Opens Direct Connect sources, which share connections and the sandbox; these start with the first request. */
function lazySources({
  env,
  now,
  store,
}: {
  readonly env: WiringOptions['env'];
  readonly now: () => Date;
  /** Counts the requests to bridges; `null` where none is asked. */
  readonly store: Store | null;
}): Sources {
  const sandbox = lazySandbox(now);
  const { resolveUrl } = sandbox;
  let connections: Connections | null = null;
  return {
    open: async (institution) => {
      if (institution.files !== null) throw new TypeError(`${institution.name} offers files only`);
      const { directConnect, Connections: RunConnections } = await import('./sources/direct-connect.js');
      connections ??= new RunConnections();
      if (institution.simplefin === true) {
        const { simplefinSource } = await import('./sources/simplefin.js');
        const count = store === null ? UNCOUNTED : dailyLimit(store, now);
        return simplefinSource(institution, { count, resolveUrl, connections, env, now });
      }
      return directConnect(institution, { stamp: () => requestStamp(now), resolveUrl, connections, env, now, sleep });
    },
    resolveUrl,
    close: async () => {
      await connections?.close();
      await sandbox.close();
    },
  };
}

/** Resolves `sandbox://NAME?fault=…` to a loopback address; the first one starts the embedded institutions. */
function lazySandbox(now: () => Date): { resolveUrl: (url: string) => Promise<string>; close: () => Promise<void> } {
  let started: Promise<import('./sandbox/server.js').Sandbox> | null = null;
  return {
    resolveUrl: async (url) => {
      if (!url.startsWith('sandbox:')) return url;
      started ??= import('./sandbox/server.js').then(({ startSandbox }) => startSandbox({ now }));
      return (await started).resolve(new URL(url));
    },
    close: async () => (await started)?.close(),
  };
}

/** Loads what reads a reply while the first one is awaited: long enough after the first request to be no hindrance to it. */
async function prepareToRead(): Promise<void> {
  await delay(5, undefined, { ref: false });
  await Promise.all([import('./simplefin/read.js'), import('./sources/large-reply.js'), import('./ofx/read.js')]);
}

async function readBytes(bytes: Uint8Array, signal: AbortSignal, origin: Origin = 'reply'): Promise<OfxFile> {
  const { looksLikeAccountSet, readAccountSets } = await import('./simplefin/read.js');
  if (looksLikeAccountSet(bytes)) return readAccountSets(bytes);
  const { isLarge, readLarge } = await import('./sources/large-reply.js');
  if (isLarge(bytes)) return readLarge(bytes, signal, origin);
  return (await import('./ofx/read.js')).readOfx(bytes, signal, origin);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  // As many institutions wait as there are; Node takes more than ten for a leak.
  setMaxListeners(Number.POSITIVE_INFINITY, signal);
  await delay(ms, undefined, { signal });
}
