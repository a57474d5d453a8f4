/** Actual Budget itself, where OFX_SYNC_ACTUAL names a folder in which its API and its server are installed. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { createServer as createHttpServer, type IncomingMessage, request } from 'node:http';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Empty where Actual is not installed: `.ci/run` installs it, since that takes two minutes and 300 MB. */
export const ACTUAL_HOME = process.env['OFX_SYNC_ACTUAL'] ?? '';
export const ACTUAL_PASSWORD = 'canary-password-9d1';

const PEER = fileURLToPath(new URL('actual-peer.mjs', import.meta.url));

export interface ActualAccount {
  readonly name: string;
  readonly offbudget: boolean;
  /** Hundredths. */
  readonly balance: number;
  readonly transactions: readonly {
    readonly id: string;
    readonly date: string;
    readonly amount: number;
    readonly imported_id: string | null;
    /** Names. */
    readonly payee: string | null;
    readonly category: string | null;
    readonly transfer_id: string | null;
    readonly notes: string | null;
    readonly imported_payee: string | null;
    readonly starting_balance_flag: boolean;
  }[];
}

/** Which budget: that of a folder, or that of a server with a copy in the folder. */
export interface ActualPlace {
  readonly dataDir: string;
  readonly serverURL?: string;
  readonly budget: string;
}

/** Does something with a budget as another program would. */
async function peer(action: string, place: ActualPlace, more: object = {}): Promise<unknown> {
  const request = JSON.stringify({ ...place, password: ACTUAL_PASSWORD, more });
  const { stdout } = await promisify(execFile)(process.execPath, [PEER, ACTUAL_HOME, action, request], {
    maxBuffer: 1e8,
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
}

export async function makeBudget(place: ActualPlace, more: { readonly encryption?: string } = {}): Promise<void> {
  await peer('make', place, more);
}

export async function readBudget(
  place: ActualPlace,
  more: { readonly encryption?: string } = {},
): Promise<ActualAccount[]> {
  return (await peer('read', place, more)) as ActualAccount[];
}

export async function editBudget(
  place: ActualPlace,
  more: { readonly delete?: string; readonly account?: string; readonly enter?: object },
): Promise<void> {
  await peer('edit', place, more);
}

export async function makeCategories(
  place: ActualPlace,
  more: { readonly group: string; readonly names: readonly string[] },
): Promise<void> {
  await peer('categories', place, more);
}

/** @param more.fields of Actual's own, and `payee_name`. */
export async function changeEntry(
  place: ActualPlace,
  more: { readonly id: string; readonly fields: object },
): Promise<void> {
  await peer('change', place, more);
}

/** What Actual's import makes of a file; of a CSV the cells, of which a person says what they are. */
export async function parseFile(
  place: ActualPlace,
  file: string,
): Promise<{
  readonly errors: readonly unknown[];
  readonly transactions: readonly Readonly<Record<string, unknown>>[];
}> {
  return (await peer('parse', place, { file })) as Awaited<ReturnType<typeof parseFile>>;
}

/** Gives Actual a setup token of a SimpleFIN server, and links all of its accounts. */
export async function linkSimpleFin(
  place: ActualPlace,
  more: { readonly token: string; readonly since: string },
): Promise<readonly { readonly id: string; readonly name: string; readonly balance: string }[]> {
  return (await peer('link', place, more)) as Awaited<ReturnType<typeof linkSimpleFin>>;
}

export interface Pulled {
  readonly account: string;
  readonly errors: readonly string[];
  readonly added: number;
  readonly matched: number;
}

/** Lets Actual pull the linked accounts, all at once. */
export async function pullSimpleFin(place: ActualPlace): Promise<readonly Pulled[]> {
  return (await peer('pull', place)) as readonly Pulled[];
}

export interface ActualServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** The real server on loopback, with its password set. */
export async function startActual(folder: string): Promise<ActualServer> {
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const script = join(ACTUAL_HOME, 'node_modules/@actual-app/sync-server/build/bin/actual-server.js');
  const child = spawn(process.execPath, [script], {
    cwd: folder,
    // Without NODE_ENV=test, in which its migrations run otherwise.
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      TMPDIR: folder,
      ACTUAL_DATA_DIR: folder,
      ACTUAL_PORT: String(port),
      ACTUAL_HOSTNAME: '127.0.0.1',
      // It believes the proxy of `startCrowd`.
      ACTUAL_TRUSTED_PROXIES: '127.0.0.1/32',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const url = `http://127.0.0.1:${port}`;
  await answering(url, child, () => said);
  const bootstrap = await fetch(`${url}/account/bootstrap`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ password: ACTUAL_PASSWORD }),
  });
  if (!bootstrap.ok) throw new Error(`bootstrap: HTTP ${bootstrap.status}`);
  return {
    url,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGKILL');
      }),
  };
}

async function answering(url: string, child: ChildProcess, said: () => string): Promise<void> {
  while (child.exitCode === null) {
    const isUp = await fetch(`${url}/info`).then(
      (response) => response.ok,
      () => false,
    );
    if (isUp) return;
    await delay(50);
  }
  throw new Error(`the server ended with status ${child.exitCode}: ${said()}`);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/**
 * Stands before the server, and lets each hundred requests come from another address: the server allows each address 500 requests
 * a minute, and a simulated day takes less than a second.
 */
export function startCrowd(server: string): Promise<ActualServer> {
  let requests = 0;
  return standBefore(server, () => {
    requests += 1;
    return `198.18.${Math.floor(requests / 25_400) % 255}.${1 + (Math.floor(requests / 100) % 254)}`;
  });
}

/** Stands before the server, and ends the connection of each second request that brings or asks for changes. */
export async function startBreaking(server: string): Promise<ActualServer & { readonly broken: () => number }> {
  let syncs = 0;
  const between = await standBefore(server, ({ url }) => {
    if (url === '/sync/sync') syncs += 1;
    return url === '/sync/sync' && syncs % 2 === 0 ? null : '127.0.0.1';
  });
  return { ...between, broken: () => Math.floor(syncs / 2) };
}

/** @param from returns the address from which a request seems to come; `null` ends its connection. */
async function standBefore(server: string, from: (incoming: IncomingMessage) => string | null): Promise<ActualServer> {
  const target = new URL(server);
  const between = createHttpServer((incoming, outgoing) => {
    const address = from(incoming);
    if (address === null) return void outgoing.destroy();
    const headers = { ...incoming.headers, host: target.host, 'x-forwarded-for': address };
    const { method, url: path } = incoming;
    const onward = request(target, { method, path, headers }, (reply) => {
      outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise<void>((resolve) => between.listen(0, '127.0.0.1', resolve));
  const address = between.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    stop: () =>
      new Promise((resolve) => {
        between.close(() => resolve());
        between.closeAllConnections();
      }),
  };
}
