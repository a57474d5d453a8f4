/**
 * Reading: MB/s and peak memory of our reader beside ofx-js alone, the other readers of npm (installed into a scratch folder
 * for this, and left out when that fails) and those of Debian, each in a process of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOME = fileURLToPath(new URL('../../', import.meta.url));
const READ = fileURLToPath(new URL('../../dist/ofx/read.js', import.meta.url));
const OURS = 'ofx-sync to statements';
const ALONE = 'ofx-js alone to its tree';
const READERS = {
  [OURS]: `import { parseOfx } from ${JSON.stringify(READ)}; const read = (bytes) => parseOfx(bytes).statements[0].transactions.length;`,
  [ALONE]: `import { parseSync } from 'ofx-js'; const read = (bytes) => parseSync(bytes.toString('latin1')).OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN.length;`,
};
/** ofx4js is not among them: Node cannot load it. */
const NPM_READERS = {
  '@f-o-t/ofx': `import { getTransactions, parse } from '@f-o-t/ofx'; const read = (bytes) => getTransactions(parse(bytes.toString('latin1')).data).length;`,
  'ofx-data-extractor': `import { Ofx } from 'ofx-data-extractor'; const read = (bytes) => new Ofx(bytes.toString('latin1')).toJson().OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STRTTRN.length;`,
  'node-ofx-parser': `import { parse } from 'node-ofx-parser'; const read = (bytes) => parse(bytes.toString('latin1')).OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN.length;`,
  'ofx-parser': `import { parse } from 'ofx-parser'; const read = async (bytes) => (await parse(bytes.toString('latin1'))).OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN.length;`,
  banking: `import Banking from 'banking'; const read = (bytes) => new Promise((resolve) => Banking.parse(bytes.toString('latin1'), (reply) => resolve(reply.body.OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN.length)));`,
};
const PROGRAMS = {
  'ofxdump (libofx)': (path) => ['ofxdump', [path]],
  'python3-ofxparse': (path) => [
    '/usr/bin/python3',
    ['-c', 'import ofxparse, sys; ofxparse.OfxParser.parse(open(sys.argv[1], "rb"))', path],
  ],
};
const RUNS = 5;
const LONGEST_MS = 60_000;
/** Transactions of a file of a kilobyte, 100 kB, 2 MB and 17 MB of SGML; XML has a third more. */
const SIZES = { '1 kB': 2, '100 kB': 600, '2 MB': 12_000, '17 MB': 100_000 };
const LARGE = SIZES['17 MB'];

export async function readBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  try {
    installed(dir);
    return Object.values(SIZES).flatMap((count) => [false, true].flatMap((xml) => compared(dir, count, xml)));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** The readers of npm, in a folder of their own: they are no dependencies. */
function installed(dir) {
  writeFileSync(join(dir, 'package.json'), '{ "private": true }');
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--silent'];
  spawnSync('npm', ['install', ...options, ...Object.keys(NPM_READERS)], { cwd: dir, stdio: 'ignore' });
}

/** Alternating runs, so that load hits all alike; of each the fastest, since load only adds. */
function compared(dir, count, xml) {
  const path = join(dir, `${count}${xml ? '.xml' : '.sgml'}`);
  writeFileSync(path, document(count, xml));
  const file = { path, count, size: statSync(path).size, what: `${sizeOf(count)}, ${xml ? 'XML' : 'SGML'}` };
  const results = new Map(Object.keys(READERS).map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1)
    for (const [name, code] of Object.entries(READERS)) results.get(name).push(measured(code, file, HOME));
  const of = (name, field) => Math.min(...results.get(name).map((result) => result[field]));
  const rows = Object.keys(READERS).flatMap((name) => rowsOf(name, file, { of, alone: name === OURS }));
  const others = Object.entries(NPM_READERS).map(([name, code]) => other(name, code, { file, dir }));
  // Those of Debian take minutes for a large file.
  const programs = count === LARGE ? [] : Object.entries(PROGRAMS);
  return [...rows, ...others, ...programs.map(([name, command]) => program(name, command(path), file))];
}

function sizeOf(count) {
  return Object.keys(SIZES).find((size) => SIZES[size] === count);
}

function rowsOf(name, { size, count, what }, { of, alone }) {
  const against = (field) => (alone ? of(ALONE, field) : null);
  const peak = of(name, 'rss');
  return [
    speed(`${name}, ${what}, first read`, size, of(name, 'firstMs'), against('firstMs')),
    ...(count === LARGE ? [] : [speed(`${name}, ${what}, warm`, size, of(name, 'warmMs'), against('warmMs'))]),
    { name: `${name}, ${what}, peak memory`, value: peak / 1e6, unit: 'MB', ratio: peak / size, against: 'the file' },
  ];
}

/** Another reader, which may not be there. */
function other(name, code, { file, dir }) {
  try {
    const runs = Array.from({ length: file.count === LARGE ? 1 : RUNS }, () => measured(code, file, dir));
    const [firstMs, rss] = ['firstMs', 'rss'].map((field) => Math.min(...runs.map((run) => run[field])));
    return speed(`${name}, ${file.what}, first read (${(rss / 1e6).toFixed(0)} MB)`, file.size, firstMs, null);
  } catch (error) {
    const why =
      error.code === 'ETIMEDOUT' ? `did not end in ${LONGEST_MS / 1000} s` : 'not installed, or refused the file';
    return { name: `${name}, ${file.what} (${why})`, value: 0, unit: 'MB/s' };
  }
}

function speed(name, size, ms, aloneMs) {
  const row = { name, value: size / 1e3 / ms, unit: 'MB/s' };
  return aloneMs === null ? row : { ...row, ratio: aloneMs / ms, against: 'ofx-js alone' };
}

/** Time of the reading alone, start-up left out, and the peak of the process after the first. */
function measured(code, { path, count }, cwd) {
  const script = `${code}
    import { readFileSync } from 'node:fs';
    const bytes = readFileSync(${JSON.stringify(path)});
    const timed = async () => { const started = performance.now(); if ((await read(bytes)) !== ${count}) throw new Error('not all were read'); return performance.now() - started; };
    const firstMs = await timed();
    const rss = process.resourceUsage().maxRSS * 1024;
    const warmMs = ${count === LARGE ? 'firstMs' : 'Math.min(await timed(), await timed(), await timed(), await timed())'};
    console.log(JSON.stringify({ firstMs, warmMs, rss }));`;
  const options = { cwd, encoding: 'utf8', timeout: LONGEST_MS, stdio: ['ignore', 'pipe', 'ignore'] };
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], options));
}

/** A program's whole run; 0 MB/s for one that is not there or does not end in time, and says so. */
function program(name, [file, args], { size, what }) {
  const started = performance.now();
  const { error, status } = spawnSync(file, args, { stdio: 'ignore', timeout: LONGEST_MS });
  const row = { value: 0, unit: 'MB/s' };
  if (error?.code === 'ETIMEDOUT') return { ...row, name: `${name}, ${what} (did not end in ${LONGEST_MS / 1000} s)` };
  if (error || status !== 0) return { ...row, name: `${name}, ${what} (not installed, or refused the file)` };
  return speed(`${name}, ${what}, whole run`, size, performance.now() - started, null);
}

function document(count, xml) {
  const leaf = (name, value) => (xml ? `<${name}>${value}</${name}>\r\n` : `<${name}>${value}\r\n`);
  const list = Array.from({ length: count }, (_, index) => {
    const day = `2026${String(1 + (index % 12)).padStart(2, '0')}${String(1 + (index % 28)).padStart(2, '0')}`;
    return `<STMTTRN>\r\n${leaf('TRNTYPE', 'DEBIT')}${leaf('DTPOSTED', `${day}120000.000[-5:EST]`)}${leaf('TRNAMT', `-${(index % 900) + 1}.${String(index % 100).padStart(2, '0')}`)}${leaf('FITID', `${day}${index}`)}${leaf('NAME', `SHOP &amp; SONS ${index % 300}`)}${leaf('MEMO', 'CARD PURCHASE 1234')}</STMTTRN>\r\n`;
  });
  const header = xml
    ? '<?xml version="1.0" encoding="UTF-8"?>\r\n<?OFX OFXHEADER="200" VERSION="203" SECURITY="NONE" OLDFILEUID="NONE" NEWFILEUID="NONE"?>\r\n'
    : 'OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\nCOMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n';
  const status = `<STATUS>\r\n${leaf('CODE', '0')}${leaf('SEVERITY', 'INFO')}</STATUS>\r\n`;
  const account = `<BANKACCTFROM>\r\n${leaf('BANKID', '121000248')}${leaf('ACCTID', '000123456')}${leaf('ACCTTYPE', 'CHECKING')}</BANKACCTFROM>\r\n`;
  return `${header}<OFX>\r\n<SIGNONMSGSRSV1>\r\n<SONRS>\r\n${status}${leaf('DTSERVER', '20261120')}${leaf('LANGUAGE', 'ENG')}</SONRS>\r\n</SIGNONMSGSRSV1>\r\n<BANKMSGSRSV1>\r\n<STMTTRNRS>\r\n${leaf('TRNUID', '1')}${status}<STMTRS>\r\n${leaf('CURDEF', 'USD')}${account}<BANKTRANLIST>\r\n${leaf('DTSTART', '20260101')}${leaf('DTEND', '20261231')}${list.join('')}</BANKTRANLIST>\r\n<LEDGERBAL>\r\n${leaf('BALAMT', '1.00')}${leaf('DTASOF', '20261120')}</LEDGERBAL>\r\n</STMTRS>\r\n</STMTTRNRS>\r\n</BANKMSGSRSV1>\r\n</OFX>\r\n`;
}
