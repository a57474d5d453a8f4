/**
 * Connects to an institution step by step, without sending it anything: name, connection, certificate. For `check`, which
 * reports the step that fails; requests are sent by `http-client.ts`.
 */

import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { type DetailedPeerCertificate, connect as startTls, type TLSSocket } from 'node:tls';
import { interrupted, type OfxSyncError } from '../errors.js';
import { isLoopback } from '../model/account-identity.js';
import type { Institution } from '../model/institution.js';
import { tlsSettings } from './connections.js';
import { EACH_ADDRESS, endpointOf, serverNameOf } from './endpoint.js';
import { connectLimitMs, type Destination, destinationOf, timedOut, tlsError, transportError } from './failures.js';
import { proxyFor, proxyHost } from './proxy.js';
import { openTunnel } from './tunnel.js';

interface ConnectionStep {
  readonly step: 'dns' | 'proxy' | 'connect' | 'tls';
  readonly durationMs: number;
  /** The finding; a failure is in `error`. */
  readonly message: string;
  readonly error: OfxSyncError | null;
  /** A condition that will soon become a failure. */
  readonly warning: string | null;
  readonly details: Readonly<Record<string, string | number | readonly string[]>>;
}

interface ConnectionOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly now: () => Date;
}

type StepResult = Pick<ConnectionStep, 'message' | 'details'> & {
  readonly error?: OfxSyncError;
  readonly warning?: string;
};

/** Days before the end of a certificate in which a warning is given. */
const EXPIRES_SOON = 21;

/** Yields each step as it is done. If a step fails, it is the last. */
export async function* connectionSteps(
  url: URL,
  institution: Institution,
  options: ConnectionOptions,
): AsyncGenerator<ConnectionStep> {
  const { host, port, isTls } = endpointOf(url);
  const proxy = proxyFor(url, institution.proxy, options.env);
  const to = destinationOf(institution.name, url, { proxy, timeoutMs: options.timeoutMs });
  const run = (step: ConnectionStep['step'], work: (signal: AbortSignal) => Promise<StepResult>) =>
    timed(step, work, { to, signal: options.signal });
  let socket: Socket | null = null;
  try {
    if (proxy === null) {
      const resolved = await run('dns', () => addressesOf(host));
      yield resolved;
      if (resolved.error !== null) return;
      const connected = await run('connect', async (signal) => {
        socket = await connection(host, port, signal);
        return { message: `${socket.remoteAddress ?? host} port ${port}`, details: { port } };
      });
      yield connected;
      if (connected.error !== null) return;
    } else {
      const tunnelled = await run('proxy', async (signal) => {
        socket = await openTunnel(proxy, { host, port }, signal);
        return { message: `through ${proxyHost(proxy)}`, details: { proxy: proxyHost(proxy) } };
      });
      yield tunnelled;
      if (tunnelled.error !== null) return;
    }
    if (isTls) yield await run('tls', (signal) => handshake(socket, host, { institution, options, signal, to }));
  } finally {
    (socket as Socket | null)?.destroy();
  }
}

/** Measures the time of a step, and turns an exception into the error of the step. */
async function timed(
  step: ConnectionStep['step'],
  work: (signal: AbortSignal) => Promise<StepResult>,
  { to, signal }: { readonly to: Destination; readonly signal: AbortSignal },
): Promise<ConnectionStep> {
  const started = performance.now();
  const limit = new AbortController();
  // Not `AbortSignal.timeout`, which lets the program end while it waits.
  const timer = setTimeout(() => limit.abort(), connectLimitMs(to.timeoutMs));
  const result = await work(AbortSignal.any([limit.signal, signal]))
    .catch((thrown: unknown): StepResult => {
      if (signal.aborted) throw interrupted();
      const error = limit.signal.aborted ? timedOut(to, 'connect') : transportError(thrown, to, false);
      return { message: error.message, details: {}, error };
    })
    .finally(() => clearTimeout(timer));
  const { message, details, error = null, warning = null } = result;
  return { step, durationMs: performance.now() - started, message, error, warning, details };
}

async function addressesOf(host: string): Promise<StepResult> {
  if (isIP(host) !== 0) return { message: `${host} is an address`, details: { addresses: [host] } };
  const found = await lookup(host, { all: true });
  const addresses = found.map(({ address }) => address);
  return { message: addresses.join(', '), details: { addresses } };
}

function connection(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ ...EACH_ADDRESS, host, port, autoSelectFamily: true });
    const abort = () => socket.destroy(new Error('aborted'));
    signal.addEventListener('abort', abort, { once: true });
    socket.once('connect', () => {
      signal.removeEventListener('abort', abort);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

interface Handshake {
  readonly institution: Institution;
  readonly options: ConnectionOptions;
  readonly signal: AbortSignal;
  readonly to: Destination;
}

/**
 * Inspects the certificate even when it is not valid, to report what is wrong with it. Nothing is sent over this connection;
 * requests use other connections, which refuse such a certificate.
 */
async function handshake(
  socket: Socket | null,
  host: string,
  { institution, options, signal, to }: Handshake,
): Promise<StepResult> {
  if (socket === null) throw new TypeError('not connected');
  const settings = await tlsSettings(institution);
  if (socket.destroyed || socket.readableEnded) throw closed();
  const tls = startTls({
    ...settings,
    socket,
    host,
    servername: serverNameOf(host),
    rejectUnauthorized: false,
  });
  const abort = () => tls.destroy(new Error('aborted'));
  signal.addEventListener('abort', abort, { once: true });
  try {
    await new Promise<void>((resolve, reject) => {
      tls.once('secureConnect', resolve);
      tls.once('error', reject);
      tls.once('close', () => reject(closed()));
      socket.once('close', () => reject(closed()));
    });
    return described(tls, { host, now: options.now(), to });
  } finally {
    signal.removeEventListener('abort', abort);
    tls.destroy();
  }
}

function closed(): Error {
  return Object.assign(new Error('closed'), { code: 'ECONNRESET' });
}

function described(tls: TLSSocket, { host, now, to }: { host: string; now: Date; to: Destination }): StepResult {
  const certificate = tls.getPeerCertificate(true);
  const until = new Date(certificate.valid_to);
  const daysLeft = Math.floor((until.getTime() - now.getTime()) / 86_400_000);
  const chain = chainOf(certificate);
  const version = tls.getProtocol() ?? 'TLS';
  const cipher = tls.getCipher().standardName ?? tls.getCipher().name;
  const day = Number.isNaN(until.getTime()) ? certificate.valid_to : until.toISOString().slice(0, 10);
  const base = {
    message: `${version}, ${cipher}; ${chain.join(' ← ')}; until ${day}`,
    details: { version, cipher, chain, validUntil: day, daysLeft },
  };
  if (!tls.authorized) return { ...base, error: tlsError(codeOfAuthorization(tls), to) };
  const old = version === 'TLSv1' || version === 'TLSv1.1';
  if (daysLeft < EXPIRES_SOON && !isLoopback(host))
    return { ...base, warning: `its certificate expires in ${daysLeft} days: inform the bank if it is not renewed` };
  return old ? { ...base, warning: `${version} is old and weak; a quirk allows it for this bank` } : base;
}

/** Returns the names of the certificate's owner and of the authorities above it, nearest first. */
function chainOf(first: DetailedPeerCertificate): string[] {
  const names: string[] = [];
  let current: DetailedPeerCertificate | undefined = first;
  const seen = new Set<string>();
  while (current?.fingerprint256 !== undefined && !seen.has(current.fingerprint256) && names.length < 8) {
    seen.add(current.fingerprint256);
    names.push(nameOf(current.subject));
    current = current.issuerCertificate;
  }
  const last = first.issuerCertificate === undefined ? nameOf(first.issuer) : null;
  return last === null || names.includes(last) ? names : [...names, last];
}

function nameOf(subject: DetailedPeerCertificate['subject'] | undefined): string {
  const name: unknown = subject?.CN ?? subject?.O ?? subject?.OU;
  return String(Array.isArray(name) ? name[0] : (name ?? 'unnamed'));
}

/** Node returns a code here, although its types declare an Error. */
function codeOfAuthorization({ authorizationError }: TLSSocket): string {
  const error: unknown = authorizationError;
  if (typeof error === 'string') return error;
  return error instanceof Error && 'code' in error ? String(error.code) : 'CERT_UNTRUSTED';
}
