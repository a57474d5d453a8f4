/**
 * 50 readers at once on a store of a million transactions, while another process writes: how long `/accounts` takes, what memory
 * the server needs, and whether each answer is one moment. Then 10,000 wrong secrets, against as many requests that need none.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../dist/store/open.js';
import { ACCOUNT, save } from './store.mjs';

const PROGRAM = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const WRITER = fileURLToPath(new URL('serve-writer.mjs', import.meta.url));
const ACCOUNTS = 20;
const EACH = Number(process.env.EACH ?? 50_000);
const YEARS = 10;
const READERS = 50;
const ROUNDS = Number(process.env.ROUNDS ?? 4);
const DAY_MS = 86_400_000;

export async function serveBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-serve-'));
  const children = [];
  try {
    await fill(dir);
    const { root, child } = await startServer(dir, children);
    const access = (await run(dir, ['serve', 'token', 'new', 'bench', '--access-url', '-q'])).trim();
    const all = await readOnce(access, '');
    const [first] = all.set.accounts;
    const idle = memoryOf(child);
    const writer = spawn(process.execPath, [WRITER, dir], { stdio: ['pipe', 'inherit', 'inherit'] });
    children.push(writer);
    const rows = [
      { name: `transactions in one answer of 90 days, of ${ACCOUNTS * EACH}`, value: countOf(all.set), unit: '' },
      { name: 'its size', value: all.bytes / 1e6, unit: 'MB' },
      { name: 'alone, 90 days of all accounts', value: all.ms, unit: 'ms' },
    ];
    for (const [what, parameters] of [
      ['90 days of all accounts', ''],
      ['90 days of one account', `?account=${first.id}`],
      ['balances of all accounts', '?balances-only=1'],
    ]) {
      const times = [];
      const cpu = cpuOf(child);
      for (let round = 0; round < ROUNDS; round += 1)
        times.push(...(await Promise.all(Array.from({ length: READERS }, () => readOnce(access, parameters)))));
      const sorted = times.map(({ ms }) => ms).toSorted((a, b) => a - b);
      rows.push(
        { name: `${READERS} readers at once, ${what}: p50`, value: quantile(sorted, 0.5), unit: 'ms' },
        { name: `${READERS} readers at once, ${what}: p99`, value: quantile(sorted, 0.99), unit: 'ms' },
        { name: 'the processor’s time for each', value: (cpuOf(child) - cpu) / times.length, unit: 'ms' },
      );
      const torn = times.filter(({ set }) => parameters === '' && countOf(set) % 100 !== countOf(all.set) % 100).length;
      if (torn > 0) throw new Error(`${torn} answers are torn`);
    }
    writer.stdin.end();
    await new Promise((resolve) => writer.once('exit', resolve));
    rows.push({ name: 'memory of the server, at first', value: idle, unit: 'MB' });
    rows.push({
      name: 'memory of the server, at most',
      value: peakOf(child),
      unit: 'MB',
      ratio: peakOf(child) / idle,
      against: 'at first',
    });
    rows.push(...(await guesses(root)));
    return rows;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    rmSync(dir, { recursive: true });
  }
}

async function guesses(root) {
  const wrong = `${'0'.repeat(24)}:${'A'.repeat(43)}`;
  const headers = { authorization: `Basic ${Buffer.from(wrong).toString('base64')}` };
  const burst = async (path, init) => {
    const started = performance.now();
    for (let count = 0; count < 10_000; count += 50)
      await Promise.all(Array.from({ length: 50 }, async () => (await fetch(`${root}${path}`, init)).arrayBuffer()));
    return performance.now() - started;
  };
  const free = await burst('/info', {});
  const refused = await burst('/accounts', { headers });
  return [
    { name: '10,000 requests that need no secret', value: free, unit: 'ms' },
    {
      name: '10,000 wrong secrets',
      value: refused,
      unit: 'ms',
      ratio: refused / free,
      against: 'requests that need none',
    },
  ];
}

async function fill(dir) {
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => ({ ...ACCOUNT, name: `a${index}`, id: `${index}` }));
  const list = accounts.map(({ name, id }) => `      - { name: ${name}, kind: checking, id: "${id}", routing: "2" }\n`);
  writeFileSync(
    join(dir, 'accounts.yaml'),
    `institutions:\n  - name: river\n    files: none-*.qfx\n    accounts:\n${list.join('')}`,
  );
  const store = await openStore(join(dir, 'data'));
  const days = YEARS * 365;
  for (const account of accounts) {
    const all = Array.from({ length: EACH }, (_, number) =>
      bookingOf(number, Math.floor((number * days) / EACH) - days + 1),
    );
    const asOf = all.at(-1).postedOn;
    save(store, all, account, { ledgerBalance: { amount: '1234.56', currency: 'USD', asOf } });
  }
  store.close();
}

/** @param offset in days from today. */
export function bookingOf(number, offset) {
  const postedOn = new Date(Date.now() + offset * DAY_MS).toISOString().slice(0, 10);
  return {
    fitid: `F${number}`,
    type: 'DEBIT',
    postedOn,
    postedAt: null,
    userOn: null,
    availableOn: null,
    amount: `-${(number % 900) + 1}.${String(number % 100).padStart(2, '0')}`,
    currency: 'USD',
    exchange: null,
    name: `GROCER ${number % 700}`,
    extendedName: null,
    payee: null,
    memo: 'CARD PURCHASE 4111',
    checkNumber: null,
    refNumber: null,
    serverId: null,
    sic: null,
    counterAccount: null,
    corrects: null,
    pending: false,
    investment: null,
    extra: null,
  };
}

function environment(dir) {
  return {
    PATH: process.env.PATH,
    HOME: dir,
    OFX_SYNC_CONFIG: join(dir, 'accounts.yaml'),
    OFX_SYNC_DATA: join(dir, 'data'),
  };
}

async function startServer(dir, children) {
  const child = spawn(process.execPath, [PROGRAM, 'serve', '--listen', '127.0.0.1:0', '-q'], {
    env: environment(dir),
    cwd: dir,
  });
  children.push(child);
  const root = await new Promise((resolve, reject) => {
    child.stdout.once('data', (text) => resolve(String(text).trim()));
    child.stderr.once('data', (text) => reject(new Error(String(text))));
  });
  return { root, child };
}

async function run(dir, argv) {
  const child = spawn(process.execPath, [PROGRAM, ...argv], { env: environment(dir), cwd: dir });
  let out = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  await new Promise((resolve) => child.once('close', resolve));
  return out;
}

async function readOnce(access, parameters) {
  const url = new URL(access);
  const authorization = `Basic ${Buffer.from(`${url.username}:${url.password}`).toString('base64')}`;
  const started = performance.now();
  const response = await fetch(`${url.origin}${url.pathname}/accounts${parameters}`, { headers: { authorization } });
  const text = await response.text();
  const ms = performance.now() - started;
  return { ms, bytes: text.length, set: JSON.parse(text) };
}

function countOf(set) {
  return set.accounts.reduce((sum, { transactions }) => sum + transactions.length, 0);
}

function quantile(sorted, part) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

/** User and system time of a process of Linux, which counts hundredths of a second. */
function cpuOf({ pid }) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** In MB, of Linux. */
function memoryOf({ pid }) {
  return statusOf(pid, 'VmRSS');
}

function peakOf({ pid }) {
  return statusOf(pid, 'VmHWM');
}

function statusOf(pid, key) {
  return Number(new RegExp(`^${key}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1000;
}

export { EACH };
