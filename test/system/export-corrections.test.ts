/**
 * Amounts that the bank corrects, and transactions that it removes, after an appended journal has them: a correcting entry makes
 * up the difference, on the day from which on the bank's balances contain it.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, type FileOptions, type FileTransaction } from '../support/statement-file.js';

const CONFIG = `institutions:
  - name: nodc
    files: downloads/*.qfx
    accounts:
      - { name: joint, kind: checking, id: "5555", routing: "011000015" }
      - { name: savings, kind: savings, id: "6666", routing: "011000015" }
accountMap:
  nodc/joint: Assets:Joint
  nodc/savings: Assets:Savings
rules:
  - { match: { payee: MARKET }, set: { splits: [{ category: Home, amount: "3.00" }, { category: Gifts, amount: 50% }, { category: Food }] } }
  - { match: { payee: GROCER, amount: "< -20" }, set: { category: Feasts } }
  - { match: { payee: TO SAVINGS }, set: { category: "Assets:Savings" } }
  - { match: { payee: HOLD }, set: { ignore: true } }
`;

let cwd = '';
const JOURNAL = ['--format', 'hledger', '--new', '--append', '--output', 'j.journal'];
const run = (...argv: string[]): Promise<Run> => runCli(['export', ...argv], { cwd });
const append = () => run(...JOURNAL);
const journal = () => readFileSync(join(cwd, 'j.journal'), 'utf8');

interface Listed extends FileOptions {
  readonly savings?: boolean;
  readonly now?: string;
}

async function list(transactions: readonly FileTransaction[], { savings, now, ...options }: Listed): Promise<void> {
  const text = bankFile(transactions, { ...options, account: savings === true ? '6666' : '5555' });
  writeFileSync(join(cwd, 's.qfx'), savings === true ? text.replace('>CHECKING', '>SAVINGS') : text);
  const at = new Date(`${now ?? '2026-12-31'}T12:00:00Z`);
  const { code, stderr } = await runCli(['import', 's.qfx', '-q'], { cwd, now: () => at });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

const GROCER = { fitid: 'A1', amount: '-10.00', on: '20261102', name: 'GROCER' };
const CAFE = { fitid: 'A2', amount: '-5.00', on: '20261103', name: 'CAFE' };

interface Entry {
  readonly head: string;
  readonly memo: string | undefined;
  readonly postings: string[];
}

/** Returns the correcting entries of a journal, without the ids. */
function corrections(text = journal()): Entry[] {
  return text.split(/\n\n+/).flatMap((entry) => {
    if (!/^ +; corrects: \w+$/m.test(entry)) return [];
    return {
      head: entry.split('\n')[0] ?? '',
      memo: /; memo: (.*)/.exec(entry)?.[1],
      postings: [...entry.matchAll(/^ {4}([A-Z]\S*) {2}(\S+) USD/gm)].map(([, ...words]) => words.join(' ')),
    };
  });
}

/** Returns the fitids of the entries of a journal, and the sum of an account. */
function contents(account = 'Assets:Joint', text = journal()) {
  const amounts = [...text.matchAll(new RegExp(`^ {4}${account} {2}(\\S+) USD`, 'gm'))].map(([, one]) => Number(one));
  return {
    fitids: [...text.matchAll(/; fitid: (\w+)/g)].map(([, fitid]) => fitid).toSorted(),
    sum: amounts.reduce((a, b) => a + b, 0).toFixed(2),
  };
}

function accepted(): void {
  if (hasPeer('hledger'))
    expect(runPeer('hledger', ['-f', join(cwd, 'j.journal'), 'check', '--strict'])).toMatchObject({
      status: 0,
      stderr: '',
    });
}

beforeEach(async () => {
  cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), CONFIG);
  await list([GROCER, CAFE], { to: '20261105', balance: '85.00' });
});

test('an amount that the bank corrects', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }, CAFE], { to: '20261108', balance: '84.50' });
  const { stderr } = await append();
  expect(stderr.replace(/since \S+/, 'since DAY')).toBe(
    'nothing new, 1 corrected since DAY → j.journal\n' +
      'changed 2026-11-02 nodc/joint A1: amount -10.00 → -10.50; corrected by an entry of 2026-11-08\n',
  );
  expect(corrections()).toEqual([
    {
      head: '2026-11-08 * GROCER',
      memo: 'Corrects 2026-11-02 from -10.00 to -10.50 USD',
      postings: ['Assets:Joint -0.50', 'Expenses:Unknown 0.50'],
    },
  ]);
  expect(contents()).toEqual({ fitids: ['A1', 'A2'], sum: '84.50' });
  const before = journal();
  expect((await append()).stderr).toMatch(/^nothing new since \S+ → j.journal\n$/);
  expect(journal()).toBe(before);
  accepted();
});

test('an amount that the bank corrects twice, with and without an export between', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }], { to: '20261108', balance: '84.50' });
  await append();
  await list([{ ...GROCER, amount: '-11.00' }], { to: '20261109', balance: '84.00' });
  await list([{ ...GROCER, amount: '-12.00' }], { to: '20261110', balance: '83.00' });
  await append();
  expect(corrections().map(({ head, memo, postings }) => [head, memo, postings[0]])).toEqual([
    ['2026-11-08 * GROCER', 'Corrects 2026-11-02 from -10.00 to -10.50 USD', 'Assets:Joint -0.50'],
    ['2026-11-10 * GROCER', 'Corrects 2026-11-02 from -10.50 to -12.00 USD', 'Assets:Joint -1.50'],
  ]);
  expect(contents()).toEqual({ fitids: ['A1', 'A2'], sum: '83.00' });
});

test('an amount that is corrected back before an export needs no entry', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }], { to: '20261108', balance: '84.50' });
  await list([GROCER], { to: '20261109', balance: '85.00' });
  await append();
  expect(corrections()).toEqual([]);
  expect(contents().sum).toBe('85.00');
});

test('a transaction that the bank corrects and then deletes by CORRECTFITID', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }], { to: '20261108', balance: '84.50' });
  await append();
  const deletion = { ...GROCER, fitid: 'A9', more: '<CORRECTFITID>A1<CORRECTACTION>DELETE' };
  await list([deletion], { to: '20261110', balance: '95.00' });
  const { stderr } = await append();
  expect(stderr.split('\n')[1]).toBe(
    'removed 2026-11-02 nodc/joint A1: -10.50 USD GROCER; corrected by an entry of 2026-11-10',
  );
  expect(corrections().at(-1)).toEqual({
    head: '2026-11-10 * GROCER',
    memo: 'Removes -10.50 USD of 2026-11-02 as the bank has',
    postings: ['Assets:Joint 10.50', 'Expenses:Unknown -10.50'],
  });
  expect(contents()).toEqual({ fitids: ['A1', 'A2'], sum: '95.00' });
  accepted();
});

test('a transaction that the bank replaces by another', async () => {
  await append();
  const other = { ...GROCER, fitid: 'A9', amount: '-10.50', more: '<CORRECTFITID>A1<CORRECTACTION>REPLACE' };
  await list([other], { to: '20261108', balance: '84.50' });
  await append();
  expect(corrections().map(({ postings }) => postings)).toEqual([['Assets:Joint 10.00', 'Expenses:Unknown -10.00']]);
  expect(contents()).toEqual({ fitids: ['A1', 'A2', 'A9'], sum: '84.50' });
});

test('what was corrected or deleted before the first export is exported as it is', async () => {
  const deletion = { ...CAFE, fitid: 'A9', more: '<CORRECTFITID>A2<CORRECTACTION>DELETE' };
  await list([{ ...GROCER, amount: '-10.50' }, deletion], { to: '20261108', balance: '89.50' });
  expect((await append()).stderr).toBe('1 new → j.journal\n');
  expect(corrections()).toEqual([]);
  expect(contents()).toEqual({ fitids: ['A1'], sum: '89.50' });
  await list([{ ...GROCER, amount: '-10.50' }, deletion], { to: '20261109', balance: '89.50' });
  expect((await append()).stderr).toMatch(/^nothing new since \S+ → j.journal\n$/);
});

test('the accounts are those of the entry, whatever the rules make of the new amount', async () => {
  await append();
  await list([{ ...GROCER, amount: '-30.00' }], { to: '20261108', balance: '65.00' });
  await append();
  expect(corrections()[0]?.postings).toEqual(['Assets:Joint -20.00', 'Expenses:Unknown 20.00']);
});

test('the parts of a rule share the difference as they would share the amount', async () => {
  const market = { fitid: 'M1', amount: '-20.00', on: '20261104', name: 'MARKET' };
  await list([market], { to: '20261106', balance: '65.00' });
  await append();
  await list([{ ...market, amount: '-25.01' }], { to: '20261108', balance: '59.99' });
  await append();
  // 3.00, half of it, and the rest: 10.00 and 7.00 before, 12.51 and 9.50 now.
  expect(corrections()[0]?.postings).toEqual(['Assets:Joint -5.01', 'Expenses:Gifts 2.51', 'Expenses:Food 2.50']);
  await list([{ ...market, more: '<CORRECTFITID>M1<CORRECTACTION>DELETE', fitid: 'M2' }], {
    to: '20261109',
    balance: '85.00',
  });
  await append();
  expect(corrections()[1]?.postings).toEqual([
    'Assets:Joint 25.01',
    'Expenses:Home -3.00',
    'Expenses:Gifts -12.51',
    'Expenses:Food -9.50',
  ]);
});

describe('one side of a transfer', () => {
  const paid = { fitid: 'T1', amount: '-30.00', on: '20261104', name: 'TO SAVINGS' };
  const received = { fitid: 'T2', amount: '30.00', on: '20261104', name: 'TRANSFER' };

  test('that both were exported together is corrected beside the other account', async () => {
    await list([paid], { to: '20261106', balance: '55.00' });
    await list([received], { to: '20261106', balance: '30.00', savings: true });
    await append();
    await list([{ ...paid, amount: '-31.00' }], { to: '20261108', balance: '54.00' });
    await append();
    expect(corrections().map(({ postings }) => postings)).toEqual([['Assets:Joint -1.00', 'Assets:Transfers 1.00']]);
    expect([contents().sum, contents('Assets:Savings').sum]).toEqual(['54.00', '30.00']);
    await list([{ ...received, amount: '31.00' }], { to: '20261109', balance: '31.00', savings: true });
    await append();
    expect([contents('Assets:Savings').sum, contents('Assets:Transfers').sum]).toEqual(['31.00', '0.00']);
    accepted();
  });

  test('that waits for the other is closed by it', async () => {
    await list([paid], { to: '20261106', balance: '55.00' });
    await append();
    await list([{ ...paid, amount: '-31.00' }], { to: '20261107', balance: '54.00' });
    await append();
    expect(corrections()[0]?.postings).toEqual(['Assets:Joint -1.00', 'Assets:Transfers 1.00']);
    await list([{ ...received, amount: '31.00', on: '20261106' }], { to: '20261108', balance: '31.00', savings: true });
    await append();
    expect(contents('Assets:Transfers').sum).toBe('0.00');
  });

  test('that no rule names is not taken out of the other account either', async () => {
    const plain = { ...paid, name: 'MOVED' };
    await list([plain], { to: '20261106', balance: '55.00' });
    await list([received], { to: '20261106', balance: '30.00', savings: true });
    await append();
    expect(contents('Expenses:Unknown').sum).toBe('15.00');
    await list([{ ...received, amount: '29.00' }], { to: '20261108', balance: '29.00', savings: true });
    await append();
    await list([{ ...plain, amount: '-29.00' }], { to: '20261109', balance: '56.00' });
    await append();
    expect(corrections().map(({ postings }) => postings)).toEqual([
      ['Assets:Savings -1.00', 'Assets:Transfers 1.00'],
      ['Assets:Joint 1.00', 'Assets:Transfers -1.00'],
    ]);
  });
});

test('what rules begin or cease to omit is corrected as well', async () => {
  await append();
  await list([{ ...GROCER, amount: '-11.00', name: 'HOLD' }], { to: '20261108', balance: '84.00' });
  await append();
  expect(corrections()[0]).toMatchObject({ postings: ['Assets:Joint 10.00', 'Expenses:Unknown -10.00'] });
});

test('a changed name or day is reported, without an entry', async () => {
  await append();
  await list([{ ...GROCER, name: 'GREEN GROCER', on: '20261103' }], { to: '20261108', balance: '85.00' });
  expect((await append()).stderr.split('\n').slice(1)).toEqual([
    'changed 2026-11-02 nodc/joint A1: postedOn 2026-11-02 → 2026-11-03, name GROCER → GREEN GROCER',
    '',
  ]);
  expect(corrections()).toEqual([]);
});

test('--changes writes the others as comments', async () => {
  await append();
  await list(
    [
      { ...GROCER, amount: '-10.50' },
      { ...CAFE, name: 'BAR' },
    ],
    { to: '20261108', balance: '84.50' },
  );
  const alone = await run('--format', 'hledger', '--changes');
  expect(alone.stdout.match(/^; changed /gm)).toHaveLength(2);
  const { stderr } = await run(...JOURNAL, '--changes');
  expect(journal().match(/^; changed .*/gm)).toEqual(['; changed 2026-11-03 nodc/joint A2: name CAFE → BAR']);
  expect(corrections()).toHaveLength(1);
  expect(stderr).toContain('A1: amount -10.00 → -10.50; corrected by an entry of 2026-11-08\n');
  expect((await run('--format', 'hledger', '--changes')).stdout).toBe('');
  accepted();
});

test('after thirty days without a sync', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }, CAFE, { ...CAFE, fitid: 'A3', on: '20261203' }], {
    from: '20261101',
    to: '20261205',
    balance: '79.50',
  });
  await append();
  expect(corrections().map(({ head }) => head)).toEqual(['2026-12-05 * GROCER']);
  expect(contents()).toEqual({ fitids: ['A1', 'A2', 'A3'], sum: '79.50' });
  accepted();
});

test.each(['hledger', 'ledger', 'beancount'])('%s without --output, collected by >>', async (format) => {
  const path = join(cwd, 'all.journal');
  const collect = async () => {
    const { stdout } = await run('--format', format, '--new');
    writeFileSync(path, `${existsSync(path) ? readFileSync(path, 'utf8') : ''}${stdout}`);
  };
  await collect();
  await list([{ ...GROCER, amount: '-10.50' }, CAFE], { to: '20261108', balance: '84.50' });
  await collect();
  await list([{ ...CAFE, fitid: 'A3', on: '20261209', amount: '-4.50' }], {
    from: '20261108',
    to: '20261210',
    balance: '80.00',
  });
  await collect();
  const text = readFileSync(path, 'utf8');
  expect(text.match(/^ +(?:; )?corrects: /gm)).toHaveLength(1);
  const check = {
    hledger: ['hledger', '-f', path, 'check', '--strict'],
    ledger: ['ledger', '-f', path, '--pedantic', 'balance', '--flat'],
    beancount: ['bean-check', '-C', path],
  }[format];
  const [program = '', ...args] = check ?? [];
  if (hasPeer(program)) expect(runPeer(program, args)).toMatchObject({ status: 0, stderr: '' });
});

test('a dry run shows the entry, and the next export writes it', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }], { to: '20261108', balance: '84.50' });
  const { stdout } = await run('--format', 'hledger', '--new', '--dry-run');
  expect(corrections(stdout)).toHaveLength(1);
  await append();
  expect(corrections()).toHaveLength(1);
});

test('a full export, and one after a reset, have the corrected amount on its day', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }], { to: '20261108', balance: '84.50' });
  await append();
  const full = (await run('--format', 'hledger')).stdout;
  expect(corrections(full)).toEqual([]);
  expect(contents('Assets:Joint', full)).toEqual({ fitids: ['A1', 'A2'], sum: '84.50' });
  await runCli(['consumers', 'reset', 'hledger'], { cwd });
  const anew = (await run('--format', 'hledger', '--new')).stdout;
  expect(contents('Assets:Joint', anew)).toEqual({ fitids: ['A1', 'A2'], sum: '84.50' });
  expect(corrections(anew)).toEqual([]);
});

test('a new year’s file has the corrections of the old one; one that stands alone opens with them', async () => {
  await append();
  await list([{ ...GROCER, amount: '-10.50' }, CAFE], { to: '20261108', balance: '84.50' });
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  await run('--format', 'hledger', '--new', '--dry-run');
  await run('--format', 'hledger', '--new', '--append', '--output', 'next.journal');
  expect(corrections(read('next.journal'))).toHaveLength(1);
  writeFileSync(join(cwd, 'main.journal'), 'include j.journal\ninclude next.journal\n');
  if (hasPeer('hledger'))
    expect(runPeer('hledger', ['-f', join(cwd, 'main.journal'), 'check', '--strict'])).toMatchObject({ status: 0 });
  await list(
    [
      { ...GROCER, amount: '-11.00' },
      { ...CAFE, fitid: 'A3', on: '20261109' },
    ],
    {
      to: '20261110',
      balance: '79.00',
    },
  );
  await run('--format', 'hledger', '--new', '--append', '--openings', '--output', 'alone.journal');
  expect(corrections(read('alone.journal'))).toEqual([]);
  expect(contents('Assets:Joint', read('alone.journal'))).toEqual({ fitids: ['A3'], sum: '79.00' });
  await list([{ ...GROCER, amount: '-12.00' }], { to: '20261112', balance: '78.00' });
  await run('--format', 'hledger', '--new', '--append', '--output', 'alone.journal');
  expect(contents('Assets:Joint', read('alone.journal'))).toEqual({ fitids: ['A3'], sum: '78.00' });
});

test('CSV and JSON are as before', async () => {
  await run('--format', 'ndjson', '--new');
  await list([{ ...GROCER, amount: '-10.50' }], { to: '20261108', balance: '84.50' });
  expect(await run('--format', 'ndjson', '--new')).toMatchObject({
    stdout: '',
    stderr: expect.stringMatching(/^nothing new .*\nchanged 2026-11-02 nodc\/joint A1: amount -10.00 → -10.50\n$/),
  });
});
