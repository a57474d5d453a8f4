/** Exported OFX and QIF, read by our own reader and by other programs. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { exporters } from '../../src/exporters/index.js';
import type { Account } from '../../src/model/account.js';
import { decimal } from '../../src/model/decimal.js';
import { parseOfx } from '../../src/ofx/read.js';
import type { ExportInput, StoredTransaction } from '../../src/ports.js';
import { account } from '../support/builders.js';
import { readCsv } from '../support/csv-reader.js';
import { exportInput, rendered, state } from '../support/export-input.js';
import { SCENE_ACCOUNTS, scene } from '../support/journal-scene.js';
import { nastyTransactions, TIMEOUT_MS } from '../support/nasty-text.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { scratchDir } from '../support/scratch.js';

vi.setConfig({ testTimeout: TIMEOUT_MS });

const dir = scratchDir();
const DTD_200 = '/usr/share/libofx7/libofx/dtd/ofx201.dtd';
const SGML = fileURLToPath(new URL('../peers/sgml-validate.sh', import.meta.url));
const VERSIONS = ['203', '102'] as const;

function write(format: 'ofx' | 'qif', input: ExportInput, name: string): string {
  const path = join(dir, `${name}.${format}`);
  writeFileSync(path, rendered(exporters[format].render(input)));
  return path;
}

function of(account: Account, version: '102' | '203'): ExportInput {
  const input = scene();
  return { ...input, accounts: [account], settings: { ...input.settings, ofxVersion: version } };
}

function validate(path: string, version: '102' | '203'): string {
  if (!hasPeer(version === '102' ? 'onsgmls' : 'xmllint')) return '';
  const { status, stderr, stdout } =
    version === '102' ? runPeer('bash', [SGML, path]) : runPeer('xmllint', ['--noout', '--dtdvalid', DTD_200, path]);
  return status === 0 ? '' : `${stdout}${stderr}`.slice(0, 500);
}

const CASES = VERSIONS.flatMap((version) => SCENE_ACCOUNTS.map((one) => ({ version, one, name: one.name })));

describe.each(CASES)('OFX $version, $name', ({ version, one: account }) => {
  const input = of(account, version);
  const path = write('ofx', input, `${account.name}-${version}`);
  const wanted = [...input.transactionsOf(account)];

  test('is valid by the DTD', () => expect(validate(path, version)).toBe(''));

  test('our own reader reads it without loss', () => {
    const { statements, notices } = parseOfx(readFileSync(path));
    expect(notices).toEqual([]);
    expect(statements).toHaveLength(1);
    const [statement] = statements;
    expect(statement?.account).toMatchObject({ kind: account.kind, id: account.id });
    const back = (statement?.transactions ?? []).toSorted((a, b) => order(a.fitid, b.fitid));
    expect(back.map(essence)).toEqual(
      wanted
        .map((one) => ({ ...essence(one), fitid: one.fitid ?? one.id }))
        .toSorted((a, b) => order(a.fitid, b.fitid)),
    );
    expect(statement?.ledgerBalance?.amount ?? null).toBe(stateOf(account)?.ledgerBalance?.amount ?? null);
    expect(statement?.positions.map(({ units }) => units)).toEqual(
      (stateOf(account)?.holdings?.positions ?? []).map(({ units }) => units),
    );
  });

  test.runIf(hasPeer('ofxdump'))('libofx finds the same transactions and the balance', () => {
    const { status, stdout } = runPeer('ofxdump', [path]);
    expect(status).toBe(0);
    const fitids = [...stdout.matchAll(/Financial institution's ID for this transaction: (\S+)/g)].map(
      (match) => match[1],
    );
    expect(fitids.toSorted()).toEqual(wanted.map(({ fitid, id }) => fitid ?? id).toSorted());
    const ledger = stateOf(account)?.ledgerBalance;
    if (ledger != null) expect(stdout).toContain(`Ledger balance: ${ledger.amount}`);
  });
});

test('all accounts in one file', () => {
  for (const version of VERSIONS) {
    const input = scene();
    const path = write('ofx', { ...input, settings: { ...input.settings, ofxVersion: version } }, `all-${version}`);
    expect(validate(path, version)).toBe('');
    expect(parseOfx(readFileSync(path)).statements).toHaveLength(SCENE_ACCOUNTS.length);
  }
});

test.runIf(hasPeer('aqbanking-cli', ['versions']))('AqBanking takes the file in', () => {
  const [first] = SCENE_ACCOUNTS;
  if (first === undefined) throw new Error('no account');
  const path = write('ofx', of(first, '102'), 'aqbanking');
  const env = { HOME: dir, AQBANKING_LOGLEVEL: 'critical', GWEN_LOGLEVEL: 'critical' };
  const context = join(dir, 'aq.ctx');
  const options = ['-n', '-D', join(dir, 'aq')];
  runPeer(
    'aqbanking-cli',
    [...options, 'import', '--importer=ofx', '--profile=default', `--infile=${path}`, '-c', context],
    { env },
  );
  const { stdout } = runPeer('aqbanking-cli', [...options, 'listtrans', '-c', context, '--template=$(fiId)|$(value)'], {
    env,
  });
  const fitids = [...stdout.matchAll(/(F\d+|id-\d+)\|/g)].map((match) => match[1]);
  expect(fitids.toSorted()).toEqual(
    [...of(first, '102').transactionsOf(first)].map(({ fitid, id }) => fitid ?? id).toSorted(),
  );
});

describe.runIf(hasPeer('skroogeconvert'))('Skrooge', () => {
  const convert = (path: string) => {
    const out = `${path}.csv`;
    const { status, stderr } = runPeer('skroogeconvert', ['--in', path, '--out', out], {
      env: { QT_QPA_PLATFORM: 'offscreen', XDG_RUNTIME_DIR: dir, HOME: dir },
    });
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' });
    return readFileSync(out, 'utf8');
  };
  const [checking] = SCENE_ACCOUNTS;
  if (checking === undefined) throw new Error('no account');

  test('reads the correct dates and amounts from OFX', () => {
    const text = convert(write('ofx', of(checking, '203'), 'skrooge'));
    expect(rowsOf(text)).toEqual(expect.arrayContaining(wantedRows(checking)));
    // It computes an opening that leads to the institution's balance.
    expect(rowsOf(text)).toContain('0000-00-00 4311.50');
  });

  test('reads the correct dates and amounts from QIF', () => {
    const text = convert(write('qif', of(checking, '203'), 'skrooge'));
    expect(rowsOf(text)).toEqual(expect.arrayContaining(wantedRows(checking)));
  });
});

function wantedRows(account: Account): string[] {
  return [...scene().transactionsOf(account)].map(({ postedOn, amount }) => `${postedOn} ${Number(amount).toFixed(2)}`);
}

/** `date amount` of each line, by the names of the columns. */
function rowsOf(text: string): string[] {
  const [head = [], ...rows] = readCsv(text.replace(/\r?\n/g, '\r\n'), ';');
  const at = (row: string[], column: string) => row[head.indexOf(column)] ?? '';
  return rows.map((row) => `${at(row, 'date')} ${Number(at(row, 'amount')).toFixed(2)}`);
}

function stateOf(account: Account) {
  return scene().states.find((one) => one.institution === account.institution && one.account === account.name);
}

function essence({
  fitid,
  postedOn,
  amount,
  currency,
  checkNumber,
  investment,
}: Pick<StoredTransaction, 'fitid' | 'postedOn' | 'amount' | 'currency' | 'checkNumber' | 'investment'>) {
  return {
    fitid,
    postedOn,
    amount: String(Number(amount)),
    currency,
    checkNumber,
    action: investment?.action ?? null,
    units: investment?.units ?? null,
  };
}

function order(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

describe('any text', () => {
  const transactions = nastyTransactions();
  const states = [state(account(), { ledgerBalance: { amount: decimal('1.00'), currency: 'USD', asOf: null } })];

  test.each(VERSIONS)('OFX %s is valid by the DTD', (version) => {
    const path = write(
      'ofx',
      exportInput(transactions, { settings: { ofxVersion: version }, states }),
      `nasty-${version}`,
    );
    expect(validate(path, version)).toBe('');
  });
});
