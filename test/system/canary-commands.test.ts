/** Secrets that are found nowhere: every command, as text, as JSON and with everything told, and after each every file and every cell of the store. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.js';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { ALL_CANARIES, CANARIES, canariesIn, canariesUnder, cellsOf } from '../support/canaries.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { startWebhook, type Webhook } from '../support/webhook.js';
import { startYnab, type YnabServer } from '../support/ynab-server.js';

const base = scratchDir();
/** What a run may touch; what the person keeps secret lies beside it. */
const cwd = join(base, 'home');
const env = { PW: CANARIES.password, USER_ID: CANARIES.userId, CRED: CANARIES.credential, TOKEN: CANARIES.token };
let sandbox: Sandbox;
let ynab: YnabServer;
let webhook: Webhook;

beforeAll(async () => {
  mkdirSync(cwd);
  writeFileSync(join(base, 'password'), `${CANARIES.password}\n`, { mode: 0o600 });
  [sandbox, ynab, webhook] = await Promise.all([
    startSandbox(),
    startYnab({
      token: CANARIES.token,
      accounts: [
        { name: 'river', type: 'checking' },
        { name: 'card', type: 'creditCard' },
      ],
    }),
    startWebhook(),
  ]);
  for (const name of ['river', 'summit', 'harbor']) sandbox.setPassword(name, CANARIES.password, CANARIES.userId);
  writeFileSync(join(cwd, 'accounts.yaml'), configText());
});
afterAll(() => Promise.all([sandbox.close(), ynab.close(), webhook.close()]));

function configText(): string {
  return `institutions:
  - name: river
    url: ${sandbox.url('river')}
    ofxVersion: "102"
    userId: { env: USER_ID }
    password: env:PW
    userCred1: env:CRED
    accounts: [{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]
  - name: summit
    url: ${sandbox.url('summit')}?fault=pending
    userId: { env: USER_ID }
    password: { command: [cat, ../password] }
    clientUid: auto
    accounts: [{ name: card, kind: creditcard, id: "4111111111111111" }]
  - name: harbor
    url: ${sandbox.url('harbor')}?fault=http-503
    ofxVersion: "103"
    userId: { command: [printenv, USER_ID] }
    password: file:../password
    brokerId: harbor.example
    accounts: [{ name: ira, kind: investment, id: "77-1234" }]
defaults: { retries: 0 }
push: { ynab: { token: env:TOKEN, server: "${ynab.url}", accounts: { river/checking: river, summit/card: card } } }
notify: { webhook: "${webhook.url.replace('canary-token', CANARIES.webhook)}" }
onSync: [{ command: [sh, -c, 'env | grep -v ^TOKEN='] }, { command: [cat] }]
`;
}

/** Each with the lines of standard input that it is given; in the order of a person’s day. */
const RUNS: readonly (readonly [argv: readonly string[], stdin?: string])[] = [
  [['sync', '--dry-run']],
  [['sync']],
  [['sync', '--since', '400d', 'river']],
  [['accounts']],
  [['accounts', 'relink', 'river/gone', 'river/checking']],
  [['status', '--runs', '9']],
  [['status', '--format', 'prometheus']],
  [['report']],
  [['serve', 'token', 'new', 'phone']],
  [['serve', 'token', 'list']],
  [['serve', '--listen', '127.0.0.1:0']],
  [['transactions', '--history']],
  [['transactions', '--csv']],
  [['export', '--format', 'hledger', '--output', 'all.journal']],
  [['export', '--format', 'ofx', '--output-dir', '.']],
  [['export', '--format', 'json']],
  [['export', '--format', 'ledger', '--new', '--append', '--output', 'new.journal']],
  [['consumers']],
  [['consumers', 'reset', 'ledger']],
  [['rules', 'test']],
  [['push', 'ynab', '--dry-run']],
  [['push', 'ynab']],
  [['check', '--offline']],
  [['check', '--explain']],
  [['check', '--report', 'report.json']],
  [['check', '--balances']],
  [['closings']],
  [['signon', 'river']],
  [['signon', 'summit']],
  [['discover', 'summit', '--write']],
  [['probe', 'river']],
  [['import', '--replay']],
  [['inspect', '-'], '<OFX><SIGNONMSGSRSV1></OFX>'],
  [['store', 'check']],
  [['store', 'backup', 'copy.db']],
  [['store', 'compact']],
  [['secret', 'list']],
  [['secret', 'test', 'river']],
  [['secret', 'set', 'river'], `${CANARIES.newPassword}\n`],
  [['secret', 'delete', 'river']],
  [['trust']],
  [['trust', '--bank', 'river', '--host', 'ofx.river.example']],
  [['trust', '--remove']],
  [['institutions', 'river']],
  [['init', 'sandbox://river', '--non-interactive', '--user-id', 'x'], `${CANARIES.newPassword}\n`],
  [['schedule', 'install', '--daily', '06:30', '--no-enable', '--system', 'systemd']],
  [['schedule', 'status']],
  [['schedule', 'remove']],
  [['notify', 'test']],
  [['sandbox']],
  [['completion', 'bash']],
  [['paths']],
  [['help', 'config', 'password']],
];

/** The address of a webhook is part of accounts.yaml. */
const inTheOpen = `${join(cwd, 'accounts.yaml')}: webhook`;

async function harmless(run: Run, argv: readonly string[]): Promise<void> {
  const said = {
    argv,
    stdout: canariesIn(run.stdout),
    stderr: canariesIn(run.stderr),
    kept: canariesUnder(cwd).filter((one) => one !== inTheOpen),
  };
  expect(said).toEqual({ argv, stdout: [], stderr: [], kept: [] });
}

test.each([[[]], [['--json']], [['--verbose', '--log-format', 'json']]])('every command with %j', async (how) => {
  for (const [argv, stdin = ''] of RUNS) {
    const run = await runCli([...argv, ...how], {
      cwd,
      env,
      stdin,
      signal: AbortSignal.timeout(argv[0] === 'sandbox' || argv[1] === '--listen' ? 300 : 100_000),
    });
    await harmless(run, [...argv, ...how]);
  }
});

test('the runs above are of every command', () => {
  expect(new Set(RUNS.map(([[name]]) => name))).toEqual(new Set(COMMANDS.map(({ name }) => name)));
});

test('the runs above did what they were for', async () => {
  expect(sandbox.counts('river')).toMatchObject({ refusedSignons: 0 });
  expect(sandbox.counts('river').signons).toBeGreaterThan(8);
  expect(ynab.transactions.length).toBeGreaterThan(0);
  expect(webhook.arrived.length).toBeGreaterThan(0);
  const { stdout } = await runCli(['status', '--json'], { cwd, env });
  expect(JSON.parse(stdout).accounts).toHaveLength(3);
});

test('what is looked for would be found: in a file, packed in the store, and as other letters', async () => {
  const dir = scratchDir();
  writeFileSync(join(dir, 'log'), Buffer.from(CANARIES.password, 'latin1'));
  expect(canariesUnder(dir)).toEqual([`${join(dir, 'log')}: password`]);
  const cells = cellsOf(join(cwd, 'data', 'ofx-sync.db'));
  const replies = cells.filter(({ where }) => where === 'replies.body').map(({ value }) => String(value));
  expect(replies.length).toBeGreaterThan(0);
  for (const reply of replies) expect(Buffer.from(reply, 'latin1').toString()).toMatch(/<OFX>|\d/);
  for (const name of ALL_CANARIES) expect(canariesIn(`x ${encodeURIComponent(CANARIES[name])} y`)).toEqual([name]);
});
