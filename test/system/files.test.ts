/** An institution of files: what a person downloads is taken in the same run, whatever character set each file is in. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const CONFIG = `institutions:
  - name: nodc
    files: downloads/nodc-*.qfx
    accounts: [{ name: joint, kind: checking, id: "5555", routing: "011000015" }]
`;

function statementFile(fitid: string, name: string, header: string): string {
  return `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\n${header}\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>011000015<ACCTID>5555<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261120<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>20261110<TRNAMT>-1.00<FITID>${fitid}<NAME>${name}</STMTTRN></BANKTRANLIST><LEDGERBAL><BALAMT>9.00<DTASOF>20261120</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`;
}

test('files of different character sets are taken once, with their letters right', async () => {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'downloads'));
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
  writeFileSync(
    join(cwd, 'downloads', 'nodc-1.qfx'),
    Buffer.from(statementFile('A', 'CAFÉ ONE', 'ENCODING:USASCII\nCHARSET:1252'), 'latin1'),
  );
  writeFileSync(join(cwd, 'downloads', 'nodc-2.qfx'), statementFile('B', 'CAFÉ TWO', 'ENCODING:UTF-8\nCHARSET:NONE'));
  writeFileSync(
    join(cwd, 'downloads', 'other.qfx'),
    statementFile('C', 'NOT ASKED FOR', 'ENCODING:USASCII\nCHARSET:1252'),
  );
  expect((await runCli(['-q'], { cwd })).code).toBe(0);
  const again = JSON.parse((await runCli(['--json'], { cwd })).stdout) as {
    totals: { ok: number; newTransactions: number };
  };
  expect(again.totals).toMatchObject({ ok: 1, newTransactions: 0 });
  const { transactions } = JSON.parse((await runCli(['transactions', '--json'], { cwd })).stdout) as {
    transactions: { name: string }[];
  };
  expect(transactions.map(({ name }) => name).toSorted()).toEqual(['CAFÉ ONE', 'CAFÉ TWO']);
});

test('no file is a missing statement that says where it looked', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
  mkdirSync(join(cwd, 'downloads'));
  const { code, stderr } = await runCli(['-q'], { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain('downloads/nodc-*.qfx');
});
