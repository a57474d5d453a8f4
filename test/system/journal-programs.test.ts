/** Journals in the programs that they are for: accepted, with the balances of the institution, and refused when one is a cent off. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { exporters, OpeningTally } from '../../src/exporters/index.js';
import type { ExportInput } from '../../src/ports.js';
import { exportInput, rendered } from '../support/export-input.js';
import { scene } from '../support/journal-scene.js';
import { nastyTransactions, pieces, TIMEOUT_MS } from '../support/nasty-text.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { scratchDir } from '../support/scratch.js';

vi.setConfig({ testTimeout: TIMEOUT_MS });

const dir = scratchDir();

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
  for (const transaction of input.transactions) tally.add(transaction);
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

describe('any text, in every field that takes text', () => {
  // The programs take their time over thousands of accounts and tags.
  const parts = pieces(nastyTransactions(), 5000);

  test.each(FORMATS)('%s takes it, and each transaction is there once', (format) => {
    for (const part of parts) {
      const input = exportInput(part, {
        classify: ({ name, memo }) => ({ payee: null, category: memo, tags: [name ?? ''] }),
      });
      const path = journal(format, input, 'nasty');
      const { status, stderr } = check(format, path);
      expect({ status, stderr: stderr.slice(0, 500) }).toEqual({ status: 0, stderr: '' });
      expect(fitidsIn(format, path)).toEqual(part.map(({ fitid }) => fitid));
    }
  });
});

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
      : runPeer('ledger', ['-f', path, 'register', '--empty', 'River:Checking', '--format', "%(tag('fitid'))\n"]);
  return sorted(stdout.trim().split('\n'));
}

function sorted(fitids: readonly string[]): string[] {
  return fitids.map((fitid) => fitid.trim()).toSorted((a, b) => Number(a.slice(1)) - Number(b.slice(1)));
}
