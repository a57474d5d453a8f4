/**
 * Real statement files against a table of what they hold. OFX_SYNC_CORPUS names a folder with `truth.tsv` and `files/`, which
 * are not part of this repository. Every difference from the table is either explained below or a failure.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OfxError } from '../../src/errors.js';
import { add } from '../../src/model/money.js';
import type { Statement, Transaction } from '../../src/model/statement.js';
import { parseAmount } from '../../src/ofx/amount.js';
import type { OfxFile } from '../../src/ofx/file.js';
import { ofxTrees, parseOfx } from '../../src/ofx/read.js';
import { decode, wholeText } from '../../src/ofx/text/charset.js';
import { EXPLAINED } from './explained.js';

const folder = process.env['OFX_SYNC_CORPUS'] ?? '';
const isThere = folder !== '' && existsSync(join(folder, 'truth.tsv'));

type Row = Readonly<Record<string, string>>;

function rows(): readonly Row[] {
  const [head = '', ...lines] = readFileSync(join(folder, 'truth.tsv'), 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, index) => [names[index] ?? '', value])));
}

/** Field by field what the table says and what was read, where they differ. */
function differences(row: Row, bytes: Uint8Array): Readonly<Record<string, string>> {
  let file: OfxFile;
  try {
    file = parseOfx(bytes);
  } catch (error) {
    if (error instanceof OfxError && error.hint !== null) return { readable: error.message };
    throw error;
  }
  const compared = [...fromTable(row, file, bytes), ...fromText(file, bytes)];
  return Object.fromEntries(
    compared.filter(([, truth, read]) => truth !== read).map(([field, truth, read]) => [field, `${truth} ≠ ${read}`]),
  );
}

type Compared = readonly [field: string, truth: string, read: string];

function fromTable(row: Row, { header, statements }: OfxFile, bytes: Uint8Array): Compared[] {
  const transactions = statements.flatMap((statement) => statement.transactions);
  const bank = transactions.filter(isBank).length;
  const oddities = row['oddities'] ?? '';
  const balances = (row['ledger_balances'] ?? '').split('|').filter((text) => text !== '');
  const accounts = statements.flatMap(({ account }) => account ?? []);
  const sets = ofxTrees(bytes).flatMap((tree) => (typeof tree === 'string' ? [] : Object.keys(tree)));
  const messages = [...new Set(sets.filter((name) => /MSGSRSV/.test(name)))].toSorted();
  return [
    ['version', row['version'] ?? '', header.ofxVersion ?? ''],
    ['messages', row['messages'] ?? '', messages.join(',')],
    ['stmttrn', row['stmttrn'] ?? '', String(bank)],
    ['invtran', row['invtran'] ?? '', String(transactions.length - bank)],
    ['statements', row['statements'] ?? '', String(statements.filter(hasContent).length)],
    ['accounts', row['accounts'] ?? '', String(accounts.length)],
    ['account_ids', row['account_ids'] ?? '', accounts.map(({ id }) => id).join('|')],
    [
      'ledger_balances',
      balances.map((text) => parseAmount(text) ?? text).join('|'),
      statements.flatMap(({ ledgerBalance }) => ledgerBalance?.amount ?? []).join('|'),
    ],
    ['non-ascii', String(/non-ascii/.test(oddities)), String(header.charset !== 'us-ascii')],
    ['utf-8 under another label', String(/UTF-8-labelled/.test(oddities)), String(isMislabelled(header))],
  ];
}

/** What can be counted in the text itself without parsing it. */
function fromText({ statements, notices }: OfxFile, bytes: Uint8Array): Compared[] {
  const text = wholeText(decode(bytes)).replace(/<!--[\s\S]*?-->/g, '');
  const written = [...text.matchAll(/<STMTTRN>/gi)].length;
  const all = [...notices, ...statements.flatMap((statement) => statement.notices)];
  const left = all
    .filter(({ code }) => /-transaction$/.test(code))
    .reduce((total, { count }) => total + (count ?? 1), 0);
  const transactions = statements.flatMap((statement) => statement.transactions);
  const bank = transactions.filter(isBank);
  const compared: Compared[] = [['transactions or notices', String(written), String(bank.length + left)]];
  const amounts = [...text.matchAll(/<TRNAMT>\s*([^<\r\n]*)/gi)].map(([, amount = '']) => amount.trim());
  // Transfers have a TRNAMT too, and what was left out has none to add.
  if (left > 0 || amounts.length !== written) return compared;
  return [...compared, ['sum', lexicalSum(amounts), total(bank)]];
}

function total(transactions: readonly Transaction[]): string {
  return String(
    Number(transactions.map(({ amount }) => amount).reduce((a, b) => add(a, b), parseAmount('0') ?? fail())),
  );
}

/** In millionths, so that a double holds it. */
function lexicalSum(amounts: readonly string[]): string {
  const units = amounts.map((text) =>
    Math.round(
      Number(
        text
          .replace(/^(?:\+|R\$ )/, '')
          .replace(/\.(?=.*,)/g, '')
          .replace(',', '.'),
      ) * 1_000_000,
    ),
  );
  return String(units.reduce((a, b) => a + b, 0) / 1_000_000);
}

function isBank({ investment }: Transaction): boolean {
  return investment === null || investment.action === 'INVBANKTRAN';
}

function hasContent({ account, transactions, ledgerBalance, notices }: Statement): boolean {
  return account !== null || transactions.length > 0 || ledgerBalance !== null || notices.length > 0;
}

function isMislabelled({ charset, declaredCharset }: OfxFile['header']): boolean {
  return charset === 'utf-8' && /1252|8859/.test(declaredCharset ?? '');
}

function fail(): never {
  throw new Error('zero is an amount');
}

describe.skipIf(!isThere)('corpus of real files (needs OFX_SYNC_CORPUS, a folder with truth.tsv and files/)', () => {
  const table = isThere ? rows() : [];

  test('the table names files', () => {
    expect(table.length).toBeGreaterThan(300);
  });

  test.each(table.map((row) => [row['file'] ?? '', row] as const))('%s', (name, row) => {
    const found = differences(row, readFileSync(join(folder, 'files', name)));
    expect(Object.keys(found).toSorted(), JSON.stringify(found)).toEqual((EXPLAINED[name]?.fields ?? []).toSorted());
  });

  test('nothing is explained that is no difference', () => {
    const names = new Set(table.map((row) => row['file']));
    expect(Object.keys(EXPLAINED).filter((name) => !names.has(name))).toEqual([]);
  });
});
