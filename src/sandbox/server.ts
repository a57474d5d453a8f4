/**
 * The sandbox institutions as one HTTP or HTTPS server on loopback: real OFX servers that enforce the protocol and misbehave
 * on demand. Users try them first and tests run against them; `answer.ts` says what they say, `faults.ts` what goes wrong.
 */

import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SecureContextOptions } from 'node:tls';
import { localDate } from '../model/dates.js';
import { answer } from './answer.js';
import { answerFaults, type Misbehaviour, misbehaviourOf } from './faults.js';
import { SANDBOX_INSTITUTIONS, SANDBOX_PASSWORD, SANDBOX_USER, type SandboxInstitution } from './institutions.js';
import { failBefore, sendAnswer } from './misbehave.js';
import { BadRequest, child, type OfxRequest, parseRequest, value } from './request.js';
import type { CertificateOptions } from './tls.js';
import { writeAnswer } from './write.js';

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** https, with a certificate made at the start; as an object, with what is special about it. */
  readonly tls?: boolean | (CertificateOptions & Pick<SecureContextOptions, 'minVersion' | 'maxVersion' | 'ciphers'>);
  readonly now?: () => Date;
  readonly institutions?: readonly SandboxInstitution[];
}

export interface Sandbox {
  readonly port: number;
  /** PEM of the authority that signed the certificate, with `tls`. */
  readonly ca: string | null;
  readonly institutions: readonly SandboxInstitution[];
  /** Address of an institution. */
  url(name: string): string;
  /** What happened at an institution since the start. */
  counts(name: string): {
    readonly requests: number;
    readonly signons: number;
    readonly refusedSignons: number;
    readonly open: number;
    readonly mostOpen: number;
  };
  /** Changes the password that an institution accepts. */
  setPassword(name: string, password: string): void;
  close(): Promise<void>;
}

interface Tenant {
  readonly institution: SandboxInstitution;
  readonly trnuids: Set<string>;
  readonly spent: Map<string, number>;
  password: string;
  requests: number;
  signons: number;
  refusedSignons: number;
  refusedInARow: number;
  open: number;
  mostOpen: number;
}

const LARGEST_REQUEST = 4 * 1_048_576;
/** Refused signons after which a login is locked. */
const LOCK_AFTER = 5;

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const institutions = options.institutions ?? SANDBOX_INSTITUTIONS;
  const tenants = new Map(institutions.map((institution) => [institution.name, newTenant(institution)]));
  const tls = options.tls === true ? {} : options.tls === false ? undefined : options.tls;
  const certificate = tls === undefined ? null : await (await import('./tls.js')).makeCertificate(tls);
  const listener: RequestListener = (request, response) => {
    const host = `${certificate === null ? 'http' : 'https'}://127.0.0.1:${port()}`;
    handle({ request, response }, { tenants, host, now: options.now ?? (() => new Date()) }).catch(() =>
      response.destroy(),
    );
  };
  const server =
    certificate === null
      ? createServer(listener)
      : createTlsServer({ ...tls, key: certificate.key, cert: certificate.cert }, listener);
  const port = () => {
    const address = server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  };
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const tenant = (name: string) => {
    const found = tenants.get(name);
    if (found === undefined)
      throw new RangeError(
        `there is no sandbox institution ${JSON.stringify(name)}; there are ${institutions.map((one) => one.name).join(', ')}`,
      );
    return found;
  };
  return {
    port: port(),
    ca: certificate?.ca ?? null,
    institutions,
    url: (name) => `${certificate === null ? 'http' : 'https'}://127.0.0.1:${port()}/${tenant(name).institution.name}`,
    counts: (name) => {
      const { requests, signons, refusedSignons, open, mostOpen } = tenant(name);
      return { requests, signons, refusedSignons, open, mostOpen };
    },
    setPassword: (name, password) => {
      tenant(name).password = password;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

interface House {
  readonly tenants: ReadonlyMap<string, Tenant>;
  readonly host: string;
  readonly now: () => Date;
}

async function handle(exchange: Exchange, house: House): Promise<void> {
  const { request, response } = exchange;
  const url = new URL(request.url ?? '/', house.host);
  const tenant = house.tenants.get(decodeURIComponent(url.pathname.slice(1)));
  const body = await readRequest(request);
  if (tenant === undefined) return refuse(response, 404, 'no such institution');
  if (request.method !== 'POST') return refuse(response, 405, 'OFX is POST');
  const behaviour = misbehaviourOf(url.searchParams);
  if (behaviour.unknown.length > 0) return refuse(response, 404, `no such fault: ${behaviour.unknown.join(', ')}`);
  tenant.requests += 1;
  tenant.open += 1;
  tenant.mostOpen = Math.max(tenant.mostOpen, tenant.open);
  response.once('close', () => {
    tenant.open -= 1;
  });
  await respond(body, tenant, { exchange, house, behaviour: active(behaviour, tenant, url.search) });
}

interface Answering {
  readonly exchange: Exchange;
  readonly house: House;
  readonly behaviour: Misbehaviour;
}

async function respond(body: Buffer | null, tenant: Tenant, { exchange, house, behaviour }: Answering): Promise<void> {
  const { institution } = tenant;
  const { response } = exchange;
  const delay = behaviour.delayMs ?? institution.delayMs;
  if (delay > 0) await sleep(delay);
  if (response.destroyed) return;
  if (body === null) return refuse(response, 413, 'the request is too large');
  if (!/^application\/x-ofx\b/i.test(exchange.request.headers['content-type'] ?? ''))
    return refuse(response, 415, 'Content-Type is application/x-ofx');
  const parsed = read(body, institution);
  if (typeof parsed === 'string') return refuse(response, 400, parsed);
  if (failBefore(behaviour.faults, accountsIn(parsed), exchange)) return;
  const now = house.now();
  const tree = answer(parsed, {
    institution,
    now,
    today: localDate(now),
    url: `${house.host}/${institution.name}`,
    signon: (user, password) => signonStatus(tenant, user, password),
    seen: (trnuid) => {
      const again = tenant.trnuids.has(trnuid);
      tenant.trnuids.add(trnuid);
      return again;
    },
    faults: answerFaults(behaviour),
  });
  sendAnswer(writeAnswer(tree, parsed, institution), behaviour.faults, exchange);
}

/** The request, or why it is refused. */
function read(body: Buffer, { versions, name }: SandboxInstitution): OfxRequest | string {
  try {
    const request = parseRequest(body);
    if (!versions.some((version) => version === request.version))
      return `${name} does not speak OFX ${request.version}`;
    const sonrq = child(child(request.root, 'SIGNONMSGSRQV1'), 'SONRQ');
    if (!/^\d{8}/.test(value(sonrq, 'DTCLIENT')) || value(sonrq, 'DTCLIENT').includes('+'))
      return 'DTCLIENT is no date';
    return request;
  } catch (error) {
    if (error instanceof BadRequest) return error.message;
    throw error;
  }
}

function signonStatus(tenant: Tenant, user: string, password: string): number {
  tenant.signons += 1;
  if (tenant.refusedInARow >= LOCK_AFTER) return 15502;
  if (user === SANDBOX_USER && password === tenant.password) {
    tenant.refusedInARow = 0;
    return 0;
  }
  tenant.refusedSignons += 1;
  tenant.refusedInARow += 1;
  return tenant.refusedInARow >= LOCK_AFTER ? 15502 : 15500;
}

/** A fault that was asked for a number of times is over after that. */
function active(behaviour: Misbehaviour, tenant: Tenant, key: string): Misbehaviour {
  const spent = (tenant.spent.get(key) ?? 0) + 1;
  tenant.spent.set(key, spent);
  return spent > behaviour.times ? { ...behaviour, faults: [] } : behaviour;
}

function accountsIn({ root }: OfxRequest): number {
  return root.children
    .filter(({ name }) => name !== 'SIGNONMSGSRQV1')
    .reduce((sum, set) => sum + set.children.length, 0);
}

async function readRequest(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_REQUEST) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refuse(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain' });
  response.end(`${message}\n`);
}

function newTenant(institution: SandboxInstitution): Tenant {
  return {
    institution,
    trnuids: new Set(),
    spent: new Map(),
    password: SANDBOX_PASSWORD,
    requests: 0,
    signons: 0,
    refusedSignons: 0,
    refusedInARow: 0,
    open: 0,
    mostOpen: 0,
  };
}
