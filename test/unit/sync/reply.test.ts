/** What a reply says is read without the secrets of its request, and without account numbers in messages. */

import { expect, test } from 'vitest';
import { Secret } from '../../../src/model/secret.js';
import { readOfx } from '../../../src/ofx/read.js';
import { readReply } from '../../../src/sync/reply.js';
import { account, institution, login } from '../../support/builders.js';

test.each([
  ['the password', 'hunter-2-hunter', 'wrong: ********'],
  ['the password, escaped again', 'hunter&amp;#45;2&amp;#45;hunter', 'wrong: ********'],
  ['a new password', 'brand-new-one', 'wrong: ********'],
])('%s in a message is masked, whatever was requested', async (_, said, expected) => {
  const body = `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>wrong: ${said}</STATUS><DTSERVER>20261120<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1></OFX>`;
  const reply = { body: Buffer.from(body), httpStatus: 200, origin: 'https://ofx.river.example/' };
  const one = login({}, { password: new Secret('hunter-2-hunter') });
  const request = { institution: one.institution, login: one, more: [new Secret('brand-new-one')] };
  const file = await readReply(reply, request, (bytes) => readOfx(bytes));
  expect(file.signon?.status.message).toBe(expected);
});

test.each([
  ['as id', account()],
  ['as number, beside the id of a bridge', account({ id: 'ACT-1', number: '000123456' })],
])('an account number in a message is masked, when it is configured %s', async (_, configured) => {
  const id = '000123456';
  const body = `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR<MESSAGE>not for ${id}</STATUS><DTSERVER>20261120<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1></OFX>`;
  const reply = { body: Buffer.from(body), httpStatus: 200, origin: 'https://ofx.river.example/' };
  const request = { institution: institution({ accounts: [configured] }), login: login() };
  const file = await readReply(reply, request, (bytes) => readOfx(bytes));
  expect(file.signon?.status.message).toMatch(/^not for /);
  expect(file.signon?.status.message).not.toContain(id);
});
