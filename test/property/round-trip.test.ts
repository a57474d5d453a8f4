/**
 * Transactions with nasty text through each text format and back, without loss of what the format can hold; what it cannot is
 * in docs/export.md ("What a format cannot hold") and said once more here. OFX_SYNC_RUNS: how many (`.ci/run` takes 100,000).
 */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { exporters, OpeningTally } from '../../src/exporters/index.js';
import { memoOf, payeeOf } from '../../src/model/payee.js';
import { parseOfx } from '../../src/ofx/read.js';
import type { StoredTransaction } from '../../src/ports.js';
import { readCsv } from '../support/csv-reader.js';
import { exportInput, rendered } from '../support/export-input.js';
import { nastyTransactions, pieces, TIMEOUT_MS } from '../support/nasty-text.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { scratchDir } from '../support/scratch.js';

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

const dir = scratchDir();
const PARTS = pieces(nastyTransactions());
const UNRULED = { payee: null, category: null, tags: [] };
const payee = (of: StoredTransaction) => payeeOf(of, UNRULED);
const memo = (of: StoredTransaction) => memoOf(of, UNRULED);

/** Each part through a format and back, as lines to compare. */
function eachPart(
  back: (part: readonly StoredTransaction[]) => unknown[],
  wanted: (of: StoredTransaction) => unknown,
): void {
  for (const part of PARTS) {
    const [read, due] = [back(part), part.map(wanted)];
    expect(read).toHaveLength(due.length);
    // One by one, since a list of thousands makes no message that a person reads.
    for (const [index, one] of due.entries()) expect(read[index]).toEqual(one);
  }
}

test('JSON and JSON Lines hold everything', () => {
  eachPart(
    (part) =>
      (JSON.parse(rendered(exporters.json.render(exportInput(part)))) as { transactions: unknown[] }).transactions,
    (one) => one,
  );
  eachPart(
    (part) => lines(rendered(exporters.ndjson.render(exportInput(part)))).map((line) => JSON.parse(line) as unknown),
    (one) => one,
  );
});

test('our own CSV holds every text', () => {
  const columns = ['fitid', 'postedOn', 'amount', 'name', 'memo', 'checkNumber', 'refNumber'] as const;
  eachPart(
    (part) => columnsOf(rendered(exporters.csv.render(exportInput(part))), columns),
    (one) => columns.map((column) => one[column] ?? ''),
  );
});

test.each([
  ['ynab', ['Date', 'Payee', 'Memo', 'Outflow', 'Inflow'], spentAndEarned],
  ['actual', ['Date', 'Payee', 'Notes', 'Amount'], (one: StoredTransaction) => [one.amount]],
  ['monarch', ['Date', 'Merchant', 'Notes', 'Amount'], (one: StoredTransaction) => [one.amount]],
  ['lunchmoney', ['Date', 'Payee', 'Notes', 'Amount'], (one: StoredTransaction) => [one.amount]],
  ['firefly', ['date_transaction', 'description', 'note', 'amount'], (one: StoredTransaction) => [one.amount]],
  ['gnucash', ['Date', 'Description', 'Notes', 'Amount'], (one: StoredTransaction) => [one.amount]],
] as const)('the layout %s holds payees and memos on one line', (format, columns, amounts) => {
  eachPart(
    (part) => columnsOf(rendered(exporters[format].render(exportInput(part))), columns),
    (one) => [one.postedOn, oneLine(payee(one)), oneLine(memo(one)), ...amounts(one)],
  );
});

test('QIF holds payees and memos on one line', () => {
  const record = (text: string) => {
    const field = (code: string) =>
      text
        .split('\n')
        .find((line) => line.startsWith(code))
        ?.slice(1) ?? '';
    return [field('D'), plainAmount(field('T')), field('N'), field('P'), field('M')];
  };
  eachPart(
    (part) => {
      const text = rendered(exporters.qif.render(exportInput(part)));
      expect(text.startsWith('!Type:Bank\n')).toBe(true);
      return text.slice('!Type:Bank\n'.length).split('\n^\n').slice(0, -1).map(record);
    },
    (one) => [one.postedOn, plainAmount(one.amount), ...[one.checkNumber ?? '', payee(one), memo(one)].map(inQif)],
  );
});

test.each(['203', '102'] as const)('OFX %s holds names, memos and numbers within their lengths', (ofxVersion) => {
  eachPart(
    (part) => {
      const { statements, notices } = parseOfx(
        Buffer.from(rendered(exporters.ofx.render(exportInput(part, { settings: { ofxVersion } })))),
      );
      expect(notices).toEqual([]);
      return (statements[0]?.transactions ?? []).map((one) => [
        ...[one.fitid, one.postedOn, plainAmount(one.amount), one.name ?? '', one.memo ?? ''],
        ...[one.checkNumber ?? '', one.refNumber ?? ''],
      ]);
    },
    (one) => {
      const [name, rest] = [inOfx(one.name ?? ''), inOfx(one.memo ?? '')];
      const memo = [...new Set([[...name].length > 32 ? name : '', rest])].filter((text) => text !== '').join(' ');
      const [check, ref] = [first(one.checkNumber ?? '', 12), first(one.refNumber ?? '', 32)].map(inOfx);
      return [
        ...[one.fitid, one.postedOn, plainAmount(one.amount)],
        ...[first(name, 32), first(memo, 255), check ?? '', ref ?? ''].map(visibleEnds),
      ];
    },
  );
});

test.runIf(hasPeer('hledger'))('hledger reads payees, check numbers and memos', () => {
  eachPart(
    (part) => {
      const { stdout } = runPeer('hledger', ['-f', journal('hledger', part), 'print', '-O', 'csv', 'River:Checking']);
      const columns = ['date', 'code', 'description', 'comment', 'account', 'amount'] as const;
      return columnsOf(stdout.replace(/\r?\n/g, '\r\n'), columns).flatMap(
        ([date, code, text, comment = '', account, amount]) =>
          account === 'Assets:River:Checking'
            ? [[date, code, text, /^memo: (.*?)\r?$/m.exec(comment)?.[1] ?? '', plainAmount(amount ?? '')]]
            : [],
      );
    },
    (one) => [one.postedOn, inCode(one), inPayee(one), inMemo(one), plainAmount(one.amount)],
  );
});

test.runIf(hasPeer('ledger'))('ledger reads payees, check numbers and memos', () => {
  const fields = ["format_date(date, '%Y-%m-%d')", 'code', 'payee', "tag('memo')", 'quantity(amount)'];
  const format = `${fields.map((field) => `%(${field})`).join('\u0001')}\n`;
  eachPart(
    (part) => {
      const path = journal('ledger', part);
      const { stdout } = runPeer('ledger', ['-f', path, 'register', '--empty', 'River:Checking', '--format', format]);
      return lines(stdout).map((line) => {
        const [date, code, text, memo, amount = ''] = line.split('\u0001');
        return [date, code, text, memo, plainAmount(amount.trim())];
      });
    },
    (one) => [one.postedOn, inCode(one), inPayee(one), inMemo(one), plainAmount(one.amount)],
  );
});

const BEANCOUNT = `import sys, json
from beancount import loader
from beancount.core.data import Transaction
entries, errors, _ = loader.load_file(sys.argv[1])
assert not errors, errors[:3]
rows = [(int(t.meta["fitid"][1:]), [str(t.date), t.meta.get("check", ""), t.payee, t.narration, str(t.postings[0].units.number)])
  for t in entries if isinstance(t, Transaction)]
print(json.dumps([row for _, row in sorted(rows, key=lambda row: row[0])]))`;

test.runIf(hasPeer('bean-check'))('beancount reads payees, check numbers and memos', () => {
  eachPart(
    (part) => {
      const { stdout, stderr } = runPeer('/usr/bin/python3', ['-c', BEANCOUNT, journal('beancount', part)]);
      expect(stderr).toBe('');
      return (JSON.parse(stdout) as string[][]).map((row) => [...row.slice(0, 4), plainAmount(row[4] ?? '')]);
    },
    (one) => [
      one.postedOn,
      ...[one.checkNumber ?? '', payee(one), memo(one)].map(inBeancount),
      plainAmount(one.amount),
    ],
  );
});

function journal(format: 'hledger' | 'ledger' | 'beancount', part: readonly StoredTransaction[]): string {
  const input = exportInput(part);
  const tally = new OpeningTally(input);
  for (const transaction of part) tally.add(transaction);
  const path = join(dir, `journal.${format}`);
  writeFileSync(path, rendered(exporters[format].render({ ...input, openings: tally.openings() })));
  return path;
}

function lines(text: string): string[] {
  return text.split('\n').slice(0, -1);
}

function columnsOf(text: string, columns: readonly string[]): string[][] {
  const [head = [], ...rows] = readCsv(text);
  const places = columns.map((column) => head.indexOf(column));
  return rows.map((row) => places.map((place) => row[place] ?? '?'));
}

function spentAndEarned({ amount }: StoredTransaction): string[] {
  return amount.startsWith('-') ? [amount.slice(1), ''] : ['', amount];
}

/** `1.50` and `1.5` are one amount. */
function plainAmount(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  const rest = fraction.replace(/0+$/, '');
  return rest === '' ? whole : `${whole}.${rest}`;
}

function first(text: string, characters: number): string {
  return [...text].slice(0, characters).join('').trim();
}

/** The losses that docs/export.md states. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ').trim();
}

const halves = (text: string) => text.replace(/\p{Surrogate}/gu, '\ufffd');
const inQif = (text: string) => oneLine(halves(text));
const oneBlank = (text: string) => text.replace(/\s+/g, ' ').trim();

function inOfx(text: string): string {
  return oneBlank(
    text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ').replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd'),
  );
}

/** Our reader takes nothing invisible at the ends of a value. */
function visibleEnds(text: string): string {
  return text.replace(
    /^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064]+|[\s\u200b-\u200f\u202a-\u202e\u2060-\u2064]+$/g,
    '',
  );
}

const inPayee = (of: StoredTransaction) =>
  halves(oneBlank(oneLine(payee(of)).replaceAll(';', ',').replaceAll('|', '/'))) || '?';

const inMemo = (of: StoredTransaction) =>
  halves(oneBlank(oneLine(memo(of)).replaceAll(',', ' ').replaceAll('[', '(').replaceAll(']', ')')));

const inCode = ({ checkNumber }: StoredTransaction) => halves(oneLine(checkNumber ?? '').replace(/[();]/g, ''));

function inBeancount(text: string): string {
  const plain = halves(text.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' '));
  return plain.split('\n').length > 60 ? plain.replaceAll('\n', ' ') : plain;
}
