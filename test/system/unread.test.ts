/** Nothing unsaid: what could not be read reaches the person by every way in, and is remembered until it was read. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { change } from '../support/dump.js';
import { reply, send, startBank, statement } from '../support/plain-bank.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG, type FileTransaction } from '../support/statement-file.js';

const GOOD: FileTransaction = { fitid: 'A', amount: '-1.00', on: '20261110' };
const BAD: FileTransaction = { fitid: 'B', amount: '12,3,4', on: '20261111', name: 'BAKER' };
const ALSO_BAD: FileTransaction = { fitid: 'C', amount: 'NONE', on: '20261112', name: 'TAILOR' };

interface Listed {
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

interface Status {
  readonly status: string;
  readonly accounts: readonly { readonly unread: readonly { readonly code: string; readonly count: number }[] }[];
}

function project(config = FILES_CONFIG): string {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'downloads'));
  writeFileSync(join(cwd, 'accounts.yaml'), config);
  return cwd;
}

const codesOf = ({ notices }: Listed) => notices.map(({ code }) => code);
const json = async <T>(cwd: string, ...argv: string[]): Promise<T> =>
  JSON.parse((await runCli([...argv, '--json'], { cwd })).stdout) as T;
const status = (cwd: string) => runCli(['status', '--stale-after', '3650d'], { cwd });
const unreadIn = async (cwd: string) => (await json<Status>(cwd, 'status')).accounts.map(({ unread }) => unread);

describe('import', () => {
  test('shows each notice of the file, of the statement and of saving once, and exits 1', async () => {
    const cwd = project();
    const file = join(cwd, 'one.qfx');
    writeFileSync(file, bankFile([{ ...GOOD, name: 'R & D' }, BAD, ALSO_BAD]));
    const { code, stdout } = await runCli(['import', 'one.qfx'], { cwd });
    expect(code).toBe(1);
    expect(stdout).toContain('1 new');
    for (const text of ['BAKER', 'TAILOR', 'begins no character reference'])
      expect(stdout.split(text), stdout).toHaveLength(2);
    const { files } = await json<{ files: (Listed & { unread: number; accounts: Listed[] })[] }>(
      cwd,
      'import',
      'one.qfx',
    );
    expect(files[0]?.accounts.flatMap(codesOf)).toEqual(['bad-transaction', 'bad-transaction']);
    expect(files.flatMap(codesOf)).toEqual(['bare-ampersand']);
    expect(files[0]?.unread).toBe(2);
  });

  test('exits 1 when a statement belongs to no account, and names it with what it holds', async () => {
    const cwd = project();
    const other = bankFile([GOOD], { account: '9999' });
    writeFileSync(join(cwd, 'one.qfx'), `${bankFile([GOOD])}${other.slice(other.indexOf('<OFX>'))}`);
    const { code, stdout } = await runCli(['import', 'one.qfx'], { cwd });
    expect([code, stdout]).toEqual([1, expect.stringMatching(/••••99 with 1 transaction\b/)]);
  });

  test('with --quiet prints only what went wrong', async () => {
    const cwd = project();
    const other = bankFile([GOOD], { account: '9999' });
    writeFileSync(join(cwd, 'good.qfx'), bankFile([{ ...GOOD, name: 'R & D' }]));
    writeFileSync(join(cwd, 'bad.qfx'), bankFile([GOOD, BAD]));
    writeFileSync(join(cwd, 'other.qfx'), `${bankFile([GOOD])}${other.slice(other.indexOf('<OFX>'))}`);
    const quiet = (...words: string[]) => runCli(['import', ...words, '-q'], { cwd });
    expect(await quiet('good.qfx')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    expect(await quiet('--replay')).toMatchObject({ code: 0, stdout: '', stderr: '' });
    const bad = await quiet('bad.qfx');
    expect([bad.code, bad.stdout]).toEqual([1, expect.stringMatching(/^bad\.qfx: .*\n {4}notice: .*BAKER.*\n$/)]);
    const unclaimed = await quiet('other.qfx');
    expect([unclaimed.code, unclaimed.stdout]).toEqual([1, expect.stringMatching(/^ {4}notice: .*••••99.*\n$/)]);
  });

  test('exits 3 when nothing was stored', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'one.qfx'), bankFile([GOOD], { account: '9999' }));
    expect((await runCli(['import', 'one.qfx'], { cwd })).code).toBe(3);
  });

  test('exits 0 after notices of repairs alone', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'one.qfx'), bankFile([{ ...GOOD, name: 'R & D' }]));
    expect((await runCli(['import', 'one.qfx'], { cwd })).code).toBe(0);
  });
});

describe('files:', () => {
  test('a sync stays ok, names the file and what it lost, and status exits 1 until it was read', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'downloads', 'one.qfx'), bankFile([GOOD, BAD]));
    const { accounts, totals } = await json<{
      totals: { unread: number };
      accounts: (Listed & { status: string; unread: number })[];
    }>(cwd, 'sync');
    expect(accounts[0]).toMatchObject({ status: 'ok', unread: 1 });
    expect(totals.unread).toBe(1);
    expect(accounts[0]?.notices.find(({ code }) => code === 'bad-transaction')?.message).toMatch(/one\.qfx: .*BAKER/);
    const after = await status(cwd);
    expect(after.code).toBe(1);
    expect(after.stdout).toMatch(/incomplete/);
    expect(after.stdout).toMatch(/BAKER/);
    expect(after.stdout).toMatch(/import --replay/);
    expect(await unreadIn(cwd)).toEqual([[expect.objectContaining({ code: 'bad-transaction', count: 1 })]]);
    const metrics = await runCli(['status', '--format', 'prometheus'], { cwd });
    expect(metrics.stdout).toContain('ofx_sync_account_unread{institution="nodc",account="joint"} 1');
    // The bank's next file has it right.
    writeFileSync(join(cwd, 'downloads', 'two.qfx'), bankFile([GOOD, { ...BAD, amount: '12.34' }]));
    await runCli(['-q'], { cwd });
    expect(await unreadIn(cwd)).toEqual([[]]);
    expect((await status(cwd)).stdout).not.toMatch(/incomplete/);
  });

  test('the summary has a line for it', async () => {
    const cwd = project();
    writeFileSync(join(cwd, 'downloads', 'one.qfx'), bankFile([GOOD, BAD, ALSO_BAD]));
    const { code, stdout } = await runCli(['sync'], { cwd });
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^could not be read: 2 parts .*nodc\/joint.*status$/m)]);
  });

  test('no notice of one file hides those of another or of another account', async () => {
    const cwd = project(
      FILES_CONFIG.replace(
        '"011000015" }]',
        '"011000015" }, { name: other, kind: checking, id: "7777", routing: "011000015" }]',
      ),
    );
    writeFileSync(join(cwd, 'downloads', 'one.qfx'), bankFile([GOOD, BAD]));
    writeFileSync(join(cwd, 'downloads', 'two.qfx'), bankFile([GOOD, ALSO_BAD], { account: '7777' }));
    const { accounts } = await json<{ accounts: Listed[] }>(cwd, 'sync');
    const texts = accounts.map(({ notices }) => notices.map(({ message }) => message).join('\n'));
    expect(texts).toEqual([expect.stringMatching(/BAKER/), expect.stringMatching(/TAILOR/)]);
    expect(await unreadIn(cwd)).toEqual([[expect.anything()], [expect.anything()]]);
  });

  test('a file with something unread outlives keepReplies, and reading it again clears it', async () => {
    const cwd = project(`defaults: { keepReplies: 30 }\n${FILES_CONFIG}`);
    writeFileSync(join(cwd, 'downloads', 'one.qfx'), bankFile([GOOD, BAD]));
    writeFileSync(
      join(cwd, 'downloads', 'two.qfx'),
      bankFile([{ ...GOOD, fitid: 'Z' }], { from: '20260101', to: '20260131' }),
    );
    await runCli(['-q'], { cwd, now: () => new Date('2026-11-21T07:00:00') });
    await runCli(['-q'], { cwd, now: () => new Date('2027-03-01T07:00:00') });
    const again = await json<{ replies: number; accounts: Listed[] }>(cwd, 'import', '--replay');
    expect(again.replies).toBe(1);
    expect(again.accounts.flatMap(codesOf)).toContain('bad-transaction');
    expect(await unreadIn(cwd)).toEqual([[expect.objectContaining({ count: 1 })]]);
    // An earlier parser lost what today's reads.
    change(join(cwd, 'data'), "UPDATE unread SET code = 'bad-transaction', message = 'lost by an earlier parser'");
    const { code } = await runCli(['import', '--replay'], { cwd });
    expect(code).toBe(1);
    expect(await unreadIn(cwd)).toEqual([[expect.objectContaining({ message: expect.stringMatching(/BAKER/) })]]);
  });

  test('without kept replies the file is read again by the next sync', async () => {
    const cwd = project(`defaults: { keepReplies: 0 }\n${FILES_CONFIG}`);
    writeFileSync(join(cwd, 'downloads', 'one.qfx'), bankFile([GOOD, BAD]));
    await runCli(['-q'], { cwd });
    const { accounts } = await json<{ accounts: Listed[] }>(cwd, 'sync');
    expect(accounts.flatMap(codesOf)).toContain('bad-transaction');
  });
});

describe('Direct Connect', () => {
  test('an unreadable transaction is remembered with its day, until a later reply covers that day', async () => {
    let amount = '12,3,4';
    const bank = await startBank((message, response) =>
      send(
        response,
        reply(message, (one) => statement(one).replace('-12.34', amount)),
      ),
    );
    const cwd = project(`institutions:
  - name: river
    url: ${bank.url}
    userId: alex
    password: { literal: x }
    accounts: [{ name: checking, kind: checking, id: "000123001", routing: "121000248" }]
`);
    const now = () => new Date('2026-11-21T07:00:00');
    expect((await runCli(['-q'], { cwd, now })).code).toBe(0);
    const found = await unreadIn(cwd);
    expect(found).toEqual([[expect.objectContaining({ code: 'bad-transaction', on: '2026-11-18' })]]);
    // Seen again by a shorter window, it is still one.
    expect((await runCli(['-q'], { cwd, now: () => new Date('2026-11-22T07:00:00') })).code).toBe(0);
    expect((await unreadIn(cwd)).map((unread) => unread.length)).toEqual([1]);
    amount = '-12.34';
    await runCli(['-q'], { cwd, now: () => new Date('2026-11-23T07:00:00') });
    expect(await unreadIn(cwd)).toEqual([[]]);
  });
});
