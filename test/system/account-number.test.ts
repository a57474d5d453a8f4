/**
 * Files of an account that comes through a bridge: `number` ties them to it. What both have of the same days is there once, older
 * days are added, and neither the next file nor the next sync doubles anything.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addDays, type IsoDate, isoDate } from '../../src/model/dates.js';
import { startSandbox } from '../../src/sandbox/server.js';
import { bridgeOf, DAYS, FIRST, postedUntil, type TrueAccount, trueAccounts } from '../support/bridge-truth.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, type FileTransaction } from '../support/statement-file.js';

const NUMBER = '000987651234';
const TODAY = addDays(FIRST, 30);

interface Row {
  readonly id: string;
  readonly account: string;
  readonly postedOn: string;
  readonly amount: string;
  readonly pending: boolean;
}
interface Scene {
  readonly cwd: string;
  readonly account: TrueAccount;
  readonly run: (...argv: string[]) => Promise<Run>;
  /** What a command prints as JSON; fails unless it succeeds. */
  readonly json: (...argv: string[]) => Promise<Record<string, unknown>>;
  readonly goTo: (day: IsoDate) => void;
  /** How many the bridge has had. */
  readonly requests: () => number;
}

/** A household with two accounts at a bridge, of which the first has a number. */
async function atBridge(seed: number, act: (scene: Scene) => Promise<void>, number = NUMBER): Promise<void> {
  const all = trueAccounts(seed);
  const accounts = all.filter(({ kind }) => kind === 'checking').slice(0, 2);
  const [account] = accounts;
  if (account === undefined) throw new Error('no account');
  let today = TODAY;
  const now = () => new Date(`${today}T20:00:00Z`);
  const sandbox = await startSandbox({ now, bridges: [bridgeOf(all)] });
  const cwd = scratchDir();
  const rows = accounts.map(
    ({ name, kind, id }, index) =>
      `      - { name: ${name}, kind: ${kind}, id: ${id}${index === 0 ? `, number: "${number}"` : ''} }\n`,
  );
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `institutions:\n  - name: bridge\n    simplefin: env:ACCESS\n    accounts:\n${rows.join('')}`,
  );
  const env = { ACCESS: sandbox.bridge('truth').accessUrl('') };
  const run = (...argv: string[]) => runCli(argv, { cwd, env, now });
  const json = async (...argv: string[]) => {
    const { code, stdout, stderr } = await run(...argv, '--json');
    expect([code, stderr]).toEqual([0, '']);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  const goTo = (day: IsoDate) => {
    today = day;
  };
  try {
    const requests = () => sandbox.bridge('truth').counts().requests;
    await act({ cwd, account, run, json, goTo, requests });
  } finally {
    await sandbox.close();
  }
}

/** Twelve payments of the year before, of which the bridge has nothing. */
const OLDER = Array.from({ length: 12 }, (_, month): FileTransaction => {
  const on = `2024${String(month + 1).padStart(2, '0')}17`;
  return { fitid: `OLD${month}`, on, amount: `-${month + 1}.05`, name: 'LANDLORD' };
});

const decimalOf = (cents: number) => `${cents < 0 ? '-' : ''}${(Math.abs(cents) / 100).toFixed(2)}`;
const compact = (day: string) => day.replaceAll('-', '');

/** Cents that an account of the bridge has before its first booking. */
const OPENING = 185_000;

function balanceOn(bookings: TrueAccount['bookings'], day: IsoDate): string {
  const listed = bookings.filter(({ postedOn, listedOn }) => postedOn !== null && (listedOn ?? postedOn) <= day);
  return decimalOf(listed.reduce((sum, { cents }) => sum + cents, OPENING));
}

/** What the bank's website offers: FITIDs and names of its own, and its number for the account. */
function fileOf({ bookings }: TrueAccount, until: IsoDate, { from = isoDate('2024-01-01'), account = NUMBER } = {}) {
  const listed = bookings.flatMap(({ key, postedOn, listedOn, cents, payee }): FileTransaction[] => {
    if (postedOn === null || (listedOn ?? postedOn) > until || postedOn < from) return [];
    return [{ fitid: `B${9000 + Number(key)}`, on: compact(postedOn), amount: decimalOf(cents), name: `POS ${payee}` }];
  });
  const inFile = [...OLDER.filter(({ on }) => on >= compact(from)), ...listed];
  return bankFile(inFile, { from: compact(from), to: compact(until), account, balance: balanceOn(bookings, until) });
}

const older = OLDER.map(({ on, amount }) => `${on.slice(0, 4)}-${on.slice(4, 6)}-${on.slice(6)} ${amount}`);
const centsAsText = (row: string) => row.replace(/-?\d+$/, (cents) => decimalOf(Number(cents)));

/** Returns the posted rows of the account by day and amount, and their ids. */
async function stored({ json, account }: Scene): Promise<{ rows: string[]; ids: string[] }> {
  const { transactions } = (await json('transactions')) as { transactions: Row[] };
  const own = transactions.filter((one) => one.account === account.name && !one.pending);
  return { rows: own.map(({ postedOn, amount }) => `${postedOn} ${amount}`).toSorted(), ids: own.map(({ id }) => id) };
}

function truth({ account }: Scene, day: IsoDate): string[] {
  return [...older, ...postedUntil(account, day).map(centsAsText)].toSorted();
}

interface Counted {
  readonly account: string;
  readonly transactions: { readonly new: number; readonly changed: number; readonly removed: number };
  readonly notices: readonly unknown[];
}
/** Returns the account to which a file belongs, and how many of its transactions are new. Nothing else may change. */
async function imported({ json }: Scene, file: string): Promise<readonly [account: string, added: number][]> {
  const { files } = (await json('import', file)) as { files: { accounts: Counted[] }[] };
  return files.flatMap(({ accounts }) =>
    accounts.map(({ account, transactions, notices }): [string, number] => {
      expect([transactions.changed, transactions.removed, notices]).toEqual([0, 0, []]);
      return [account, transactions.new];
    }),
  );
}

describe('a file of the bank’s website beside a bridge', () => {
  test.each([7, 8, 9])('adds what is older, and doubles nothing, now and later (seed %i)', (seed) =>
    atBridge(seed, async (scene) => {
      const { cwd, account, run, json, goTo } = scene;
      expect((await run('sync', '-q')).code).toBe(0);
      const before = await stored(scene);
      expect(before.rows).toEqual(postedUntil(account, TODAY).map(centsAsText).toSorted());
      const balances = (await json('accounts')) as { accounts: { ledgerBalance: { amount: string } }[] };
      expect(balances.accounts[0]?.ledgerBalance.amount).toBe(balanceOn(account.bookings, TODAY));
      writeFileSync(join(cwd, 'a.qfx'), fileOf(account, TODAY));
      expect(await imported(scene, 'a.qfx')).toEqual([[account.name, OLDER.length]]);
      const after = await stored(scene);
      expect(after.rows).toEqual(truth(scene, TODAY));
      expect(after.ids).toEqual(expect.arrayContaining(before.ids));
      expect(await imported(scene, 'a.qfx')).toEqual([[account.name, 0]]);

      // The bridge goes on, then a newer file that overlaps, then the bridge again.
      for (const [number, later] of [3, 9, 20].entries()) {
        const day = addDays(TODAY, later);
        goTo(day);
        expect((await run('sync', '-q')).code).toBe(0);
        expect((await stored(scene)).rows, day).toEqual(truth(scene, day));
        writeFileSync(join(cwd, `${number}.qfx`), fileOf(account, day, { from: addDays(day, -40) }));
        expect(await imported(scene, `${number}.qfx`), day).toEqual([[account.name, 0]]);
        expect((await run('sync', '-q')).code).toBe(0);
        expect((await stored(scene)).rows, day).toEqual(truth(scene, day));
      }
      expect((await stored(scene)).ids).toEqual(expect.arrayContaining(after.ids));
      expect((await run('import', '--replay')).code).toBe(0);
      expect((await stored(scene)).rows).toEqual(truth(scene, addDays(TODAY, 20)));
    }),
  );

  test('may date some transactions a day earlier, as banks do where the bridge counts days in UTC', () =>
    atBridge(5, async (scene) => {
      const { cwd, account, run, goTo } = scene;
      expect((await run('sync', '-q')).code).toBe(0);
      const bookings = account.bookings.map((one, index) => {
        if (one.postedOn === null || index % 5 > 0) return one;
        return { ...one, postedOn: addDays(one.postedOn, -1), listedOn: one.listedOn ?? one.postedOn };
      });
      for (const [number, later] of [0, 5, 14].entries()) {
        const day = addDays(TODAY, later);
        goTo(day);
        // The bridge is ahead of the file, or the file of the bridge.
        if (number === 1) expect((await run('sync', '-q')).code).toBe(0);
        writeFileSync(join(cwd, 'a.qfx'), fileOf({ ...account, bookings }, day));
        await imported(scene, 'a.qfx');
        expect((await stored(scene)).rows, day).toHaveLength(truth(scene, day).length);
        expect((await run('sync', '-q')).code).toBe(0);
        expect((await stored(scene)).rows, day).toHaveLength(truth(scene, day).length);
      }
    }));

  test('may come before the first sync of the bridge', () =>
    atBridge(11, async (scene) => {
      const { cwd, account, run, goTo } = scene;
      writeFileSync(join(cwd, 'a.qfx'), fileOf(account, TODAY));
      expect(await imported(scene, 'a.qfx')).toEqual([[account.name, truth(scene, TODAY).length]]);
      const { ids } = await stored(scene);
      const last = addDays(FIRST, DAYS - 1);
      for (const day of [addDays(TODAY, 1), last]) {
        goTo(day);
        expect((await run('sync', '-q')).code).toBe(0);
        const { rows, ids: now } = await stored(scene);
        expect(rows, day).toEqual(truth(scene, day));
        expect(now).toEqual(expect.arrayContaining(ids));
      }
    }));

  test('of an older year alone does not use up the requests that a bridge answers', () =>
    atBridge(7, async (scene) => {
      const { cwd, run, requests } = scene;
      expect((await run('sync', '-q')).code).toBe(0);
      // Nothing is known of the year between, so that the balances differ.
      writeFileSync(
        join(cwd, 'a.qfx'),
        bankFile(OLDER, { from: '20240101', to: '20241231', account: NUMBER, balance: '99.00' }),
      );
      const { code, stdout } = await run('import', 'a.qfx');
      expect([code, stdout]).toEqual([0, expect.stringMatching(/12 new[\s\S]*one may be missing/)]);
      const before = requests();
      expect((await run('sync', '-q')).code).toBe(0);
      expect(requests() - before).toBe(1);
    }));

  test('is attached by the number alone, in which blanks and dashes are only layout', () =>
    atBridge(
      7,
      async (scene) => {
        const { cwd, account, run } = scene;
        expect((await run('sync', '-q')).code).toBe(0);
        const before = await stored(scene);
        writeFileSync(join(cwd, 'a.qfx'), fileOf(account, TODAY));
        const unknown = await run('import', 'a.qfx');
        expect([unknown.code, unknown.stdout]).toEqual([3, expect.stringContaining('for account ••••1234')]);
        const ofCard = fileOf(account, TODAY, { account: '1111-2222' })
          .replace(/<BANKACCTFROM>.*?<\/BANKACCTFROM>/, '<CCACCTFROM><ACCTID>1111-2222</CCACCTFROM>')
          .replaceAll('BANKMSGSRSV1', 'CREDITCARDMSGSRSV1')
          .replaceAll(/\b(STMTTRNRS|STMTRS)\b/g, 'CC$1');
        writeFileSync(join(cwd, 'card.qfx'), ofCard);
        const otherKind = await run('import', 'card.qfx');
        expect([otherKind.code, otherKind.stdout]).toEqual([3, expect.stringContaining('a creditcard statement')]);
        expect(await stored(scene)).toEqual(before);
        writeFileSync(join(cwd, 'b.qfx'), fileOf(account, TODAY, { account: '1111-2222' }));
        expect(await imported(scene, 'b.qfx')).toEqual([[account.name, OLDER.length]]);
      },
      '1111 2222',
    ));

  test('shows its number, masked, wherever accounts are listed', () =>
    atBridge(7, async ({ cwd, account, run, json }) => {
      const sync = await run('sync');
      writeFileSync(join(cwd, 'a.qfx'), fileOf(account, TODAY));
      const runs = [sync, await run('import', 'a.qfx'), await run('accounts'), await run('inspect', 'a.qfx')];
      for (const { stdout } of runs) expect(stdout).toContain('••••1234');
      const { accounts } = (await json('accounts')) as { accounts: { id: string; number?: string }[] };
      expect(accounts.map(({ id, number }) => [id, number])).toEqual([
        [expect.stringMatching(/^••••/), '••••1234'],
        [expect.stringMatching(/^••••/), undefined],
      ]);
      for (const line of [
        'status',
        'check',
        'check --json',
        'sync --verbose',
        'accounts --json',
        'report --output r.html',
      ])
        runs.push(await run(...line.split(' ')));
      const page = readFileSync(join(cwd, 'r.html'), 'utf8');
      expect(page).toContain('••••1234');
      for (const text of [page, ...runs.flatMap(({ stdout, stderr }) => [stdout, stderr])])
        expect(text).not.toContain(NUMBER.slice(3));
    }));
});

test('files in a folder are attached by number, too, also those that were read before it was there', async () => {
  const cwd = scratchDir();
  mkdirSync(join(cwd, 'in'));
  const config = (more: string) =>
    `institutions:\n  - name: corner\n    files: in/*.qfx\n    accounts: [{ name: joint, kind: checking, id: "5555", routing: "011000015"${more} }]\n`;
  writeFileSync(join(cwd, 'accounts.yaml'), config(''));
  const one = (account: string, fitid: string) => bankFile([{ fitid, amount: '-1.00', on: '20261110' }], { account });
  writeFileSync(join(cwd, 'in', 'a.qfx'), one('5555', 'A'));
  writeFileSync(
    join(cwd, 'in', 'b.qfx'),
    bankFile([{ fitid: 'B', amount: '-2.00', on: '20261112' }], { account: '77' }),
  );
  const now = () => new Date('2026-11-20T12:00:00Z');
  const rows = async () => {
    await runCli(['sync', '-q'], { cwd, now });
    const { stdout } = await runCli(['transactions', '--json'], { cwd, now });
    return (JSON.parse(stdout) as { transactions: Row[] }).transactions.map(({ amount }) => amount);
  };
  expect(await rows()).toEqual(['-1.00']);
  // The file was read before, and is read again for the account that it has now.
  writeFileSync(join(cwd, 'accounts.yaml'), config(', number: "77"'));
  expect(await rows()).toEqual(['-1.00', '-2.00']);
  expect(await rows()).toEqual(['-1.00', '-2.00']);
});
