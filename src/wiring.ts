/** The real plug points put together, for the commands and for the library. What a run does not need is not loaded. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ProbePorts } from './discovery/probe.js';
import { addressesOf } from './discovery/profile.js';
import type { Config, Institution } from './model/institution.js';
import type { SignonExtras } from './model/login.js';
import { Secret, type SecretReference } from './model/secret.js';
import type { RequestStamp } from './ofx/write/request.js';
import type { FoundFile, Login, SecretContext, StatementSource, Store } from './ports.js';
import type { Connections } from './sources/direct-connect.js';
import type { DryRunPorts } from './sync/dry-run.js';
import type { SyncPorts } from './sync/sync.js';

export interface WiringOptions {
  readonly config: Config;
  readonly store: Store;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks on the terminal without echo, where there is one. */
  readonly prompt?: (question: string) => Promise<string>;
  readonly now?: () => Date;
  readonly signal?: AbortSignal;
}

export interface Wiring {
  readonly ports: SyncPorts;
  /** The address behind `sandbox://NAME`, any other as it is. */
  readonly resolveUrl: (url: string) => Promise<string>;
  /** Ends connections and the sandbox, if one was started. */
  close(): Promise<void>;
}

export function wire(options: WiringOptions): Wiring {
  const now = options.now ?? (() => new Date());
  const sources = new Map<string, Promise<StatementSource>>();
  const sandbox = lazySandbox(now);
  const connections = lazyConnections();
  const sourceFor = (institution: Institution) => {
    const known =
      sources.get(institution.name) ??
      makeSource(institution, {
        now,
        resolveUrl: sandbox.resolveUrl,
        connections: connections.open,
        env: options.env,
      });
    sources.set(institution.name, known);
    return known;
  };
  return {
    ports: {
      store: options.store,
      sourceFor,
      resolveLogin: (institution) => resolveLogin(institution, options),
      newFiles: (institution, isTaken) => newFilesOf(institution, isTaken),
      read: async (bytes, signal, origin = 'reply') => (await import('./ofx/read.js')).readOfx(bytes, signal, origin),
      now,
      newUid: randomUUID,
      random: Math.random,
      sleep,
    },
    resolveUrl: sandbox.resolveUrl,
    close: async () => {
      const open = await Promise.allSettled(sources.values());
      await Promise.all(open.map((one) => (one.status === 'fulfilled' ? one.value.close() : undefined)));
      await connections.close();
      await sandbox.close();
    },
  };
}

/** Date, time zone and fresh ids of one attempt. */
export function requestStamp(now: () => Date): RequestStamp {
  const at = now();
  return { now: at, zoneMinutes: -at.getTimezoneOffset(), newUid: randomUUID };
}

async function* newFilesOf(institution: Institution, isTaken: (hash: string) => boolean): AsyncIterable<FoundFile> {
  const { newFiles } = await import('./sources/files.js');
  yield* newFiles(institution, isTaken);
}

async function makeSource(
  institution: Institution,
  how: {
    now: () => Date;
    resolveUrl: (url: string) => Promise<string>;
    connections: () => Promise<Connections>;
    env: WiringOptions['env'];
  },
): Promise<StatementSource> {
  if (institution.files !== null) throw new TypeError(`${institution.name} has files and nobody to ask`);
  const { directConnect } = await import('./sources/direct-connect.js');
  return directConnect(institution, {
    stamp: () => requestStamp(how.now),
    resolveUrl: how.resolveUrl,
    connections: await how.connections(),
    env: how.env,
    now: how.now,
    sleep,
  });
}

/** Resolves what a login needs, each once and all at once. An institution of files needs nothing. */
async function resolveLogin(
  institution: Institution,
  { config, store, env, prompt, signal }: WiringOptions,
): Promise<Login> {
  const { resolveSecret } = await import('./secrets/index.js');
  const context = (field: string): SecretContext => ({
    institution: institution.name,
    field,
    env,
    baseDir: dirname(config.file),
    ...(signal === undefined ? {} : { signal }),
    ...(prompt === undefined ? {} : { prompt }),
  });
  const get = async (reference: SecretReference | null, field: string) =>
    reference === null ? new Secret('') : resolveSecret(reference, context(field));
  const further = async (field: 'userCred1' | 'userCred2') => {
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
    further('userCred1'),
    further('userCred2'),
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
 * Made once and kept: institutions register it, and a new one would have to be confirmed again. In upper case and without
 * dashes, which every institution takes that was seen to mind.
 */
function ownClientUid(institution: string, store: Store): Secret {
  const known = store.loginState(institution).clientUid;
  if (known !== null) return new Secret(known);
  const made = randomUUID().replaceAll('-', '').toUpperCase();
  store.setLoginState(institution, { clientUid: made });
  return new Secret(made);
}

/** Shows requests instead of sending them. `store` is `null` before the first sync. */
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

/** What a login would hold, without the secrets themselves: their places are written, and their values masked. */
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

/** Asking servers for their profiles, without a store and without anybody's secrets. */
export async function openProbe(how: {
  readonly env: WiringOptions['env'];
  readonly now: () => Date;
  readonly timeoutMs: number;
}): Promise<ProbePorts & { close: () => Promise<void> }> {
  const sandbox = lazySandbox(how.now);
  const { directConnect, Connections: Made } = await import('./sources/direct-connect.js');
  const connections = new Made();
  return {
    request: (institution, signal) => {
      const source = directConnect(institution, {
        stamp: () => requestStamp(how.now),
        resolveUrl: sandbox.resolveUrl,
        connections,
        env: how.env,
        now: how.now,
        sleep,
      });
      const inquiry = { kind: 'profile', login: null, updated: null } as const;
      return source.inquire(inquiry, { signal, timeoutMs: how.timeoutMs });
    },
    read: async (bytes, signal) => (await import('./ofx/read.js')).readOfx(bytes, signal),
    sleep,
    close: async () => {
      await connections.close();
      await sandbox.close();
    },
  };
}

/** Connections are made when the first institution is asked. */
function lazyConnections(): { open: () => Promise<Connections>; close: () => Promise<void> } {
  let made: Promise<Connections> | null = null;
  return {
    open: () => {
      made ??= import('./sources/direct-connect.js').then(({ Connections: Made }) => new Made());
      return made;
    },
    close: async () => (await made)?.close(),
  };
}

/** `sandbox://NAME?fault=…` starts the embedded institutions, once, and becomes their loopback address. */
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

async function sleep(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal });
}
