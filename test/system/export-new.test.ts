/** `export --new`: each transaction once for each consumer, in spite of interruptions. */

import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG, type FileOptions, type FileTransaction } from '../support/statement-file.js';

let cwd = '';
const run = (...argv: string[]): Promise<Run> => runCli(['export', ...argv], { cwd });

function folder(): string {
  const dir = scratchDir();
  writeFileSync(join(dir, 'accounts.yaml'), FILES_CONFIG);
  return dir;
}

async function importStatement(
  transactions: readonly FileTransaction[],
  options: FileOptions = {},
  { dir = cwd, now }: { readonly dir?: string; readonly now?: () => Date } = {},
): Promise<void> {
  writeFileSync(join(dir, 'statement.qfx'), bankFile(transactions, options));
  const { code, stderr } = await runCli(['import', 'statement.qfx', '-q'], {
    cwd: dir,
    ...(now === undefined ? {} : { now }),
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

const FIRST = [
  { fitid: 'A1', amount: '-10.00', on: '20261102', name: 'GROCER' },
  { fitid: 'A2', amount: '-5.00', on: '20261103', name: 'CAFE' },
];
const SECOND = [
  { fitid: 'B1', amount: '-1.00', on: '20261112' },
  { fitid: 'B2', amount: '100.00', on: '20261113' },
];

function fitidsOf(text: string): string[] {
  return [...text.matchAll(/"fitid":"(\w+)"/g)].map((match) => match[1] ?? '');
}

beforeEach(async () => {
  cwd = folder();
  await importStatement(FIRST, { to: '20261105', balance: '85.00' });
});

describe('--new', () => {
  test('each transaction once for each consumer', async () => {
    expect(fitidsOf((await run('--format', 'ndjson', '--new')).stdout)).toEqual(['A1', 'A2']);
    expect((await run('--format', 'ndjson', '--new')).stdout).toBe('');
    await importStatement(SECOND, { from: '20261106', to: '20261115', balance: '184.00' });
    expect(fitidsOf((await run('--format', 'ndjson', '--new')).stdout)).toEqual(['B1', 'B2']);
    expect(fitidsOf((await run('--format', 'ndjson', '--new', '--consumer', 'other')).stdout)).toHaveLength(4);
    expect(fitidsOf((await run('--format', 'ndjson')).stdout)).toHaveLength(4);
  });

  test('--dry-run shows and moves nothing', async () => {
    expect(fitidsOf((await run('--format', 'ndjson', '--new', '--dry-run')).stdout)).toEqual(['A1', 'A2']);
    expect((await run('--format', 'ndjson', '--new', '--dry-run', '--append', '--output', 'x')).code).toBe(0);
    expect(existsSync(join(cwd, 'x'))).toBe(false);
    expect(fitidsOf((await run('--format', 'ndjson', '--new')).stdout)).toEqual(['A1', 'A2']);
  });

  test('transactions that could not be written are new again', async () => {
    expect((await run('--format', 'ndjson', '--new', '--output', 'nowhere/x')).code).toBe(1);
    expect((await run('--format', 'ndjson', '--new', '--append', '--output', '/dev/full')).code).toBe(1);
    expect(fitidsOf((await run('--format', 'ndjson', '--new')).stdout)).toEqual(['A1', 'A2']);
  });

  test('--account leaves the others new', async () => {
    expect((await run('--format', 'ndjson', '--new', '--account', 'nodc/joint')).stdout).not.toBe('');
    expect((await run('--format', 'ndjson', '--new')).stdout).toBe('');
  });

  test.each([
    [['--new', '--until', '2026-11-20'], '--new and --until exclude each other'],
    [['--consumer', 'x'], '--consumer requires --new or --changes'],
    [['--append'], '--append needs a file'],
    [['--append', '--output', 'x', '--format', 'json'], '--append does not work with json'],
    [['--append', '--overwrite', '--output', 'x'], '--append and --overwrite exclude each other'],
    [['--new', '--changes', '--format', 'ynab'], 'ynab cannot hold new and changed transactions together'],
    [['--new', '--consumer', '../x'], '--consumer takes a name'],
  ])('%j is invalid', async (argv, message) => {
    const { code, stderr } = await run('--format', 'ndjson', ...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});

describe('--new --output onto a file that holds something', () => {
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');

  test.each(['hledger', 'beancount', 'ynab', 'json', 'qif'])('%s: exits 2 and moves no mark', async (format) => {
    expect((await run('--format', format, '--new', '--output', 'j')).code).toBe(0);
    const before = read('j');
    await importStatement(SECOND, { from: '20261106', to: '20261115', balance: '184.00' });
    const { code, stderr } = await run('--format', format, '--new', '--output', 'j');
    expect(code).toBe(2);
    expect(stderr).toContain('--new would replace j, and what it holds would not be exported again');
    expect(stderr).toContain('--overwrite');
    expect(stderr.includes('--append')).toBe(format !== 'json' && format !== 'qif');
    expect(read('j')).toBe(before);
    const next = await run('--format', 'ndjson', '--consumer', format, '--new');
    expect(fitidsOf(next.stdout)).toEqual(['B1', 'B2']);
  });

  test('--overwrite allows it', async () => {
    await run('--format', 'ndjson', '--new', '--output', 'j');
    await importStatement(SECOND, { from: '20261106', to: '20261115', balance: '184.00' });
    expect((await run('--format', 'ndjson', '--new', '--overwrite', '--output', 'j')).code).toBe(0);
    expect(fitidsOf(read('j'))).toEqual(['B1', 'B2']);
  });

  test('a journal for each account is not replaced either, and an empty file is no obstacle', async () => {
    writeFileSync(join(cwd, 'empty'), '');
    expect((await run('--format', 'ndjson', '--new', '--output', 'empty')).code).toBe(0);
    const argv = ['--format', 'hledger', '--new', '--output-dir', 'each'];
    expect((await run(...argv)).code).toBe(0);
    expect((await run(...argv)).code).toBe(2);
    expect((await run(...argv, '--append')).code).toBe(0);
  });

  test('without --new the file is replaced, as it holds everything again', async () => {
    await run('--format', 'ndjson', '--output', 'j');
    expect((await run('--format', 'ndjson', '--output', 'j')).code).toBe(0);
    expect(fitidsOf(read('j'))).toEqual(['A1', 'A2']);
  });
});

describe('what was written', () => {
  const at = (day: string, ...argv: string[]) =>
    runCli(['export', ...argv], { cwd, now: () => new Date(`2026-12-${day}T12:00:00Z`) });
  const APPEND = ['--format', 'hledger', '--new', '--append', '--output', 'bank.journal'];

  test('is said in one line, with the day of the last export', async () => {
    expect((await at('01', ...APPEND)).stderr).toBe('2 new → bank.journal\n');
    expect((await at('03', ...APPEND)).stderr).toBe('nothing new since 2026-12-01 → bank.journal\n');
    await importStatement(SECOND, { from: '20261106', to: '20261115', balance: '184.00' });
    expect((await at('04', ...APPEND, '--quiet', '--dry-run')).stderr).toBe('');
    expect((await at('04', ...APPEND)).stderr).toBe('2 new since 2026-12-03 → bank.journal\n');
  });

  test('of a file for each account is said for the files that were written', async () => {
    const argv = ['--format', 'ofx', '--new', '--output-dir', 'each'];
    expect((await at('01', ...argv)).stderr).toBe('2 new → each/nodc-joint.ofx\n');
    expect((await at('02', ...argv)).stderr).toBe('nothing new since 2026-12-01 → each/\n');
  });

  test('without --new is not said', async () => {
    expect((await at('01', '--format', 'csv')).stderr).toBe('');
  });

  test('a file that is gone is reported, also under --quiet, until there is a new one', async () => {
    await at('01', ...APPEND);
    rmSync(join(cwd, 'bank.journal'));
    const gone =
      'bank.journal is gone. The transactions exported to it by 2026-12-01 are not exported again. To begin again: ofx-sync consumers reset hledger\n';
    expect((await at('02', ...APPEND, '--quiet')).stderr).toBe(gone);
    expect(existsSync(join(cwd, 'bank.journal'))).toBe(false);
    await importStatement(SECOND, { from: '20261106', to: '20261115', balance: '184.00' });
    expect((await at('03', ...APPEND)).stderr).toContain('bank.journal is gone');
    expect((await at('04', ...APPEND)).stderr).toBe('nothing new since 2026-12-03 → bank.journal\n');
  });

  test('a file that a program took away after it imported it is no surprise', async () => {
    const argv = ['--format', 'ynab', '--new', '--output', 'new.csv'];
    await at('01', ...argv);
    rmSync(join(cwd, 'new.csv'));
    expect((await at('02', ...argv)).stderr).toBe('nothing new since 2026-12-01 → new.csv\n');
  });
});

describe('consumers', () => {
  const consumers = (...argv: string[]) => runCli(['consumers', ...argv], { cwd });

  beforeEach(async () => {
    await run('--format', 'hledger', '--new', '--append', '--output', 'bank.journal');
    await run('--format', 'ndjson', '--new', '--consumer', 'budget');
    await importStatement(SECOND, { from: '20261106', to: '20261115', balance: '184.00' });
    await run('--format', 'ndjson', '--new', '--consumer', 'budget');
  });

  test('list says what each has received, and what is new to it', async () => {
    const { stdout, code } = await consumers('list', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      consumers: [
        { name: 'budget', accounts: [{ institution: 'nodc', account: 'joint', received: 4, waiting: 0, file: null }] },
        { name: 'hledger', accounts: [{ received: 2, waiting: 2, file: join(cwd, 'bank.journal') }] },
      ],
    });
    expect((await consumers()).stdout).toMatch(/hledger +1 +2 +2 +\d{4}-\d{2}-\d{2} +bank\.journal/);
  });

  test('reset lets one begin again with an opening, and leaves the others', async () => {
    const { code, stdout } = await consumers('reset', 'hledger');
    expect(code).toBe(0);
    expect(stdout).toContain('bank.journal stays as it is');
    const { stderr } = await run('--format', 'hledger', '--new', '--append', '--output', 'again.journal');
    expect(stderr).toBe('4 new → again.journal\n');
    expect(readFileSync(join(cwd, 'again.journal'), 'utf8')).toContain('opening: nodc/joint');
    expect((await run('--format', 'ndjson', '--new', '--consumer', 'budget')).stdout).toBe('');
  });

  test('remove forgets one, also in the file beside the store', async () => {
    expect((await consumers('remove', 'budget')).code).toBe(0);
    expect((await consumers('list')).stdout).not.toContain('budget');
    expect(readFileSync(join(cwd, 'data', 'exports.json'), 'utf8')).not.toContain('budget');
    const again = await run('--format', 'ndjson', '--new', '--consumer', 'budget');
    expect(fitidsOf(again.stdout)).toEqual(['A1', 'A2', 'B1', 'B2']);
  });

  test.each([
    [['reset'], 'consumers reset takes one name'],
    [['reset', 'hleger'], 'Did you mean: ofx-sync consumers reset hledger?'],
    [['remove', 'a', 'b'], 'too many arguments'],
    [['list', 'x'], 'consumers list takes no further words'],
    [['rest', 'x'], 'consumers takes list, reset, remove'],
  ])('%j is invalid', async (argv, message) => {
    const { code, stderr } = await consumers(...argv);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('before the first export there are none', async () => {
    cwd = folder();
    expect(await consumers()).toEqual({ code: 0, stdout: 'No consumer has received anything yet.\n', stderr: '' });
  });
});

describe('--changes', () => {
  const CHANGED = [{ fitid: 'A1', amount: '-10.50', on: '20261102', name: 'GROCER' }];

  beforeEach(async () => {
    await run('--format', 'ndjson', '--new');
    await run('--format', 'hledger', '--new', '--append', '--output', 'j.journal');
    await importStatement([...CHANGED, ...SECOND], { to: '20261115', balance: '183.50' });
  });

  test('are separate from new transactions, and do not move the mark', async () => {
    for (let again = 0; again < 2; again += 1) {
      const { stdout } = await run('--format', 'ndjson', '--changes');
      expect(
        stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      ).toMatchObject([
        { change: 'changed', transaction: { fitid: 'A1', amount: '-10.50' }, former: { amount: '-10.00' } },
      ]);
    }
  });

  test('go into JSON Lines beside new transactions', async () => {
    const lines = (await run('--format', 'ndjson', '--new', '--changes')).stdout.trim().split('\n');
    expect(lines.map((line) => Object.keys(JSON.parse(line) as object)[0])).toEqual(['id', 'id', 'change']);
    expect((await run('--format', 'ndjson', '--new', '--changes')).stdout).toBe('');
  });

  test('go into a journal as comments, those of amounts as entries', async () => {
    const renamed = { fitid: 'A2', amount: '-5.00', on: '20261103', name: 'BAR' };
    await importStatement([...CHANGED, renamed, ...SECOND], { to: '20261116', balance: '183.50' });
    await run('--format', 'hledger', '--new', '--changes', '--append', '--output', 'j.journal');
    const text = readFileSync(join(cwd, 'j.journal'), 'utf8');
    expect(text).toContain('; changed 2026-11-03 nodc/joint A2: name CAFE → BAR\n');
    expect(text).toMatch(/; memo: Corrects 2026-11-02 from -10.00 to -10.50 USD\n {4}; corrects: \w+\n/);
  });

  test('without --changes are reported on standard error before the mark moves past them', async () => {
    const { stdout, stderr } = await run('--format', 'ndjson', '--new');
    expect(fitidsOf(stdout)).toEqual(['B1', 'B2']);
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^2 new since \d{4}-\d{2}-\d{2} → standard output$/),
      'changed 2026-11-02 nodc/joint A1: amount -10.00 → -10.50',
      '',
    ]);
    const quiet = await run('--format', 'ndjson', '--new', '--quiet', '--consumer', 'hledger');
    expect(quiet.stderr).toBe('changed 2026-11-02 nodc/joint A1: amount -10.00 → -10.50\n');
  });

  test('without --changes are reported with their correcting entries, also under --quiet', async () => {
    const { stderr } = await run('--format', 'hledger', '--new', '--quiet');
    expect(stderr).toBe(
      'changed 2026-11-02 nodc/joint A1: amount -10.00 → -10.50; corrected by an entry of 2026-11-15\n',
    );
  });
});

describe('--append', () => {
  const append = (format: string, name = `j.${format}`) =>
    run('--format', format, '--new', '--append', '--output', name);
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');

  test('CSV has its header once', async () => {
    await append('ynab');
    await importStatement(SECOND, { from: '20261106', to: '20261115' });
    await append('ynab');
    expect(
      read('j.ynab')
        .split('\r\n')
        .filter((line) => line.startsWith('Date,')),
    ).toHaveLength(1);
    expect(read('j.ynab').trim().split('\r\n')).toHaveLength(5);
    expect(statSync(join(cwd, 'j.ynab')).mode & 0o777).toBe(0o600);
    expect(readdirSync(join(cwd, 'data', 'appending'))).toEqual([]);
  });

  test('without new transactions the file does not change', async () => {
    await append('hledger');
    const before = read('j.hledger');
    await append('hledger');
    expect(read('j.hledger')).toBe(before);
  });

  test('an opening is written once, as soon as a balance is known', async () => {
    cwd = folder();
    await importStatement(FIRST, { to: '20261105', balance: '85.00', asOf: '20261112' });
    await append('hledger');
    expect(read('j.hledger')).not.toContain('Opening');
    await importStatement(SECOND, { from: '20261101', to: '20261115', balance: '184.00' });
    await append('hledger');
    await importStatement([{ fitid: 'C1', amount: '-4.00', on: '20261117' }], {
      from: '20261116',
      to: '20261118',
      balance: '180.00',
    });
    await append('hledger');
    expect(read('j.hledger').match(/Opening balance/g)).toHaveLength(1);
    expect(read('j.hledger')).toContain('2026-11-02 * Opening balance');
  });

  test('text of the user in the journal stays', async () => {
    writeFileSync(join(cwd, 'j.hledger'), '; mine\naccount Assets:Nodc:Joint\n');
    await append('hledger');
    expect(read('j.hledger')).toMatch(/^; mine\naccount Assets:Nodc:Joint\n/);
    expect(read('j.hledger').match(/^account Assets:Nodc:Joint$/gm)).toHaveLength(1);
  });

  test.each([
    ['ynab', 'Date,Payee\r\n2026-01-01,x', 'Date,Payee\r\n2026-01-01,x\r\n2026-11-'],
    ['ndjson', '{}', '{}\n{"id"'],
    ['hledger', '; mine', '; mine\n\naccount'],
  ])('what a last line without its end holds stays a line of its own: %s', async (format, before, after) => {
    writeFileSync(join(cwd, `j.${format}`), before);
    await append(format);
    expect(read(`j.${format}`).startsWith(after)).toBe(true);
  });

  test.each([
    ['hledger', ['check', '--strict'], ['-f']],
    ['ledger', ['--pedantic', 'balance'], ['-f']],
    ['beancount', [], ['-C']],
  ] as const)('%s accepts a journal of several appends, and notices a missing cent', async (format, args, file) => {
    const program = format === 'beancount' ? 'bean-check' : format;
    if (!hasPeer(program)) return;
    await append(format);
    await importStatement(SECOND, { from: '20261106', to: '20261115', balance: '184.00' });
    await append(format);
    const path = join(cwd, `j.${format}`);
    const { status, stderr } = runPeer(program, [...file, path, ...args]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // The institution's next balance does not follow from its transactions.
    await importStatement([{ fitid: 'C1', amount: '-4.00', on: '20261117' }], {
      from: '20261116',
      to: '20261118',
      balance: '180.01',
    });
    await append(format);
    // The day of that balance is settled when statements reach beyond it by more than the overlap.
    const now = () => new Date('2026-12-11T12:00:00Z');
    await importStatement(
      [{ fitid: 'D1', amount: '-1.00', on: '20261209' }],
      { from: '20261119', to: '20261210', balance: '179.01' },
      { now },
    );
    await append(format);
    expect(runPeer(program, [...file, path, ...args]).status).not.toBe(0);
  });
});

describe('a booking of a settled day', () => {
  const DECEMBER = () => new Date('2026-12-11T12:00:00Z');

  test.each([
    ['hledger', '2026-11-05 * Balance', 1],
    ['beancount', '2026-11-06 balance Assets:Nodc:Joint', 0],
  ])('is reported with the line of the balance that it contradicts: %s', async (format, balance, below) => {
    const append = () => run('--format', format, '--new', '--append', '--output', 'j');
    await append();
    await importStatement(SECOND, { from: '20261106', to: '20261116', balance: '184.00' });
    expect(await append()).toMatchObject({ code: 0, stderr: expect.stringMatching(/^2 new since \S+ → j\n$/) });
    const at = readFileSync(join(cwd, 'j'), 'utf8')
      .split('\n')
      .findIndex((line) => line.startsWith(balance));
    expect(at).toBeGreaterThan(0);
    await importStatement(
      [{ fitid: 'L1', amount: '-3.00', on: '20261104' }],
      { from: '20261101', to: '20261210', balance: '181.00' },
      { now: DECEMBER },
    );
    const { stderr } = await append();
    expect(stderr.replace(/^1 new since \S+ → j\n/, '')).toBe(
      `late 2026-11-04 nodc/joint L1 -3.00 USD: contradicts the balance of 2026-11-05 in ${join(cwd, 'j')}, line ${at + 1 + below}. Remove this balance.\n`,
    );
  });

  test('of a later day contradicts nothing', async () => {
    const append = () => run('--format', 'hledger', '--new', '--append', '--output', 'j');
    await append();
    await importStatement(SECOND, { from: '20261106', to: '20261116', balance: '184.00' });
    await append();
    await importStatement(
      [{ fitid: 'L1', amount: '-3.00', on: '20261106' }],
      { from: '20261106', to: '20261210', balance: '181.00' },
      { now: DECEMBER },
    );
    expect(await append()).toMatchObject({ code: 0, stderr: expect.stringMatching(/^1 new since \S+ → j\n$/) });
  });
});

describe('an interrupted append', () => {
  /** The state after a kill: the note is there, some of the text has arrived, the mark has not moved. */
  async function cutOff(arrived: number, more = ''): Promise<{ file: string; whole: string }> {
    const file = join(cwd, 'j.ndjson');
    writeFileSync(file, 'before\n');
    const whole = (await run('--format', 'ndjson', '--new', '--dry-run')).stdout;
    const dir = join(cwd, 'data', 'appending');
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'x.text'), whole);
    const note = {
      version: 1,
      file,
      lengthBefore: 7,
      length: Buffer.byteLength(whole),
      mark: { consumer: 'ndjson', accounts: [{ institution: 'nodc', name: 'joint' }], upTo: 2 },
    };
    writeFileSync(join(dir, 'x.note.json'), JSON.stringify(note));
    appendFileSync(file, whole.slice(0, arrived) + more);
    return { file, whole };
  }

  test.each([0, 1, 100, Number.MAX_SAFE_INTEGER])('is finished by the next run, %i characters in', async (arrived) => {
    const { file, whole } = await cutOff(arrived);
    expect((await run('--format', 'ndjson', '--new', '--append', '--output', 'j.ndjson')).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(`before\n${whole}`);
    expect(readdirSync(join(cwd, 'data', 'appending'))).toEqual([]);
  });

  test('is finished although the next run writes elsewhere', async () => {
    const { file, whole } = await cutOff(50);
    expect((await run('--format', 'ndjson', '--new')).stdout).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(`before\n${whole}`);
  });

  test('is complete if the file has it, even with text of the user after it', async () => {
    const { file, whole } = await cutOff(Number.MAX_SAFE_INTEGER, 'mine\n');
    expect((await run('--format', 'ndjson', '--new')).stdout).toBe('');
    expect(readFileSync(file, 'utf8')).toBe(`before\n${whole}mine\n`);
  });

  test('does not touch a file that has changed since, and says what to do', async () => {
    const { file, whole } = await cutOff(50, 'mine\n');
    const { code, stderr } = await run('--format', 'ndjson', '--new', '--append', '--output', 'j.ndjson');
    expect(code).toBe(1);
    expect(stderr).toContain('has been changed since');
    expect(stderr).toContain('x.note.json');
    expect(readFileSync(file, 'utf8')).toBe(`before\n${whole.slice(0, 50)}mine\n`);
  });

  test('of another store does not affect this one', async () => {
    await cutOff(0);
    const note = join(cwd, 'data', 'appending', 'x.note.json');
    writeFileSync(note, readFileSync(note, 'utf8').replace('"upTo":2', '"upTo":999'));
    expect(fitidsOf((await run('--format', 'ndjson', '--new')).stdout)).toEqual(['A1', 'A2']);
  });
});
