/** Reading: MB/s and peak memory of our reader beside ofx-js alone and the readers of Debian, each in a process of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const READ = fileURLToPath(new URL('../../dist/ofx/read.js', import.meta.url));
const READERS = {
  'ofx-sync to statements': `import { parseOfx } from ${JSON.stringify(READ)}; const read = (bytes) => parseOfx(bytes).statements[0].transactions.length;`,
  'ofx-js alone to its tree': `import { parseSync } from 'ofx-js'; const read = (bytes) => parseSync(bytes.toString('latin1')).OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN.length;`,
};
/** Readers of Debian; they take too long for the large files. */
const PROGRAMS = {
  'ofxdump (libofx)': (path) => ['ofxdump', [path]],
  'python3-ofxparse': (path) => [
    '/usr/bin/python3',
    ['-c', 'import ofxparse, sys; ofxparse.OfxParser.parse(open(sys.argv[1], "rb"))', path],
  ],
};
const RUNS = 3;
const LONGEST_MS = 60_000;

export async function readBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  try {
    return [10_000, 100_000].flatMap((count) => [false, true].flatMap((xml) => compared(dir, count, xml)));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Alternating runs, so that load hits all alike; of each the median. */
function compared(dir, count, xml) {
  const path = join(dir, `${count}${xml ? '.xml' : '.sgml'}`);
  writeFileSync(path, document(count, xml));
  const size = statSync(path).size;
  const what = `${count} transactions, ${xml ? 'XML' : 'SGML'}`;
  const results = new Map(Object.keys(READERS).map((name) => [name, []]));
  for (let run = 0; run < RUNS; run += 1)
    for (const [name, code] of Object.entries(READERS)) results.get(name).push(measured(code, path, count));
  const of = (name, field) => median(results.get(name).map((result) => result[field]));
  const alone = 'ofx-js alone to its tree';
  const rows = Object.keys(READERS).flatMap((name) => [
    speed(`${name}, ${what}`, size, of(name, 'firstMs'), name === alone ? null : of(alone, 'firstMs')),
    ...(count > 10_000
      ? []
      : [speed(`${name}, ${what}, once warm`, size, of(name, 'warmMs'), name === alone ? null : of(alone, 'warmMs'))]),
    {
      name: `${name}, ${what}, peak memory`,
      value: of(name, 'rss') / 1e6,
      unit: 'MB',
      ratio: of(name, 'rss') / size,
      against: 'the file',
    },
  ]);
  return count > 10_000
    ? rows
    : [...rows, ...Object.entries(PROGRAMS).map(([name, command]) => program(`${name}, ${what}`, size, command(path)))];
}

function speed(name, size, ms, aloneMs) {
  const row = { name, value: size / 1e3 / ms, unit: 'MB/s' };
  return aloneMs === null ? row : { ...row, ratio: aloneMs / ms, against: 'ofx-js alone' };
}

/** Time of the reading alone, start-up left out, and the peak of the process after the first. */
function measured(code, path, count) {
  const script = `${code}
    import { readFileSync } from 'node:fs';
    const bytes = readFileSync(${JSON.stringify(path)});
    const timed = () => { const started = performance.now(); if (read(bytes) !== ${count}) throw new Error('not all were read'); return performance.now() - started; };
    const firstMs = timed();
    const rss = process.resourceUsage().maxRSS * 1024;
    const warmMs = ${count > 10_000 ? 'firstMs' : 'Math.min(timed(), timed(), timed(), timed())'};
    console.log(JSON.stringify({ firstMs, warmMs, rss }));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      encoding: 'utf8',
    }),
  );
}

/** A program's whole run; 0 MB/s for one that is not there or does not end in time, and says so. */
function program(name, size, [file, args]) {
  const started = performance.now();
  const { error, status } = spawnSync(file, args, { stdio: 'ignore', timeout: LONGEST_MS });
  if (error?.code === 'ETIMEDOUT')
    return { name: `${name} (did not end in ${LONGEST_MS / 1000} s)`, value: 0, unit: 'MB/s' };
  if (error || status !== 0) return { name: `${name} (not installed, or refused the file)`, value: 0, unit: 'MB/s' };
  return speed(name, size, performance.now() - started, null);
}

function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
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
