/**
 * Keeps the connections of a run: institutions with the same settings share a pool, and requests to one host keep the interval
 * that it demands.
 */

import { Socket } from 'node:net';
import { Agent, buildConnector, type Dispatcher } from 'undici';
import { ConnectionError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import { EACH_ADDRESS, endpointOf } from './endpoint.js';
import { connectLimitMs } from './failures.js';
import { LookUps } from './look-up.js';
import { notAFile, readRegularFile } from './regular-file.js';
import { openTunnel } from './tunnel.js';
import { withoutContinue } from './unasked-continue.js';

export interface TlsSettings {
  readonly ca?: string;
  readonly minVersion: NonNullable<Institution['quirks']['tlsMinVersion']>;
  readonly ciphers?: string;
  /** Always set, since Node otherwise lets an environment variable decide. */
  readonly rejectUnauthorized: true;
}

/** The settings of a connection to one institution. */
export interface Route {
  readonly tls: TlsSettings;
  /** Address of the HTTP proxy, `null` without one. */
  readonly proxy: string | null;
  readonly timeoutMs: number;
}

export class Connections {
  readonly #dispatchers = new Map<string, Dispatcher>();
  /** By host: the time of the last request on the clock of `performance.now()`, and the interval that the host demands. */
  readonly #turns = new Map<string, { readonly at: number; readonly intervalMs: number }>();
  /** One for each connection that is being made: undici would leave it to its time limit. */
  readonly #opening = new Set<AbortController>();
  readonly #lookUps = new LookUps();

  for(route: Route): Dispatcher {
    const key = JSON.stringify([route.proxy, route.tls, connectLimitMs(route.timeoutMs)]);
    const known = this.#dispatchers.get(key);
    if (known !== undefined) return known;
    const created = this.#dispatcher(route);
    this.#dispatchers.set(key, created);
    return created;
  }

  /** Sets the interval between requests to a host, for all of its institutions. */
  keepInterval(host: string, intervalMs: number): void {
    const { at = Number.NEGATIVE_INFINITY, intervalMs: known = 0 } = this.#turns.get(host) ?? {};
    this.#turns.set(host, { at, intervalMs: Math.max(known, intervalMs) });
  }

  /** Reserves the next turn at a host. @returns the wait until then, in milliseconds. */
  nextTurn(host: string): number {
    const now = performance.now();
    const { at = Number.NEGATIVE_INFINITY, intervalMs = 0 } = this.#turns.get(host) ?? {};
    const next = Math.max(now, at + intervalMs);
    this.#turns.set(host, { at: next, intervalMs });
    return next - now;
  }

  #dispatcher({ proxy, tls, timeoutMs }: Route): Dispatcher {
    const timeout = connectLimitMs(timeoutMs);
    // It keeps the TLS sessions of its hosts, so that only the first handshake is a whole one.
    const connector = buildConnector({ ...EACH_ADDRESS, ...tls, timeout, lookup: this.#lookUps.lookup });
    return new Agent({
      // headersTimeout and bodyTimeout of undici are coarse; the AbortSignal of each exchange limits its total time.
      headersTimeout: 0,
      bodyTimeout: 0,
      pipelining: 1,
      connect: (target, done) => {
        const { signal, end } = this.#begun(done);
        if (proxy === null) connected(connector, target, { signal, end });
        else tunnelled(connector, target, { proxy, timeout, signal, end });
      },
    });
  }

  /** Begins a connection, which ends with the run although it does not stand yet. */
  #begun(done: buildConnector.Callback): Opening {
    const opening = new AbortController();
    this.#opening.add(opening);
    return {
      signal: opening.signal,
      end: (...result) => {
        this.#opening.delete(opening);
        const [error, socket] = result;
        if (error === null) done(null, withoutContinue(socket));
        else done(error, null);
      },
    };
  }

  async close(): Promise<void> {
    await Promise.all([...this.#dispatchers.values()].map((dispatcher) => dispatcher.destroy()));
    this.#dispatchers.clear();
    for (const one of this.#opening) one.abort();
    this.#lookUps.cancel();
  }
}

/** A connection that is being made. */
interface Opening {
  /** Aborted when the run ends. */
  readonly signal: AbortSignal;
  /** Called once, when the connection stands or has failed. */
  readonly end: buildConnector.Callback;
}

function connected(
  connector: buildConnector.connector,
  target: buildConnector.Options,
  { signal, end }: Opening,
): void {
  try {
    // undici's types do not mention what it returns.
    const socket: unknown = connector(target, end);
    if (socket instanceof Socket) signal.addEventListener('abort', () => socket.destroy(new Error('aborted')));
  } catch (error) {
    // Ciphers that OpenSSL does not know.
    target.httpSocket?.destroy();
    end(error instanceof Error ? error : new Error(String(error)), null);
  }
}

function tunnelled(
  connector: buildConnector.connector,
  target: buildConnector.Options,
  { proxy, timeout, ...opening }: Opening & { readonly proxy: string; readonly timeout: number },
): void {
  const { host, port, isTls } = endpointOf(new URL(`${target.protocol}//${target.host}`));
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), timeout);
  openTunnel(proxy, { host, port }, AbortSignal.any([opening.signal, late.signal]))
    .finally(() => clearTimeout(timer))
    .then(
      (httpSocket) => {
        if (isTls) connected(connector, { ...target, httpSocket }, opening);
        else opening.end(null, httpSocket);
      },
      (error: Error) => opening.end(error, null),
    );
}

/**
 * Returns the TLS settings of an institution. OpenSSL 3 supports the versions before 1.2 at security level 0 only, which is
 * therefore set where a quirk names one of them, and nowhere else.
 * @throws ConnectionError TLS_FAILED when the file of `ca:` cannot be read.
 */
export async function tlsSettings({ ca, name, quirks }: Institution): Promise<TlsSettings> {
  const { tlsMinVersion, tlsCiphers } = quirks;
  const isOld = tlsMinVersion === 'TLSv1' || tlsMinVersion === 'TLSv1.1';
  const ciphers = isOld && tlsCiphers?.includes('@') !== true ? `${tlsCiphers ?? 'DEFAULT'}@SECLEVEL=0` : tlsCiphers;
  return {
    ...(ca === null ? {} : { ca: await readCa(ca, name) }),
    minVersion: tlsMinVersion ?? 'TLSv1.2',
    rejectUnauthorized: true,
    ...(ciphers === undefined ? {} : { ciphers }),
  };
}

async function readCa(path: string, institution: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readRegularFile(path));
  } catch (cause) {
    throw new ConnectionError(
      'TLS_FAILED',
      `${institution}: the file of ca: cannot be read: ${path}${notAFile(cause)}`,
      {
        cause,
        unsent: true,
        hint: 'Correct ca:, or make the file readable.',
      },
    );
  }
}
