/**
 * The sandbox institutions as one HTTP or HTTPS server on loopback: real OFX servers that enforce the protocol and misbehave
 * on demand, for first trials and for tests. `reply.ts` builds their replies, `faults.ts` lists their faults. Beside them are
 * bridges, which speak SimpleFIN (`simplefin/`).
 */

import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContextOptions } from 'node:tls';
import { localDate } from '../model/dates.js';
import { type Misbehaviour, misbehaviourOf, replyFaults } from './faults.js';
import { SANDBOX_INSTITUTIONS, SANDBOX_USER, type SandboxInstitution } from './institutions.js';
import { type Exchange, failBefore, sendReply } from './misbehave.js';
import { replyTo } from './reply.js';
import { child, countRequests, type OfxRequest, readRequest, receiveBody } from './request.js';
import { BRIDGES, type Bridge } from './simplefin/bridges.js';
import { bridgeRoot, serveBridge, setupToken } from './simplefin/serve.js';
import { type BridgeTenant, newBridgeTenant } from './simplefin/tenant.js';
import { judgeSignon, newTenant, type Tenant } from './tenant.js';
import type { CertificateOptions } from './tls.js';
import { type Refusal, refusalOf, type WantName, wantsOf } from './wants.js';
import { writeReply } from './write.js';

export interface SandboxOptions {
  /** 0, the default, selects a free port. */
  readonly port?: number;
  /** https, with a certificate made at the start; as an object, with special settings. */
  readonly tls?: boolean | (CertificateOptions & Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers'>);
  readonly now?: () => Date;
  readonly institutions?: readonly SandboxInstitution[];
  readonly bridges?: readonly Bridge[];
}

/** A bridge that runs. `faults` is what follows the question mark of `sandbox://bridge?fault=…`. */
export interface RunningBridge {
  /** Address with user name and password, by which a program reads. */
  accessUrl(faults?: string): string;
  /** Makes a setup token, which works once. Its access URL asks for the faults. */
  setupToken(faults?: string): string;
  /** Counts the requests, and the setup tokens that were claimed, since the start. */
  counts(): { readonly requests: number; readonly claims: number };
  /** Sets the faults of requests by an access URL that asks for none. */
  misbehave(faults: string): void;
  /** Changes the password, and the user name, that access URLs need. */
  setPassword(password: string, user?: string): void;
}

export interface Sandbox {
  readonly port: number;
  /** PEM of the authority that signed the certificate, with `tls`. */
  readonly ca: string | null;
  readonly institutions: readonly SandboxInstitution[];
  readonly bridges: readonly Bridge[];
  bridge(name: string): RunningBridge;
  /** Address of an institution. */
  url(name: string): string;
  /** Returns what `sandbox://NAME?fault=…` stands for: the address of an institution, or the access URL of a bridge. */
  resolve(address: URL): string;
  /** Counts the requests to an institution since the start. */
  counts(name: string): {
    readonly requests: number;
    readonly signons: number;
    readonly refusedSignons: number;
    readonly open: number;
    readonly mostOpen: number;
  };
  /** Changes the password, and the user id, that an institution accepts. */
  setPassword(name: string, password: string, user?: string): void;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const institutions = options.institutions ?? SANDBOX_INSTITUTIONS;
  const bridges = options.bridges ?? BRIDGES;
  const tenants = new Map(institutions.map((institution) => [institution.name, newTenant(institution)]));
  const bridgeTenants = new Map(bridges.map((bridge) => [bridge.name, newBridgeTenant(bridge)]));
  const { server, scheme, ca } = await createAnyServer(options.tls ?? false, (request, response) => {
    // By the name in the request, as a server behind another address would know it.
    const host = `${scheme}://${request.headers.host ?? `127.0.0.1:${portOf(server)}`}`;
    const context = { tenants, bridgeTenants, host, now: options.now ?? (() => new Date()) };
    const handler = request.url?.startsWith(`/${BRIDGE_PATH}/`) === true ? handleBridge : handle;
    handler({ request, response }, context).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const tenant = (name: string) => named(tenants, name);
  const own = () => `${scheme}://127.0.0.1:${portOf(server)}`;
  const url = (name: string) => `${own()}/${tenant(name).institution.name}`;
  const bridge = (name: string) => runningBridge(named(bridgeTenants, name), own());
  return {
    port: portOf(server),
    ca,
    institutions,
    bridges,
    bridge,
    url,
    resolve: ({ host, search }) =>
      bridgeTenants.has(host) ? bridge(host).accessUrl(search.slice(1)) : `${url(host)}${search}`,
    counts: (name) => {
      const { requests, signons, refusedSignons, open, mostOpen } = tenant(name);
      return { requests, signons, refusedSignons, open, mostOpen };
    },
    setPassword: (name, password, user = SANDBOX_USER) => {
      Object.assign(tenant(name), { password, user });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function named<Value>(tenants: ReadonlyMap<string, Value>, name: string): Value {
  const found = tenants.get(name);
  if (found !== undefined) return found;
  throw new RangeError(`${JSON.stringify(name)} not found in the sandbox, only ${[...tenants.keys()].join(', ')}`);
}

function runningBridge(tenant: BridgeTenant, host: string): RunningBridge {
  return {
    accessUrl: (faults = '') => bridgeRoot(host, tenant, faults, true),
    setupToken: (faults = '') => setupToken(host, tenant, faults),
    counts: () => ({ requests: tenant.requests, claims: tenant.claims }),
    misbehave: (faults) => {
      tenant.faults = faults;
    },
    setPassword: (password, user = SANDBOX_USER) => {
      Object.assign(tenant, { password, user });
    },
  };
}

interface AnyServer {
  readonly server: Server;
  readonly scheme: 'http' | 'https';
  readonly ca: string | null;
}

async function createAnyServer(tls: NonNullable<SandboxOptions['tls']>, listener: RequestListener): Promise<AnyServer> {
  if (tls === false) return { server: createServer(listener), scheme: 'http', ca: null };
  const options = tls === true ? {} : tls;
  const { key, cert, ca } = await (await import('./tls.js')).makeCertificate(options);
  return { server: createTlsServer({ ...options, key, cert }, listener), scheme: 'https', ca };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const OFX_TYPE = 'application/x-ofx';
const BRIDGE_PATH = 'simplefin';
/** A second address of each institution, for statements. */
const STATEMENTS = 'statements';
/** A third address, for the profile. */
const PROFILE = 'profile';

interface ServerContext {
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly bridgeTenants: ReadonlyMap<string, BridgeTenant>;
  readonly host: string;
  readonly now: () => Date;
}

async function handleBridge({ request, response }: Pair, server: ServerContext): Promise<void> {
  const url = new URL(request.url ?? '/', server.host);
  const [, name = '', ...rest] = decodeURIComponent(url.pathname.slice(1)).split('/');
  const tenants = [...server.bridgeTenants.values()];
  // Firefly III's importer takes only …/simplefin/claim/TOKEN for the address of a claim.
  const isClaim = name === 'claim';
  const claimed = tenants.find(({ setups }) => setups.has(rest[0] ?? '')) ?? tenants[0];
  const tenant = isClaim ? claimed : server.bridgeTenants.get(name);
  const parts = isClaim ? [name, ...rest] : rest;
  if ((await receiveBody(request)) === null) return refuse(response, 413, 'the request is too large');
  if (tenant === undefined) return refuse(response, 404, 'no such bridge');
  const exchange = { request, response, type: 'application/json' };
  await serveBridge({ exchange, tenant, parts, query: url.searchParams, host: server.host, now: server.now() });
}

type Pair = Pick<Exchange, 'request' | 'response'>;

async function handle({ request, response }: Pair, server: ServerContext): Promise<void> {
  const exchange = { request, response, type: OFX_TYPE };
  const url = new URL(request.url ?? '/', server.host);
  const [name = '', action = ''] = decodeURIComponent(url.pathname.slice(1)).split('/');
  const tenant = server.tenants.get(name);
  const body = await receiveBody(request);
  if (tenant === undefined) return refuse(response, 404, 'no such institution');
  if (action === 'confirm') return confirm(tenant, response);
  if (!['', STATEMENTS, PROFILE].includes(action)) return refuse(response, 404, 'no such address');
  if (request.method !== 'POST') return refuse(response, 405, 'OFX is POST');
  const behaviour = misbehaviourOf(url.searchParams);
  const { wants, unknown } = wantsOf(url.searchParams);
  const strange = [...behaviour.unknown, ...unknown];
  if (strange.length > 0) return refuse(response, 404, `no such fault or want: ${strange.join(', ')}`);
  tenant.requests += 1;
  tenant.open += 1;
  tenant.mostOpen = Math.max(tenant.mostOpen, tenant.open);
  response.once('close', () => {
    tenant.open -= 1;
  });
  await respond(body, tenant, {
    exchange,
    server,
    wants,
    url: `${server.host}${action === PROFILE ? `/${name}` : url.pathname}${url.search}`,
    isFirst: !tenant.spent.has(url.search),
    behaviour: active(behaviour, tenant, url.search),
  });
}

/** Confirms the programs that have tried to sign on, as a person does on the website of an institution. */
function confirm(tenant: Tenant, response: ServerResponse): void {
  for (const uid of tenant.seenUids) tenant.confirmedUids.add(uid);
  response.writeHead(200, { 'Content-Type': 'text/plain' });
  response.end(`${tenant.seenUids.size} confirmed\n`);
}

interface Responding {
  readonly exchange: Exchange;
  readonly server: ServerContext;
  readonly wants: readonly WantName[];
  /** The whole address of the request. */
  readonly url: string;
  /** This is the first request with these parameters. */
  readonly isFirst: boolean;
  readonly behaviour: Misbehaviour;
}

async function respond(body: Buffer | null, tenant: Tenant, responding: Responding): Promise<void> {
  const { institution } = tenant;
  const { exchange, server, behaviour, wants } = responding;
  const { response } = exchange;
  const delay = behaviour.delayMs ?? institution.delayMs;
  if (delay > 0) await sleep(delay);
  if (response.destroyed) return;
  if (body === null) return refuse(response, 413, 'the request is too large');
  if (!/^application\/x-ofx\b/i.test(exchange.request.headers['content-type'] ?? ''))
    return refuse(response, 415, 'Content-Type is application/x-ofx');
  const parsed = readRequest(body, institution);
  if (typeof parsed === 'string') return refuse(response, 400, parsed);
  if (failBefore(behaviour.faults, countRequests(parsed), exchange)) return;
  const refusal = wanted(parsed, body, { tenant, responding });
  if (refusal !== null && 'hang' in refusal) return;
  if (refusal !== null && 'http' in refusal) return refuse(response, refusal.http, refusal.message);
  if (wants.includes('session')) {
    tenant.hasCookie = true;
    response.setHeader('Set-Cookie', 'session=sandbox; Path=/');
  }
  const now = server.now();
  const faults = replyFaults(behaviour);
  const tree = replyTo(parsed, {
    institution,
    now,
    today: localDate(now),
    url: responding.url,
    statementsUrl: statementsUrl(behaviour, `${server.host}/${institution.name}`),
    signon: (sonrq) => judgeSignon(tenant, sonrq, wants),
    changePassword: (password) => {
      tenant.password = password;
    },
    seen: (trnuid) => {
      const again = tenant.trnuids.has(trnuid);
      tenant.trnuids.add(trnuid);
      return again;
    },
    wants,
    faults: {
      ...faults,
      late: faults.late && responding.isFirst,
      ...(refusal !== null && 'signon' in refusal ? { signonStatus: refusal.signon } : {}),
      ...(refusal !== null && 'statement' in refusal ? { refuse: new Map([['*', refusal.statement]]) } : {}),
    },
  });
  sendReply(writeReply(tree, parsed, institution), behaviour.faults, exchange);
}

/** Returns the refusal of a request that does not meet the wants of the address. */
function wanted(
  request: OfxRequest,
  body: Buffer,
  { tenant, responding }: { tenant: Tenant; responding: Responding },
): Refusal | null {
  const at = performance.now();
  const sinceLastMs = at - tenant.lastRequestAt;
  tenant.lastRequestAt = at;
  return refusalOf(responding.wants, {
    incoming: responding.exchange.request,
    text: body.toString('latin1'),
    request,
    sonrq: child(child(request.root, 'SIGNONMSGSRQV1'), 'SONRQ'),
    sinceLastMs,
    hasCookie: tenant.hasCookie,
  });
}

/** Returns the address for statements in the profile, `null` for the address of the request. */
function statementsUrl({ faults }: Misbehaviour, own: string): string | null {
  if (faults.includes('dead-urls')) return `${own}/nowhere`;
  return faults.includes('split-urls') ? `${own}/${STATEMENTS}` : null;
}

/** Drops the faults of an address after `times` requests. */
function active(behaviour: Misbehaviour, tenant: Tenant, key: string): Misbehaviour {
  const spent = (tenant.spent.get(key) ?? 0) + 1;
  tenant.spent.set(key, spent);
  return spent > behaviour.times ? { ...behaviour, faults: [] } : behaviour;
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' });
  response.end(`${message}\n`);
}
