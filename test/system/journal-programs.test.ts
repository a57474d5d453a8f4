/** Journals in the programs that they are for: accepted, with the balances of the institution, and refused when one is a cent off. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exporters, OpeningTally } from '../../src/exporters/index.js';
import { payeeOf } from '../../src/exporters/wording.js';
import type { ExportInput } from '../../src/ports.js';
import { exportInput, rendered, stored } from '../support/export-input.js';
import { scene } from '../support/journal-scene.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { scratchDir } from '../support/scratch.js';

const dir = scratchDir();
const COUNT = Number(process.env['OFX_SYNC_TEXTS'] ?? 300);

const JOURNALS = {
  hledger: { program: 'hledger', check: (path: string) => ['-f', path, 'check', '--strict'] },
  ledger: { program: 'ledger', check: (path: string) => ['-f', path, '--pedantic', 'balance'] },
  beancount: { program: 'bean-check', check: (path: string) => ['-C', path] },
} as const;
type Format = keyof typeof JOURNALS;
const FORMATS = Object.entries(JOURNALS)
  .filter(([, { program }]) => hasPeer(program))
  .map(([format]) => format as Format);

function journal(format: Format, input: ExportInput, name = 'journal'): string {
  const tally = new OpeningTally(input);
  for (const transaction of input.transactions) tally.take(transaction);
  const path = join(dir, `${name}.${format}`);
  writeFileSync(path, rendered(exporters[format].render({ ...input, openings: tally.openings() })));
  return path;
}

function check(format: Format, path: string) {
  return runPeer(JOURNALS[format].program, JOURNALS[format].check(path));
}

describe.each(FORMATS)('%s', (format) => {
  test('accepts all that the scene has', () => {
    const { status, stderr } = check(format, journal(format, scene()));
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  test.each([
    ['checking', '4737.66', '4737.67'],
    ['card', '-33.00', '-33.01'],
    ['cash of the broker', '1000.00', '999.99'],
    ['units of a security', '103.333', '103.334'],
  ])('refuses a balance of %s that is wrong in its last digit', (_, right, wrong) => {
    const path = journal(format, scene(), 'wrong');
    const lines = readFileSync(path, 'utf8').split('\n');
    const at = lines.findIndex((line) => /(?: = | balance )/.test(line) && line.includes(right));
    expect(at).toBeGreaterThan(0);
    lines[at] = lines[at]?.replace(right, wrong) ?? '';
    writeFileSync(path, lines.join('\n'));
    expect(check(format, path).status).not.toBe(0);
  });

  test('a transaction that is missing is noticed', () => {
    const path = journal(format, scene(), 'missing');
    const text = readFileSync(path, 'utf8');
    const paragraphs = text.split('\n\n');
    const without = paragraphs.filter((paragraph) => !/F21\b/.test(paragraph));
    expect(without.length).toBe(paragraphs.length - 1);
    writeFileSync(path, without.join('\n\n'));
    expect(check(format, path).status).not.toBe(0);
  });
});

test.runIf(FORMATS.includes('hledger'))('hledger has the balances of the institution', () => {
  const { stdout } = runPeer('hledger', ['-f', journal('hledger', scene()), 'balance', '-N', '--flat', '-O', 'csv']);
  for (const line of [
    '"Assets:Bank:Checking","4737.66 USD"',
    '"Assets:River:Savings","300.00 USD"',
    '"Liabilities:River:Card","-33.00 USD"',
    '"Assets:Harbor:Ira:Cash","1000.00 USD"',
    '"Assets:Harbor:Ira:ACME","16.0 ACME"',
  ])
    expect(stdout.split('\n')).toContain(line);
});

const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({
    unit: fc.constantFrom(
      ';',
      '|',
      '(',
      ')',
      '[',
      ']',
      '2026-13-45',
      '"',
      '\\',
      '\n',
      '\t',
      '\r',
      ',',
      ':',
      ' ',
      '=',
      '*',
      '!',
      '@',
      '{',
      '}',
      '#',
      '^',
      'é',
      '中',
      '😀',
      '\u2028',
      '\u0085',
      '\u00a0',
      '%',
      '~',
      '<',
      '&',
    ),
    maxLength: 25,
  }),
  fc.constantFrom(
    'date: foo',
    'date2:x',
    'Payee: evil',
    'foo:: bar(',
    'value:: 5',
    'memo: x, date: foo',
    '(x) y',
    '(x',
    ')',
    '=1+1',
    '* x',
    '! x',
    'end\\',
    '"',
    '',
    ' ',
    '\u0000',
    'a  ; b',
    ':a:b:',
    '2026-01-01',
    'include x',
  ),
);

/** Text that goes into every field that takes text. */
function nastyInput(): { input: ExportInput; texts: readonly (readonly [string, string])[] } {
  const texts = fc.sample(fc.tuple(nasty, nasty), { numRuns: COUNT, seed: 20_261_121 });
  const transactions = texts.map(([name, memo], index) =>
    stored({ id: `id-${index}`, fitid: `F${index}`, name, memo, checkNumber: index % 3 === 0 ? memo : null }),
  );
  const input = exportInput(transactions, {
    classify: ({ name, memo }) => ({ payee: null, category: memo, tags: [name ?? ''] }),
  });
  return { input, texts };
}

describe('any text', () => {
  const { input } = nastyInput();
  const sample = [...input.transactions];

  test.each(FORMATS)('%s takes it in every field, and each transaction is there once', (format) => {
    const path = journal(format, input, 'nasty');
    const { status, stderr } = check(format, path);
    expect({ status, stderr: stderr.slice(0, 500) }).toEqual({ status: 0, stderr: '' });
    expect(fitidsIn(format, path)).toEqual(sample.map(({ fitid }) => fitid));
  });

  test.runIf(FORMATS.includes('beancount'))('beancount gives payees and memos back as they were', () => {
    const python =
      'import sys,json\nfrom beancount import loader\nfrom beancount.core.data import Transaction\ne,_,_=loader.load_file(sys.argv[1])\nprint(json.dumps([[t.meta["fitid"],t.payee,t.narration] for t in e if isinstance(t,Transaction)]))';
    const { stdout } = runPeer('/usr/bin/python3', ['-c', python, journal('beancount', input, 'back')]);
    const back = new Map(
      (JSON.parse(stdout) as [string, string, string][]).map(([fitid, payee]) => [fitid, payee] as const),
    );
    for (const transaction of sample) {
      const wanted = payeeOf(transaction, { payee: null, category: null, tags: [] });
      expect(back.get(transaction.fitid ?? '')).toBe(inBeancount(wanted));
    }
  });

  test.runIf(FORMATS.includes('hledger'))('hledger gives payees back, but for line ends, semicolons and bars', () => {
    const { stdout } = runPeer('hledger', ['-f', journal('hledger', input, 'back'), 'print', '-O', 'json']);
    const back = (JSON.parse(stdout) as { tdescription: string }[]).map(({ tdescription }) => tdescription);
    expect(back).toEqual(
      sample.map((transaction) => inHledger(payeeOf(transaction, { payee: null, category: null, tags: [] }))),
    );
  });
});

/** What the README says is not kept. */
function inBeancount(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ' ')
    .replace(/\p{Surrogate}/gu, '\ufffd');
}

function inHledger(text: string): string {
  return (
    text
      .replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, ' ')
      .replaceAll(';', ',')
      .replaceAll('|', '/')
      .replace(/\p{Surrogate}/gu, '\ufffd')
      .replace(/\s+/g, ' ')
      .trim() || '?'
  );
}

function fitidsIn(format: Format, path: string): string[] {
  if (format === 'beancount') {
    const { stdout } = runPeer('bean-query', [
      '-f',
      'csv',
      path,
      "select any_meta('fitid') as fitid where account ~ 'River:Checking'",
    ]);
    return sorted(stdout.trim().split('\n').slice(1));
  }
  const { stdout } =
    format === 'hledger'
      ? runPeer('hledger', ['-f', path, 'tags', 'fitid', '--values'])
      : runPeer('ledger', ['-f', path, 'register', 'River:Checking', '--format', "%(tag('fitid'))\n"]);
  return sorted(stdout.trim().split('\n'));
}

function sorted(fitids: readonly string[]): string[] {
  return fitids.map((fitid) => fitid.trim()).toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}
