/** Large replies, which a thread of their own masks and reads: everything arrives as from a small one, and Ctrl-C ends both. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { CANARIES, canariesIn, canariesUnder } from '../support/canaries.js';
import { hostileInputs } from '../support/hostile-inputs.mjs';
import { configText } from '../support/institutions.js';
import { reply, send, startBank, statement } from '../support/plain-bank.js';
import { builtProgram, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const ACCOUNT = '[{ name: a, kind: checking, id: "000000001", routing: "121000248" }]';
const env = { PW: CANARIES.password };
let program = '';
beforeAll(() => {
  program = builtProgram();
});

function scene(url: string): string {
  const cwd = join(scratchDir());
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    configText([{ name: 'large', url, accounts: ACCOUNT, password: 'env:PW' }]),
  );
  return cwd;
}

const run = (cwd: string, ...argv: string[]) =>
  start([program, '--data', join(cwd, 'data'), ...argv], cwd, env).finished;

test('a large reply is stored whole, with its token, and without the password that it repeats', async () => {
  const more = Array.from(
    { length: 3_000 },
    (_, index) =>
      `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261118<TRNAMT>-1.00<FITID>L-${index}<NAME>SHOP ${index}<MEMO>${'long '.repeat(70)}</STMTTRN>`,
  ).join('');
  const bank = await startBank((message, response) => {
    const text = reply(message, (asked) => statement(asked).replace('</BANKTRANLIST>', `${more}</BANKTRANLIST>`));
    send(
      response,
      text
        .replace('<SEVERITY>INFO', `<SEVERITY>INFO<MESSAGE>Welcome, ${encodeURIComponent(CANARIES.password)}`)
        .replace('</SONRS>', '<SESSCOOKIE>cookie-of-the-bank</SONRS>'),
    );
  });
  const cwd = scene(bank.url);
  const { code, stdout, stderr } = await run(cwd, '--json', '-v', '--since', '2026-11-01');
  expect({ code, found: canariesIn(stdout + stderr), kept: canariesUnder(cwd) }).toEqual({
    code: 0,
    found: [],
    kept: [],
  });
  expect(JSON.parse(stdout).totals.newTransactions).toBe(3_001);
  const store = await openStore(join(cwd, 'data'), { readOnly: true });
  expect(store.loginState('large').sessionCookie).toBe('cookie-of-the-bank');
  const [kept] = store.replies(new Date(0));
  expect(Buffer.from(kept?.reply.body ?? []).toString()).toContain('Welcome, ********');
  store.close();
});

test('a large reply that cannot be read is the error that a small one is', async () => {
  const bank = await startBank((_, response) => send(response, 'x'.repeat(2_000_000)));
  const { code, stdout } = await run(scene(bank.url), '--json', '--retries', '0');
  expect(code).toBe(3);
  expect(JSON.parse(stdout).accounts[0].error).toMatchObject({
    code: 'OFX_UNREADABLE',
    message: expect.stringContaining('no OFX statement in these 2000000 bytes'),
    hint: expect.stringContaining('Try again later'),
  });
});

test('Ctrl-C while it is read ends the program, and the next run has the data folder for itself', async () => {
  const slow = hostileInputs(8_000_000)['positions of nothing'];
  let arrived = (): void => undefined;
  const arrival = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const bank = await startBank((message, response) => {
    response.on('finish', arrived);
    send(response, message.number === 1 ? (slow?.() ?? '') : reply(message));
  });
  const cwd = scene(bank.url);
  const running = start([program, '--data', join(cwd, 'data'), '--retries', '0'], cwd, env);
  await arrival;
  running.child.kill('SIGINT');
  expect((await running.finished).code).toBe(130);
  expect((await run(cwd, '--json', '--since', '2026-11-01')).code).toBe(0);
});

test('Ctrl-C while it is stored ends the program, and nothing of that account is stored by half', async () => {
  const count = 10_000;
  const more = Array.from(
    { length: count },
    (_, index) => `<STMTTRN><DTPOSTED>20261118<TRNAMT>-1.00<FITID>L-${index}</STMTTRN>`,
  ).join('');
  const bank = await startBank((message, response) =>
    send(
      response,
      reply(message, (asked) => statement(asked).replace('</BANKTRANLIST>', `${more}</BANKTRANLIST>`)),
    ),
  );
  const cwd = scene(bank.url);
  const running = start([program, '-v', '--since', '2026-11-01'], cwd, env);
  await running.said('bytes as OFX');
  running.child.kill('SIGINT');
  const { code } = await running.finished;
  // By the signal itself, where saving had begun.
  expect(code === 130 || running.child.signalCode === 'SIGINT').toBe(true);
  const again = await run(cwd, '--json', '--since', '2026-11-01');
  expect(JSON.parse(again.stdout).accounts[0].transactions).toMatchObject({ received: count + 1, new: count + 1 });
});
