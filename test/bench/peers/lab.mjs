/** What every row needs: other programs run with limits, banks of the sandbox behind a gate, and what they have told. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../../dist/sandbox/server.js';
import { makeCertificate } from '../../../dist/sandbox/tls.js';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
export const BIN = join(ROOT, 'dist', 'bin.js');
export const PASSWORD = 'demo';
/** Programs of others get no more: an endless reply would take all that the machine has. */
const MEMORY_KB = 1_500_000;
const VERSIONS = ['102', '103', '151', '160', '200', '201', '202', '203', '210', '211', '220'];

/**
 * Runs a program to its end, or until it is killed.
 * @param killAfter milliseconds after which SIGKILL is sent on purpose; `limit` is the one of a run that does not end.
 */
export function run([file, args], { cwd, env = {}, limit = 60_000, killAfter = null, input = '', onStart } = {}) {
  const limited = file === process.execPath ? [file, args] : withMemoryLimit(file, args);
  const started = performance.now();
  const child = spawn(...limited, {
    cwd,
    env: { ...clean(), ...env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const chunks = { stdout: [], stderr: [] };
  for (const name of ['stdout', 'stderr']) child[name].on('data', (chunk) => chunks[name].push(chunk));
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  onStart?.(child.pid);
  let isEnded = true;
  const kill = () => {
    isEnded = false;
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself meanwhile.
    }
  };
  const timer = setTimeout(kill, killAfter ?? limit);
  return new Promise((resolve) => {
    const done = (status) => {
      clearTimeout(timer);
      const text = (name) => Buffer.concat(chunks[name]).toString('utf8');
      resolve({ status, isEnded, ms: performance.now() - started, stdout: text('stdout'), stderr: text('stderr') });
    };
    child.on('error', () => done(null));
    child.on('close', (status) => done(status));
  });
}

function withMemoryLimit(file, args) {
  return ['bash', ['-c', `ulimit -v ${MEMORY_KB}; exec "$0" "$@"`, file, ...args]];
}

/** The environment without what points a program to the files of the person who runs this. */
function clean() {
  const { PATH, LANG } = process.env;
  return { PATH, LANG: LANG ?? 'C.UTF-8', LC_ALL: 'C.UTF-8', NODE_NO_WARNINGS: '1' };
}

/**
 * Starts banks with one checking account each, behind a gate that decides for each bank how it fails, while its address stays.
 * `plain` and `tls` are the two ways in: some clients speak https only, one cannot be told whom to trust.
 */
export async function startBanks(count, { dir, password = PASSWORD }) {
  const institutions = Array.from({ length: count }, (_, index) => institution(index));
  const sandbox = await startSandbox({ institutions });
  for (const { name } of institutions) sandbox.setPassword(name, password);
  const faults = new Map();
  const gates = await startGates(sandbox.port, faults);
  mkdirSync(dir, { recursive: true });
  const ca = join(dir, 'ca.pem');
  writeFileSync(ca, gates.ca);
  const banks = (scheme) =>
    institutions.map((one) => bankOf(one, `${scheme}://127.0.0.1:${gates.ports[scheme]}/`, password));
  return {
    sandbox,
    faults,
    ca,
    banksFor: ({ wantsTls }) => banks(wantsTls ? 'https' : 'http'),
    close: async () => {
      gates.close();
      await sandbox.close();
    },
  };
}

function bankOf({ name, org, fid, accounts: [account] }, origin, password) {
  return { name, org, fid, url: origin + name, user: 'demo', password, account: account.id, routing: account.routing };
}

function institution(index) {
  const id = String(9_000_000 + index * 1001);
  const account = { kind: 'checking', id, routing: '011000015', description: `Checking ${index}` };
  const how = { currency: 'USD', closeTags: false, charset: 'ascii', delayMs: 0, longestWindow: null };
  return {
    name: `b${index}`,
    title: `Bank ${index}`,
    org: `BANK${index}`,
    fid: String(4000 + index),
    versions: VERSIONS,
    ...how,
    accounts: [account],
  };
}

/** Passes every byte on, and adds a bank's fault to the address of each request. */
async function startGates(port, faults) {
  const { key, cert, ca } = await makeCertificate();
  const passing = (socket) => {
    const upstream = connect(port, '127.0.0.1');
    socket.on('data', (chunk) => upstream.write(withFault(chunk, faults)));
    socket.on('end', () => upstream.end());
    socket.on('error', () => upstream.destroy());
    // Encrypted connections cannot be reset: they end in the middle.
    upstream.on('error', () => (socket.encrypted ? socket.destroy() : socket.resetAndDestroy()));
    upstream.pipe(socket);
    socket.on('close', () => upstream.destroy());
  };
  const servers = { http: createServer(passing), https: createTlsServer({ key, cert }, passing) };
  const sockets = new Set();
  const ports = {};
  for (const [scheme, server] of Object.entries(servers)) {
    server.on('connection', (socket) => sockets.add(socket.on('close', () => sockets.delete(socket))));
    server.on('tlsClientError', () => undefined);
    await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
    ports[scheme] = server.address().port;
  }
  const close = () => {
    for (const server of Object.values(servers)) server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { ca, ports, close };
}

function withFault(chunk, faults) {
  const text = chunk.toString('latin1');
  const [line, name] = /^POST \/(\w+)(?= HTTP)/.exec(text) ?? [];
  const fault = faults.get(name);
  return fault === undefined ? chunk : Buffer.from(`${line}?fault=${fault}${text.slice(line.length)}`, 'latin1');
}

/** The transactions that a statement lists, as `{ day, cents }`, from the text of the statement alone. */
export function listedIn(text) {
  return [...text.matchAll(/<STMTTRN>([\s\S]*?)(?=<\/?STMTTRN>|<\/BANKTRANLIST>|$)/g)].flatMap(([, body]) => {
    const [, day] = /<DTPOSTED>\s*(\d{8})/.exec(body) ?? [];
    const [, amount] = /<TRNAMT>\s*([-+.\d]+)/.exec(body) ?? [];
    return day === undefined || amount === undefined ? [] : [{ day, cents: cents(amount) }];
  });
}

export function cents(amount) {
  return Math.round(Number(amount) * 100);
}

/** `YYYYMMDD` of the day so many days ago. */
export function daysAgo(days) {
  const at = new Date(Date.now() - days * 86_400_000);
  return `${at.getFullYear()}${String(at.getMonth() + 1).padStart(2, '0')}${String(at.getDate()).padStart(2, '0')}`;
}

/** Runs tasks, two at a time. */
export async function inPairs(tasks) {
  const results = [];
  const queue = tasks.map((task, index) => async () => {
    results[index] = await task();
  });
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await next();
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** Measures the members of a list, two at a time or alone; one that fails says so and costs only itself. */
export async function cellsOf(list, measure, { say, isAlone = false }) {
  const tasks = list.map(({ name }, index) => async () => {
    try {
      return [name, await measure(list[index])];
    } catch (error) {
      say(`${name} failed: ${error.stack}`);
      return [name, { failed: error.message.slice(0, 200) }];
    }
  });
  if (!isAlone) return Object.fromEntries(await inPairs(tasks));
  const cells = [];
  for (const task of tasks) cells.push(await task());
  return Object.fromEntries(cells);
}

/** Version of a Debian package that is installed. */
export async function debian(name) {
  return /^Version: (.*)$/m.exec((await run(['dpkg-query', ['-s', name]])).stdout)?.[1] ?? '';
}
