/** The recipes of docs/sources.md, with the programs that they name. */

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../src/sandbox/server.js';
import { aqbankingPin, setUpAqbanking } from '../support/aqbanking.js';
import { blocks } from '../support/markdown.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const AQBANKING = 'FinTS, OFX and MT940: AqBanking';

interface Summary {
  readonly accounts: readonly {
    readonly account: string;
    readonly transactions: { readonly new: number } | null;
    readonly error: { readonly code: string; readonly message: string } | null;
  }[];
}

/** Writes a block of the page as accounts.yaml, with texts put in the place of others. */
function configured(block: string | undefined, replaced: readonly (readonly [string, string])[] = []): string {
  const cwd = scratchDir();
  let text = block ?? '';
  for (const [from, to] of replaced) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  return cwd;
}

async function synced(options: RunOptions) {
  const { code, stdout, stderr } = await runCli(['--json'], options);
  return { code, stderr, ...(JSON.parse(stdout) as Summary) };
}

/** Returns the stored transactions, oldest first. */
async function stored(cwd: string) {
  const { stdout } = await runCli(['transactions', '--json'], { cwd });
  const { transactions } = JSON.parse(stdout) as { transactions: Record<string, unknown>[] };
  return transactions.toSorted((a, b) => String(a['postedOn']).localeCompare(String(b['postedOn'])));
}

const now = () => new Date('2026-11-21T08:00:00Z');

test.runIf(hasPeer('ofxstatement'))('ofxstatement: the newest CAMT file is a statement, and comes once', async () => {
  const [block] = blocks('docs/sources.md', 'yaml', 'CAMT and forty formats more: ofxstatement');
  const cwd = configured(block);
  mkdirSync(join(cwd, 'camt'));
  cpSync('test/fixtures/camt/one-payment.xml', join(cwd, 'camt', '2026-11.xml'));
  for (const added of [1, 0]) {
    const { code, accounts } = await synced({ cwd, now, env: { LANG: 'C.UTF-8' } });
    expect(code).toBe(0);
    expect(accounts.map(({ transactions }) => transactions?.new)).toEqual([added]);
  }
  expect(await stored(cwd)).toMatchObject([
    { postedOn: '2026-11-10', amount: '-12.34', currency: 'EUR', name: 'Bäckerei Müller', memo: 'Brötchen' },
  ]);
  const { stdout: status } = await runCli(['accounts', '--json'], { cwd, now });
  expect(status).toContain('987.66');
});

/** Writes the script of the page beside accounts.yaml. */
function withAqbankingScript(cwd: string): string {
  const [script = ''] = blocks('docs/sources.md', 'js', AQBANKING);
  writeFileSync(join(cwd, 'aqbanking.mjs'), script);
  return cwd;
}

describe.runIf(hasPeer('aqbanking-cli', ['--help']))('aqbanking-cli', () => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  const settings = join(scratchDir(), 'aqbanking');

  beforeAll(async () => {
    sandbox = await startSandbox();
    await setUpAqbanking(settings, sandbox.url('meadow'));
  });
  afterAll(() => sandbox.close());

  const scene = () =>
    withAqbankingScript(
      configured(blocks('docs/sources.md', 'yaml', AQBANKING)[0], [
        ['0532013000', '0044881200'],
        ['pin: keychain', 'pin: "env:PIN"'],
        ['"{account}"]', `"{account}", -D, ${JSON.stringify(settings)}]`],
      ]),
    );

  test('brings what the bank tells a client of ours, once', async () => {
    const cwd = scene();
    const env = { PIN: aqbankingPin('demo', 'demo') };
    const first = await synced({ cwd, env });
    expect(first).toMatchObject({ code: 0, accounts: [{ account: 'giro', error: null }] });
    expect(first.accounts[0]?.transactions?.new).toBeGreaterThan(10);
    expect(await synced({ cwd, env })).toMatchObject({ code: 0, accounts: [{ transactions: { new: 0 } }] });

    const direct = configured(
      `institutions:\n  - name: meadow\n    url: ${sandbox.url('meadow')}\n    userId: demo\n    password: { literal: demo }\n    accounts: [{ name: giro, kind: checking, id: "0044881200", routing: "011000015" }]\n`,
    );
    expect(await synced({ cwd: direct })).toMatchObject({ code: 0 });
    const facts = async (one: string) =>
      (await stored(one)).map(({ postedOn, amount, currency, fitid, name, memo }) => ({
        postedOn,
        amount,
        currency,
        fitid,
        name,
        memo,
      }));
    expect(await facts(cwd)).toEqual(await facts(direct));
    const balance = async (one: string) =>
      (JSON.parse((await runCli(['accounts', '--json'], { cwd: one })).stdout) as { accounts: { balance: unknown }[] })
        .accounts[0]?.balance;
    expect(await balance(cwd)).toEqual(await balance(direct));
  });

  test('a wrong PIN is a failure with AqBanking’s words, and stays out of all output', async () => {
    const cwd = scene();
    const { code, stderr, accounts } = await synced({ cwd, env: { PIN: aqbankingPin('demo', 'Falsch-0815') } });
    expect(code).toBe(3);
    expect(accounts[0]?.error).toMatchObject({
      code: 'COMMAND_FAILED',
      message: /AqBanking brought no statement of 0044881200/,
    });
    expect(stderr + JSON.stringify(accounts)).not.toContain('Falsch-0815');
  });

  test('an MT940 file is a statement, and comes once', async () => {
    const cwd = withAqbankingScript(
      configured(blocks('docs/sources.md', 'yaml', AQBANKING)[1], [
        ['| head -n 1)"', `| head -n 1)" -D '${settings}'`],
      ]),
    );
    mkdirSync(join(cwd, 'mt940'));
    cpSync('test/fixtures/mt940/two-bookings.sta', join(cwd, 'mt940', '2026-11.sta'));
    for (const added of [2, 0])
      expect(await synced({ cwd, now })).toMatchObject({ accounts: [{ error: null, transactions: { new: added } }] });
    expect(await stored(cwd)).toMatchObject([
      { postedOn: '2026-11-10', amount: '-12.34', currency: 'EUR', name: 'Bäckerei Müller', memo: 'Brötchen & mehr' },
      { postedOn: '2026-11-12', amount: '250.00', name: 'Erika Muster', memo: 'Miete November Wohnung 3' },
    ]);
    const { stdout: status } = await runCli(['accounts', '--json'], { cwd, now });
    expect(status).toContain('1237.66');
  });
});

test('the skeleton of a portal is a program that Node reads, and says in one line what went wrong', () => {
  const [script = ''] = blocks('docs/sources.md', 'js', 'A portal of your own');
  const dir = scratchDir();
  const path = join(dir, 'portal.mjs');
  writeFileSync(path, script);
  expect(runPeer(process.execPath, ['--check', path])).toMatchObject({ status: 0, stderr: '' });
  mkdirSync(join(dir, 'node_modules', 'playwright'), { recursive: true });
  writeFileSync(
    join(dir, 'node_modules', 'playwright', 'index.mjs'),
    "export const chromium = { launch: async () => { throw new Error('the browser is not installed\\nmore'); } };\n",
  );
  writeFileSync(join(dir, 'node_modules', 'playwright', 'package.json'), '{ "main": "index.mjs" }');
  expect(runPeer(process.execPath, [path], { input: '{"user":"u","password":"p"}' })).toMatchObject({
    status: 1,
    stdout: '',
    stderr: 'the browser is not installed\n',
  });
});

describe.runIf(hasPeer('ledger-autosync', ['--help']))('from ledger-autosync', () => {
  const statement = (...days: readonly string[]) =>
    `OFXHEADER:100\nDATA:OFXSGML\nVERSION:102\nSECURITY:NONE\nENCODING:USASCII\nCHARSET:1252\nCOMPRESSION:NONE\nOLDFILEUID:NONE\nNEWFILEUID:NONE\n\n<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20261120<LANGUAGE>ENG<FI><ORG>RIVER<FID>1001</FI></SONRS></SIGNONMSGSRSV1><BANKMSGSRSV1><STMTTRNRS><TRNUID>0<STATUS><CODE>0<SEVERITY>INFO</STATUS><STMTRS><CURDEF>USD<BANKACCTFROM><BANKID>121000248<ACCTID>000123456<ACCTTYPE>CHECKING</BANKACCTFROM><BANKTRANLIST><DTSTART>20261101<DTEND>20261120${days.map((day) => `<STMTTRN><TRNTYPE>DEBIT<DTPOSTED>${day}<TRNAMT>-1.${day.slice(-2)}<FITID>F${day}<NAME>SHOP ${day}</STMTTRN>`).join('')}</BANKTRANLIST><LEDGERBAL><BALAMT>100.00<DTASOF>20261120</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>\n`;

  test('its journal goes on with ours, and neither writes what the other has written', async () => {
    const cwd = configured(
      'institutions:\n  - name: river\n    files: "*.ofx"\n    fid: "1001"\n    accounts: [{ name: checking, kind: checking, id: "000123456" }]\naccountMap: { river/checking: "Assets:River:Checking" }\n',
    );
    const journal = join(cwd, 'all.ledger');
    writeFileSync(join(cwd, 'old.ofx'), statement('20261110', '20261111'));
    const autosync = (file: string) =>
      runPeer('/usr/bin/ledger-autosync', [join(cwd, file), '-l', journal, '-a', 'Assets:River:Checking'], {
        env: { HOME: cwd },
      });
    writeFileSync(journal, '');
    const theirs = autosync('old.ofx').stdout;
    expect(theirs).toContain('ofxid: 1001.000123456.F20261111');
    writeFileSync(journal, theirs);

    writeFileSync(join(cwd, 'new.ofx'), statement('20261111', '20261112', '20261113'));
    expect(await synced({ cwd, now })).toMatchObject({ code: 0 });
    const line = ['export', '--format', 'ledger', '--new', '--append', '--output', journal];
    for (const first of [['--since', '2026-11-12'], []])
      expect(await runCli([...line, ...first], { cwd, now })).toMatchObject({ code: 0 });
    const ids = [...readFileSync(journal, 'utf8').matchAll(/ofxid: 1001\.000123456\.F(\d+)/g)].map(([, day]) => day);
    expect(ids).toEqual(['20261110', '20261111', '20261112', '20261113']);
    expect(autosync('new.ofx').stdout.trim()).toBe('');
  });
});
