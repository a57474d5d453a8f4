/** Categories of rules, openings and values of investment and loan accounts, and currencies, in a budget of YNAB. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { configText } from '../support/institutions.js';
import { filesScene } from '../support/push-files.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile } from '../support/statement-file.js';
import type { YnabCategory } from '../support/ynab-budget.js';
import { startYnab, YNAB_TOKEN, type YnabOptions, type YnabServer } from '../support/ynab-server.js';

const servers: YnabServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

describe('categories of rules', () => {
  const SHOPS = ['GROCER', 'BAKER', 'LANDLORD', 'CINEMA'].map((name, index) => ({
    ...{ fitid: name, amount: `-${index + 1}.00`, on: '20261110', name },
  }));
  const rulesFor = (...categories: string[]) =>
    `rules:\n${SHOPS.slice(0, categories.length)
      .map(({ name }, index) => `  - { match: { payee: ${name} }, set: { category: "${categories[index]}" } }\n`)
      .join('')}`;
  const KNOWN: Omit<YnabCategory, 'id'>[] = [
    { group: 'Everyday', name: 'Groceries' },
    { group: 'Everyday', name: 'Fun' },
    { group: 'Someday', name: 'Fun' },
    { group: 'Everyday', name: 'Old', hidden: true },
  ];

  async function scene(...categories: string[]) {
    const made = await filesScene(rulesFor(...categories), { categories: KNOWN });
    servers.push(made.server);
    await made.list('checking', SHOPS);
    const given = () =>
      SHOPS.map(({ fitid }) => {
        const id = made.budget('checking').get(fitid)?.category_id;
        const found = made.server.categories.find((one) => one.id === id);
        return found === undefined ? null : `${found.group}: ${found.name}`;
      });
    return { ...made, given };
  }

  test('are found by their name, with their group, and by names of journals', async () => {
    const { run, given } = await scene('groceries', 'Someday: Fun', 'Expenses:Food:Groceries', 'Assets:Elsewhere');
    expect(await run('push', 'ynab')).toMatchObject({ code: 0, stderr: '' });
    expect(given()).toEqual(['Everyday: Groceries', 'Someday: Fun', 'Everyday: Groceries', null]);
  });

  test('that the budget does not have, or has twice, are reported and pushed without', async () => {
    const { run, given, server } = await scene('Rent', 'Fun', 'Rent', 'Old');
    const { code, stdout } = await run('push', 'ynab');
    expect(code).toBe(0);
    expect(stdout).toContain(
      'no category "Rent" in the budget: 2 transactions without a category. To create it: --create-categories',
    );
    expect(stdout).toContain('several categories "Fun" in the budget: 1 transaction without a category');
    expect(stdout).toContain('no category "Old"');
    expect(given()).toEqual([null, null, null, null]);
    expect(server.requests.filter((line) => line.includes('POST') && line.includes('categor'))).toEqual([]);
    expect((await run('push', 'ynab')).stdout).not.toContain('category');
  });

  test('are created only if that is asked for, each once', async () => {
    const { run, given, server } = await scene('Rent', 'Expenses:Home:Repairs', 'rent', 'Everyday: Cinema');
    expect((await run('push', 'ynab', '--create-categories', '--dry-run')).code).toBe(0);
    expect(server.categories.some(({ name }) => name === 'Rent')).toBe(false);
    expect(await run('push', 'ynab', '--create-categories')).toMatchObject({ code: 0, stderr: '' });
    expect(given()).toEqual(['From rules: Rent', 'Home: Repairs', 'From rules: Rent', 'Everyday: Cinema']);
    expect(server.categories.filter(({ name }) => /^rent$/i.test(name))).toHaveLength(1);
  });

  test('are not asked for without rules', async () => {
    const { run, server } = await scene();
    await run('push', 'ynab');
    expect(server.requests.filter((line) => line.includes('categor'))).toEqual([]);
  });
});

const BROKER = configText([
  {
    name: 'harbor',
    url: 'sandbox://harbor',
    accounts: '[{ name: ira, kind: investment, id: "77-1234" }]',
  },
  {
    name: 'orchard',
    url: 'sandbox://orchard',
    accounts: '[{ name: loan, kind: loan, id: "L-4410", loanType: mortgage }]',
  },
]);

interface Stored {
  readonly cash: number;
  readonly value: number;
  readonly loan: number;
}

async function brokerScene(options: YnabOptions = {}) {
  const cwd = scratchDir();
  const server = await startYnab({ today: '2026-11-20', ...options });
  servers.push(server);
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `${BROKER}push: { ynab: { token: "env:TOKEN", server: "${server.url}" } }\n`,
  );
  const run = (day: string, ...argv: string[]): Promise<Run> =>
    runCli(argv, { cwd, env: { TOKEN: YNAB_TOKEN }, now: () => new Date(`${day}T08:00:00Z`) });
  /** The bank's figures of a day, in milliunits. */
  const synced = async (day: string): Promise<Stored> => {
    expect((await run(day, '-q')).code).toBe(0);
    server.today = day;
    const store = await openStore(join(cwd, 'data'));
    const holdings = store.accountState({ institution: 'harbor', name: 'ira' })?.holdings;
    const debt = store.accountState({ institution: 'orchard', name: 'loan' })?.ledgerBalance?.amount;
    store.close();
    const milli = (text: string | null | undefined) => Math.round(Number(text ?? Number.NaN) * 1000);
    const cash = milli(holdings?.cash?.amount);
    const positions = holdings?.positions ?? [];
    expect(positions.length).toBeGreaterThan(0);
    return { cash, value: positions.reduce((sum, one) => sum + milli(one.marketValue), cash), loan: milli(debt) };
  };
  const idOf = (name: string) => server.accounts.find((one) => one.name === name)?.id ?? '';
  const balances = () => [server.balance(idOf('harbor ira')), server.balance(idOf('orchard loan'))];
  const adjusting = () => server.transactions.filter((one) => one.payee_name === 'Change in value');
  return { server, run, synced, balances, adjusting };
}

describe('a broker and a loan', () => {
  test('that are created begin so that their balances are the cash and the debt', async () => {
    const { run, synced, balances } = await brokerScene();
    const { cash, loan } = await synced('2026-11-20');
    expect(cash).toBeGreaterThan(0);
    expect(await run('2026-11-20', 'push', 'ynab', '--create')).toMatchObject({ code: 0, stderr: '' });
    expect(balances()).toEqual([cash, loan]);
  });

  test('are kept at their values by one entry each, which is replaced', async () => {
    const { run, synced, balances, adjusting, server } = await brokerScene();
    const push = (day: string, ...argv: string[]) => run(day, 'push', 'ynab', '--create', '--values', ...argv);
    const first = await synced('2026-09-18');
    const tried = await push('2026-09-18', '--dry-run');
    expect(tried.stdout).toMatch(/value [\d,.]+ USD to set/);
    expect(server.accounts).toEqual([]);
    expect(await push('2026-09-18')).toMatchObject({ code: 0, stderr: '' });
    expect(balances()).toEqual([first.value, first.loan]);
    expect(adjusting()).toHaveLength(1);
    const before = JSON.stringify(server.transactions);
    expect((await push('2026-09-18')).stdout).toContain('0 new transactions');
    expect(JSON.stringify(server.transactions)).toBe(before);

    const later = await synced('2026-11-20');
    expect(later.value).not.toBe(first.value);
    expect(await push('2026-11-20')).toMatchObject({ code: 0, stderr: '' });
    expect(balances()).toEqual([later.value, later.loan]);
    expect(adjusting()).toHaveLength(1);
  });

  test('keep the words of the person on the adjusting entry, and get another one when it was deleted', async () => {
    const { run, synced, balances, adjusting, server } = await brokerScene();
    const push = (day: string) => run(day, 'push', 'ynab', '--create', '--values');
    await synced('2026-09-18');
    await push('2026-09-18');
    const [entry] = adjusting();
    if (entry === undefined) throw new Error('no adjusting entry');
    server.budget.update(entry, { memo: 'paper gains' });
    const later = await synced('2026-11-19');
    await push('2026-11-19');
    expect(adjusting().map(({ memo }) => memo)).toEqual(['paper gains']);
    server.budget.remove(entry);
    await run('2026-11-20', 'push', 'ynab', '--values');
    expect(balances()[0]).toBe(later.value);
  });
});

describe('an account in another currency than the budget', () => {
  const EURO = 'river/euro';
  async function scene(push = '', options: YnabOptions = {}) {
    const cwd = scratchDir();
    const server = await startYnab({ today: '2026-11-25', ...options });
    servers.push(server);
    const account = (name: string, id: string) =>
      `{ name: ${name}, kind: checking, id: "${id}", routing: "011000015" }`;
    writeFileSync(
      join(cwd, 'accounts.yaml'),
      `institutions: [{ name: river, files: "downloads/*.qfx", accounts: [${account('checking', '5555')}, ${account('euro', '6666')}] }]\n` +
        `push: { ynab: { token: "env:TOKEN", server: "${server.url}"${push} } }\n`,
    );
    const run = (...argv: string[]) =>
      runCli(argv, { cwd, env: { TOKEN: YNAB_TOKEN }, now: () => new Date('2026-11-25T08:00:00Z') });
    const of = (fitid: string) => [{ fitid, amount: '-5.00', on: '20261110' }];
    writeFileSync(join(cwd, 'a.qfx'), bankFile(of('A')));
    writeFileSync(join(cwd, 'b.qfx'), bankFile(of('B'), { account: '6666' }).replace('<CURDEF>USD', '<CURDEF>EUR'));
    expect((await run('import', 'a.qfx', 'b.qfx', '-q')).code).toBe(0);
    return { server, run };
  }

  test('is refused whole', async () => {
    const { server, run } = await scene();
    const { code, stderr } = await run('push', 'ynab', '--create');
    expect(code).toBe(1);
    expect(stderr).toContain(`${EURO}`.split('/')[1]);
    expect(stderr).toContain('it is in EUR, but the budget is in USD');
    expect(stderr).toContain('--any-currency');
    expect(server.accounts.map(({ name }) => name)).toEqual(['river checking']);
  });

  test('is pushed unconverted if that is asked for', async () => {
    const { server, run } = await scene();
    expect(await run('push', 'ynab', '--create', '--any-currency')).toMatchObject({ code: 0, stderr: '' });
    expect(server.transactions.map(({ amount }) => amount)).toEqual([-5000, -5000]);
  });
});
