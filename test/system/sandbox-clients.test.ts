/**
 * Requests of other programs at the sandbox, which refuses none of them: its institutions are strict about the specification, and
 * the ways of one bank belong to `?wants=`. The shapes are those that the programs send, on one line or many, with and without
 * end tags, each with its form of dates, ids and headers.
 */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

interface Client {
  readonly name: string;
  readonly at: 'meadow' | 'river';
  readonly headers: Readonly<Record<string, string>>;
  /** The part before `<OFX>`. */
  readonly head: (id: string) => string;
  readonly signon: (user: string) => string;
  readonly statement: (id: string) => string;
}

const v2 = (version: string) => (id: string) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no"?>\r\n<?OFX OFXHEADER="200" VERSION="${version}" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="${id}"?>\r\n`;
const v1 = (charset: string, newline: string) => (id: string) =>
  `${['OFXHEADER:100', 'DATA:OFXSGML', 'VERSION:102', 'SECURITY:NONE', 'ENCODING:USASCII', `CHARSET:${charset}`, 'COMPRESSION:NONE', 'OLDFILEUID:NONE', `NEWFILEUID:${id}`].join(newline)}${newline}${newline}`;
const closed = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${value}</${name}>`)
    .join('');
const open = (values: Readonly<Record<string, string>>, newline: string) =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${value}${newline}`)
    .join('');
const FI = { ORG: 'MEADOW', FID: '2002' };
const ACCOUNT = { BANKID: '011000015', ACCTID: '0044881200', ACCTTYPE: 'CHECKING' };

const ofxtools = (head: Client['head'], offset: string): Omit<Client, 'name'> => ({
  at: 'meadow',
  headers: { 'User-Agent': '', 'Content-type': 'application/x-ofx', Accept: '*/*, application/x-ofx' },
  head,
  signon: (user) =>
    `<SIGNONMSGSRQV1><SONRQ>${closed({ DTCLIENT: `20261121093000.123[${offset}:UTC]`, USERID: user, USERPASS: user, LANGUAGE: 'ENG' })}<FI>${closed(FI)}</FI>${closed({ APPID: 'QWIN', APPVER: '2700' })}</SONRQ></SIGNONMSGSRQV1>`,
  statement: (id) =>
    `<BANKMSGSRQV1><STMTTRNRQ>${closed({ TRNUID: id })}<STMTRQ><BANKACCTFROM>${closed(ACCOUNT)}</BANKACCTFROM><INCTRAN>${closed({ DTSTART: `20261101000000.000[${offset}:UTC]`, INCLUDE: 'Y' })}</INCTRAN></STMTRQ></STMTTRNRQ></BANKMSGSRQV1>`,
});

const CLIENTS: readonly Client[] = [
  { name: 'ofxtools 2.0.3, the zone with a plus sign', ...ofxtools(v2('203'), '+0') },
  { name: 'ofxtools 1.0.2, CHARSET:NONE', ...ofxtools(v1('NONE', '\r\n'), '+0') },
  {
    name: 'ofxgo: LF, no end tags, [0:GMT], NEWFILEUID:NONE',
    at: 'meadow',
    headers: {
      'User-Agent': 'Go-http-client/1.1',
      'Content-Type': 'application/x-ofx',
      Accept: '*/*, application/x-ofx',
    },
    head: () => v1('1252', '\n')('NONE'),
    signon: (user) =>
      `<SIGNONMSGSRQV1>\n<SONRQ>\n${open({ DTCLIENT: '20261121093000.000[0:GMT]', USERID: user, USERPASS: user, LANGUAGE: 'ENG' }, '\n')}<FI>\n${open(FI, '\n')}</FI>\n${open({ APPID: 'OFXGO', APPVER: '0001' }, '\n')}</SONRQ>\n</SIGNONMSGSRQV1>\n`,
    statement: (id) =>
      `<BANKMSGSRQV1>\n<STMTTRNRQ>\n${open({ TRNUID: id }, '\n')}<STMTRQ>\n<BANKACCTFROM>\n${open(ACCOUNT, '\n')}</BANKACCTFROM>\n<INCTRAN>\n${open({ INCLUDE: 'Y' }, '\n')}</INCTRAN>\n</STMTRQ>\n</STMTTRNRQ>\n</BANKMSGSRQV1>\n`,
  },
  {
    name: 'ofxclient: 32 hexadecimal digits, CLTCOOKIE, an empty line for CLIENTUID, short dates',
    at: 'meadow',
    headers: { 'User-Agent': 'httpclient', 'Content-Type': 'application/x-ofx', Accept: '*/*, application/x-ofx' },
    head: v1('1252', '\r\n'),
    signon: (user) =>
      `<SIGNONMSGSRQV1>\r\n<SONRQ>\r\n${open({ DTCLIENT: '20261121093000', USERID: user, USERPASS: user, LANGUAGE: 'ENG' }, '\r\n')}<FI>\r\n${open(FI, '\r\n')}</FI>\r\n${open({ APPID: 'QWIN', APPVER: '2500' }, '\r\n')}\r\n</SONRQ>\r\n</SIGNONMSGSRQV1>\r\n`,
    statement: (id) =>
      `<BANKMSGSRQV1>\r\n<STMTTRNRQ>\r\n${open({ TRNUID: id.replaceAll('-', ''), CLTCOOKIE: '4' }, '\r\n')}<STMTRQ>\r\n<BANKACCTFROM>\r\n${open(ACCOUNT, '\r\n')}</BANKACCTFROM>\r\n<INCTRAN>\r\n${open({ DTSTART: '20261101', INCLUDE: 'Y' }, '\r\n')}</INCTRAN>\r\n</STMTRQ>\r\n</STMTTRNRQ>\r\n</BANKMSGSRQV1>\r\n`,
  },
  {
    name: 'AqBanking: upper-case ids, milliseconds without a zone, NEWFILEUID:NONE',
    at: 'meadow',
    headers: { 'User-Agent': 'AqBanking', 'Content-type': 'application/x-ofx', Pragma: 'no-cache' },
    head: () => v1('1252', '\r\n')('NONE'),
    signon: (user) =>
      `<SIGNONMSGSRQV1><SONRQ>${open({ DTCLIENT: '20261121093000.000', USERID: user, USERPASS: user, LANGUAGE: 'ENG' }, '\r\n')}<FI>${open(FI, '\r\n')}</FI>${open({ APPID: 'QWIN', APPVER: '1800' }, '\r\n')}</SONRQ></SIGNONMSGSRQV1>`,
    statement: (id) =>
      `<BANKMSGSRQV1><STMTTRNRQ>${open({ TRNUID: id.toUpperCase(), CLTCOOKIE: '1' }, '\r\n')}<STMTRQ><BANKACCTFROM>${open(ACCOUNT, '\r\n')}</BANKACCTFROM><INCTRAN>${open({ DTSTART: '20261101000000.000', DTEND: '20261120000000.000', INCLUDE: 'Y' }, '\r\n')}</INCTRAN></STMTRQ></STMTTRNRQ></BANKMSGSRQV1>`,
  },
  {
    name: 'npm’s banking: one line, no end tags, SGML below VERSION:211',
    at: 'meadow',
    headers: { 'Content-Type': 'application/x-ofx', Accept: 'application/ofx', Connection: 'Close' },
    head: (id) => v1('1252', '\r\n')(id).replace('102', '211'),
    signon: (user) =>
      `<SIGNONMSGSRQV1><SONRQ>${open({ DTCLIENT: '20261121093000', USERID: user, USERPASS: user, LANGUAGE: 'ENG' }, '')}<FI>${open(FI, '')}</FI>${open({ APPID: 'QWIN', APPVER: '1700' }, '')}</SONRQ></SIGNONMSGSRQV1>`,
    statement: (id) =>
      `<BANKMSGSRQV1><STMTTRNRQ>${open({ TRNUID: id, CLTCOOKIE: '4' }, '')}<STMTRQ><BANKACCTFROM>${open(ACCOUNT, '')}</BANKACCTFROM><INCTRAN>${open({ DTSTART: '20261101', INCLUDE: 'Y' }, '')}</INCTRAN></STMTRQ></STMTTRNRQ></BANKMSGSRQV1>`,
  },
];

async function post(client: Client, query: string, sets: (id: string) => string): Promise<string> {
  const id = crypto.randomUUID();
  const body = `${client.head(id)}<OFX>${sets(id)}</OFX>`;
  const reply = await fetch(`${sandbox.url(client.at)}${query}`, { method: 'POST', headers: client.headers, body });
  return `${reply.status} ${(await reply.text()).replace(/\s+/g, ' ')}`;
}

describe.each(CLIENTS)('$name', (client) => {
  test('its statements arrive', async () => {
    const reply = await post(client, '', (id) => client.signon('demo') + client.statement(id));
    expect(reply).toMatch(/^200 /);
    expect(reply).toMatch(/<LEDGERBAL>/);
    expect(reply).toMatch(/<ACCTID>0044881200/);
  });

  test('its request for the profile is answered', async () => {
    const profile = (id: string) =>
      `<PROFMSGSRQV1><PROFTRNRQ><TRNUID>${id}</TRNUID><PROFRQ><CLIENTROUTING>NONE</CLIENTROUTING><DTPROFUP>19900101000000.000[+0:UTC]</DTPROFUP></PROFRQ></PROFTRNRQ></PROFMSGSRQV1>`;
    const reply = await post(client, '', (id) => client.signon(`anonymous${'0'.repeat(23)}`) + profile(id));
    expect(reply).toMatch(/<FINAME>Meadow/);
  });
});

test('a plus sign in DTCLIENT is refused by the bank that fails on it, and by no other', async () => {
  const [first] = CLIENTS;
  if (first === undefined) throw new TypeError('no client');
  const reply = await post(first, '?wants=no-plus', (id) => first.signon('demo') + first.statement(id));
  expect(reply).toMatch(/<CODE>2000/);
  expect(reply).not.toMatch(/<LEDGERBAL>/);
});
