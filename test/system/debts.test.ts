/** Cards and loans of banks of both kinds, from two downloads to journals and a budget: what is owed is negative everywhere. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { hasPeer, runPeer } from '../support/peer-program.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { startYnab, YNAB_TOKEN, type YnabServer } from '../support/ynab-server.js';

interface Listed {
  readonly institution: string;
  readonly account: string;
  readonly ledgerBalance: { readonly amount: string };
  readonly notices: readonly { readonly code: string }[];
}

const INSTITUTIONS = configText([
  { name: 'summit', url: 'sandbox://summit' },
  {
    name: 'orchard',
    url: 'sandbox://orchard',
    accounts: '[{ name: loan, kind: loan, id: "L-4410", loanType: mortgage }]',
  },
  {
    name: 'cobalt',
    url: 'sandbox://cobalt',
    accounts: '[{ name: card, kind: creditcard, id: "6011601160116611" }, { name: loan, kind: loan, id: "A-7702" }]',
  },
]);

let cwd = '';
let ynab: YnabServer;
let first: readonly Listed[] = [];
let second: readonly Listed[] = [];
let balances: ReadonlyMap<string, string> = new Map();

const run = (line: string, on = '2026-11-16T08:00:00Z'): Promise<Run> =>
  runCli(line.split(' '), { cwd, now: () => new Date(on), env: { TOKEN: YNAB_TOKEN } });
const list = async (line: string, on?: string) =>
  (JSON.parse((await run(line, on)).stdout) as { accounts: Listed[] }).accounts;
const amounts = (listed: readonly Listed[]) =>
  new Map(listed.map((one) => [`${one.institution}/${one.account}`, one.ledgerBalance.amount]));

beforeAll(async () => {
  cwd = scratchDir();
  ynab = await startYnab({});
  writeFileSync(
    join(cwd, 'accounts.yaml'),
    `${INSTITUTIONS}push:\n  ynab:\n    token: env:TOKEN\n    server: ${ynab.url}\n`,
  );
  first = await list('sync --json', '2026-11-10T08:00:00Z');
  second = await list('sync --json');
  balances = amounts(await list('accounts --json'));
});
afterAll(() => ynab.close());

test('a loan is owed from the first download on, and a card as soon as the transactions show it', () => {
  expect([...amounts(first)].filter(([, amount]) => !amount.startsWith('-')).map(([name]) => name)).toEqual([
    'cobalt/card',
  ]);
  expect([...amounts(second)]).toEqual([...balances]);
  expect([...balances.keys()]).toEqual(['summit/card', 'orchard/loan', 'cobalt/card', 'cobalt/loan']);
  for (const [name, amount] of balances) expect(amount, name).toMatch(/^-\d+\.\d\d$/);
  expect(second.map(({ notices }) => notices.map(({ code }) => code))).toEqual([[], [], ['owed-balance'], []]);
});

test('the same in what a sync prints, in status, and in an OFX export', async () => {
  const { code, stdout } = await run('status');
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.not.stringContaining('differ by') });
  expect((await run('check --balances')).stdout).not.toContain('differ');
  for (const [name, amount] of balances)
    expect((await run(`export --format ofx --account ${name}`)).stdout.replace(/\s+/g, '')).toContain(
      `<LEDGERBAL><BALAMT>${amount}</BALAMT>`,
    );
});

describe('what the programs of others make of the journals', () => {
  const JOURNALS = [
    ['hledger', 'hledger', ['bal', '-N', '--flat', '--format', '%(account) %(total)', 'Liabilities']],
    ['ledger', 'ledger', ['bal', '--flat', '--no-total', '--format', '%(account) %(total)\n', 'Liabilities']],
  ] as const;
  test.each(JOURNALS)('%s', async (format, program, query) => {
    if (!hasPeer(program)) return;
    const file = join(cwd, `books.${format}`);
    expect((await run(`export --format ${format} --output ${file}`)).code).toBe(0);
    const { status, stdout, stderr } = runPeer(program, ['-f', file, ...query]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const totals = stdout.match(/-?[\d,]+\.\d\d/g)?.map((amount) => amount.replaceAll(',', ''));
    expect(totals?.toSorted()).toEqual([...balances.values()].toSorted());
  });

  test('beancount', async () => {
    const file = join(cwd, 'books.beancount');
    expect((await run(`export --format beancount --output ${file}`)).code).toBe(0);
    if (hasPeer('bean-check')) expect(runPeer('bean-check', [file])).toEqual({ status: 0, stdout: '', stderr: '' });
    const { stdout } = await run('export --format beancount');
    const stated = [...stdout.matchAll(/ balance Liabilities\S+ +(-?[\d.]+)/g)].map(([, amount]) => amount);
    expect(stated.toSorted()).toEqual([...balances.values()].toSorted());
  });
});

test('a budget that is filled has the balances of the store', async () => {
  expect(await run('push ynab --create')).toMatchObject({ code: 0, stderr: '' });
  expect(ynab.accounts.map(({ id }) => ynab.balance(id)).toSorted()).toEqual(
    [...balances.values()].map((amount) => Math.round(Number(amount) * 1000)).toSorted(),
  );
  expect((await run('push ynab --create')).stdout).toContain(' 0 new transactions');
});
