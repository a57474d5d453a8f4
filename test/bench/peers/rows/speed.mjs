/** Whole runs, from outside, against banks that only answer. */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makeCertificate } from '../../../../dist/sandbox/tls.js';
import { CLIENTS } from '../clients/index.mjs';
import { cellsOf, run } from '../lab.mjs';

const SERVER = fileURLToPath(new URL('../instant-bank.mjs', import.meta.url));
/** Ten, or as many as are begun in twenty seconds: the least counts, since load only adds. */
const RUNS = 10;
const BUDGET_MS = 20_000;
const ACCOUNTS = Number(process.env.OFX_BENCH_ACCOUNTS ?? 100);
const DELAY_MS = 150;
/** In each statement. */
const TRANSACTIONS = 3;
const CURL = 'curl';

/** One account at a bank that answers at once, from nothing. */
export const firstRow = {
  key: 'first',
  title: `Time to the first statement (least of ${RUNS} whole runs)`,
  run: ({ dir, say }) =>
    withServer(join(dir, 'first'), async (lab) => {
      const cells = await timesOf(lab, { count: 1, delay: 0, isWarm: false }, say);
      for (const [name, { ms }] of Object.entries(cells)) say(`${name}: ${ms} ms`);
      const node = await least(() => run([process.execPath, ['-e', '0']]));
      say(`node -e 0: ${node} ms`);
      return { cells, counts: { nodeMs: node } };
    }),
};

/**
 * Accounts at as many banks, each of which takes its time, in a daily run: everything was downloaded before. What a program
 * that only downloads takes stands beside.
 */
export const rateRow = {
  key: 'rate',
  title: `Accounts a minute (${ACCOUNTS} accounts at as many banks that answer after ${DELAY_MS} ms)`,
  run: ({ dir, say }) =>
    withServer(join(dir, 'rate'), async (lab) => {
      const times = await timesOf(lab, { count: ACCOUNTS, delay: DELAY_MS, isWarm: true }, say);
      const cells = Object.fromEntries(
        Object.entries(times).map(([name, { ms, failed }]) => [
          name,
          ms === undefined
            ? { failed }
            : { perMinute: Math.round((ACCOUNTS / ms) * 60_000), ofCurl: Number((times[CURL].ms / ms).toFixed(3)) },
        ]),
      );
      for (const [name, { perMinute, ofCurl }] of Object.entries(cells))
        say(`${name}: ${perMinute}, ${ofCurl} of ${CURL} -Z`);
      return { cells, counts: { accounts: ACCOUNTS, delayMs: DELAY_MS, transactions: TRANSACTIONS } };
    }),
};

/** The least time of each client and of curl, one after another. */
function timesOf(lab, scene, say) {
  const contestants = [
    ...CLIENTS.map((client) => ({ name: client.name, prepare: () => prepared(client, lab, scene) })),
    { name: CURL, prepare: () => curlOf(lab, scene) },
  ];
  const measure = async ({ prepare }) => ({ ms: await least(await prepare()) });
  return cellsOf(contestants, measure, { say, isAlone: true });
}

async function prepared(client, { dir, ports, ca }, { count, delay, isWarm }) {
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
    const isAgain = isWarm && client.again !== undefined;
    if (!isAgain) client.fresh(own);
    const command = isAgain ? client.again : client.command;
    const result = await run(command(own), { cwd: own, env: client.env(own, ca), limit: 300_000 });
    const kept = await client.kept(own, result);
    const got = new Set(kept.map(({ bank, account }) => bank ?? account)).size;
    if (got !== count || kept.length !== TRANSACTIONS * count || result.status !== 0)
      throw new Error(
        `${client.name} has ${kept.length} transactions of ${got} accounts: ${result.stderr.slice(-300)}`,
      );
    return result;
  };
  if (isWarm) await once();
  return once;
}

/** Requests that are prepared, replies that are thrown away. */
function curlOf({ dir, ports, ca }, { count, delay }) {
  const body = join(dir, 'body.ofx');
  writeFileSync(body, '<OFX><BANKMSGSRQV1><STMTTRNRQ><TRNUID>1</STMTTRNRQ></BANKMSGSRQV1></OFX>');
  const config = join(dir, `curl-${count}`);
  const entry = (index) =>
    `url = "https://127.0.0.1:${ports[1]}/b${index}${delay === 0 ? '' : `/${delay}`}"\ncacert = "${ca}"\noutput = /dev/null\ndata = "@${body}"\nheader = "Content-Type: application/x-ofx"\n`;
  writeFileSync(config, Array.from({ length: count }, (_, index) => entry(index)).join('next\n'));
  return async () => {
    const result = await run(['curl', ['-sS', ...(count > 1 ? ['-Z'] : []), '-K', config]]);
    if (result.status !== 0) throw new Error(result.stderr.slice(-300));
    return result;
  };
}

async function least(once) {
  const times = [];
  const started = performance.now();
  while (times.length < RUNS && performance.now() - started < BUDGET_MS) times.push((await once()).ms);
  return Math.round(Math.min(...times));
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
