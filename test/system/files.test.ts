/** An institution of files: what a person downloads is taken in the same run, whatever character set each file is in. */

import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { dump } from '../support/dump.js';
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

afterEach(() => {
  vi.unstubAllEnvs();
});

test.each(['America/Los_Angeles', 'Pacific/Auckland', 'UTC'])(
  'files that follow each other leave no gap in %s',
  async (zone) => {
    vi.stubEnv('TZ', zone);
    const { cwd, put } = project();
    const months = [
      ['20261101', '20261110'],
      ['20261111', '20261115'],
    ] as const;
    for (const [from, to] of months)
      put(
        `nodc-${to}.qfx`,
        `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>${to}000000<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>011000015<ACCTID>5555<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>${from}<DTEND>${to}<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${from}<TRNAMT>-1.00<FITID>${from}<NAME>SHOP</STMTTRN></BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`,
      );
    expect((await runCli(['-q'], { cwd })).code).toBe(0);
    const store = await openStore(join(cwd, 'data'), { readOnly: true });
    const coverage = store.accountState({ institution: 'nodc', name: 'joint' })?.coverage;
    store.close();
    expect(coverage?.map(({ from, to }) => `${from} ${to}`)).toEqual(['2026-11-01 2026-11-15']);
  },
);

interface Document {
  accounts: {
    status: string;
    transactions: Record<string, number> | null;
    notices: { code: string }[];
    error: unknown;
  }[];
}

async function syncJson(cwd: string): Promise<Document['accounts'][number]> {
  const [account] = (JSON.parse((await runCli(['--json'], { cwd })).stdout) as Document).accounts;
  if (account === undefined) throw new Error('no account');
  return account;
}

function project(): { cwd: string; put: (name: string, text: string) => void } {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'downloads'));
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
  return { cwd, put: (name, text) => writeFileSync(join(cwd, 'downloads', name), text) };
}

const PLAIN = 'ENCODING:USASCII\nCHARSET:1252';

test('a file is taken once, wherever it was moved, and no news is no failure', async () => {
  const { cwd, put } = project();
  put('nodc-1.qfx', statementFile('A', 'ONE', PLAIN));
  expect(await syncJson(cwd)).toMatchObject({ status: 'ok', transactions: { received: 1, new: 1 } });
  renameSync(join(cwd, 'downloads', 'nodc-1.qfx'), join(cwd, 'downloads', 'nodc-moved.qfx'));
  expect(await syncJson(cwd)).toMatchObject({
    status: 'ok',
    transactions: { received: 0, new: 0 },
    ledgerBalance: { amount: '9.00' },
    notices: [],
  });
  // What the institution changed in a newer file stays, although the older one still lies there.
  put('nodc-2.qfx', statementFile('A', 'ONE, SETTLED', PLAIN));
  expect(await syncJson(cwd)).toMatchObject({ transactions: { received: 1, new: 0, changed: 1 } });
  expect(await syncJson(cwd)).toMatchObject({ transactions: { received: 0, new: 0, changed: 0 } });
});

test('two files of the same days in one run are one history', async () => {
  const { cwd, put } = project();
  put('nodc-1.qfx', statementFile('A', 'ONE', PLAIN));
  put('nodc-2.qfx', statementFile('A', 'ONE, SETTLED', PLAIN));
  await runCli(['-q'], { cwd });
  const { stdout } = await runCli(['transactions', '--json'], { cwd });
  expect((JSON.parse(stdout) as { transactions: { name: string }[] }).transactions.map(({ name }) => name)).toEqual([
    'ONE, SETTLED',
  ]);
});

test('a file that cannot be read is told each time, and the others are taken', async () => {
  const { cwd, put } = project();
  put('nodc-0.qfx', '<html>please sign in</html>');
  put('nodc-1.qfx', statementFile('A', 'ONE', PLAIN));
  const first = await syncJson(cwd);
  expect(first).toMatchObject({ status: 'ok', transactions: { new: 1 } });
  expect(first.notices.map(({ code }) => code)).toContain('unreadable-file');
  expect(await syncJson(cwd)).toMatchObject({
    status: 'failed',
    error: { code: 'OFX_UNREADABLE', hint: expect.stringMatching(/Download it again/) },
  });
});

test('an account that is configured later gets its statement from the files that are there', async () => {
  const { cwd, put } = project();
  put('nodc-1.qfx', statementFile('A', 'ONE', PLAIN));
  put('nodc-2.qfx', statementFile('B', 'TWO', PLAIN).replace('<ACCTID>5555', '<ACCTID>7777'));
  expect((await syncJson(cwd)).notices.map(({ code }) => code)).toContain('unclaimed-statement');
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    CONFIG.replace('"011000015" }]', '"011000015" }, { name: other, kind: savings, id: "7777" }]'),
  );
  const { stdout } = await runCli(['--json'], { cwd });
  const { accounts } = JSON.parse(stdout) as Document;
  expect(accounts[1]).toMatchObject({ status: 'ok', transactions: { new: 1 } });
});

test('a file that was cut off does not stand for the days that it announces', async () => {
  const { cwd, put } = project();
  const whole = statementFile('A', 'ONE', PLAIN);
  put('nodc-1.qfx', whole.slice(0, whole.indexOf('</STMTTRN>') + 10));
  expect(await syncJson(cwd)).toMatchObject({ status: 'ok', transactions: { new: 1 } });
  expect(dump(join(cwd, 'data'))['coverage']).toEqual([]);
  put('nodc-1.qfx', whole);
  await syncJson(cwd);
  expect(dump(join(cwd, 'data'))['coverage']).toMatchObject([{ from_date: '2026-11-01', to_date: '2026-11-20' }]);
});

test('no file is a missing statement that says where it looked', async () => {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
  mkdirSync(join(cwd, 'downloads'));
  const { code, stderr } = await runCli(['-q'], { cwd });
  expect(code).toBe(3);
  expect(stderr).toContain('downloads/nodc-*.qfx');
});

test('files that are deleted after they were imported are no failure, but said', async () => {
  const { cwd, put } = project();
  put('nodc-1.qfx', statementFile('A', 'ONE', PLAIN));
  await syncJson(cwd);
  rmSync(join(cwd, 'downloads', 'nodc-1.qfx'));
  expect(await syncJson(cwd)).toMatchObject({
    status: 'ok',
    transactions: { received: 0, new: 0 },
    ledgerBalance: { amount: '9.00' },
    notices: [
      { code: 'no-files', message: expect.stringMatching(/^no file matches .*nodc-\*\.qfx, so nothing is new$/) },
    ],
  });
  rmSync(join(cwd, 'downloads'), { recursive: true });
  expect(await syncJson(cwd)).toMatchObject({ status: 'failed', error: { code: 'STATEMENT_MISSING' } });
});

test('a file for an account that two institutions have goes to neither', async () => {
  const cwd = scratchDir();
  const second = CONFIG.replace('institutions:\n', '')
    .replace('name: nodc', 'name: second')
    .replace('nodc-*', 'second-*');
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG + second);
  writeFileSync(join(cwd, 'one.qfx'), statementFile('A', 'SHOP', 'ENCODING:USASCII\nCHARSET:1252'));
  const both = await runCli(['import', 'one.qfx'], { cwd });
  expect([both.code, both.stdout]).toEqual([3, expect.stringContaining('no such account, or several')]);
  expect(both.stderr).toContain('ofx-sync inspect one.qfx');
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
  expect((await runCli(['import', 'one.qfx'], { cwd })).code).toBe(0);
  const { stdout } = await runCli(['transactions', '--json'], { cwd });
  expect((JSON.parse(stdout) as { transactions: unknown[] }).transactions).toHaveLength(1);
});

describe('several patterns, and case', () => {
  const LISTED = CONFIG.replace('downloads/nodc-*.qfx', '[downloads/nodc-*.qfx, downloads/nodc*.ofx]');

  test('one file of each way to write the name is taken, each once', async () => {
    const { cwd, put } = project();
    writeFileSync(join(cwd, 'accounts.yaml'), LISTED);
    put('NODC-1.QFX', statementFile('A', 'ONE', PLAIN));
    put('Nodc-2.ofx', statementFile('B', 'TWO', PLAIN));
    put('nodc-3.csv', 'Date,Amount');
    expect(await syncJson(cwd)).toMatchObject({ status: 'ok', transactions: { new: 2 }, notices: [] });
    expect(await syncJson(cwd)).toMatchObject({ status: 'ok', transactions: { new: 0 }, notices: [] });
  });

  test('a file that another bank’s pattern names in its very case stays with that bank', async () => {
    const { cwd, put } = project();
    const second = CONFIG.replace('institutions:\n', '')
      .replace('name: nodc', 'name: second')
      .replace('nodc-*.qfx', 'NODC-*.qfx')
      .replace('"5555"', '"7777"');
    writeFileSync(join(cwd, 'accounts.yaml'), CONFIG + second);
    put('nodc-1.qfx', statementFile('A', 'ONE', PLAIN));
    put('NODC-2.qfx', statementFile('B', 'TWO', PLAIN).replace('<ACCTID>5555', '<ACCTID>7777'));
    put('Nodc-3.QFX', statementFile('C', 'THREE', PLAIN));
    const { accounts } = JSON.parse((await runCli(['--json'], { cwd })).stdout) as Document;
    // The third is written as neither pattern is: both look into it, and its account is of the first.
    expect(accounts).toMatchObject([
      { status: 'ok', transactions: { new: 2 }, notices: [] },
      { status: 'ok', transactions: { new: 1 }, notices: [{ code: 'unclaimed-statement' }] },
    ]);
  });

  test('a folder that is missing is a notice beside the files of another', async () => {
    const { cwd, put } = project();
    writeFileSync(join(cwd, 'accounts.yaml'), LISTED.replace('downloads/nodc*.ofx', 'gone/*.ofx'));
    put('nodc-1.qfx', statementFile('A', 'ONE', PLAIN));
    const synced = await syncJson(cwd);
    expect(synced).toMatchObject({ status: 'ok', transactions: { new: 1 } });
    expect(synced.notices).toMatchObject([{ code: 'unreadable-file', message: expect.stringContaining('gone') }]);
  });

  test.each([
    ['[]', 'files: empty'],
    ['""', 'files: empty'],
    ['[5]', 'files: not a pattern of files (FOLDER/*.qfx, or a list: [FOLDER/*.qfx, FOLDER/*.ofx])'],
    ['{ a: b }', 'files: not a pattern of files (FOLDER/*.qfx, or a list: [FOLDER/*.qfx, FOLDER/*.ofx])'],
  ])('files: %s is a mistake with its place', async (wrong, message) => {
    const { cwd } = project();
    writeFileSync(join(cwd, 'accounts.yaml'), CONFIG.replace('downloads/nodc-*.qfx', wrong));
    const { code, stderr } = await runCli(['check', '--offline'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/accounts\.yaml:3:\d+: institutions\.0\.files/);
    expect(stderr).toContain(`institutions.0.${message}`);
  });
});
