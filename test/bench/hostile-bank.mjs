/**
 * 100 hostile replies of a bank: for each, how long the program takes to end after Ctrl-C, at some moment after the reply has
 * arrived. Target: 1 s, whatever the reply. Each run is the built program, measured from outside.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { hostileInputs } from '../support/hostile-inputs.mjs';

const BIN = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
/** Just below the limits: 32 MB received, 96 MB unpacked. */
const SENT = 31_000_000;
const UNPACKED = 94_000_000;
const PASSWORD = 'c4nary-1177&password';
const HEADER = 'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\n\r\n<OFX>';

/** Makers of replies by what they are, 100 of them; each gets the text of the request. */
function hostileReplies() {
  const plain = Object.entries(hostileInputs(SENT)).map(([name, make]) => [name, () => Buffer.from(make(), 'latin1')]);
  const packed = Object.entries(hostileInputs(UNPACKED)).map(([name, make]) => [
    `${name}, 94 MB packed`,
    () => Buffer.from(make(), 'latin1'),
    'gzip',
  ]);
  const own = [
    ['the password again and again', () => filled(`${HEADER}<MESSAGE>`, `${PASSWORD} `)],
    ['the password in a memo', () => filled(`${HEADER}<BANKMSGSRSV1><STMTTRNRS><STMTRS><MEMO>`, PASSWORD)],
    ['half of the password', () => filled(`${HEADER}<MESSAGE>`, PASSWORD.slice(0, -1))],
    ['a statement with as many transactions as fit', (request) => statement(request, SENT)],
    ['a statement with as many transactions as fit, 94 MB packed', (request) => statement(request, UNPACKED), 'gzip'],
  ];
  const slowest = packed.filter(([name]) =>
    /positions|references|levels of diff|securities|lower case|cut|parts of/.test(name),
  );
  const rest = packed.filter((one) => !slowest.includes(one));
  return [...own, ...plain, ...slowest, ...rest].slice(0, 100);
}

function filled(start, piece) {
  return Buffer.from(start + piece.repeat(Math.ceil((SENT - start.length) / piece.length)), 'latin1');
}

function statement(request, size) {
  const trnuid = /<TRNUID>([^<\s]*)/.exec(request)?.[1] ?? '';
  const start = `${HEADER}<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261120<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>${trnuid}<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>121000248<ACCTID>000000001<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20260101<DTEND>20261121`;
  const end = '</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>';
  const piece = (index) => `<STMTTRN><DTPOSTED>20261101<TRNAMT>-1<FITID>${index}</STMTTRN>`;
  const count = Math.floor(size / piece(1_000_000).length);
  return Buffer.from(start + Array.from({ length: count }, (_, index) => piece(index)).join('') + end, 'latin1');
}

/** Sends the reply, interrupts the program some time after it has arrived, and measures until it ends. */
async function interrupted(make, encoding, delayMs) {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  let arrived = () => {};
  const arrival = new Promise((resolve) => (arrived = resolve));
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = make(Buffer.concat(chunks).toString('latin1'));
      response.on('finish', arrived);
      if (encoding === 'gzip') response.setHeader('Content-Encoding', 'gzip');
      response.end(encoding === 'gzip' ? gzipSync(body, { level: 1 }) : body);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const account = '{ name: a, kind: checking, id: "000000001", routing: "121000248" }';
  writeFileSync(
    join(dir, 'accounts.yaml'),
    `institutions:\n  - name: hostile\n    url: http://127.0.0.1:${server.address().port}/\n    userId: alex\n    password: env:PW\n    ofxVersion: "102"\n    accounts: [${account}]\n`,
  );
  const argv = [BIN, '--config', join(dir, 'accounts.yaml'), '--data', join(dir, 'data'), '--retries', '0', '-q'];
  const child = spawn(process.execPath, argv, { env: { ...process.env, PW: PASSWORD }, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.on('exit', (code) => resolve({ code, at: performance.now() })));
  await Promise.race([arrival, ended]);
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, delayMs))]);
  const began = performance.now();
  child.kill('SIGINT');
  const { code, at } = await ended;
  server.closeAllConnections();
  server.close();
  rmSync(dir, { recursive: true, force: true });
  return { code, ms: at < began ? null : at - began };
}

export async function hostileBankBench() {
  const rows = [];
  for (const [index, [name, make, encoding]] of hostileReplies().entries()) {
    // Some moments while the reply is masked, read and stored, and the same ones in each measurement.
    const delayMs = (index * 370) % 3000;
    const { code, ms } = await interrupted(make, encoding, delayMs);
    rows.push({ name: `${name} (Ctrl-C after ${delayMs} ms: exit ${code})`, value: (ms ?? 0) / 1000, unit: 's' });
  }
  const done = rows.toSorted((a, b) => b.value - a.value);
  return [{ ...done[0], name: `the slowest of ${rows.length}: ${done[0].name}` }, ...done];
}
