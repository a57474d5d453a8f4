/**
 * A person goes on with what ofx-sync 0.1.0 left behind (test/fixtures/version-0.1): no row is doubled, no id changes, no
 * message comes twice, and nothing new is asked.
 */

import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { builtProgram } from '../support/program.js';
import { type Run, type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { standInForKeychain } from '../support/stand-in-keychain.js';
import {
  balancesOf,
  budget,
  expected,
  keychain,
  outcomesOf,
  type Places,
  put,
  restore,
  rowsOf,
  VERSION_0_1,
} from '../support/version-0.1.js';
import { type Banks, orchardFile, startBanks } from '../support/version-0.1-banks.js';
import { BOOKS } from '../support/version-0.1-bookings.js';
import { startYnab, type YnabServer } from '../support/ynab-server.js';

const MEADOW = 'meadow-pass-e19';
const NEW_MEADOW = 'meadow-new-0c4';
const CONFIG = '.config/ofx-sync/accounts.yaml';
const TOLD = '.config/ofx-sync/told.jsonl';
const UNATTENDED = 'sync --unattended --spread 0s --json';
const HLEDGER = 'export --format hledger --account river summit harbor --new --append --output 2026.journal';
const BEANCOUNT =
  'export --format beancount --account river summit harbor --consumer fava --new --append --output books.beancount';

let program = '';
let banks: Banks;
let ynab: YnabServer;
beforeAll(async () => {
  program = builtProgram();
  standInForKeychain('ofx-sync', keychain);
  banks = await startBanks();
  const passwords = {
    ...keychain,
    summit: keychain['summit card'],
    loopback: 'demo',
    meadow: NEW_MEADOW,
    birch: 'other',
  };
  for (const [bank, password] of Object.entries(passwords)) banks.passwords.set(bank, password ?? '');
  for (const name of ['harbor', 'quarry'])
    banks.passwords.set(name, readFileSync(join(VERSION_0_1, 'home/.secrets', name), 'utf8').trim());
  ynab = await startYnab({ today: '2026-10-01', accounts: budget.accounts });
  const idOf = (frozen: string) =>
    ynab.accounts.find(({ name }) => name === budget.accounts.find(({ id }) => id === frozen)?.name)?.id ?? '';
  ynab.transactions.push(
    ...budget.transactions.map(
      (one) => ({ ...one, account_id: idOf(one.account_id) }) as (typeof ynab.transactions)[0],
    ),
  );
}, 120_000);
afterAll(async () => {
  await banks.close();
  await ynab.close();
});

interface Home {
  readonly dir: string;
  readonly run: (
    line: string,
    how?: { on?: string; cwd?: string; env?: Record<string, string> } & Pick<RunOptions, 'answers'>,
  ) => Promise<Run>;
  readonly json: (line: string, on?: string) => Promise<unknown>;
  readonly text: (name: string) => string;
}

const places = (): Places => ({
  program,
  ynab: new URL(ynab.url).host,
  banks: `127.0.0.1:${banks.port}`,
});

/** The home as it was on the 12th of September. */
function homeOf0_1(): Home {
  const dir = restore('home', scratchDir(), places());
  const run: Home['run'] = (line, { on = '2026-09-12T13:00:00Z', cwd = dir, env = {}, answers } = {}) => {
    const now = () => new Date(on);
    banks.now = now;
    return runCli(line.split(' '), {
      cwd: cwd === dir ? dir : cwd,
      found: true,
      now,
      script: program,
      env: { OFX_SYNC_DATA: '', HTTPS_PROXY: banks.proxy, HARBOR_USER: 'alex', MEADOW_PASSWORD: MEADOW, ...env },
      ...(answers === undefined ? {} : { answers }),
    });
  };
  const json: Home['json'] = async (line, on) => {
    const { stdout } = await run(`${line} --json`, on === undefined ? {} : { on });
    return JSON.parse(stdout);
  };
  return { dir, run, json, text: (name) => readFileSync(join(dir, name), 'utf8') };
}

const withoutId = (row: string) => row.split(' | ').slice(1).join(' | ');
const isPending = (row: string) => row.split(' | ').includes('pending');
const isRemoved = (row: string) => row.split(' | ').includes('removed');
const idAndAccount = (row: string) => row.split(' | ').slice(0, 2).join(' ');

/** Day and amount of each transaction that counts, by account. */
function movements(rows: readonly string[], account: string): string[] {
  return rows
    .filter((row) => !isPending(row) && !isRemoved(row))
    .map((row) => row.split(' | '))
    .filter(([, whose]) => whose === account)
    .map(([, , day, amount]) => `${day} ${amount}`)
    .toSorted();
}

/** The same as the bank has it, from the first day that is stored. */
function truth(account: keyof typeof BOOKS, today: string, stored: readonly string[]): string[] {
  const first = stored[0]?.slice(0, 10) ?? '';
  return BOOKS[account](today)
    .posted.filter(({ day, corrects }) => day >= first && corrects?.action !== 'DELETE')
    .map(({ day, cents }) => `${day} ${(cents / 100).toFixed(2)}`)
    .toSorted();
}

function expectTruth(rows: readonly string[], today: string, accounts: readonly (keyof typeof BOOKS)[]): void {
  for (const account of accounts) {
    const stored = movements(rows, account.replace(' ', '/'));
    expect(stored.length, account).toBeGreaterThan(4);
    expect({ account, stored }).toEqual({ account, stored: truth(account, today, stored) });
  }
}

describe('a home of version 0.1, step by step', () => {
  let home: Home;
  beforeAll(() => {
    home = homeOf0_1();
  });

  test('every transaction is there, with its id and its history', async () => {
    expect(rowsOf(await home.json('transactions --history'))).toEqual(expected.live.rows);
    expect(balancesOf(await home.json('accounts'))).toEqual(expected.live.balances);
    expect((await home.run('store check')).code).toBe(0);
    expect(await home.run('check --offline')).toMatchObject({ code: 0, stderr: '' });
  });

  test('status knows who fails, who is blocked and what is missing', async () => {
    const { code, stdout } = await home.run('status');
    expect(code).toBe(1);
    expect(stdout).toMatch(/river\/checking .* ok$/m);
    expect(stdout).toMatch(/linden\/courant .*failing since 2026-09-10/);
    expect(stdout).toMatch(/meadow\/joint .*blocked since 2026-09-01/);
    expect(stdout).toMatch(/birch\/card .*blocked since 2026-08-03/);
    expect(stdout).toMatch(/2026-09-01 and 2026-09-10 differ by -7 USD/);
    expect(stdout).toMatch(/2026-09-12 \d\d:\d\d .*by timer/);
  });

  test('the timer of the next day does what that of version 0.1 did, and says nothing anew', async () => {
    const { dayAfter } = expected.live;
    banks.down.add('linden');
    banks.asked.length = 0;
    put(join(home.dir, 'Downloads/orchard-3.qfx'), orchardFile('2026-09-12', 30));
    const { code, stdout } = await home.run(UNATTENDED, { on: '2026-09-13T12:00:00Z' });
    expect(outcomesOf(JSON.parse(stdout))).toEqual(dayAfter.outcomes);
    expect(code).toBe(dayAfter.code);
    // What was told before and still holds is not told again.
    expect(newsOf(home)).toEqual(['orchard (joint): works again.']);
  });

  test('a refused login is not presented again, and the others go where they went, as who they were', () => {
    const hosts = banks.asked.map(({ host }) => host);
    expect(hosts.filter((host) => /meadow|birch/.test(host))).toEqual([]);
    expect(new Set(hosts)).toEqual(
      new Set([
        ...['statements.river.example', 'cards.processor.example', 'ofx.harbor.example', 'ofx.quarry.example'],
        'ofx.linden.example',
      ]),
    );
    const [card] = banks.asked.filter(({ host }) => host === 'cards.processor.example');
    expect(card?.body).toContain('<CLIENTUID>36E10A385103412AA854B276A77A9E5D<');
    expect(card?.body).toContain('<ACCESSKEY>KEY-2026-09-12<');
  });

  test('no row is doubled and no id has changed', async () => {
    const { rows, dayAfter } = expected.live;
    const now = rowsOf(await home.json('transactions --history', '2026-09-13T13:00:00Z'));
    const posted = (all: readonly string[]) => all.filter((row) => !isPending(row));
    expect(
      posted(rows)
        .map(idAndAccount)
        .filter((one) => !now.some((row) => idAndAccount(row) === one)),
    ).toEqual([]);
    const wanted = [...rows.filter((row) => !dayAfter.gone.includes(row)), ...dayAfter.added];
    expect(now.map(withoutId).toSorted()).toEqual(wanted.map(withoutId).toSorted());
    // Where FITIDs hold, an id is made of them, and whoever began today would have the same.
    const plain = (all: readonly string[]) => all.filter((row) => / \| (?:river|harbor)\//.test(row)).toSorted();
    expect(plain(now)).toEqual(plain(wanted));
    expect(new Set(now.map((row) => row.split(' | ')[0])).size).toBe(now.length);
    expectTruth(now, '2026-09-13', ['river checking', 'river savings', 'summit card', 'quarry checking', 'harbor ira']);
    expectTruth(now, '2026-09-12', ['orchard joint']);
  });

  test('replies that were kept say nothing new', async () => {
    const before = rowsOf(await home.json('transactions --history'));
    expect((await home.run('import --replay', { on: '2026-09-13T13:00:00Z' })).code).toBe(0);
    expect(rowsOf(await home.json('transactions --history'))).toEqual(before);
  });

  test('the journals go on where they were, also the one that was killed while it was appended to', async () => {
    const before = { hledger: home.text('2026.journal'), beancount: home.text('books.beancount') };
    const [waiting = ''] = filesIn(join(home.dir, '.local/share/ofx-sync/appending'), '.text');
    expect(waiting).not.toBe('');
    for (const line of [HLEDGER, BEANCOUNT])
      expect((await home.run(line, { on: '2026-09-13T13:00:00Z' })).code, line).toBe(0);
    const after = { hledger: home.text('2026.journal'), beancount: home.text('books.beancount') };
    expect(after.hledger.startsWith(before.hledger)).toBe(true);
    expect(after.beancount.startsWith(before.beancount + waiting)).toBe(true);
    for (const text of Object.values(after)) {
      // A transfer has that of either side.
      const entries = ['2026091001', '2026091301', '2026091212M'].map((fitid) => fitidsIn(text, fitid));
      expect(entries).toEqual([1, 1, 2]);
    }
    for (const line of [HLEDGER, BEANCOUNT]) await home.run(line, { on: '2026-09-13T13:00:00Z' });
    expect(home.text('2026.journal')).toBe(after.hledger);
    expect(home.text('books.beancount')).toBe(after.beancount);
  });

  test.skipIf(!hasPeer('hledger'))('hledger takes the journal, and comes to what the banks say', () => {
    const file = join(home.dir, '2026.journal');
    expect(runPeer('hledger', ['-f', file, 'check', '--strict'])).toMatchObject({ status: 0, stderr: '' });
    const { stdout } = runPeer('hledger', [
      '-f',
      file,
      'balance',
      '-O',
      'csv',
      '--layout=bare',
      'Bank:Checking',
      'Visa',
    ]);
    const balance = (account: keyof typeof BOOKS) => (BOOKS[account]('2026-09-13').cents / 100).toFixed(2);
    expect(stdout).toContain(`"Assets:Bank:Checking","USD","${balance('river checking')}"`);
    expect(stdout).toContain(`"Liabilities:Visa","USD","${balance('summit card')}"`);
  });

  test.skipIf(!hasPeer('bean-check'))('beancount takes its own', () => {
    const { status, stdout, stderr } = runPeer('bean-check', [join(home.dir, 'books.beancount')]);
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: '' });
  });

  test('the push that was killed is carried on, and the budget has everything once', async () => {
    expect(budget.transactions.length).toBeLessThan(expected.live.dayAfter.budget);
    expect((await home.run('push ynab', { on: '2026-09-13T13:00:00Z' })).code).toBe(0);
    const rows = rowsOf(await home.json('transactions --history'))
      .filter((row) => !isPending(row) && !isRemoved(row) && / \| (?:river|summit)\//.test(row))
      .map((row) => `ofx-sync:${row.split(' | ')[0]}`);
    const imported = ynab.transactions.filter(({ import_id: id }) => id !== null);
    expect(imported.map(({ import_id: id }) => id).toSorted()).toEqual(rows.toSorted());
    expect(imported).toHaveLength(expected.live.dayAfter.budget);
    // A counterpart of a transfer is matched with the side that was imported, and both count once.
    const made = ynab.transactions.filter(({ import_id: id }) => id === null);
    const sides = made.map(({ matched_transaction_id: id }) => imported.find((one) => one.id === id));
    expect(sides.map((one) => one?.amount)).toEqual(made.map(({ amount }) => amount));
    const again = await home.run('push ynab', { on: '2026-09-13T13:00:00Z' });
    expect(again.stdout).toContain('0 new transactions');
  });

  test('a week later: a bank is back and a password was put right, each told once', async () => {
    banks.down.delete('linden');
    banks.asked.length = 0;
    const env = { MEADOW_PASSWORD: NEW_MEADOW };
    const { stdout } = await home.run(UNATTENDED, { on: '2026-09-20T12:00:00Z', env });
    const outcomes = outcomesOf(JSON.parse(stdout)).map((line) => line.replace(/^(\S+ \w+)(?: \d.*)?$/, '$1'));
    expect(outcomes.filter((line) => !line.endsWith(' ok'))).toEqual(['birch/card: skipped SIGNON_BLOCKED']);
    expect(banks.asked.filter(({ host }) => /birch/.test(host))).toEqual([]);
    expect(newsOf(home).slice(1).toSorted()).toEqual([
      'linden (courant): works again.',
      'meadow (joint): works again.',
      'orchard (joint): the last statement is of 2026-09-13.',
    ]);
    const rows = rowsOf(await home.json('transactions --history', '2026-09-20T13:00:00Z'));
    const all = ['river checking', 'river savings', 'summit card', 'quarry checking', 'harbor ira'] as const;
    expectTruth(rows, '2026-09-20', [...all, 'linden courant', 'meadow joint']);
  });

  test('a person at a terminal is asked nothing either', async () => {
    const asked: string[] = [];
    const answers = (question: string) => {
      asked.push(question);
      return '';
    };
    const env = { MEADOW_PASSWORD: NEW_MEADOW };
    const { code } = await home.run('sync', { on: '2026-09-21T12:00:00Z', answers, env });
    expect({ code, asked }).toEqual({ code: 1, asked: [] });
  });
});

/** What the person was told since version 0.1. */
function newsOf(home: Home): string[] {
  const messages = home.text(TOLD).trim().split('\n').slice(expected.live.told);
  return messages.flatMap((line) => String(Reflect.get(Object(JSON.parse(line)), 'text')).split('\n'));
}

function fitidsIn(journal: string, fitid: string): number {
  return journal.match(new RegExp(`fitid: "?${fitid}"?$`, 'gm'))?.length ?? 0;
}

/** What the files of a folder hold whose names end so. */
function filesIn(folder: string, end: string): string[] {
  const { stdout } = runPeer('find', [folder, '-name', `*${end}`]);
  return stdout
    .split('\n')
    .filter((path) => path !== '')
    .map((path) => readFileSync(path, 'utf8'));
}

test('a store of the sandbox and of a bank on loopback goes on with them', async () => {
  const { rows, weekAfter } = expected.trial;
  const home = homeOf0_1();
  const cwd = join(home.dir, 'trial');
  const trial = (line: string, on: string) => home.run(line, { on, cwd, env: { OFX_SYNC_DATA: join(cwd, 'data') } });
  const history = async (on: string) =>
    rowsOf(JSON.parse((await trial('transactions --history --json', on)).stdout) as unknown);
  expect(await history('2026-08-14T13:00:00Z')).toEqual(rows);
  const { code, stdout } = await trial('sync --json', '2026-08-20T12:00:00Z');
  expect(outcomesOf(JSON.parse(stdout))).toEqual(weekAfter.outcomes);
  expect(code).toBe(weekAfter.code);
  const now = await history('2026-08-20T13:00:00Z');
  const wanted = [...rows.filter((row) => !weekAfter.gone.includes(row)), ...weekAfter.added];
  expect(now.toSorted()).toEqual(wanted.toSorted());
  const local = now
    .map((row) => row.replace('local/checking', 'river/checking'))
    .filter((row, index) => row !== now[index]);
  expectTruth(local, '2026-08-20', ['river checking']);

  const journal = join(cwd, 'trial.journal');
  const before = readFileSync(journal, 'utf8');
  const line = 'export --format ledger --account river summit linden harbor --new --append --output trial.journal';
  expect((await trial(line, '2026-08-20T13:00:00Z')).code).toBe(0);
  const after = readFileSync(journal, 'utf8');
  expect(after.startsWith(before)).toBe(true);
  expect(after.length).toBeGreaterThan(before.length);
  if (hasPeer('ledger'))
    expect(runPeer('ledger', ['-f', journal, '--pedantic', 'balance'])).toMatchObject({ status: 0, stderr: '' });
}, 120_000);

describe('a schedule of version 0.1', () => {
  /** Programs that stand in: a crontab of these lines, and nothing else. */
  function withCrontab(lines: string | null): string {
    const bin = scratchDir();
    if (lines !== null) writeFileSync(join(bin, 'lines'), lines);
    const list = lines === null ? 'echo "no crontab for alex" >&2; exit 1' : `exec /bin/cat ${join(bin, 'lines')}`;
    writeFileSync(join(bin, 'crontab'), `#!/bin/sh\n${list}\n`, { mode: 0o755 });
    return bin;
  }

  /** @returns the only schedule that is found. */
  async function found(system: string, home: Home, bin: string): Promise<Record<string, unknown>> {
    const { code, stdout } = await home.run('schedule status --json', { env: { PATH: bin } });
    const { schedules, problems } = JSON.parse(stdout) as { schedules: Record<string, unknown>[]; problems: unknown[] };
    expect({ code, problems, count: schedules.length, system: schedules[0]?.['system'] }).toEqual({
      ...{ code: 0, problems: [], count: 1 },
      system,
    });
    return schedules[0] ?? {};
  }

  test.each([
    ['systemd', 'every day at 06:30', ['.config/systemd/user/ofx-sync.timer', '.config/systemd/user/ofx-sync.service']],
    ['launchd', 'every 6 hours', ['Library/LaunchAgents/ofx-sync.plist']],
    ['windows', 'from Monday to Friday at 06:30', ['AppData/Local/ofx-sync/schedule.xml']],
  ])('of %s is known as our own, and can be taken away', async (system, timing, files) => {
    const home = homeOf0_1();
    rmSync(join(home.dir, '.config/systemd'), { recursive: true });
    restore(`schedule/${system}`, home.dir, places());
    const bin = withCrontab(null);
    expect(await found(system, home, bin)).toMatchObject({
      ...{ timing, version: '0.1.0' },
      command: expect.arrayContaining([process.execPath, program, 'sync', '--unattended', join(home.dir, CONFIG)]),
      lastRun: { startedAt: expect.stringMatching(/^2026-09-12T12:00/) },
    });
    await home.run('schedule remove', { env: { PATH: bin } });
    expect(files.filter((name) => existsSync(join(home.dir, name)))).toEqual([]);
  });

  test('in a crontab is known as our own', async () => {
    const home = homeOf0_1();
    rmSync(join(home.dir, '.config/systemd'), { recursive: true });
    const lines = readFileSync(join(VERSION_0_1, 'schedule/crontab'), 'utf8')
      .replaceAll('/home/alex', home.dir)
      .replaceAll('/opt/ofx-sync/dist/bin.js', program)
      .replaceAll('/usr/bin/node', process.execPath);
    expect(await found('cron', home, withCrontab(lines))).toMatchObject({ timing: 'every day at 06:30' });
  });
});

const KEYRING = fileURLToPath(new URL('../support/keyring.sh', import.meta.url));
const CLOCK = fileURLToPath(new URL('../support/clock.mjs', import.meta.url));
const hasKeyring = ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool']
  .map((name) => hasPeer(name))
  .every(Boolean);

test.skipIf(!hasKeyring)(
  'the installed program finds the passwords in a real keychain, as they were stored',
  async () => {
    const home = homeOf0_1();
    banks.now = () => new Date('2026-11-20T06:30:00Z');
    const store = Object.entries(keychain).map(
      ([account, value]) =>
        // On a busy machine the keyring refuses an entry, or has it a moment after it was stored.
        `for i in $(seq 100); do printf %s '${value}' | secret-tool store --label='ofx-sync/${account}' xdg:schema org.freedesktop.Secret.Generic service ofx-sync account '${account}'; secret-tool lookup service ofx-sync account '${account}' > /dev/null && break; sleep 0.1; done`,
    );
    const options = `--config '${join(home.dir, CONFIG)}' --data '${join(home.dir, '.local/share/ofx-sync')}'`;
    const ofxSync = `'${process.execPath}' --import '${CLOCK}' '${program}'`;
    const script = [
      ...store,
      `${ofxSync} secret list --json ${options} > '${home.dir}/secrets.json' || true`,
      `${ofxSync} sync river summit --unattended --spread 0s --json ${options} > '${home.dir}/synced.json' || true`,
    ].join('\n');
    const env = {
      PATH: process.env['PATH'],
      HOME: home.dir,
      HTTPS_PROXY: banks.proxy,
      HARBOR_USER: 'alex',
      MEADOW_PASSWORD: MEADOW,
    };
    await promisify(execFile)(KEYRING, ['unlocked', 'bash', '-c', script], { cwd: home.dir, env });
    const { secrets } = JSON.parse(home.text('secrets.json')) as { secrets: { kept: string; state: string }[] };
    const kept = secrets.filter(({ kept: where }) => where.startsWith('keychain:'));
    expect(kept.filter(({ state }) => state === 'missing')).toEqual([]);
    expect(kept.map(({ kept: where }) => where)).toEqual(
      expect.arrayContaining(['river', 'summit card', 'linden', 'birch'].map((name) => `keychain:${name}`)),
    );
    const outcomes = outcomesOf(JSON.parse(home.text('synced.json')));
    expect(outcomes.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      'river/checking: ok',
      'river/savings: ok',
      'summit/card: ok',
    ]);
  },
  120_000,
);
