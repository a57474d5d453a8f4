/** Declarations in journals: once, whatever the output; none where the person's own journal has them; dated by the first day. */

import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG, type FileOptions, type FileTransaction } from '../support/statement-file.js';

let cwd = '';
const run = (...argv: string[]): Promise<Run> => runCli(['export', ...argv], { cwd });
const read = (name: string) => readFileSync(join(cwd, name), 'utf8');

async function importStatement(transactions: readonly FileTransaction[], options: FileOptions): Promise<void> {
  writeFileSync(join(cwd, 'statement.qfx'), bankFile(transactions, options));
  const { code, stderr } = await runCli(['import', 'statement.qfx', '-q'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

const importFirst = () =>
  importStatement([{ fitid: 'A1', amount: '-10.00', on: '20261102', name: 'GROCER' }], {
    from: '20261101',
    to: '20261105',
    balance: '85.00',
  });
const importSecond = () =>
  importStatement([{ fitid: 'B1', amount: '-1.00', on: '20261112', name: 'CAFE' }], {
    from: '20261106',
    to: '20261115',
    balance: '84.00',
  });

function configure(more: string): void {
  writeFileSync(join(cwd, 'accounts.yaml'), `${FILES_CONFIG}\n${more}`);
}

beforeEach(async () => {
  cwd = scratchDir();
  configure('');
  await importFirst();
});

/** As `export … >> journal` does. */
async function collect(format: string): Promise<void> {
  const { code, stdout } = await run('--format', format, '--new');
  expect(code).toBe(0);
  appendFileSync(join(cwd, `j.${format}`), stdout);
}

describe.each([
  ['hledger', 'hledger', ['check', '--strict'], '-f'],
  ['ledger', 'ledger', ['--pedantic', 'balance'], '-f'],
  ['beancount', 'bean-check', [], '-C'],
] as const)('%s, collected from standard output', (format, program, args, option) => {
  test('declares each name once, also when the rules change', async () => {
    await collect(format);
    configure('rules: [{ match: { payee: /./ }, set: { category: Food } }]');
    await importSecond();
    await collect(format);
    const declarations =
      read(`j.${format}`).match(/^(?:tag|account|commodity) .*$|^\S+ (?:open|commodity) \S+/gm) ?? [];
    expect(declarations.length).toBeGreaterThan(4);
    expect(declarations.toSorted()).toEqual([...new Set(declarations)].toSorted());
    expect(declarations.join('\n')).toContain('Expenses:Food');
    if (!hasPeer(program)) return;
    expect(runPeer(program, [option, join(cwd, `j.${format}`), ...args])).toMatchObject({ status: 0, stderr: '' });
  });

  test('declares everything again after a reset', async () => {
    await collect(format);
    const before = read(`j.${format}`);
    expect((await runCli(['consumers', 'reset', format], { cwd })).code).toBe(0);
    expect((await run('--format', format, '--new')).stdout).toBe(before);
  });

  test('a dry run declares nothing', async () => {
    const { stdout } = await run('--format', format, '--new', '--dry-run');
    await collect(format);
    expect(read(`j.${format}`)).toBe(stdout);
  });
});

test('declarations: false leaves them out', async () => {
  expect((await run('--format', 'beancount')).stdout).toMatch(/ open /);
  configure('declarations: false');
  const { stdout } = await run('--format', 'beancount');
  expect(stdout).not.toMatch(/ (?:open|commodity) /);
  expect(stdout).toContain('GROCER');
});

test('accounts open on the first day', async () => {
  expect(
    (await run('--format', 'beancount')).stdout.match(/^\S+ open/gm)?.every((one) => one === '2026-11-02 open'),
  ).toBe(true);
});

test('a journal that goes on opens accounts on the first day that a statement covers', async () => {
  await run('--format', 'beancount', '--new', '--append', '--output', 'j.beancount');
  expect(
    read('j.beancount')
      .match(/^\S+ open/gm)
      ?.every((one) => one === '2026-11-01 open'),
  ).toBe(true);
});

test('an entry from before an account was opened is reported with the line to change', async () => {
  await run('--format', 'beancount', '--new', '--append', '--output', 'j.beancount');
  await importStatement([{ fitid: 'Z1', amount: '-3.00', on: '20261020', name: 'OLD' }], {
    from: '20261010',
    to: '20261031',
  });
  const { stderr } = await run('--format', 'beancount', '--new', '--append', '--output', 'j.beancount');
  const line =
    read('j.beancount')
      .split('\n')
      .findIndex((one) => / open Expenses:Unknown$/.test(one)) + 1;
  expect(stderr).toContain(
    `early 2026-10-20: Expenses:Unknown is opened on 2026-11-01 in ${join(cwd, 'j.beancount')}, line ${line}. Change this day to 2026-10-20.`,
  );
});
