/** `ofx-sync sandbox`: serves the embedded institutions to any OFX client, and the embedded bridges to any SimpleFIN client. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import { FAULTS } from '../../sandbox/faults.js';
import { SANDBOX_PASSWORD, SANDBOX_USER, type SandboxInstitution } from '../../sandbox/institutions.js';
import { type Sandbox, startSandbox } from '../../sandbox/server.js';
import type { Bridge } from '../../sandbox/simplefin/bridges.js';
import { BRIDGE_FAULTS } from '../../sandbox/simplefin/faults.js';
import { WANTS } from '../../sandbox/wants.js';
import type { Invocation } from '../command/command.js';
import { numberOption } from '../command/context.js';
import { EXIT } from '../command/exit-codes.js';
import { write } from '../terminal/io.js';

export async function sandboxCommand(invocation: Invocation): Promise<number> {
  const { io, options } = invocation;
  if (options['faults'] === true) {
    await write(io.stdout, faultList());
    return EXIT.ok;
  }
  const port = numberOption(invocation, 'port', 0) ?? 0;
  if (port > 65_535) throw new UsageError('--port takes at most 65535');
  const sandbox = await start(port, invocation);
  let folder: string | null = null;
  try {
    const lines =
      options.json === true
        ? [JSON.stringify(listing(sandbox))]
        : [
            ...sandbox.institutions.map((one) => line(one, sandbox)),
            ...sandbox.bridges.map((one) => bridgeLine(one, sandbox)),
          ];
    await write(io.stdout, `${lines.join('\n')}\n`);
    if (sandbox.ca !== null) {
      folder = await mkdtemp(join(tmpdir(), 'ofx-sync-sandbox-'));
      await write(io.stderr, `certificate authority: ${await saveAuthority(sandbox.ca, folder)}\n`);
    }
    if (options.quiet !== true)
      await write(
        io.stderr,
        'serving until Ctrl-C; to simulate a fault, add ?fault=NAME to an address (list them: ofx-sync sandbox --faults)\n',
      );
    await stopped(io.signal);
  } finally {
    await sandbox.close();
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
  return EXIT.ok;
}

/** Returns the faults and wants of institutions, and the faults of bridges. */
function faultList(): string {
  const wants = Object.entries(WANTS).map(([name, { what }]) => [name, what] as const);
  const names = [FAULTS, WANTS, BRIDGE_FAULTS].flatMap((table) => Object.keys(table));
  const longest = Math.max(...names.map((name) => name.length));
  const list = (rows: readonly (readonly [string, string])[]) =>
    rows.map(([name, what]) => `${name.padEnd(longest)}  ${what}\n`).join('');
  const bridge = `sandbox://bridge?fault=NAME: what a SimpleFIN bridge does\n${list(Object.entries(BRIDGE_FAULTS))}`;
  return `${list(Object.entries(FAULTS))}\n?wants=NAME: what the bank requires\n${list(wants)}\n${bridge}`;
}

async function start(port: number, { io, options }: Invocation): Promise<Sandbox> {
  try {
    return await startSandbox({ port, tls: options['tls'] === true, now: io.now });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
      throw new UsageError(`port ${port} is in use`, 'Choose another, or omit --port.');
    throw error;
  }
}

/** `http://127.0.0.1:1234/river user=demo password=demo versions=102,103 accounts=checking:000123456@121000248` */
function line(institution: SandboxInstitution, sandbox: Sandbox): string {
  const accounts = institution.accounts.map(
    ({ kind, id, routing }) => `${kind}:${id}${routing === undefined ? '' : `@${routing}`}`,
  );
  const parts = [
    sandbox.url(institution.name),
    `user=${SANDBOX_USER}`,
    `password=${SANDBOX_PASSWORD}`,
    `org=${institution.org}`,
    `fid=${institution.fid}`,
    ...(institution.brokerId === undefined ? [] : [`broker=${institution.brokerId}`]),
    `versions=${institution.versions.join(',')}`,
    `accounts=${accounts.join(',')}`,
  ];
  return parts.join(' ');
}

/** `http://demo:demo@127.0.0.1:1234/simplefin/bridge setup-token=… accounts=checking:ACT-1,…` */
function bridgeLine({ name, connections }: Bridge, sandbox: Sandbox): string {
  const bridge = sandbox.bridge(name);
  const accounts = connections.flatMap((one) => one.accounts.map(({ kind, id }) => `${kind}:${id}`));
  return [bridge.accessUrl(), `setup-token=${bridge.setupToken()}`, `accounts=${accounts.join(',')}`].join(' ');
}

function listing(sandbox: Sandbox): object {
  return {
    version: 1,
    institutions: sandbox.institutions.map((one) => entry(one, sandbox)),
    bridges: sandbox.bridges.map(({ name, title, connections }) => ({
      name,
      title,
      accessUrl: sandbox.bridge(name).accessUrl(),
      setupToken: sandbox.bridge(name).setupToken(),
      accounts: connections.flatMap((connection) =>
        connection.accounts.map(({ kind, id, name: account }) => ({
          kind,
          id,
          name: account,
          connection: connection.name,
        })),
      ),
    })),
  };
}

function entry(institution: SandboxInstitution, sandbox: Sandbox): object {
  const { name, title, org, fid, brokerId = null, versions, accounts } = institution;
  return {
    name,
    title,
    url: sandbox.url(name),
    userId: SANDBOX_USER,
    password: SANDBOX_PASSWORD,
    org,
    fid,
    brokerId,
    versions,
    accounts,
  };
}

/** Writes the certificate of the authority to a file, for clients that must trust it. */
async function saveAuthority(pem: string, folder: string): Promise<string> {
  const path = join(folder, 'ca.pem');
  await writeFile(path, pem, { mode: 0o600 });
  return path;
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
