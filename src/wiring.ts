/** Connects the ports of a run to the real implementations, for commands and the library. Loads only what the run needs. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProbePorts } from './discovery/probe.js';
import { addressesOf } from './discovery/profile.js';
import type { Config, Institution } from './model/institution.js';
import type { SignonExtras } from './model/login.js';
import { present } from './model/present.js';
import { Secret, type SecretReference } from './model/secret.js';
import type { OfxFile } from './ofx/file.js';
import type { Origin } from './ofx/unpack/identify.js';
import type { RequestStamp } from './ofx/write/request.js';
import type { Login, SecretContext, StatementFile, StatementSource, Store } from './ports.js';
import type { Connections } from './sources/direct-connect.js';
import type { DryRunPorts } from './sync/dry-run.js';
import type { SyncPorts } from './sync/sync.js';

export interface WiringOptions {
  readonly config: Config;
  readonly store: Store;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks on the terminal without echo; absent without a terminal. */
  readonly prompt?: (question: string) => Promise<string>;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
}

export interface Wiring {
  readonly ports: SyncPorts;
  /** Returns the address behind `sandbox://NAME`, and any other address unchanged. */
  readonly resolveUrl: (url: string) => Promise<string>;
  /** Closes connections and the sandbox, if one was started. */
  close(): Promise<void>;
}

export function wire(options: WiringOptions): Wiring {
  const now = options.now ?? (() => new Date());
  const sources = lazySources({ env: options.env, now });
  const opened = new Map<string, Promise<StatementSource>>();
  const sourceFor = (institution: Institution) => {
    const source = opened.get(institution.name) ?? sources.open(institution);
    opened.set(institution.name, source);
    return source;
  };
  return {
    ports: {
      store: options.store,
      sourceFor,
      resolveLogin: (institution) => resolveLogin(institution, options),
      newFiles: newFilesOf,
      read: readReply,
      now,
      newUid: randomUUID,
      random: Math.random,
      sleep,
    },
    resolveUrl: sources.resolveUrl,
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

async function* newFilesOf(institution: Institution, isTaken: (hash: string) => boolean): AsyncIterable<StatementFile> {
  const { newFiles } = await import('./sources/files.js');
  yield* newFiles(institution, isTaken);
}

/** Resolves the secrets of a login, each once and all at once. An institution with files needs none. */
async function resolveLogin(
  institution: Institution,
  { config, store, env, prompt, signal }: WiringOptions,
): Promise<Login> {
  const { resolveSecret } = await import('./secrets/index.js');
  const context = (field: string): SecretContext =>
    present({ institution: institution.name, field, env, baseDir: dirname(config.file), signal, prompt });
  const get = async (reference: SecretReference | null, field: string) =>
    reference === null ? new Secret('') : resolveSecret(reference, context(field));
  const optional = async (field: 'userCred1' | 'userCred2') => {
    const reference = institution[field];
    return reference === undefined ? {} : { [field]: await get(reference, field) };
  };
  const [userId, password, clientUid, userCred1, userCred2] = await Promise.all([
    get(institution.userId, 'userId'),
    get(institution.password, 'password'),
    institution.clientUid === null
      ? null
      : institution.clientUid === 'auto'
        ? ownClientUid(institution.name, store)
        : get(institution.clientUid, 'clientUid'),
    optional('userCred1'),
    optional('userCred2'),
  ]);
  const { accessKey, sessionCookie, profile } = store.loginState(institution.name);
  const extras: SignonExtras = {
    ...userCred1,
    ...userCred2,
    ...(accessKey === null ? {} : { accessKey: new Secret(accessKey) }),
    ...(sessionCookie === null ? {} : { sessionCookie: new Secret(sessionCookie) }),
  };
  return { institution, userId, password, clientUid, extras, addresses: addressesOf(institution, profile) };
}

/**
 * Creates the client UID once and keeps it: institutions register it, and a new one would have to be confirmed again. It is in
 * upper case and without dashes, the form that all institutions accept.
 */
function ownClientUid(institution: string, store: Store): Secret {
  const known = store.loginState(institution).clientUid;
  if (known !== null) return new Secret(known);
  const created = randomUUID().replaceAll('-', '').toUpperCase();
  store.setLoginState(institution, { clientUid: created });
  return new Secret(created);
}

/** Connects `--dry-run`, which prints requests instead of sending them. `store` is `null` before the first sync. */
export function dryRunPorts({ store, now }: { readonly store: Store | null; readonly now: () => Date }): DryRunPorts {
  return {
    now,
    newUid: randomUUID,
    maskedLogin: (institution) => maskedLogin(institution, store),
    sourceFor: async (institution) => {
      const { directConnect } = await import('./sources/direct-connect.js');
      const resolveUrl = async (url: string) => url;
      return directConnect(institution, { stamp: () => requestStamp(now), resolveUrl, now, sleep });
    },
  };
}

/** Returns a login with the same secrets as a sync would use, each replaced by a mask. */
function maskedLogin(institution: Institution, store: Store | null): Login {
  const masked = new Secret('');
  const state = store?.loginState(institution.name);
  return {
    institution,
    userId: masked,
    password: masked,
    clientUid: institution.clientUid === null ? null : masked,
    extras: {
      ...(institution.userCred1 === undefined ? {} : { userCred1: masked }),
      ...(institution.userCred2 === undefined ? {} : { userCred2: masked }),
      ...(state?.accessKey == null ? {} : { accessKey: masked }),
      ...(state?.sessionCookie == null ? {} : { sessionCookie: masked }),
    },
    addresses: addressesOf(institution, state?.profile ?? null),
  };
}

/** Connects `probe`, which needs neither a store nor secrets. */
export async function openProbe(options: {
  readonly env: WiringOptions['env'];
  readonly now: () => Date;
  readonly timeoutMs: number;
}): Promise<ProbePorts & { close: () => Promise<void> }> {
  const { env, now, timeoutMs } = options;
  const sources = lazySources({ env, now });
  return {
    request: async (institution, signal) => {
      const inquiry = { kind: 'profile', login: null, updated: null } as const;
      return (await sources.open(institution)).inquire(inquiry, { signal, timeoutMs });
    },
    read: readReply,
    sleep,
    close: sources.close,
  };
}

interface Sources {
  readonly open: (institution: Institution) => Promise<StatementSource>;
  readonly resolveUrl: (url: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

/** Opens Direct Connect sources, which share connections and the sandbox; these start with the first request. */
function lazySources({ env, now }: { readonly env: WiringOptions['env']; readonly now: () => Date }): Sources {
  const sandbox = lazySandbox(now);
  const { resolveUrl } = sandbox;
  let connections: Connections | null = null;
  return {
    open: async (institution) => {
      if (institution.files !== null) throw new TypeError(`${institution.name} offers files only`);
      const { directConnect, Connections: RunConnections } = await import('./sources/direct-connect.js');
      connections ??= new RunConnections();
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
      const { host, search } = new URL(url);
      return (await started).url(host) + search;
    },
    close: async () => (await started)?.close(),
  };
}

async function readReply(bytes: Uint8Array, signal: AbortSignal, origin: Origin = 'reply'): Promise<OfxFile> {
  return (await import('./ofx/read.js')).readOfx(bytes, signal, origin);
}

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
}
