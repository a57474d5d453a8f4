/**
 * Time of whole processes, from outside, against starting Node and doing nothing. Each round runs each command once, so that what
 * else the machine does hits all alike; the least of each is what the command itself takes.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openStore } from '../../dist/store/open.js';
import { ACCOUNT, save, transactions } from './store.mjs';

const BIN = process.env.OFX_SYNC_BENCH_BIN ?? fileURLToPath(new URL('../../dist/bin.cjs', import.meta.url));
const ROUNDS = Number(process.env.OFX_SYNC_BENCH_ROUNDS ?? 20);
const STORED = 100_000;
const PER_DAY = 27;
const DAY_MS = 86_400_000;
const ACCOUNTS = ['checking', 'savings', 'joint', 'card'];

export async function startupBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-startup-'));
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const large = await householdOf(join(dir, 'large'));
    const single = singleBank(join(dir, 'single.yaml'), server.address().port);
    const of = (config, data, ...words) => [BIN, '--config', config, '--data', join(dir, data), ...words];
    const commands = {
      'ofx-sync --version': [BIN, '--version'],
      'ofx-sync --help': [BIN, '--help'],
      'one account that answers at once': of(single, 'one', '--since', '7d'),
      [`accounts, ${STORED.toLocaleString('en')} stored`]: of(large, 'large', 'accounts'),
      [`status, ${STORED.toLocaleString('en')} stored`]: of(large, 'large', 'status'),
      [`transactions --since 30d, ${STORED.toLocaleString('en')} stored`]: of(
        large,
        'large',
        'transactions',
        '--since',
        '30d',
      ),
    };
    return await measured(commands, dir);
  } finally {
    server.close();
    rmSync(dir, { recursive: true });
  }
}

async function measured(commands, home) {
  const least = new Map([['node -e 0', Infinity], ...Object.keys(commands).map((name) => [name, Infinity])]);
  const all = [['node -e 0', ['-e', '0']], ...Object.entries(commands)];
  for (const [, args] of all) await timed(args, home);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, args] of all) least.set(name, Math.min(least.get(name), await timed(args, home)));
  const base = least.get('node -e 0');
  return [...least].map(([name, value]) =>
    name === 'node -e 0'
      ? { name, value, unit: 'ms' }
      : { name, value, unit: 'ms', ratio: value / base, against: 'node -e 0' },
  );
}

const run = promisify(execFile);

/** Only `status` may end with 1, which says that accounts are stale. */
async function timed(args, home) {
  const env = { ...process.env, HOME: home, RIVER: 'a-password' };
  const started = process.hrtime.bigint();
  await run(process.execPath, args, { env, maxBuffer: 1e8 }).catch((error) => {
    if (error.code !== 1 || !args.includes('status')) throw error;
  });
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** A household of ten years at one bank. */
async function householdOf(dir) {
  const config = `${dir}.yaml`;
  writeFileSync(config, configOf('https://bank.example/ofx', ACCOUNTS), { mode: 0o600 });
  const store = await openStore(dir);
  const each = STORED / ACCOUNTS.length;
  const today = Math.floor(Date.now() / DAY_MS);
  const dayOf = (number) => day(today - Math.floor(((each - number) * ACCOUNTS.length) / PER_DAY));
  for (const name of ACCOUNTS) {
    const list = transactions(0, each).map((one, number) => ({ ...one, postedOn: dayOf(number) }));
    const ledgerBalance = { amount: '1234.56', currency: 'USD', asOf: day(today) };
    save(store, list, { ...ACCOUNT, name, id: idOf(name) }, { ledgerBalance });
  }
  store.close();
  return config;
}

function singleBank(config, port) {
  writeFileSync(config, configOf(`http://127.0.0.1:${port}/ofx`, ['checking']), { mode: 0o600 });
  return config;
}

function configOf(url, names) {
  const accounts = names.map(
    (name) => `      - { name: ${name}, kind: checking, id: "${idOf(name)}", routing: "2" }\n`,
  );
  return `institutions:\n  - name: river\n    url: ${url}\n    userId: demo\n    password: env:RIVER\n    accounts:\n${accounts.join('')}`;
}

function idOf(name) {
  return `00${ACCOUNTS.indexOf(name)}`;
}

function day(number) {
  return new Date(number * DAY_MS).toISOString().slice(0, 10);
}

/** A statement of one account with one transaction, to any request. */
function answer(request, response) {
  let body = '';
  request.setEncoding('latin1').on('data', (text) => {
    body += text;
  });
  request.on('end', () => {
    const id = /<TRNUID>([^<\s]*)/.exec(body)?.[1] ?? '0';
    response.writeHead(200, { 'Content-Type': 'application/x-ofx' });
    response.end(statementFor(id));
  });
}

function statementFor(id) {
  const today = day(Math.floor(Date.now() / DAY_MS)).replaceAll('-', '');
  const good = '<STATUS><CODE>0<SEVERITY>INFO</STATUS>';
  const one = `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${today}<TRNAMT>-12.34<FITID>F-1<NAME>GROCER</STMTTRN>`;
  const list = `<BANKTRANLIST><DTSTART>${today}<DTEND>${today}${one}</BANKTRANLIST>`;
  const balance = `<LEDGERBAL><BALAMT>100.00<DTASOF>${today}</LEDGERBAL>`;
  const from = '<BANKACCTFROM><BANKID>2<ACCTID>000<ACCTTYPE>CHECKING</BANKACCTFROM>';
  const statement = `<STMTTRNRS><TRNUID>${id}${good}<STMTRS><CURDEF>USD${from}${list}${balance}</STMTRS></STMTTRNRS>`;
  const signon = `<SIGNONMSGSRSV1><SONRS>${good}<DTSERVER>${today}<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>`;
  return `OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n<OFX>${signon}<BANKMSGSRSV1>${statement}</BANKMSGSRSV1></OFX>`;
}
