/**
 * The access URL of a bridge: in no command line, in no environment but the person's own, and in nothing that is printed, logged,
 * stored, archived, reported or backed up, whatever the bridge does.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { BRIDGE_FAULTS } from '../../src/sandbox/simplefin/faults.js';
import { CANARIES, canariesIn, canariesUnder } from '../support/canaries.js';
import { builtProgram, type Finished, start } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const IS_LINUX = existsSync('/proc/self/cmdline');
const WITNESS = `#!/bin/sh
cat >"$1.stdin"
env >"$1.env"
for one in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <"$one"; echo; done >"$1.ps" 2>&1
printf '%s\\n' "$2"
`;
const CHECKING = 'ACT-1c3e8f00-4b8e-4a55-9d43-0a7c61e2b901';
const ACCOUNTS = `[{ name: checking, kind: checking, id: ${CHECKING} }]`;
/** Those that take the whole time limit. */
const SLOW = ['hang', 'hang-body', 'drip', 'endless', 'bomb'];
let sandbox: Sandbox;
let echo: Server;
let echoAccess = '';

beforeAll(async () => {
  sandbox = await startSandbox();
  sandbox.bridge('bridge').setPassword(CANARIES.password, CANARIES.userId);
  echo = createServer((request, response) => {
    // Says again what it was sent, in each place that a bridge has for words.
    const [, encoded = ''] = (request.headers.authorization ?? '').split(' ');
    const said = `${encoded} ${Buffer.from(encoded, 'base64').toString('utf8')}`;
    const account = { id: CHECKING, name: said, currency: 'USD', balance: '1.00', 'balance-date': 1_790_000_000 };
    const row = { id: said, posted: 1_790_000_000, amount: '-1.00', description: said, payee: said, extra: { said } };
    const errlist = [
      { code: 'act.missingdata', msg: said, account_id: CHECKING },
      { code: 'gen.', msg: said },
    ];
    response.writeHead(200, { 'Content-Type': 'application/json', 'X-Said': encoded });
    response.end(JSON.stringify({ errlist, connections: [], accounts: [{ ...account, transactions: [row] }] }));
  });
  await new Promise<void>((resolve) => echo.listen(0, '127.0.0.1', resolve));
  const { port } = echo.address() as AddressInfo;
  echoAccess = sandbox
    .bridge('bridge')
    .accessUrl()
    .replace(/@[^/]+.*/, `@127.0.0.1:${port}/said`);
});
afterAll(async () => {
  await sandbox.close();
  echo.closeAllConnections();
  await new Promise((resolve) => echo.close(resolve));
});

function project(institutions: string, more = ''): { readonly base: string; readonly cwd: string } {
  const base = scratchDir();
  const cwd = join(base, 'home');
  mkdirSync(cwd);
  writeFileSync(join(cwd, 'accounts.yaml'), `defaults: { retries: 0 }\ninstitutions:\n${institutions}${more}`);
  return { base, cwd };
}

const bridge = (name: string, access: string) =>
  `  - name: ${name}\n    simplefin: ${access}\n    accounts: ${ACCOUNTS}\n`;

test.skipIf(!IS_LINUX)('in the list of processes, and in what other programs are given', async () => {
  const program = builtProgram();
  const { base, cwd } = project(
    `${bridge('bridge', 'env:ACCESS')}${bridge('printed', '{ command: [../witness.sh, ../command, other] }')}  - name: portal
    command: [../witness.sh, ../portal, nothing]
    accounts: [{ name: checking, kind: checking, id: "1", routing: "121000248" }]
`,
    'notify: { command: [../witness.sh, ../notify] }\nonSync: [{ command: [../witness.sh, ../on-sync] }]\n',
  );
  writeFileSync(join(base, 'witness.sh'), WITNESS, { mode: 0o700 });
  const run = (...argv: string[]): Promise<Finished> =>
    start([program, ...argv], cwd, { ACCESS: sandbox.bridge('bridge').accessUrl() }).finished;
  const { code, stdout, stderr } = await run('sync', '-vv', '--log-format', 'json');
  expect({ code, said: canariesIn(stdout + stderr), kept: canariesUnder(cwd) }).toEqual({
    code: 1,
    said: [],
    kept: [],
  });
  const seen = (name: string) => readFileSync(join(base, name), 'utf8');
  expect(JSON.parse(seen('on-sync.stdin')).totals).toMatchObject({ ok: 1, failed: 2 });
  for (const witness of ['command', 'portal', 'notify', 'on-sync']) {
    expect(seen(`${witness}.ps`)).toContain('bin.js sync -vv');
    expect({ witness, ps: canariesIn(seen(`${witness}.ps`)) }).toEqual({ witness, ps: [] });
    expect({ witness, stdin: canariesIn(seen(`${witness}.stdin`)) }).toEqual({ witness, stdin: [] });
    expect({ witness, env: canariesIn(seen(`${witness}.env`)) }).toEqual({ witness, env: [] });
  }
});

test('in what a sync and every command after it print and keep, for each fault, and in a backup', async () => {
  const faults = Object.keys(BRIDGE_FAULTS).filter((fault) => !SLOW.includes(fault));
  const { cwd } = project(
    `${faults.map((fault) => bridge(fault, `env:F${faults.indexOf(fault)}`)).join('')}${bridge('well', 'env:WELL')}${bridge('echo', 'env:ECHO')}`,
  );
  const { accessUrl } = sandbox.bridge('bridge');
  const env = {
    ...Object.fromEntries(faults.map((fault, index) => [`F${index}`, accessUrl(`fault=${fault}`)])),
    WELL: accessUrl(),
    ECHO: echoAccess,
  };
  for (const argv of [
    ['sync', '-vv', '--log-format', 'json', '--timeout', '20s'],
    ['sync', 'echo', 'well', '--json', '--force'],
    ['sync', '--dry-run'],
    ['check', 'echo', '--report', 'report.json', '-v'],
    ['discover', 'echo', '-v'],
    ['status', '--json'],
    ['accounts', '--json'],
    ['transactions', '--json', '--history'],
    ['import', '--replay', '-v'],
    ['export', '--format', 'csv', '--output', 'all.csv'],
    ['store', 'backup', 'copy.db'],
  ]) {
    const { code, stdout, stderr } = await runCli(argv, { cwd, env });
    expect({ argv, isUsageError: code === 2 }).toEqual({ argv, isUsageError: false });
    const kept = canariesUnder(cwd);
    expect({ argv, stdout: canariesIn(stdout), stderr: canariesIn(stderr), kept }).toEqual({
      argv,
      stdout: [],
      stderr: [],
      kept: [],
    });
  }
  expect(existsSync(join(cwd, 'copy.db'))).toBe(true);
  const { stdout } = await runCli(['transactions', 'well', '--json'], { cwd, env });
  expect(JSON.parse(stdout).transactions.length).toBeGreaterThan(10);
});

test('a setup token and its access URL, when the token is claimed', async () => {
  const { cwd } = project(bridge('bridge', `{ file: access }`));
  const token = sandbox.bridge('bridge').setupToken();
  const { stdout, stderr } = await runCli(['secret', 'set', 'bridge', '-v'], { cwd, stdin: `${token}\n` });
  expect(canariesIn(stdout + stderr)).toEqual([]);
  expect(stdout + stderr).not.toContain(token);
});
