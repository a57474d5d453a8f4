/** What accounts.yaml says of handing on: names in journals, rules, CSV layouts of one's own, exporters of one's own, onSync. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG } from '../support/statement-file.js';

const MORE = `accountMap: { nodc/joint: "Assets:Bank:My Joint" }
rules:
  - match: { payee: /^green\\s+grocer/ }
    set: { payee: Green Grocer, category: Food:Groceries, tags: [weekly] }
  - { match: { amount: "> 1000" }, set: { category: Income:Salary } }
csvLayouts:
  bookkeeping:
    separator: ";"
    decimal: ","
    date: DD.MM.YYYY
    columns: [{ header: Datum, field: date }, { header: Betrag, field: amount }, { header: Konto, constant: "1200" }, { header: Text, field: payee }]
`;

let cwd = '';
const run = (...argv: string[]): Promise<Run> => runCli(argv, { cwd });

beforeEach(async () => {
  cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), FILES_CONFIG + MORE);
  const statement = bankFile([
    { fitid: 'A1', amount: '-10.00', on: '20261102', name: 'GREEN  GROCER 12' },
    { fitid: 'A2', amount: '2000.00', on: '20261103', name: 'ACME PAYROLL' },
    { fitid: 'A3', amount: '-5.00', on: '20261104', name: 'CAFE' },
  ]);
  writeFileSync(join(cwd, 'statement.qfx'), statement);
  expect((await run('import', 'statement.qfx', '-q')).code).toBe(0);
});

test('journals have the names and categories', async () => {
  const { stdout } = await run('export', '--format', 'hledger', '--no-openings', '--no-assertions');
  expect(stdout).toContain('2026-11-02 * Green Grocer\n    ; memo: GREEN GROCER 12\n');
  expect(stdout).toContain('    Assets:Bank:My Joint  -10.00 USD\n    Expenses:Food:Groceries  10.00 USD\n');
  expect(stdout).toContain('    Income:Salary  -2000.00 USD\n');
  expect(stdout).toContain('    Expenses:Unknown  5.00 USD\n');
  expect(stdout).not.toContain('Opening');
});

test('a layout of the person’s own', async () => {
  const { stdout } = await run('export', '--format', 'bookkeeping');
  expect(stdout).toBe(
    'Datum;Betrag;Konto;Text\r\n02.11.2026;-10,00;1200;Green Grocer\r\n03.11.2026;2000,00;1200;ACME PAYROLL\r\n04.11.2026;-5,00;1200;CAFE\r\n',
  );
});

describe('rules test', () => {
  test('shows what fits', async () => {
    const { stdout, stderr } = await run('rules', 'test');
    expect(stdout).toContain('rule 1: Green Grocer · Food:Groceries · #weekly');
    expect(stdout).not.toContain('CAFE');
    expect(stderr).toBe('2 of 3 transactions match a rule (2 rules)\n');
  });

  test('and what fits none', async () => {
    expect((await run('rules', 'test', '--unmatched')).stdout).toContain('CAFE');
    const { found } = JSON.parse((await run('rules', 'test', '--json')).stdout) as { found: { rules: number[] }[] };
    expect(found.map(({ rules }) => rules)).toEqual([[1], [2]]);
  });

  test('a slip', async () => expect((await run('rules', 'tets')).code).toBe(2));
});

describe('a format of one’s own', () => {
  const OWN = `export const exporter = { format: 'own', title: 'mine', extension: 'txt',
    *render({ transactions, classify }) { for (const one of transactions) yield one.amount + ' ' + (classify(one).category ?? '-') + '\\n'; } };`;

  test('is loaded from a file', async () => {
    writeFileSync(join(cwd, 'own.mjs'), OWN);
    expect((await run('export', '--format', './own.mjs')).stdout).toBe(
      '-10.00 Food:Groceries\n2000.00 Income:Salary\n-5.00 -\n',
    );
  });

  test.each([
    ['has no exporter', 'export const x = 1;', 'does not export an exporter'],
    ['cannot be loaded', 'export const = 1;', 'cannot be loaded'],
    ['fails', OWN.replace('yield', "throw new Error('boom'); yield"), './bad.mjs failed: boom'],
    ['gives no text', OWN.replace('yield', 'yield 5; yield'), 'render gave number instead of text'],
    ['gives nothing to go through', OWN.replace(/\*render[\s\S]*/, 'render: () => null };'), './bad.mjs failed: '],
  ])('that %s says so', async (_, text, message) => {
    writeFileSync(join(cwd, 'bad.mjs'), text);
    const { code, stderr } = await run('export', '--format', './bad.mjs');
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });
});

describe('onSync', () => {
  const sync = async (onSync: string, ...argv: string[]) => {
    writeFileSync(join(cwd, 'accounts.yaml'), `${FILES_CONFIG}onSync:\n${onSync}`);
    const { mkdirSync } = await import('node:fs');
    mkdirSync(join(cwd, 'downloads'), { recursive: true });
    writeFileSync(join(cwd, 'downloads', 'a.qfx'), readFileSync(join(cwd, 'statement.qfx')));
    return run('sync', '-q', ...argv);
  };

  test('has the result on standard input and in the environment, in the folder of the file', async () => {
    const { code, stderr } = await sync(
      '  - { command: [sh, -c, "cat > result.json; echo new $OFX_SYNC_NEW of $OFX_SYNC_OK"] }\n',
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'new 0 of 1\n' });
    expect(JSON.parse(readFileSync(join(cwd, 'result.json'), 'utf8'))).toMatchObject({ version: 1, totals: { ok: 1 } });
  });

  test('a failure is told, counts in the exit status, and does not keep the next from running', async () => {
    const { code, stderr } = await sync('  - { command: [sh, -c, "exit 3"] }\n  - { command: [touch, done] }\n');
    expect(code).toBe(1);
    expect(stderr).toBe('onSync: sh -c exit 3 failed with exit status 3\n');
    expect(existsSync(join(cwd, 'done'))).toBe(true);
  });

  test.each([
    ['{ command: [nothing-of-this-name] }', 'cannot be run'],
    ['{ command: [sleep, "60"], timeout: 200ms }', 'did not end within 0.2 s and was stopped'],
    ['{ command: [sh, -c, "sleep 60 & wait"], timeout: 200ms }', 'did not end within 0.2 s and was stopped'],
  ])('%s', async (entry, message) => {
    const { code, stderr } = await sync(`  - ${entry}\n`);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test('what a stopped command has started is stopped with it', async () => {
    const started = 'echo $$ > pid; sleep 60 & echo $! > child; wait';
    const { stderr } = await sync(`  - { command: [sh, -c, "${started}"], timeout: 500ms }\n`);
    expect(stderr).toContain('was stopped');
    const child = Number(readFileSync(join(cwd, 'child'), 'utf8'));
    const state = () =>
      existsSync(`/proc/${child}/stat`) ? readFileSync(`/proc/${child}/stat`, 'utf8').split(' ')[2] : 'X';
    // Ended, or a zombie that nobody has waited for.
    await vi.waitFor(() => expect(state()).toMatch(/^[XZ]$/), 5000);
  });

  test('commands of ofx-sync find the data of this one', async () => {
    const { code, stderr } = await sync(
      '  - { command: [sh, -c, "echo $OFX_SYNC_DATA"] }\n',
      '--data',
      join(cwd, 'elsewhere'),
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: `${join(cwd, 'elsewhere')}\n` });
  });

  test('a command that reads nothing of a long result is no failure', async () => {
    expect((await sync('  - { command: ["true"] }\n')).code).toBe(0);
  });
});
