/**
 * One household with a source of each kind: a CAMT file through ofxstatement, a bank through AqBanking, another household's
 * `serve` as a SimpleFIN bridge, and two banks by Direct Connect. Each is broken once, and no other notices.
 */

import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { aqbankingPin, setUpAqbanking } from '../support/aqbanking.js';
import { cellsOf } from '../support/canaries.js';
import { configText } from '../support/institutions.js';
import { blocks } from '../support/markdown.js';
import { hasPeer } from '../support/peer-program.js';
import { builtProgram, type Started, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';
import { readAccounts } from '../support/serving.js';

const CHECKING = '[{ name: checking, kind: checking, id: "000123456", routing: "121000248" }]';
const SAVINGS = '[{ name: savings, kind: savings, id: "700100", routing: "091000019" }]';
const EVERYTHING = ['hausbank/giro', 'meadow/joint', 'parents/checking', 'river/checking', 'glacier/savings'];
const SGML = ['ofxVersion: "103"'];
const PASSWORD = 'Fluss-8841-Wort';
const PIN = 'Wiese-2207-Pin';

const hasPrograms = hasPeer('ofxstatement') && hasPeer('aqbanking-cli', ['--help']);
const parents = scratchDir();
const cwd = scratchDir();
const newerFile = join(cwd, 'camt', '2026-12.xml');
let bank: Sandbox;
let server: Started | undefined;
let access = '';

const atParents = (...argv: string[]) => start([builtProgram(), ...argv], parents).finished;

/** Starts the household that serves what it has of a bank. */
async function serveParents(): Promise<void> {
  const entry = { name: 'river', url: bank.url('river'), accounts: CHECKING, more: SGML };
  writeFileSync(join(parents, 'accounts.yaml'), configText([entry]));
  expect(await atParents('sync', '--quiet')).toMatchObject({ code: 0, stderr: '' });
  server = start([builtProgram(), 'serve', '--listen', '127.0.0.1:0'], parents);
  await Promise.race([server.said('/simplefin'), server.finished]);
  access = (await atParents('serve', 'token', 'new', 'children', '--access-url', '--quiet')).stdout.trim();
}

/** The institutions of a block of the documentation, with texts put in the place of others. */
function institutionOf(block: string | undefined, replaced: readonly (readonly [string, string])[] = []): string {
  let text = (block ?? '').replace('institutions:\n', '');
  for (const [from, to] of replaced) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return text;
}

async function writeConfig(settings: string): Promise<void> {
  const { accounts } = await readAccounts(access);
  const direct = [
    { name: 'river', url: bank.url('river'), accounts: CHECKING, more: SGML, password: 'env:PASSWORD' },
    { name: 'glacier', url: bank.url('glacier'), accounts: SAVINGS },
  ];
  const aqbanking = 'FinTS, OFX and MT940: AqBanking';
  const text = [
    configText(direct, '{ retries: 0 }'),
    institutionOf(blocks('docs/sources.md', 'yaml', 'CAMT and forty formats more: ofxstatement')[0]),
    institutionOf(blocks('docs/sources.md', 'yaml', aqbanking)[0], [
      ['name: hausbank', 'name: meadow'],
      ['name: giro', 'name: joint'],
      ['0532013000', '0044881200'],
      ['pin: keychain', 'pin: "env:PIN"'],
      ['"{account}"]', `"{account}", -D, ${JSON.stringify(settings)}]`],
    ]),
    '  - name: parents\n    simplefin: env:ACCESS\n',
    `    accounts: [{ name: checking, kind: checking, id: ${JSON.stringify(accounts[0]?.id)} }]\n`,
  ];
  writeFileSync(join(cwd, 'accounts.yaml'), text.join(''));
  writeFileSync(join(cwd, 'aqbanking.mjs'), blocks('docs/sources.md', 'js', aqbanking)[0] ?? '');
  mkdirSync(join(cwd, 'camt'));
  cpSync('test/fixtures/camt/one-payment.xml', join(cwd, 'camt', '2026-11.xml'));
}

const secrets = () => ({ PASSWORD, PIN: aqbankingPin('demo', PIN), ACCESS: access, LANG: 'C.UTF-8' });
const said: string[] = [];

async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const finished = await start([builtProgram(), ...argv], cwd, { ...secrets(), ...env }).finished;
  said.push(finished.stdout, finished.stderr);
  return finished;
}

interface Outcome {
  readonly institution: string;
  readonly account: string;
  readonly status: string;
  readonly transactions: { readonly new: number } | null;
  readonly error: { readonly code: string } | null;
}

/** Syncs everything. @returns the outcome of each account by its name */
async function synced(env: Readonly<Record<string, string>> = {}): Promise<Map<string, Outcome>> {
  const { stdout } = await run(['sync', '--json', '--verbose'], env);
  const { accounts } = JSON.parse(stdout) as { accounts: readonly Outcome[] };
  return new Map(accounts.map((one) => [`${one.institution}/${one.account}`, one]));
}

interface Row {
  readonly institution: string;
  readonly account: string;
  readonly postedOn: string;
  readonly amount: string;
}

function transactionsOf({ stdout }: { readonly stdout: string }): Row[] {
  return (JSON.parse(stdout) as { transactions: Row[] }).transactions;
}

describe.runIf(hasPrograms)('a source of each kind in one sync', () => {
  beforeAll(async () => {
    bank = await startSandbox();
    const settings = join(cwd, 'aqbanking');
    await setUpAqbanking(settings, bank.url('meadow'));
    await serveParents();
    await writeConfig(settings);
    bank.setPassword('river', PASSWORD);
    bank.setPassword('meadow', PIN);
  });
  afterAll(async () => {
    server?.child.kill('SIGKILL');
    await bank.close();
  });

  let before: readonly Row[] = [];

  test('all of them come in one sync, the bridge with what the other household has', async () => {
    const first = await synced();
    expect([...first].map(([name, { status }]) => [name, status]).toSorted()).toEqual(
      EVERYTHING.map((name) => [name, 'ok']).toSorted(),
    );
    before = transactionsOf(await run(['transactions', '--json']));
    const counted = EVERYTHING.map((name) => first.get(name)?.transactions?.new);
    expect(counted[0]).toBe(1);
    expect(Math.min(...counted.slice(1).map((one) => one ?? 0))).toBeGreaterThan(3);
    const facts = (rows: readonly Row[]) => rows.map(({ postedOn, amount }) => `${postedOn} ${amount}`).toSorted();
    const theirs = transactionsOf(await atParents('transactions', '--json'));
    expect(facts(before.filter(({ institution }) => institution === 'parents'))).toEqual(facts(theirs));
  });

  /** The way to break a source: it returns the secrets that are wrong from then on. */
  type Break = () => Promise<Readonly<Record<string, string>>>;
  const breakFile: Break = async () => {
    writeFileSync(newerFile, 'no XML at all');
    return {};
  };
  const breakBridge: Break = async () => {
    expect(await atParents('serve', 'token', 'revoke', 'children')).toMatchObject({ code: 0 });
    return {};
  };
  const BREAKS: readonly (readonly [broken: string, code: string, breakIt: Break])[] = [
    ['hausbank/giro', 'COMMAND_FAILED', breakFile],
    ['meadow/joint', 'COMMAND_FAILED', async () => ({ PIN: aqbankingPin('demo', `${PIN}-alt`) })],
    ['river/checking', 'SIGNON_REJECTED', async () => ({ PASSWORD: `${PASSWORD}-alt` })],
    ['parents/checking', 'SIGNON_REJECTED', breakBridge],
  ];

  test.each(BREAKS)('%s is broken (%s), and the rest is unharmed', async (broken, code, breakIt) => {
    const outcomes = await synced(await breakIt());
    rmSync(newerFile, { force: true });
    for (const name of EVERYTHING)
      expect([name, outcomes.get(name)?.status, outcomes.get(name)?.error?.code]).toEqual(
        name === broken ? [name, 'failed', code] : [name, 'ok', undefined],
      );
    const after = transactionsOf(await run(['transactions', '--json']));
    expect(after).toEqual(before);
  });

  test('no secret is in what was printed or stored', () => {
    const { username, password } = new URL(access);
    const words = [PASSWORD, PIN, username, password];
    const cells = cellsOf(join(cwd, 'data', 'ofx-sync.db')).map(({ value }) => Buffer.from(value).toString('latin1'));
    for (const [index, word] of words.entries()) {
      expect([index, said.filter((text) => text.includes(word))]).toEqual([index, []]);
      expect([index, cells.filter((text) => text.includes(word))]).toEqual([index, []]);
    }
  });
});
