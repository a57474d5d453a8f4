/**
 * Reading: processor time and peak memory of our reader beside ofx-js alone, the other readers of npm (installed into a
 * scratch folder for this) and those of Debian, for SGML and XML of four sizes, each in a process of its own.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
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
/** Their figures are those of the whole process, which for the readers above leave out its start. */
const PROGRAMS = {
  'ofxdump (libofx), whole': (path) => ['ofxdump', path],
  'python3-ofxparse, whole': (path) => [
    '/usr/bin/python3',
    '-c',
    'import ofxparse, sys; ofxparse.OfxParser.parse(open(sys.argv[1], "rb"))',
    path,
  ],
};
const LONGEST_MS = 60_000;
const TOO_SLOW = { failure: `> ${LONGEST_MS / 1000} s` };
/** The first readers, which are compared with each other, run more often. */
const RUNS_OF_OTHERS = 2;
/** Transactions of a file of that much SGML (XML has a third more), and the runs of the first readers. */
const SIZES = [
  { size: '1 kB', count: 2, runs: 9 },
  { size: '100 kB', count: 600, runs: 9 },
  { size: '2 MB', count: 12_000, runs: 5 },
  { size: '17 MB', count: 100_000, runs: 3 },
];

export async function readBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  try {
    installed(dir);
    const slow = new Set();
    const columns = SIZES.flatMap((size) => [false, true].map((xml) => column(dir, size, { xml, slow })));
    return [
      ...table('Processor time of the first read in ms, and × of ofx-js alone', columns, timeCell('cpuMs')),
      ...table('The same when warm: the fastest of four more reads', columns, timeCell('warmMs')),
      ...table('Peak memory of the process in MB', columns, ({ rss }) => (rss === null ? '' : (rss / 1e6).toFixed(0))),
      'ofx4js is missing: Node cannot load it.',
    ];
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

/**
 * Measures all readers with one file, in turn, so that load hits all alike; of each the least, since load only adds. Those
 * that are too slow for a file are not tried with larger ones.
 */
function column(dir, { size, count, runs }, { xml, slow }) {
  const file = { path: join(dir, `${count}${xml ? '.xml' : '.sgml'}`), count, isLargest: count === SIZES.at(-1).count };
  writeFileSync(file.path, document(count, xml));
  const readers = [
    ...Object.entries(READERS).map(([name, code]) => [name, () => measured(code, file, HOME)]),
    ...Object.entries(NPM_READERS).map(([name, code]) => [name, () => ofPackage(name, code, file, dir)]),
    ...Object.entries(PROGRAMS).map(([name, command]) => [name, () => wholeRun(command(file.path))]),
  ];
  const best = new Map();
  for (let run = 0; run < runs; run += 1)
    for (const [name, measure] of run < RUNS_OF_OTHERS ? readers : readers.slice(0, Object.keys(READERS).length)) {
      const known = best.get(name);
      const key = `${name}, ${xml}`;
      if (known?.failure !== undefined) continue;
      const result = slow.has(key) ? TOO_SLOW : least(known, measure());
      best.set(name, result);
      if (result === TOO_SLOW) slow.add(key);
    }
  return { title: `${size} ${xml ? 'XML' : 'SGML'}`, best };
}

function least(a, b) {
  if (a === undefined || b.failure !== undefined) return b;
  const lower = (field) => (b[field] === null ? null : Math.min(a[field], b[field]));
  return { cpuMs: lower('cpuMs'), warmMs: lower('warmMs'), rss: lower('rss') };
}

function timeCell(field) {
  return (result, alone) => {
    const ms = result[field];
    if (ms === null || ms === undefined) return '';
    const against = result === alone ? '' : ` ${(ms / alone[field]).toFixed(2)}×`;
    return `${ms < 100 ? ms.toFixed(1) : ms.toFixed(0)}${against}`;
  };
}

/** Lines of a table with a reader a row; one that failed says so in the first table, and rows without a figure are left out. */
function table(title, columns, cellOf) {
  const names = [...columns[0].best.keys()];
  const rows = names.map((name) => [
    name,
    ...columns.map(({ best }) => best.get(name).failure ?? cellOf(best.get(name), best.get(ALONE))),
  ]);
  const shown = rows.filter(([, ...cells]) => cells.some((cell) => /\d/.test(cell) && !cell.startsWith('>')));
  const failed = title.startsWith('Processor') ? rows.filter((row) => !shown.includes(row)) : [];
  const all = [['', ...columns.map((one) => one.title)], ...shown, ...failed];
  const widths = all[0].map((_, index) => Math.max(...all.map((row) => row[index].length)));
  const line = (row) => row.map((cell, index) => (index === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[index])));
  return ['', title, ...all.map((row) => `  ${line(row).join('  ')}`)];
}

function ofPackage(name, code, file, dir) {
  return existsSync(join(dir, 'node_modules', name)) ? measured(code, file, dir) : { failure: 'not installed' };
}

/** Measures the reading alone, start-up left out, and the peak of the process after the first. */
function measured(code, { path, count, isLargest }, cwd) {
  const script = `${code}
    import { readFileSync } from 'node:fs';
    const bytes = readFileSync(${JSON.stringify(path)});
    const timed = async () => {
      const started = process.cpuUsage();
      const count = await read(bytes);
      const { user, system } = process.cpuUsage(started);
      return { count, ms: (user + system) / 1e3 };
    };
    const { count, ms: cpuMs } = await timed();
    const rss = process.resourceUsage().maxRSS * 1024;
    let warmMs = null;
    for (let run = 0; run < ${isLargest ? 0 : 4}; run += 1) warmMs = Math.min(warmMs ?? Infinity, (await timed()).ms);
    console.log(JSON.stringify({ count, cpuMs, warmMs, rss }));`;
  const options = { cwd, encoding: 'utf8', timeout: LONGEST_MS, stdio: ['ignore', 'pipe', 'ignore'] };
  try {
    const result = JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script], options));
    return result.count === count ? result : { failure: `reads ${result.count ?? 'none'}` };
  } catch (error) {
    return error.code === 'ETIMEDOUT' ? TOO_SLOW : { failure: 'fails' };
  }
}

/** Measures the whole run of a program, by the shell's account of it. */
function wholeRun(command) {
  const script = 'TIMEFORMAT="%U %S"; time "$@" > /dev/null 2> /dev/null';
  const { error, status, stderr } = spawnSync('bash', ['-c', script, 'bash', ...command], {
    encoding: 'utf8',
    timeout: LONGEST_MS,
  });
  if (error?.code === 'ETIMEDOUT') return TOO_SLOW;
  if (error || status === 127) return { failure: 'not installed' };
  if (status !== 0) return { failure: 'fails' };
  const seconds = stderr.trim().split(' ').map(Number);
  return { cpuMs: (seconds[0] + seconds[1]) * 1000, warmMs: null, rss: null };
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
