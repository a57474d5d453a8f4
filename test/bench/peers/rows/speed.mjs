/** Whole runs, from outside, against banks that only answer. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makeCertificate } from '../../../../dist/sandbox/tls.js';
import { CLIENTS } from '../clients/index.mjs';
import { run } from '../lab.mjs';

const SERVER = fileURLToPath(new URL('../instant-bank.mjs', import.meta.url));
const RUNS = 10;
const ACCOUNTS = 100;
const DELAY_MS = 150;
const CURL = 'curl';

/** One account at a bank that answers at once: the least of ten runs, since load only adds. */
export const firstRow = {
  key: 'first',
  title: `Time to the first statement (least of ${RUNS} whole runs)`,
  run: ({ dir, say }) =>
    withServer(join(dir, 'first'), async (lab) => {
      const times = await alternating(lab, { count: 1, delay: 0, runs: RUNS });
      for (const [name, ms] of times) say(`${name}: ${ms.toFixed(0)} ms`);
      const node = await least(RUNS, () => run([process.execPath, ['-e', '0']]));
      say(`node -e 0: ${node.toFixed(0)} ms`);
      return { cells: cellsOf(times, (ms) => ({ ms: Math.round(ms) })), counts: { nodeMs: Math.round(node) } };
    }),
};

/** Accounts at as many banks, each of which takes its time; what a program that only downloads takes stands beside. */
export const rateRow = {
  key: 'rate',
  title: `Accounts a minute (${ACCOUNTS} accounts at as many banks that answer after ${DELAY_MS} ms)`,
  run: ({ dir, say }) =>
    withServer(join(dir, 'rate'), async (lab) => {
      const times = await alternating(lab, { count: ACCOUNTS, delay: DELAY_MS, runs: 2 });
      const cells = cellsOf(times, (ms) => ({ perMinute: Math.round((ACCOUNTS / ms) * 60_000) }));
      for (const [name, { perMinute }] of Object.entries(cells)) say(`${name}: ${perMinute}`);
      return { cells, counts: { accounts: ACCOUNTS, delayMs: DELAY_MS } };
    }),
};

async function alternating(lab, { count, delay, runs }) {
  const contestants = [
    ...CLIENTS.map((client) => prepared(client, lab, { count, delay })),
    Promise.resolve(curlOf(lab, { count, delay })),
  ];
  const times = new Map();
  for (const contestant of contestants) {
    const { name, once } = await contestant;
    times.set(name, await least(runs, once));
  }
  return times;
}

async function prepared(client, { dir, ports, ca }, { count, delay }) {
  const own = join(dir, `${client.name} ${count}`);
  mkdirSync(own, { recursive: true });
  const [scheme, port] = client.wantsTls ? ['https', ports[1]] : ['http', ports[0]];
  const banks = Array.from({ length: count }, (_, index) => ({
    name: `b${index}`,
    org: `BANK${index}`,
    fid: String(4000 + index),
    url: `${scheme}://127.0.0.1:${port}/b${index}${delay === 0 ? '' : `/${delay}`}`,
    user: 'demo',
    password: 'demo',
    account: String(9_000_000 + index * 1001),
    routing: '011000015',
  }));
  await client.setUp(own, banks);
  const once = async () => {
    client.fresh(own);
    const result = await run(client.command(own, { more: [] }), { cwd: own, env: client.env(own, ca), limit: 120_000 });
    const kept = await client.kept(own, result);
    const got = new Set(kept.map(({ bank, account }) => bank ?? account)).size;
    if (got !== count) throw new Error(`${client.name} has ${got} of ${count}: ${result.stderr.slice(-300)}`);
    return result;
  };
  return { name: client.name, once };
}

/** Requests that are prepared, replies that are thrown away. */
function curlOf({ dir, ports }, { count, delay }) {
  const body = join(dir, 'body.ofx');
  writeFileSync(body, '<OFX><BANKMSGSRQV1><STMTTRNRQ><TRNUID>1</STMTTRNRQ></BANKMSGSRQV1></OFX>');
  const config = join(dir, `curl-${count}`);
  const entry = (index) =>
    `url = "http://127.0.0.1:${ports[0]}/b${index}${delay === 0 ? '' : `/${delay}`}"\noutput = /dev/null\ndata = "@${body}"\nheader = "Content-Type: application/x-ofx"\n`;
  writeFileSync(config, Array.from({ length: count }, (_, index) => entry(index)).join('next\n'));
  const once = async () => {
    const result = await run(['curl', ['-sS', '-Z', '--parallel-max', '50', '-K', config]]);
    if (result.status !== 0) throw new Error(result.stderr);
    return result;
  };
  return { name: CURL, once };
}

async function least(runs, once) {
  const times = [];
  for (let count = 0; count < runs; count += 1) times.push((await once()).ms);
  return Math.min(...times);
}

function cellsOf(times, cell) {
  return Object.fromEntries([...times].map(([name, ms]) => [name, cell(ms)]));
}

async function withServer(dir, work) {
  mkdirSync(dir, { recursive: true });
  const { key, cert, ca } = await makeCertificate();
  const paths = { key: join(dir, 'key.pem'), cert: join(dir, 'cert.pem'), ca: join(dir, 'ca.pem') };
  for (const [name, text] of Object.entries({ key, cert, ca })) writeFileSync(paths[name], text, { mode: 0o600 });
  const server = spawn(process.execPath, [SERVER, paths.key, paths.cert], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const ports = await new Promise((resolve) =>
      createInterface({ input: server.stdout }).once('line', (line) => resolve(line.split(' ').map(Number))),
    );
    return await work({ dir, ports, ca: paths.ca });
  } finally {
    server.kill();
  }
}
