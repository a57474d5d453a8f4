/**
 * Secrets in the list of processes and in what the program hands to the programs that it starts. Those programs are the
 * witnesses: each writes down every command line of the machine and its own environment, while the run has its secrets.
 */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { CANARIES, canariesIn, canariesUnder } from '../support/canaries.js';
import { builtProgram, type Finished, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const IS_LINUX = existsSync('/proc/self/cmdline');
const WITNESS = `#!/bin/sh
cat >"$1.stdin"
env >"$1.env"
for one in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <"$one"; echo; done >"$1.ps" 2>&1
printf '%s\\n' "$2"
`;
/** A program of `command:`, which writes down the same and repeats its secret in a message and on standard error. */
const PORTAL = `#!/bin/sh
IFS= read -r secrets
printf '%s\\n' "$secrets" >"$1.stdin"
env >"$1.env"
for one in /proc/[0-9]*/cmdline; do tr '\\0' ' ' <"$one"; echo; done >"$1.ps" 2>&1
echo "signed on with $secrets" >&2
day=$(printf %s "$2" | tr -d -)
cat <<END
OFXHEADER:100
DATA:OFXSGML
VERSION:102

<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO<MESSAGE>signed on with $secrets</STATUS><DTSERVER>$day<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>0<ACCTID>7777<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>$day<DTEND>$day<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>$day<TRNAMT>-1.00<FITID>1<NAME>SHOP</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>
END
`;
let sandbox: Sandbox;
let program = '';
const base = scratchDir();
const cwd = join(base, 'home');
const seen = (name: string) => readFileSync(join(base, name), 'utf8');

beforeAll(async () => {
  program = builtProgram();
  sandbox = await startSandbox();
  sandbox.setPassword('summit', CANARIES.password, CANARIES.userId);
  mkdirSync(cwd);
  writeFileSync(join(base, 'witness.sh'), WITNESS, { mode: 0o700 });
  writeFileSync(join(base, 'portal.sh'), PORTAL, { mode: 0o700 });
  writeFileSync(join(base, 'password'), `${CANARIES.password}\n`, { mode: 0o600 });
  const account = '[{ name: card, kind: creditcard, id: "4111111111111111" }]';
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `defaults: { retries: 0 }
institutions:
  - name: summit
    url: ${sandbox.url('summit')}
    userId: { env: USER_ID }
    password: env:PW
    userCred1: { command: [../witness.sh, ../command, other] }
    accounts: ${account}
  - name: refused
    url: ${sandbox.url('summit')}?fault=http-403
    userId: { env: USER_ID }
    password: file:../password
    accounts: ${account}
  - name: other
    url: ${sandbox.url('river')}
    userId: { env: USER_ID }
    password: { command: [../witness.sh, ../other, other] }
    userCred1: env:OTHER
    accounts: ${account}
  - name: portal
    command: [../portal.sh, ../portal, "{to}"]
    secrets: { pin: env:NEW }
    accounts: [{ name: current, kind: checking, id: "7777" }]
push: { ynab: { token: env:TOKEN } }
notify: { command: [../witness.sh, ../notify] }
onSync: [{ command: [../witness.sh, ../on-sync] }]
`,
  );
});
afterAll(() => sandbox.close());

/** With the secrets in the environment, as the person has them there. */
function run(...argv: string[]): Promise<Finished> {
  return start([program, ...argv], cwd, {
    PW: CANARIES.password,
    USER_ID: CANARIES.userId,
    TOKEN: CANARIES.token,
    OTHER: CANARIES.credential,
    NEW: CANARIES.newPassword,
  }).finished;
}

test.skipIf(!IS_LINUX)('a sync, with everything told', async () => {
  const { code, stdout, stderr } = await run('sync', '--verbose', '--log-format', 'json', '--force');
  expect(code).toBe(1);
  expect(canariesIn(stdout + stderr)).toEqual([]);
  expect(canariesUnder(cwd)).toEqual([]);
  for (const witness of ['command', 'other', 'notify', 'on-sync', 'portal']) {
    expect(seen(`${witness}.ps`)).toContain('bin.js sync --verbose');
    expect({ witness, ps: canariesIn(seen(`${witness}.ps`)) }).toEqual({ witness, ps: [] });
    const own = witness === 'portal' ? ['newPassword'] : [];
    expect({ witness, stdin: canariesIn(seen(`${witness}.stdin`)) }).toEqual({ witness, stdin: own });
  }
  expect(JSON.parse(seen('on-sync.stdin')).totals).toMatchObject({ ok: 2, failed: 2 });
  // A command that prints a secret has what its own bank needs, and nothing of the others.
  expect(canariesIn(seen('command.env'))).toEqual(['password', 'userId']);
  expect(canariesIn(seen('other.env'))).toEqual(['userId', 'credential']);
  expect(seen('other.env')).toMatch(/^PATH=/m);
  expect(canariesIn(seen('notify.env'))).toEqual([]);
  // A program that prints statements has its secrets on standard input alone.
  expect(seen('portal.stdin')).toBe(`${JSON.stringify({ pin: CANARIES.newPassword })}\n`);
  expect(canariesIn(seen('portal.env'))).toEqual([]);
  // The token is what `push` among the commands would need.
  expect(canariesIn(seen('on-sync.env'))).toEqual(['token']);
});

test.skipIf(!IS_LINUX)('a bug and its stack: the program ends itself, and says nothing of what it held', async () => {
  const wrecked = join(base, 'wrecked.mjs');
  // Fails where the request with the password is about to be sent.
  writeFileSync(
    wrecked,
    `const { encode } = TextEncoder.prototype;\nTextEncoder.prototype.encode = function (text) { if (String(text).includes('${CANARIES.userId}')) throw new RangeError('wrecked'); return encode.call(this, text); };\n`,
  );
  const { stdout, stderr, code } = await start(['--import', wrecked, program, 'sync', '--force', '-v', 'summit'], cwd, {
    PW: CANARIES.password,
    USER_ID: CANARIES.userId,
  }).finished;
  expect({ code, said: canariesIn(stdout + stderr), kept: canariesUnder(cwd) }).toEqual({
    code: expect.any(Number),
    said: [],
    kept: [],
  });
  expect(stdout + stderr).toContain('wrecked');
});
