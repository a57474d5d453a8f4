/** `--dry-run` prints what a sync sends: the same requests at the same addresses, but for secrets and ids. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.js';
import { configText } from '../support/institutions.js';
import { reply, send, startBank } from '../support/plain-bank.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const ACCOUNTS =
  '[{ name: a, kind: checking, id: "000000001", routing: "121000248" }, { name: b, kind: checking, id: "000000002", routing: "121000248" }, { name: c, kind: creditcard, id: "4111111111111003" }]';
const NOON = () => new Date('2026-11-21T12:00:00Z');
const ENV = { PW: 'a-long-password', CRED: 'a-second-credential' };

/** Ids of a single attempt, and values that a dry run masks. */
function comparable(body: string): string {
  return body
    .replaceAll('\r\n', '\n')
    .replace(/(<TRNUID>|NEWFILEUID:)[^<\s]+/g, '$1ID')
    .replace(/(<(?:USERID|USERPASS|USERCRED1|USERCRED2)>)[^<\n]+/g, '$1MASKED')
    .trim();
}

function bodies(dryRun: string): string[] {
  return dryRun
    .split(/^# .*\n/m)
    .slice(1)
    .map((text) => comparable(text.slice(text.indexOf('\n\n') + 2)));
}

describe('the requests printed are the requests sent', () => {
  test.each([
    ['one for all accounts', []],
    ['split by the accounts that one may have', ['accountsPerRequest: 2']],
    ['split by the days that one may cover', ['maxDaysPerRequest: 30']],
    ['split by both', ['accountsPerRequest: 1', 'maxDaysPerRequest: 50']],
    ['with further credentials', ['userCred1: env:CRED']],
  ])('%s', async (_what, more) => {
    const bank = await startBank((message, response) => send(response, reply(message)));
    const cwd = scratchDir();
    const version = 'ofxVersion: "103"';
    const entry = { name: 'plain', url: bank.url, accounts: ACCOUNTS, password: 'env:PW', more: [version, ...more] };
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
    const options = { cwd, now: NOON, env: ENV };
    const shown = await runCli(['sync', '--dry-run'], options);
    expect(shown.code).toBe(0);
    expect(bank.messages).toEqual([]);
    expect((await runCli(['sync', '--quiet'], options)).code).toBe(0);
    const sent = bank.messages.map(({ body }) => comparable(body));
    expect(sent.length).toBeGreaterThan(0);
    // Requests of an accepted login travel beside each other, so that their order at the bank is theirs.
    expect(bodies(shown.stdout).toSorted()).toEqual(sent.toSorted());
    for (const secret of Object.values(ENV)) expect(shown.stdout).not.toContain(secret);
  });
});

test('an address that the profile gives is the one that is printed', async () => {
  const sandbox = await startSandbox();
  afterAll(() => sandbox.close());
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'summit', url: `${sandbox.url('summit')}?fault=split-urls`, more: ['ofxVersion: "203"'] }]),
  );
  const before = await runCli(['sync', '--dry-run'], { cwd });
  expect(before.stdout).toContain(`POST ${sandbox.url('summit')}?fault=split-urls\n`);
  expect((await runCli(['check'], { cwd })).code).toBe(0);
  const after = await runCli(['sync', '--dry-run'], { cwd });
  expect(after.stdout).toContain(`POST ${sandbox.url('summit')}/statements\n`);
});
