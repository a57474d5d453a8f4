/** `ofx-sync push ynab` against a service that behaves as YNAB's specification says. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { failure, startYnab, YNAB_TOKEN, type YnabOptions, type YnabServer } from '../support/ynab-server.js';

const INSTITUTIONS = configText([
  { name: 'summit', url: 'sandbox://summit' },
  {
    name: 'meadow',
    url: 'sandbox://meadow',
    accounts: '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }]',
  },
]);

const servers: YnabServer[] = [];
afterAll(async () => {
  for (const server of servers) await server.close();
});

/** A folder with synced accounts and a budget. */
async function scene(options: YnabOptions = {}, more: readonly string[] = [], institutions = INSTITUTIONS) {
  const cwd = scratchDir();
  const server = await startYnab(options);
  servers.push(server);
  const push = [
    'push:',
    '  ynab:',
    '    token: env:TOKEN',
    `    server: ${server.url}`,
    ...more.map((line) => `    ${line}`),
  ];
  writeFileSync(join(cwd, 'accounts.yaml'), `${institutions}${push.join('\n')}\n`);
  const run = (...argv: string[]): Promise<Run> => runCli(argv, { cwd, env: { TOKEN: YNAB_TOKEN } });
  expect((await run('-q')).code).toBe(0);
  return { cwd, server, run };
}

const BOTH: YnabOptions = {
  accounts: [
    { name: 'Card', type: 'creditCard' },
    { name: 'meadow joint', type: 'checking' },
  ],
};

test('the payees of the rules are those of the budget', async () => {
  const rules = 'rules: [{ match: { payee: payroll }, set: { payee: The workshop } }]\n';
  const { server, run } = await scene(BOTH, [], `${INSTITUTIONS}${rules}`);
  expect((await run('push', 'ynab')).code).toBe(0);
  const ruled = server.transactions.filter(({ memo }) => /payroll/i.test(memo ?? ''));
  expect(ruled.length).toBeGreaterThan(0);
  expect(ruled.every(({ payee_name: name }) => name === 'The workshop')).toBe(true);
});

describe('two pushes', () => {
  let world: Awaited<ReturnType<typeof scene>>;
  beforeAll(async () => {
    world = await scene(BOTH);
  });

  test('the first adds every transaction with its exact amount', async () => {
    const { server, run } = world;
    const { code, stdout, stderr } = await run('push', 'ynab');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const stored = JSON.parse((await run('transactions', '--json')).stdout) as {
      transactions: { postedOn: string; amount: string; pending: boolean; id: string }[];
    };
    const posted = stored.transactions.filter(({ pending }) => !pending);
    const exact = (amount: string) => {
      const [whole = '', fraction = ''] = amount.split('.');
      return Number(`${whole}${fraction.padEnd(3, '0')}`);
    };
    expect(server.transactions.map(({ import_id, date, amount }) => [import_id, date, amount]).toSorted()).toEqual(
      posted.map(({ id, postedOn, amount }) => [`ofx-sync:${id}`, postedOn, exact(amount)]).toSorted(),
    );
    expect(server.transactions.every(({ cleared, approved }) => cleared === 'cleared' && !approved)).toBe(true);
    expect(stdout).toContain(`${posted.length} new transactions`);
  });

  test('the second adds nothing and sends nothing', async () => {
    const { server, run } = world;
    const before = server.transactions.length;
    server.requests.length = 0;
    const { code, stdout } = await run('push', 'ynab');
    expect(code).toBe(0);
    expect(stdout).toContain('2 of 2 accounts · 0 new transactions');
    expect(server.transactions).toHaveLength(before);
    expect(server.requests.filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  test('with --all everything is sent again and nothing is added', async () => {
    const { server, run } = world;
    const before = server.transactions.length;
    const { stdout } = await run('push', 'ynab', '--all', '--json');
    const { accounts } = JSON.parse(stdout) as { accounts: { transactions: { added: number; present: number } }[] };
    expect(accounts.map(({ transactions }) => transactions.added)).toEqual([0, 0]);
    expect(accounts.reduce((sum, { transactions }) => sum + transactions.present, 0)).toBe(before);
    expect(server.transactions).toHaveLength(before);
  });
});

describe('accounts', () => {
  test('missing in the budget are reported, and created with --create so that balances agree', async () => {
    const { server, run } = await scene();
    const refused = await run('push', 'ynab');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('the budget has no account for meadow/joint. It has no accounts yet.');
    expect(server.transactions).toEqual([]);
    const dry = await run('push', 'ynab', '--create', '--dry-run');
    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain('→ summit card (to be created): ');
    expect([server.accounts, server.transactions]).toEqual([[], []]);
    expect((await run('push', 'ynab', '--create')).code).toBe(0);
    const own = JSON.parse((await run('accounts', '--json')).stdout) as {
      accounts: { institution: string; account: string; ledgerBalance: { amount: string } }[];
    };
    for (const { institution, account, ledgerBalance } of own.accounts) {
      const made = server.accounts.find(({ name }) => name === `${institution} ${account}`);
      expect(server.balance(made?.id ?? ''), account).toBe(Math.round(Number(ledgerBalance.amount) * 1000));
    }
    expect(server.accounts.map(({ type }) => type)).toEqual(['creditCard', 'checking']);
    const before = server.transactions.length;
    expect((await run('push', 'ynab', '--create')).stdout).toContain('0 new transactions');
    expect([server.accounts.length, server.transactions.length]).toEqual([2, before]);
  });

  test('are those of accounts.yaml, and the others are skipped', async () => {
    const { server, run } = await scene(
      {
        accounts: [
          { name: 'Visa', type: 'creditCard' },
          { name: 'joint', type: 'checking' },
        ],
      },
      ['accounts: { summit/card: visa }'],
    );
    const { code, stdout } = await run('push', 'ynab');
    expect(code).toBe(0);
    expect(stdout).toContain('→ Visa: ');
    expect(new Set(server.transactions.map(({ account_id }) => account_id))).toEqual(new Set([server.accounts[0]?.id]));
  });

  test.each<[string, YnabOptions, string[], string]>([
    [
      'two of a name',
      {
        accounts: [
          { name: 'Card', type: 'cash' },
          { name: 'card', type: 'cash' },
        ],
      },
      [],
      'card',
    ],
    ['closed', { accounts: [{ name: 'card', type: 'cash', closed: true }] }, [], 'no account for summit/card'],
    [
      'a slip',
      { accounts: [{ name: 'Visa', type: 'cash' }] },
      ['accounts: { summit/card: Vsia }'],
      'Did you mean "Visa"?',
    ],
    ['no budget', { plans: [] }, [], 'no budget found'],
    ['several budgets', { plans: ['A', 'B'] }, [], 'Your budgets: A, B'],
    ['another budget', { plans: ['Family'] }, ['budget: Famly'], 'Did you mean "Family"?'],
    ['another currency', { ...BOTH, currency: 'EUR' }, [], 'it is in USD, but the budget is in EUR'],
  ])('%s', async (_, options, more, message) => {
    const { server, run } = await scene(options, more);
    const { code, stderr, stdout } = await run('push', 'ynab');
    expect(code).not.toBe(0);
    expect(`${stdout}${stderr}`).toContain(message);
    expect(server.transactions.filter(({ account_id }) => account_id === server.accounts[0]?.id)).toEqual([]);
  });
});

describe('failures', () => {
  test('a wrong token is reported and not shown', async () => {
    const { cwd } = await scene(BOTH);
    const { code, stderr } = await runCli(['push', 'ynab'], { cwd, env: { TOKEN: 'wrong-canary-77' } });
    expect(code).toBe(1);
    expect(stderr).toContain('rejected the token (HTTP 401)');
    expect(stderr).not.toContain('canary');
  });

  test('a connection that ends before or after the transactions were added loses and doubles nothing', async () => {
    const { server, run } = await scene(BOTH);
    server.instead.push('cut', 'cut-after');
    expect((await run('push', 'ynab')).code).toBe(0);
    const ids = server.transactions.map(({ import_id }) => import_id);
    expect(new Set(ids).size).toBe(ids.length);
    const all = JSON.parse((await run('transactions', '--json')).stdout) as { transactions: { pending: boolean }[] };
    expect(ids).toHaveLength(all.transactions.filter(({ pending }) => !pending).length);
  });

  test('after HTTP 429 the next push sends the rest', async () => {
    const { server, run } = await scene({ ...BOTH, requestsPerHour: 3 });
    const first = await run('push', 'ynab');
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('accepts no more requests for now (HTTP 429)');
    const taken = server.transactions.length;
    expect(taken).toBeGreaterThan(0);
    server.requests.length = 0;
    const second = await run('push', 'ynab', '--json');
    const { accounts } = JSON.parse(second.stdout) as { accounts: { transactions: { added: number } }[] };
    expect(accounts[0]?.transactions.added).toBe(0);
    expect(accounts[1]?.transactions.added).toBe(server.transactions.length - taken);
  });

  test('a short Retry-After is followed', async () => {
    const { server, run } = await scene(BOTH);
    server.instead.push(failure(429, 'too_many_requests', 'Too many requests', { 'Retry-After': '0' }));
    expect((await run('push', 'ynab')).code).toBe(0);
    expect(server.transactions.length).toBeGreaterThan(0);
  });

  test('a refused transaction does not hold back the others', async () => {
    const { server, run } = await scene(BOTH, [], INSTITUTIONS);
    server.instead.push(failure(400, 'bad_request', 'date must not be in the future or over 5 years ago (index: 1)'));
    const first = await run('push', 'ynab', '--account', 'meadow');
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('  refused: ');
    expect(first.stdout).toContain('YNAB says: date must not be in the future');
    const before = server.transactions.length;
    // YNAB may accept it another day, so it is sent again.
    const second = await run('push', 'ynab', '--account', 'meadow');
    expect(second.code).toBe(0);
    expect(server.transactions).toHaveLength(before + 1);
  });

  test('a conflict is found by sending halves', async () => {
    const { server, run } = await scene(BOTH);
    server.instead.push(failure(409, 'conflict', 'import_id already exists'));
    const { code } = await run('push', 'ynab', '--account', 'meadow');
    expect(code).toBe(0);
    const ids = server.transactions.map(({ import_id }) => import_id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each<[string, ReturnType<typeof failure>, string]>([
    ['a refusal without a reason', { status: 403, body: '<html>' }, 'refused the request: HTTP 403'],
    ['a web page', { status: 200, body: '<html>' }, 'cannot be read'],
    ['an empty reply', { status: 201, body: {} }, 'cannot be read'],
    ['a refusal that names nothing', failure(400, 'bad_request', 'no'), 'YNAB refused the transactions: no'],
  ])('%s', async (_, answer, message) => {
    const { server, run } = await scene(BOTH);
    server.instead.push(answer);
    const { code, stderr } = await run('push', 'ynab', '--account', 'meadow');
    expect(code).toBe(3);
    expect(stderr).toContain(message);
  });

  test('an unknown target', async () => {
    const { run } = await scene(BOTH);
    expect((await run('push', 'yanb')).stderr).toContain('Did you mean: ofx-sync push ynab?');
    expect((await run('push', 'ynab', '--consumer', '-')).code).toBe(2);
  });
});
