/**
 * Both sides of the protocol against programs that are not ours: the sandbox's answers through DTD validators and libofx, its
 * service through AqBanking, ofxclient, ledger-autosync and npm's banking (OFX_SYNC_BANKING: the folder that holds it), our
 * requests through the DTDs, and requests that other programs once sent. Prints a line a check and fails if one fails; with
 * --require-all a program that is not installed is a failure too.
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Secret } from '../../dist/model/secret.js';
import { parseOfx } from '../../dist/ofx/read.js';
import { writeInquiry, writeStatementRequest } from '../../dist/ofx/write/request.js';
import { startSandbox } from '../../dist/sandbox/server.js';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const DTD_200 = '/usr/share/libofx7/libofx/dtd/ofx201.dtd';
/** Kinds with a message set of their own, and what of it is in a request. */
const OWN_TYPES = { creditcard: null, investment: null, loan: 'MORTGAGE' };
const requireAll = process.argv.includes('--require-all');
const scratch = mkdtempSync(join(tmpdir(), 'ofx-sync-peers-'));
// Some programs leave files there.
process.env.TMPDIR = scratch;
const tally = { ok: 0, failed: 0, skipped: 0 };

const sandbox = await startSandbox();
const secure = await startSandbox({ tls: true });
try {
  await ourRequestsAndTheirAnswers();
  await captured();
  await aqbanking();
  await ofxclient();
  await ledgerAutosync();
  await bankingJs();
} finally {
  await sandbox.close();
  await secure.close();
  rmSync(scratch, { recursive: true });
}
console.log(`${tally.ok} passed, ${tally.failed} failed, ${tally.skipped} skipped`);
process.exitCode = tally.failed > 0 || (requireAll && tally.skipped > 0) ? 1 : 0;

/** Each sandbox institution in each of its versions: request and answer valid by DTD, and the answer read by libofx as by us. */
async function ourRequestsAndTheirAnswers() {
  for (const institution of sandbox.institutions) {
    for (const version of institution.versions) {
      const login = loginFor(institution, version);
      const wanted = login.institution.accounts.map((account) => ({
        account,
        from: daysAgo(40),
        to: null,
        trnuid: crypto.randomUUID(),
      }));
      const stamp = { now: new Date(), zoneMinutes: 0, newUid: () => crypto.randomUUID() };
      const requests = {
        ...requestsFor(login, wanted, stamp),
        profile: writeInquiry(login.institution, { kind: 'profile', login: null, updated: null }, stamp).bytes,
        accounts: writeInquiry(login.institution, { kind: 'accounts', login }, stamp).bytes,
        ...closingsOf(login, wanted, stamp),
      };
      for (const [what, bytes] of Object.entries(requests)) {
        const name = `${institution.name} ${version} ${what}`;
        validate(`${name}: request`, bytes, version);
        const { status, body } = await post(`${sandbox.url(institution.name)}?delay=0ms`, bytes);
        if (status !== 200) {
          report(`${name}: answered`, `HTTP ${status} ${body.toString().trim()}`);
          continue;
        }
        validate(`${name}: answer`, body, version);
        if (what === 'statements') libofxAgrees(name, body);
      }
    }
  }
}

/** Whether libofx has met what it leaves for later itself: it goes on reading, and ends with status 1. */
function isUnfinished(stderr) {
  return stderr.includes('LibOFX ERROR: WRITEME');
}

/** Loans apart: they came after the DTDs, and libofx knows nothing of them. */
function requestsFor(login, wanted, stamp) {
  const isLoan = ({ account }) => account.kind === 'loan';
  const request = (some) => writeStatementRequest({ login, wanted: some }, stamp).bytes;
  const [loans, others] = [wanted.filter(isLoan), wanted.filter((one) => !isLoan(one))];
  return {
    ...(others.length === 0 ? {} : { statements: request(others) }),
    ...(loans.length === 0 ? {} : { loans: request(loans) }),
  };
}

/** Banks and cards have closing statements. */
function closingsOf(login, wanted, stamp) {
  const some = wanted.filter(({ account }) => account.kind === 'bank' || account.kind === 'creditcard');
  if (some.length === 0) return {};
  return {
    closings: writeInquiry(
      login.institution,
      { kind: 'closings', login, wanted: some.map((one) => ({ ...one, trnuid: crypto.randomUUID() })) },
      stamp,
    ).bytes,
  };
}

function libofxAgrees(name, body) {
  const path = file('answer.ofx', body);
  const { error, stdout, stderr, status } = spawnSync('ofxdump', [path], { encoding: 'latin1', maxBuffer: 1e8 });
  if (error) return skip(`${name}: ofxdump`, 'ofxdump is not installed');
  const ours = parseOfx(body)
    .statements.flatMap(({ transactions }) => transactions.map(({ fitid }) => fitid))
    .toSorted();
  const theirs = [...stdout.matchAll(/Financial institution's ID for this transaction: (\S+)/g)]
    .map(([, fitid]) => fitid)
    .toSorted();
  report(
    `${name}: ofxdump reads the same ${ours.length} transactions`,
    (status === 0 || isUnfinished(stderr)) && ours.join() === theirs.join()
      ? null
      : `status ${status}, ${theirs.length} of ${ours.length}`,
  );
}

/** The 1.6 DTD for SGML, the 2.0.1 DTD for the versions that it describes and for what 2.0.3 left as it was. */
function validate(name, bytes, version) {
  if (/<LOAN/.test(Buffer.from(bytes).toString('latin1'))) return;
  const path = file('document.ofx', bytes);
  const sgml = version < '200';
  if (!sgml && version > '203') return;
  const { error, status, stderr, stdout } = sgml
    ? spawnSync('bash', [join(HERE, 'sgml-validate.sh'), path], { encoding: 'utf8' })
    : spawnSync('xmllint', ['--noout', '--dtdvalid', DTD_200, path], { encoding: 'utf8' });
  if (error || /onsgmls: (?:command )?not found/.test(stderr))
    return skip(name, `${sgml ? 'onsgmls' : 'xmllint'} is not installed`);
  report(`${name} is valid`, status === 0 ? null : `${stdout}${stderr}`.split('\n').slice(0, 3).join(' / '));
}

/** Requests of other programs, byte for byte: refused politely with their own password, answered with the sandbox's. */
async function captured() {
  const folder = process.env.OFX_SYNC_REQUESTS ?? '';
  let names = [];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.req'));
  } catch {
    return console.log('skip captured requests (OFX_SYNC_REQUESTS names no folder)');
  }
  for (const name of names) {
    const raw = readFileSync(join(folder, name), 'latin1');
    const plain = await rawExchange(raw.replace('/ofx HTTP', '/meadow HTTP'));
    const signed = raw.includes('<SONRQ>');
    report(
      `${name}: ${signed ? 'signon refused' : 'refused without a signon'}`,
      (signed ? /^HTTP\/1\.1 200[\s\S]*<CODE>155\d\d/ : /^HTTP\/1\.1 400/).test(plain) ? null : plain.slice(0, 200),
    );
    if (!signed) continue;
    const good = await rawExchange(adapted(raw));
    report(
      `${name}: answered with the right password`,
      /<CODE>0[\s\S]*<(?:BANKTRANLIST|ACCTINFO|STMTTRN|LEDGERBAL|INVTRANLIST|INVPOSLIST|MSGSETLIST)>/.test(good) ||
        /<CODE>2003/.test(good)
        ? null
        : good.slice(0, 400),
    );
  }
}

/** The same request for an account that exists, with its length put right. */
function adapted(raw) {
  const [head, body] = [raw.slice(0, raw.indexOf('OFXHEADER')), raw.slice(raw.indexOf('OFXHEADER'))];
  const card = body.includes('CCSTMTRQ');
  const next = body
    .replace(/<USERID>[^<\r\n]*/, '<USERID>demo')
    .replace(/<USERPASS>.*?(?=<LANGUAGE>|[\r\n])/, '<USERPASS>demo')
    .replace(/<ACCTID>[^<\r\n]*/, card ? '<ACCTID>5500005555555559' : '<ACCTID>0044881200')
    .replace(/<BANKID>[^<\r\n]*/, '<BANKID>011000015')
    .replace(/<ACCTTYPE>[^<\r\n]*/, '<ACCTTYPE>CHECKING');
  return (
    head
      .replace('/ofx HTTP', '/meadow?again HTTP')
      .replace(/(Content-length: ?)\d+/i, `$1${Buffer.byteLength(next, 'latin1')}`) + next
  );
}

async function aqbanking() {
  const from = daysAgo(20).replaceAll('-', '');
  const to = daysAgo(0).replaceAll('-', '');
  const { error, stdout } = await run('bash', [
    join(HERE, 'aqbanking.sh'),
    sandbox.url('meadow'),
    'demo',
    'demo',
    from,
    to,
  ]);
  if (spawnSync('aqbanking-cli', ['--version'], { stdio: 'ignore' }).error)
    return skip('AqBanking', 'aqbanking-cli is not installed');
  compare('AqBanking downloads meadow', error, aqbankingRows(stdout), await rowsOf('meadow', 20));
}

/** `account ID` and below it `-2472/100:USD|name|memo|FITID` a line. */
function aqbankingRows(text) {
  let account = '';
  return text.split('\n').flatMap((line) => {
    account = /^account (\S+)/.exec(line)?.[1] ?? account;
    const [, over, under = '1', fitid] = /^(-?\d+)(?:\/(\d+))?:[A-Z]{3}\|.*\|(\d{8}-\d+)\s*$/.exec(line) ?? [];
    return over === undefined ? [] : [`${account}|${(Number(over) / Number(under)).toFixed(2)}|${fitid}`];
  });
}

async function ofxclient() {
  const ca = file('ca.pem', secure.ca);
  const env = { ...process.env, SSL_CERT_FILE: ca, PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring' };
  if (spawnSync('/usr/bin/python3', ['-c', 'import ofxclient'], { env, stdio: 'ignore' }).status !== 0)
    return skip('ofxclient', 'python3-ofxclient is not installed');
  const { error, stdout, stderr } = await run(
    '/usr/bin/python3',
    ['-W', 'ignore', join(HERE, 'download_with_ofxclient.py'), secure.url('meadow'), 'demo', 'demo'],
    { env },
  );
  compare(
    'ofxclient downloads meadow',
    error && new Error(stderr.slice(-300)),
    rowsIn(stdout),
    await rowsOf('meadow', 30),
  );
}

/** It reads the accounts from ofxclient's configuration and writes a journal. */
async function ledgerAutosync() {
  const ca = file('ca.pem', secure.ca);
  const env = {
    ...process.env,
    HOME: scratch,
    SSL_CERT_FILE: ca,
    PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring',
  };
  const program = '/usr/bin/ledger-autosync';
  if (spawnSync(program, ['--help'], { env, stdio: 'ignore' }).status !== 0)
    return skip('ledger-autosync', 'ledger-autosync is not installed');
  const config = join(scratch, 'autosync.ini');
  const made = await run(
    '/usr/bin/python3',
    ['-W', 'ignore', join(HERE, 'configure_autosync.py'), config, secure.url('meadow'), 'demo', 'demo'],
    { env },
  );
  if (made.error) return report('ledger-autosync finds the accounts of meadow', made.stderr.slice(-300));
  const { error, stdout, stderr } = await run(
    '/usr/bin/python3',
    ['-W', 'ignore', program, '-L', '-o', config, '-r', '-m', '30'],
    { env },
  );
  // The account with its amount, and below it `; ofxid: FID.ACCOUNT.FITID`.
  const theirs = rowsIn(
    [...stdout.matchAll(/(-?)\$(-?[\d.,]+)\n\s+; ofxid: 2002\.(\d+)\.(\S+)/g)]
      .map(([, sign, amount, account, fitid]) => `${account}|${sign}${amount.replaceAll(',', '')}|${fitid}`)
      .join('\n'),
  );
  const failed = /Caught exception/.test(stderr) ? new Error(stderr.slice(-300)) : error;
  compare('ledger-autosync downloads meadow', failed, theirs, await rowsOf('meadow', 30));
}

async function bankingJs() {
  const folder = process.env.OFX_SYNC_BANKING ?? '';
  const modulePath = join(folder, 'node_modules', 'banking');
  if (folder === '' || !existsSync(modulePath))
    return skip("npm's banking", 'OFX_SYNC_BANKING names no folder with it');
  const { error, stdout, stderr } = await run(
    process.execPath,
    [
      join(HERE, 'download_with_banking.cjs'),
      modulePath,
      secure.url('meadow'),
      'demo',
      'demo',
      daysAgo(30).replaceAll('-', ''),
    ],
    { env: { ...process.env, NODE_EXTRA_CA_CERTS: file('ca.pem', secure.ca), NODE_NO_WARNINGS: '1' } },
  );
  compare(
    "npm's banking downloads meadow",
    error && new Error(stderr.slice(-300)),
    rowsIn(stdout),
    await rowsOf('meadow', 30),
  );
}

/** `account|amount|FITID` a line, the amounts without what does not count. */
function rowsIn(text) {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [account, amount = '', fitid] = line.split('|');
      return [account, Number(amount).toFixed(2), fitid].join('|');
    });
}

/** The same of what our own reader makes of the sandbox's answer. */
async function rowsOf(name, days) {
  return (await statementsOf(name, days)).flatMap(({ account, transactions }) =>
    transactions.map(({ amount, fitid }) => `${account?.id}|${Number(amount).toFixed(2)}|${fitid}`),
  );
}

async function statementsOf(name, days) {
  const institution = sandbox.institutions.find((one) => one.name === name);
  const login = loginFor(institution, '103');
  const wanted = login.institution.accounts.map((account) => ({
    account,
    from: daysAgo(days),
    to: null,
    trnuid: crypto.randomUUID(),
  }));
  const { bytes } = writeStatementRequest(
    { login, wanted },
    { now: new Date(), zoneMinutes: 0, newUid: () => crypto.randomUUID() },
  );
  return parseOfx((await post(sandbox.url(name), bytes)).body).statements;
}

function compare(name, error, theirs, ours) {
  if (error) return report(name, error.message);
  const [left, right] = [theirs.toSorted(), ours.toSorted()];
  const at = right.findIndex((one, index) => one !== left[index]);
  const same = left.length === right.length && at < 0;
  report(
    `${name}: ${ours.length} transactions`,
    same ? null : `${theirs.length} of ${ours.length}; ${left[at] ?? 'nothing'} for ${right[at] ?? 'nothing'}`,
  );
}

function loginFor(institution, version) {
  const accounts = institution.accounts.map(({ kind, id, routing }) => ({
    institution: institution.name,
    name: id,
    accountKind: kind,
    id,
    routing: routing ?? null,
    branch: null,
    kind: kind in OWN_TYPES ? kind : 'bank',
    brokerId: kind === 'investment' ? institution.brokerId : null,
    accountType: kind in OWN_TYPES ? OWN_TYPES[kind] : kind.toUpperCase(),
  }));
  return {
    institution: {
      name: institution.name,
      url: '',
      files: null,
      org: institution.org,
      fid: institution.fid,
      accounts,
      quirks: { ofxVersion: version },
      clientUid: null,
    },
    userId: new Secret('demo'),
    password: new Secret('demo'),
    clientUid: null,
  };
}

function post(url, body) {
  return new Promise((resolve, reject) => {
    const call = httpRequest(
      url,
      { method: 'POST', headers: { 'Content-Type': 'application/x-ofx', 'Content-Length': body.length } },
      (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => resolve({ status: response.statusCode, body: Buffer.concat(chunks) }));
      },
    );
    call.on('error', reject);
    call.end(body);
  });
}

function rawExchange(bytes) {
  return new Promise((resolve, reject) => {
    const socket = connect(sandbox.port, '127.0.0.1', () =>
      socket.write(Buffer.from(bytes.replace(/Connection: ?Keep-Alive/i, 'Connection: close'), 'latin1')),
    );
    const chunks = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.setTimeout(10_000, () => socket.destroy());
  });
}

function run(program, args, options = {}) {
  return new Promise((resolve) =>
    execFile(program, args, { timeout: 120_000, maxBuffer: 1e8, ...options }, (error, stdout, stderr) =>
      resolve({ error, stdout, stderr }),
    ),
  );
}

function daysAgo(days) {
  const date = new Date(Date.now() - days * 86_400_000);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}

function file(name, content) {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

function report(name, failure) {
  tally[failure === null ? 'ok' : 'failed'] += 1;
  if (failure !== null) console.log(`FAIL ${name}: ${failure}`);
  else if (process.env.VERBOSE) console.log(`ok   ${name}`);
}

function skip(name, reason) {
  tally.skipped += 1;
  console.log(`skip ${name} (${reason})`);
}
