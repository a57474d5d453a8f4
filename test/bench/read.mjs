/** Reading: MB/s and peak memory of our reader beside ofx-js alone and the readers of Debian, each in a process of its own. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const READ = fileURLToPath(new URL('../../dist/ofx/read.js', import.meta.url));
const READERS = {
  'ofx-sync to statements': `import { parseOfx } from ${JSON.stringify(READ)}; const read = (bytes) => parseOfx(bytes).statements[0].transactions.length;`,
  'ofx-js alone to its tree': `import { parseSync } from 'ofx-js'; const read = (bytes) => JSON.stringify(parseSync(bytes.toString('latin1'))).length;`,
};

export async function readBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  const rows = [];
  try {
    for (const [count, xml] of [
      [10_000, false],
      [10_000, true],
      [100_000, false],
      [100_000, true],
    ]) {
      const path = join(dir, `${count}${xml ? '.xml' : '.sgml'}`);
      writeFileSync(path, document(count, xml));
      const mb = statSync(path).size / 1e6;
      const results = Object.entries(READERS).map(([name, code]) => [name, measured(code, path)]);
      const alone = results.find(([name]) => name.startsWith('ofx-js'))?.[1];
      for (const [name, { ms, rssMb }] of results) {
        rows.push({
          name: `${name}, ${count} transactions, ${xml ? 'XML' : 'SGML'} (peak ${rssMb.toFixed(0)} MB)`,
          value: (mb / ms) * 1000,
          unit: 'MB/s',
          ...(name.startsWith('ofx-js') || !alone ? {} : { ratio: alone.ms / ms, against: 'ofx-js' }),
        });
      }
      const dump = timedProgram('ofxdump', [path]);
      if (count === 10_000 && dump !== null)
        rows.push({
          name: `ofxdump (libofx), ${count} transactions, ${xml ? 'XML' : 'SGML'}`,
          value: (mb / dump) * 1000,
          unit: 'MB/s',
        });
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
  return rows;
}

/** Time of the reading alone (start-up left out) and the peak of the process. */
function measured(code, path) {
  const script = `${code}
    import { readFileSync } from 'node:fs';
    const bytes = readFileSync(${JSON.stringify(path)});
    const started = performance.now();
    read(bytes);
    console.log(JSON.stringify({ ms: performance.now() - started, rssMb: process.resourceUsage().maxRSS / 1024 }));`;
  return JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('../../', import.meta.url)),
      encoding: 'utf8',
    }),
  );
}

function timedProgram(program, args) {
  const started = performance.now();
  const { error, status } = spawnSync(program, args, { stdio: 'ignore', timeout: 60_000 });
  return error || status !== 0 ? null : performance.now() - started;
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
