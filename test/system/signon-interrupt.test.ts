/** A run that is interrupted while it reads long statements: a refusal that has arrived is known to the next run. */

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { builtProgram, start } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

const REFUSING = 3;
const BANKS = 20;
const LONG = 1_900;
/** Institutions whose refused password was presented, in order. */
const refused: number[] = [];
let phase: 'accepting' | 'mixed' = 'accepting';
const held: { readonly bank: number; readonly response: ServerResponse; readonly trnuid: string }[] = [];
let onAll: () => void = () => undefined;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => take(request.url ?? '', Buffer.concat(chunks).toString('latin1'), response));
});

function take(url: string, body: string, response: ServerResponse): void {
  const bank = Number(/\/i(\d+)/.exec(url)?.[1]);
  const trnuid = /<TRNUID>([^<\r\n]+)/.exec(body)?.[1] ?? '';
  if (phase === 'mixed' && bank < REFUSING) refused.push(bank);
  held.push({ bank, response, trnuid });
  if (phase === 'accepting') answer();
  else if (held.length === BANKS) onAll();
}
afterAll(() => server.close().closeAllConnections());

function answer(): void {
  for (const { bank, response, trnuid } of held.splice(0))
    response.end(phase === 'mixed' && bank < REFUSING ? refusal() : statement(trnuid, phase === 'mixed' ? LONG : 1));
}

const signon = (code: number) =>
  `<SIGNONMSGSRSV1><SONRS><STATUS><CODE>${code}</CODE><SEVERITY>${code === 0 ? 'INFO' : 'ERROR'}</SEVERITY></STATUS><DTSERVER>20261121</DTSERVER><LANGUAGE>ENG</LANGUAGE></SONRS></SIGNONMSGSRSV1>`;
const document = (content: string) =>
  `<?xml version="1.0"?><?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?><OFX>${content}</OFX>`;
const refusal = () => document(signon(15500));

function statement(trnuid: string, count: number): string {
  const list = Array.from(
    { length: count },
    (_, at) =>
      `<STMTTRN><TRNTYPE>DEBIT</TRNTYPE><DTPOSTED>20261120</DTPOSTED><TRNAMT>-${at + 1}.25</TRNAMT><FITID>F${at}</FITID><NAME>SHOP ${at}</NAME></STMTTRN>`,
  );
  return document(
    `${signon(0)}<BANKMSGSRSV1><STMTTRNRS><TRNUID>${trnuid}</TRNUID><STATUS><CODE>0</CODE><SEVERITY>INFO</SEVERITY></STATUS><STMTRS><CURDEF>USD</CURDEF><BANKACCTFROM><BANKID>1</BANKID><ACCTID>1</ACCTID><ACCTTYPE>CHECKING</ACCTTYPE></BANKACCTFROM><BANKTRANLIST><DTSTART>20261101</DTSTART><DTEND>20261121</DTEND>${list.join('')}</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1>`,
  );
}

test('is not presented again', async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const cwd = scratchDir();
  const banks = Array.from(
    { length: BANKS },
    (_, at) =>
      `  - { name: i${at}, url: "http://127.0.0.1:${port}/i${at}", userId: u${at}, password: env:PW, ofxVersion: "203", accounts: [{ name: a, kind: checking, id: "1", routing: "1" }] }`,
  );
  const defaults = `defaults: { concurrency: ${BANKS}, retries: 0 }`;
  writeFileSync(join(cwd, 'accounts.yaml'), `${defaults}\ninstitutions:\n${banks.join('\n')}\n`);
  const run = () => start([builtProgram(), 'sync', '--no-progress'], cwd, { PW: 'demo' });
  expect((await run().finished).code).toBe(0);

  phase = 'mixed';
  const interrupted = run();
  await new Promise<void>((resolve) => {
    onAll = resolve;
  });
  const sent = Promise.all(held.map(({ response }) => once(response, 'finish')));
  answer();
  await sent;
  // It has received everything by then, and reads for seconds.
  await delay(300);
  interrupted.child.kill('SIGINT');
  const { code, stdout } = await interrupted.finished;
  expect(code).toBe(130);
  expect(refused).toHaveLength(REFUSING);

  onAll = answer;
  const next = run();
  const answering = setInterval(answer, 20);
  expect((await next.finished).stdout).toContain('skipped, since the bank refused the sign-on');
  clearInterval(answering);
  expect(refused).toHaveLength(REFUSING);
  expect(stdout).toContain('sign-on refused (15500)');
}, 60_000);
