/**
 * `check --report` against servers that say everything they were told again, in each of the places where it could slip through:
 * nothing private may be in the file. What is looked for is typed here, not taken from the program.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const PASSWORD = 'ca"na\\ry<&>\'9% 5e1';
const USER = 'Canary.User-77';
const CARD = '4024007100000001';
const CHECKING = '000987654321';
const CLIENT_UID = '5b6c0d3e-canary-uid';
const PIN = 'pin-canary-8842';

const PRIVATE: readonly (readonly [string, RegExp])[] = [
  ['password', /ca(?:&quot;|%22|\\*")na/i],
  ['tail of the password', /9(?:%25|%) ?5e1/],
  ['user id', /canary\.user/i],
  ['user id, in part', /User-77/i],
  ['card', /4024007100000001|0071 ?0000 ?0001|4024[ -]0071/],
  ['account', /000987654321|987654321/],
  ['client UID', /5b6c0d3e/i],
  ['credential', /pin-canary/],
  ['name', /Pat Canary/],
  ['address', /pat@canary\.example/],
  ['sum', /1234\.56/],
  ['token', /token-of-the-address/],
  ['proxy password', /proxy-canary/],
];

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const told = (write: (text: string) => string) =>
  `${write(PASSWORD)} of ${write(USER)} or ${USER.toUpperCase()}, ${CARD}, 4024-0071-0000-0001, ${CHECKING}, ${CLIENT_UID}, ${PIN}, pat@canary.example`;

function ofx(sonrs: string, rest: string): string {
  return `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:103\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:${CARD}\r\n\r\n<OFX><SIGNONMSGSRSV1><SONRS>${sonrs}<DTSERVER>20261120<LANGUAGE>ENG<FI><ORG>X<FID>1</FI><SESSCOOKIE>${PIN}</SONRS></SIGNONMSGSRSV1>${rest}</OFX>`;
}

const status = (code: number) =>
  `<STATUS><CODE>${code}<SEVERITY>${code === 0 ? 'INFO' : 'ERROR'}<MESSAGE>${told(escaped)}</STATUS>`;
const statement = `<CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>0${status(0)}<CCSTMTRS><CURDEF>USD<CCACCTFROM><ACCTID>${CARD}</CCACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261120<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261110<TRNAMT>-1234.56<FITID>${CARD}-1<NAME>Pat Canary<MEMO>${told(escaped)}<X.OWN>${PIN}</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>-1234.56<DTASOF>20261120</LEDGERBAL></CCSTMTRS></CCSTMTTRNRS></CREDITCARDMSGSRSV1>`;

const ANSWERS: Readonly<Record<string, (response: ServerResponse) => void>> = {
  'in statements': (response) => response.writeHead(200).end(ofx(status(0), statement)),
  'in the refusal of a signon': (response) => response.writeHead(200).end(ofx(status(15500), '')),
  'in the refusal of an account': (response) =>
    response
      .writeHead(200)
      .end(
        ofx(status(0), `<CREDITCARDMSGSRSV1><CCSTMTTRNRS><TRNUID>0${status(2003)}</CCSTMTTRNRS></CREDITCARDMSGSRSV1>`),
      ),
  'in a web page': (response) =>
    response
      .writeHead(403)
      .end(`<html><head><title>${told(escaped)}</title></head><body>${told(String)}</body></html>`),
  'in an address': (response) =>
    response.writeHead(302, { Location: `https://elsewhere.example/${told(encodeURIComponent)}` }).end(),
  'in plain words': (response) => response.writeHead(200).end(told(String)),
};

test.each(Object.keys(ANSWERS))('what a server says again %s', async (where) => {
  const server = createServer((request, response) => {
    request.resume();
    ANSWERS[where]?.(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `institutions:
  - name: mine
    url: http://127.0.0.1:${port}/ofx?key=token-of-the-address
    userId: env:WHO
    password: env:PW
    clientUid: env:UID_OF_MINE
    userCred1: env:PIN
    ofxVersion: "103"
    accounts:
      - { name: card, kind: creditcard, id: "${CARD}" }
      - { name: checking, kind: checking, id: "${CHECKING}", routing: "121000248" }
`,
  );
  const env = {
    WHO: USER,
    PW: PASSWORD,
    UID_OF_MINE: CLIENT_UID,
    PIN,
    HTTPS_PROXY: 'http://alex:proxy-canary@127.0.0.1:9',
  };
  const run = await runCli(['check', '--report', 'report.json'], { cwd, env });
  const text = readFileSync(join(cwd, 'report.json'), 'utf8');
  expect(JSON.parse(text)).toMatchObject({ institutions: [{ replies: expect.any(Array) }] });
  const found = PRIVATE.filter(([, sign]) => sign.test(text)).map(([what, sign]) => `${what}: ${sign.exec(text)?.[0]}`);
  expect(found).toEqual([]);
  expect(`${run.stdout}${run.stderr}`).not.toMatch(/ca"na|pin-canary|5b6c0d3e/);
});

/** Lets a server answer each request with a status, checks a configuration, and returns the report. */
async function reportOf(
  institutions: (port: number) => string,
  { files = {}, status: code = 400, body = '' }: { files?: Record<string, string>; status?: number; body?: string },
): Promise<{ readonly text: string; readonly cwd: string; readonly port: number; readonly stderr: string }> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(code).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => server.close());
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const cwd = scratchDir();
  for (const [name, content] of Object.entries(files)) writeFileSync(join(cwd, name), content, { mode: 0o600 });
  writeFileSync(join(cwd, 'accounts.yaml'), `institutions:\n${institutions(port)}`);
  const { stderr } = await runCli(['check', '--report', 'report.json'], { cwd });
  expect(stderr).toContain('report written');
  return { text: readFileSync(join(cwd, 'report.json'), 'utf8'), cwd, port, stderr };
}

test('a report has neither the names that a person gave nor paths of files', async () => {
  const { text, cwd, stderr } = await reportOf(
    (port) => `  - name: my secret bank
    url: http://127.0.0.1:${port}/ofx
    userId: env:ANNAS_USER
    password: file:pw-of-anna.txt
    accounts:
      - { name: Anna private, kind: checking, id: "000123456", routing: "121000248" }
      - { name: Annas card, kind: creditcard, id: "4024007100000001" }
  - name: second secret
    url: http://127.0.0.1:${port}/ofx
    userId: alex1
    password: file:absent-of-anna.txt
    accounts: [{ name: Anna private, kind: checking, id: "000123457", routing: "121000248" }]
  - name: third secret
    url: http://127.0.0.1:${port}/ofx
    userId: alex1
    password: file:pw-of-anna.txt
    timeout: 5s
    accounts:
      - { name: Anna private, kind: checking, id: "000123458", routing: "121000248" }
      - { name: Anna private 2, kind: savings, id: "000123459", routing: "121000248" }
  - name: folder of Anna
    files: "annas-*.qfx"
    accounts: [{ name: joint of Anna, kind: checking, id: "5555", routing: "011000015" }]
  - name: portal of Anna
    command: [./annas-portal, --from, "{from}", --to, "{to}"]
    accounts: [{ name: giro of Anna, kind: checking, id: "7777", routing: "011000015" }]
`,
    { files: { 'pw-of-anna.txt': 'a good password', 'annas-May: 3; private.qfx': 'nothing of use to Anna' } },
  );
  expect(text).not.toMatch(/secret bank|(?:my|second|third) secret|anna|absent-of|pw-of|joint|giro/i);
  expect(text).not.toContain(cwd);
  const report: unknown = JSON.parse(text);
  expect(report).toMatchObject({
    institutions: [
      {
        explanation: [{ institution: 'bank-1' }],
        steps: expect.arrayContaining([
          expect.objectContaining({ message: 'userId of bank-1: the environment variable [variable] is not set' }),
          expect.objectContaining({ account: 'account-1' }),
          expect.objectContaining({ account: 'account-2' }),
        ]),
      },
      { steps: expect.arrayContaining([expect.objectContaining({ message: 'password of bank-2: [path] not found' })]) },
      {
        explanation: [
          { values: expect.arrayContaining([expect.objectContaining({ key: 'password', value: 'file' })]) },
        ],
        steps: expect.arrayContaining([
          expect.objectContaining({ hint: expect.stringContaining('ofx-sync probe "bank-3"') }),
        ]),
      },
      { steps: expect.arrayContaining([expect.objectContaining({ step: 'files', status: 'warning' })]) },
      { steps: expect.arrayContaining([expect.objectContaining({ step: 'command', status: 'failed' })]) },
    ],
  });
  expect(stderr).toContain('without passwords, names, numbers, paths and amounts');
});

test('a report keeps hosts, settings and what the bank wrote, also when a name is a part of them', async () => {
  const { text, port } = await reportOf(
    (own) => `  - name: ofx
    url: http://localhost:${own}/ofx
    org: ofx
    fid: "7"
    userId: alex1
    password: file:pw.txt
    headers: { X-Kind: ofx }
    accounts:
      - { name: localhost, kind: checking, id: "000123458", routing: "121000248" }
      - { name: replied, kind: savings, id: "000123459", routing: "121000248" }
`,
    { files: { 'pw.txt': 'a good password' }, body: '<html><title>ofx replied</title></html>' },
  );
  expect(text).toContain(
    `localhost:${port} refused the request (HTTP 400, “ofx replied”)`.replace('ofx replied', 'bank account-2'),
  );
  expect(text).toContain('"ofx-sync"');
  expect(text).toContain(`http://localhost:${port}/ofx`);
  expect(text).toContain('ofx-sync probe bank');
  expect(JSON.parse(text)).toMatchObject({
    institutions: [
      {
        explanation: [
          {
            institution: 'bank',
            values: expect.arrayContaining([
              expect.objectContaining({ key: 'org', value: 'ofx' }),
              expect.objectContaining({ key: 'headers', value: expect.stringContaining('ofx') }),
            ]),
          },
        ],
      },
    ],
  });
});

test('the report of a bridge has the keys of its reply, without amounts and names of payees', async () => {
  const cwd = scratchDir();
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `institutions:
  - name: bridge
    simplefin: sandbox://bridge
    accounts: [{ name: card, kind: creditcard, id: "ACT-1c3e8f00-4b8e-4a55-9d43-0a7c61e2b901" }]
`,
  );
  await runCli(['check', '--report', 'report.json'], { cwd });
  const text = readFileSync(join(cwd, 'report.json'), 'utf8');
  const { institutions } = JSON.parse(text);
  const reply = institutions[0].replies[0].text;
  expect(reply).toContain('"errlist"');
  expect(reply.replace(/"[\w-]+"\s*:/g, '')).not.toMatch(/[0-8a-wyz]{2}/);
});

test('a report has the codes of notices about a statement, not what was read', async () => {
  const { text } = await reportOf(
    (port) => `  - name: mine
    url: http://127.0.0.1:${port}/ofx
    userId: alex1
    password: file:pw.txt
    ofxVersion: "103"
    accounts: [{ name: card, kind: creditcard, id: "${CARD}" }]
`,
    {
      files: { 'pw.txt': 'a good password' },
      status: 200,
      body: ofx('<STATUS><CODE>0<SEVERITY>INFO</STATUS>', statement.replace('-1234.56<FITID>', '12,3,4<FITID>')),
    },
  );
  expect(text).not.toMatch(/Pat Canary|12,3,4/);
  expect(text).toContain('"bad-transaction"');
});
