/**
 * Made test/fixtures/version-0.1, once, on what was then ofx-sync 0.1.0. Kept to show how the fixture came about, and NOT TO BE
 * RUN AGAIN: what a later version makes is no longer what version 0.1 left behind. How it was started is in the README there.
 */

import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, watch, writeFileSync } from 'node:fs';
import { connect, createServer as createForwarder } from 'node:net';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { balancesOf, outcomesOf, rowsOf } from './version-0.1.js';
import { orchardFile, startBanks } from './version-0.1-banks.js';
import { startYnab, YNAB_TOKEN } from './ynab-server.js';

const HOME = '/home/alex';
const CONFIG = join(HOME, '.config/ofx-sync');
const DATA = join(HOME, '.local/share/ofx-sync');
const TRIAL = join(HOME, 'trial');
const PROGRAM = '/opt/ofx-sync/dist/bin.js';
const OUT = process.env['OUT'] ?? '/tmp/version-0.1';
/** Addresses that stand in the two accounts.yaml. */
const YNAB_PORT = 8427;
const BANK_PORT = 8428;

const ACCOUNTS = `# My accounts.
version: 1
defaults: { history: 90d, retries: 0 }
notify: { command: [sh, -c, 'cat >> told.jsonl'] }
institutions:
  - name: river
    url: https://ofx.river.example/ofx
    org: BANKS
    fid: "1001"
    ofxVersion: "102"
    userId: alex
    ca: banks.pem
    accounts:
      - { name: checking, kind: checking, id: "000123456", routing: "121000248" }
      - { name: savings, kind: savings, id: "000123457", routing: "121000248" }
  - name: summit
    url: https://ofx.summit.example/ofx
    org: BANKS
    fid: "5001"
    ofxVersion: "220"
    clientUid: auto
    userId: alex
    password: keychain:summit card
    ca: banks.pem
    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]
  - name: harbor
    url: https://ofx.harbor.example/ofx
    org: BANKS
    fid: "6006"
    brokerId: harbor.example
    ofxVersion: "102"
    userId: { env: HARBOR_USER }
    password: file:~/.secrets/harbor
    ca: banks.pem
    accounts: [{ name: ira, kind: investment, id: "77-1234" }]
  - name: quarry
    url: https://ofx.quarry.example/ofx
    org: BANKS
    fid: "8008"
    ofxVersion: "102"
    unstableFitid: true
    userId: alex
    password: { command: [cat, ../../.secrets/quarry] }
    ca: banks.pem
    accounts: [{ name: checking, kind: checking, id: "880012", routing: "091000019" }]
  - name: linden
    url: https://ofx.linden.example/ofx
    org: BANKS
    fid: "4004"
    ofxVersion: "102"
    userId: alex
    ca: banks.pem
    accounts: [{ name: courant, kind: checking, id: "20041010050500013", routing: "30004" }]
  - name: meadow # its password has changed
    url: https://ofx.meadow.example/ofx
    org: BANKS
    fid: "2002"
    ofxVersion: "102"
    userId: alex
    password: env:MEADOW_PASSWORD
    ca: banks.pem
    accounts: [{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]
  - name: birch # has never let us in
    url: https://ofx.birch.example/ofx
    org: BANKS
    fid: "9009"
    ofxVersion: "102"
    userId: alex
    ca: banks.pem
    accounts: [{ name: card, kind: creditcard, id: "5500005555555559" }]
  - name: orchard
    files: ~/Downloads/orchard-*.qfx
    accounts: [{ name: joint, kind: checking, id: "5555", routing: "011000015" }]
push:
  ynab:
    server: http://127.0.0.1:${YNAB_PORT}/v1
    accounts: { river/checking: Checking, river/savings: Savings, summit/card: Visa }
accountMap: { river/checking: Assets:Bank:Checking, summit/card: Liabilities:Visa }
rules: [{ match: { payee: green grocer }, set: { payee: Green Grocer, category: Food:Groceries } }]
`;

const TRIAL_ACCOUNTS = `defaults: { history: 30d, retries: 0 }
institutions:
  - name: river
    url: sandbox://river
    userId: demo
    password: { literal: demo }
    accounts:
      - { name: checking, kind: checking, id: "000123456", routing: "121000248" }
      - { name: savings, kind: savings, id: "000123457", routing: "121000248" }
  - name: summit
    url: sandbox://summit
    userId: demo
    password: { literal: demo }
    clientUid: auto
    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]
  - name: linden
    url: sandbox://linden
    userId: demo
    password: { literal: demo }
    accounts: [{ name: courant, kind: checking, id: "20041010050500013", routing: "30004" }]
  - name: harbor
    url: sandbox://harbor
    userId: demo
    password: { literal: demo }
    accounts: [{ name: retirement, kind: investment, id: "77-1234" }]
  - name: local
    url: http://127.0.0.1:${BANK_PORT}/ofx
    org: BANKS
    fid: "1111"
    ofxVersion: "102"
    userId: demo
    password: { literal: demo }
    accounts: [{ name: checking, kind: checking, id: "700200", routing: "121000248" }]
`;

const KEYCHAIN = {
  river: 'river-pass-71c',
  'summit card': 'summit-pass-0b2',
  linden: 'linden-pass-93e',
  birch: 'birch-pass-5d8',
};
const SECRETS = { harbor: 'harbor-pass-2f4', quarry: 'quarry-pass-8a6' };

const banks = await startBanks();
const ynab = await startYnab({
  today: '2026-09-14',
  accounts: [
    { name: 'Checking', type: 'checking' },
    { name: 'Savings', type: 'savings' },
    { name: 'Visa', type: 'creditCard' },
  ],
});
const passwords = {
  ...KEYCHAIN,
  ...SECRETS,
  summit: KEYCHAIN['summit card'],
  meadow: 'meadow-pass-e19',
  birch: 'another',
  loopback: 'demo',
};
for (const [bank, password] of Object.entries(passwords)) banks.passwords.set(bank, password);
for (const [port, to] of [
  [YNAB_PORT, Number(new URL(ynab.url).port)],
  [BANK_PORT, banks.port],
] as const)
  createForwarder((socket) => {
    const behind = connect(to, '127.0.0.1').on('error', () => socket.destroy());
    socket
      .on('error', () => behind.destroy())
      .pipe(behind)
      .pipe(socket);
  }).listen(port, '127.0.0.1');

interface Done {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let instant = new Date('2026-08-03T12:00:00Z');
banks.now = () => instant;

/** Runs the program at the instant of the moment, as a person whose home this is. */
function start(words: readonly string[], { cwd = HOME, input = '' } = {}) {
  const clock = `const began = performance.now(); const now = () => ${instant.getTime()} + Math.floor(performance.now() - began); const Real = Date;
    globalThis.Date = class extends Real { constructor(...all) { if (all.length === 0) super(now()); else super(...all); } static now() { return now(); } };`;
  const bus =
    words[0] === 'schedule' ? 'unix:path=/run/user/1000/bus' : (process.env['DBUS_SESSION_BUS_ADDRESS'] ?? '');
  const env = {
    ...{ HOME, TZ: 'UTC', PATH: '/usr/bin:/bin', HTTPS_PROXY: banks.proxy },
    ...{ MEADOW_PASSWORD: passwords.meadow, HARBOR_USER: 'alex' },
    DBUS_SESSION_BUS_ADDRESS: bus,
  };
  const argv = ['--import', `data:text/javascript,${encodeURIComponent(clock)}`, PROGRAM, ...words];
  const child = spawn(process.execPath, argv, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined).end(input);
  const done = new Promise<Done>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, done };
}

async function run(
  line: string | readonly string[],
  options: { readonly cwd?: string; readonly input?: string } = {},
): Promise<Done> {
  const done = await start(typeof line === 'string' ? line.split(' ') : line, options).done;
  console.log(`\n${instant.toISOString()} $ ofx-sync ${line}  → ${done.code}`);
  if (!line.includes('--json')) console.log(done.stdout.slice(0, 1500));
  console.log(done.stderr.slice(0, 2500));
  return done;
}

const at = (day: string, time = '12:00') => {
  instant = new Date(`${day}T${time}:00Z`);
};
const UNATTENDED = 'sync --unattended --spread 0s';
const BOOKED = '--account river summit harbor';
const HLEDGER = `export --format hledger ${BOOKED} --new --append --output 2026.journal`;
const BEANCOUNT = `export --format beancount ${BOOKED} --consumer fava --new --append --output books.beancount`;

const TRIAL_JOURNAL =
  'export --data data --format ledger --account river summit linden harbor --new --append --output trial.journal';

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, text, { mode: 0o600 });
}

async function live(): Promise<void> {
  at('2026-08-03');
  write(join(CONFIG, 'accounts.yaml'), ACCOUNTS);
  cpSync(join(OUT, 'tls/ca.pem'), join(CONFIG, 'banks.pem'));
  for (const [name, secret] of Object.entries(SECRETS)) write(join(HOME, '.secrets', name), `${secret}\n`);
  for (const [name, secret] of Object.entries(KEYCHAIN)) await run(['secret', 'set', name], { input: `${secret}\n` });
  await run('secret set ynab', { input: `${YNAB_TOKEN}\n` });
  write(join(HOME, 'Downloads/orchard-1.qfx'), orchardFile('2026-08-02', 30));

  await run('check');
  await run('sync');
  at('2026-08-14');
  await run(UNATTENDED);
  await run(HLEDGER);
  await run(BEANCOUNT);
  at('2026-09-01');
  banks.passwords.set('meadow', 'changed-at-the-bank');
  write(join(HOME, 'Downloads/orchard-2.qfx'), orchardFile('2026-08-31', 45));
  await run(UNATTENDED);
  await run(HLEDGER);
  await run(BEANCOUNT);
  at('2026-09-10');
  banks.down.add('linden');
  await run(UNATTENDED);
  await run(HLEDGER);
  await killedPush();
  at('2026-09-12');
  await run(UNATTENDED);
  await killedAppend();
}

/** Killed when the budget has taken the transactions of its second account, and has not answered yet. */
async function killedPush(): Promise<void> {
  const { child, done } = start(['push', 'ynab']);
  let posts = 0;
  ynab.onAdded = () => {
    posts += 1;
    if (posts === 2) child.kill('SIGKILL');
  };
  console.log('killed push:', (await done).code, ynab.transactions.length, 'taken');
  ynab.onAdded = () => undefined;
}

/** Killed when what is to be appended lies ready, and before its note is gone. */
async function killedAppend(): Promise<void> {
  const before = '/tmp/before-append';
  const appending = join(DATA, 'appending');
  for (let attempt = 1; attempt <= 60; attempt += 1) {
    rmSync(before, { recursive: true, force: true });
    cpSync(HOME, before, { recursive: true, preserveTimestamps: true });
    const { child, done } = start(BEANCOUNT.split(' '));
    const watcher = watch(appending, (_, name) => {
      if (name?.endsWith('.note.json') === true) child.kill('SIGKILL');
    });
    await done;
    watcher.close();
    const left = readdirSync(appending).filter((name) => name.endsWith('.note.json'));
    console.log('killed append, attempt', attempt, readdirSync(appending));
    if (left.length === 1) return;
    for (const name of readdirSync(HOME)) rmSync(join(HOME, name), { recursive: true });
    cpSync(before, HOME, { recursive: true, preserveTimestamps: true });
  }
  throw new Error('the append was too fast');
}

async function trial(): Promise<void> {
  write(join(TRIAL, 'accounts.yaml'), TRIAL_ACCOUNTS);
  at('2026-08-03');
  await run('sync --data data', { cwd: TRIAL });
  await run(TRIAL_JOURNAL, { cwd: TRIAL });
  at('2026-08-14');
  await run('sync --data data', { cwd: TRIAL });
  await run(TRIAL_JOURNAL, { cwd: TRIAL });
}

/** The files of each system, one after the other. */
async function schedules(): Promise<void> {
  const common = `--config ${join(CONFIG, 'accounts.yaml')} --data ${DATA} --no-enable`;
  for (const [system, timing, root] of [
    ['launchd', '--every 6h', 'Library'],
    ['windows', '--daily 06:30 --weekdays', '.config/ofx-sync'],
    ['systemd', '--daily 06:30', '.config/systemd'],
  ] as const) {
    const { stdout } = await run(`schedule install --system ${system} ${timing} ${common} --json`);
    const { files } = JSON.parse(stdout) as { files: { path: string }[] };
    for (const { path } of files) {
      console.log(system, path, root);
      mkdirSync(dirname(join(OUT, 'schedule', system, path.slice(HOME.length))), { recursive: true });
      cpSync(path, join(OUT, 'schedule', system, path.slice(HOME.length)));
      // One home has one schedule: in this one it is the last.
      if (system !== 'systemd') rmSync(path);
    }
  }
  const { stdout } = await run(`schedule install --system cron --daily 06:30 ${common} --json`);
  write(join(OUT, 'schedule/crontab'), (JSON.parse(stdout) as { crontab: string }).crontab);
}

const json = async (line: string, cwd = HOME): Promise<unknown> =>
  JSON.parse((await run(`${line} --json`, { cwd })).stdout);
const rows = async (more = '', cwd = HOME) => rowsOf(await json(`transactions --history${more}`, cwd));
const difference = (before: readonly string[], after: readonly string[]) => ({
  gone: before.filter((row) => !after.includes(row)),
  added: after.filter((row) => !before.includes(row)),
});
const tell = () => readFileSync(join(CONFIG, 'told.jsonl'), 'utf8').trim().split('\n').length;

/** What version 0.1 itself makes of the day after, in a home that is thrown away. */
async function dayAfter(before: readonly string[]): Promise<unknown> {
  at('2026-09-13');
  write(join(HOME, 'Downloads/orchard-3.qfx'), orchardFile('2026-09-12', 30));
  const { code, stdout } = await run(`${UNATTENDED} --json`);
  const change = difference(before, await rows());
  for (const line of [HLEDGER, BEANCOUNT, 'push ynab', 'schedule status', 'status', 'import --replay', 'store check'])
    await run(line);
  console.log('replay:', difference(before, await rows()), change);
  return { code, outcomes: outcomesOf(JSON.parse(stdout)), ...change, told: tell(), budget: ynab.transactions.length };
}

async function freeze(): Promise<void> {
  await trial();
  await live();
  await schedules();
  const note = (name: string, value: unknown) => writeFileSync(join(OUT, name), `${JSON.stringify(value, null, 1)}\n`);
  note('budget.json', { accounts: ynab.accounts, transactions: ynab.transactions });
  for (const name of readdirSync(HOME, { recursive: true, encoding: 'utf8' })) {
    const path = join(HOME, name);
    if (!statSync(path).isFile() || /-(?:shm|wal)$/.test(name)) continue;
    mkdirSync(dirname(join(OUT, 'home', name)), { recursive: true });
    if (name.endsWith('.db')) writeFileSync(join(OUT, 'home', `${name}.gz`), gzipSync(readFileSync(path)));
    else cpSync(path, join(OUT, 'home', name));
  }
  at('2026-09-12', '13:00');
  const before = await rows();
  const frozen = { rows: before, balances: balancesOf(await json('accounts')), told: tell() };
  const later = await dayAfter(before);
  at('2026-08-14', '13:00');
  const tried = await rows(' --data data', TRIAL);
  at('2026-08-20');
  const sync = await run('sync --data data --json', { cwd: TRIAL });
  const weekAfter = {
    code: sync.code,
    outcomes: outcomesOf(JSON.parse(sync.stdout)),
    ...difference(tried, await rows(' --data data', TRIAL)),
  };
  await run(TRIAL_JOURNAL, { cwd: TRIAL });
  note('expected.json', { live: { ...frozen, dayAfter: later }, trial: { rows: tried, weekAfter } });
}

await freeze();
process.exit(0);
