/** Institutions of a SimpleFIN bridge (`simplefin:`): a server that behaves and misbehaves, and what a household keeps of it. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openStore } from '../../src/store/open.js';
import { type Answer, type Asked, BRIDGE_PASSWORD, BRIDGE_USER, noon, startBridge } from '../support/bridge.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const NOW = new Date('2026-11-20T15:00:00Z');
const ACCOUNTS = `[{ name: giro, kind: checking, id: ACT-1 }, { name: card, kind: creditcard, id: ACT-2 }]`;

/** A transaction as JSON text, so that amounts may be numbers as bridges spell them. */
function transaction(id: string, day: string, amount: string, description: string, more = ''): string {
  return `{"id":"${id}","posted":${noon(day)},"amount":${amount},"description":"${description}"${more}}`;
}

function account(
  id: string,
  { name = id, conn = 'CON-1', balance = '"10.00"', more = '', transactions = [] as string[] } = {},
) {
  return `{"id":"${id}","name":"${name}","conn_id":"${conn}","org":{"name":"${conn} Bank","domain":"bank.example"},"currency":"USD","balance":${balance},"balance-date":${noon('2026-11-19')}${more},"transactions":[${transactions.join(',')}]}`;
}

function accountSet(accounts: readonly string[], more = '"errlist":[],"connections":[]'): string {
  return `{${more},"accounts":[${accounts.join(',')}]}`;
}

const TWO = accountSet([
  account('ACT-1', {
    transactions: [
      transaction('T1', '2026-11-10', '-12.10', 'SQ *COFFEE 0815', ',"payee":"Coffee","memo":"two cups"'),
      transaction('T2', '2026-11-12', '"1000000000000000.01"', 'SALARY'),
    ],
  }),
  account('ACT-2', {
    conn: 'CON-2',
    balance: '-55.5',
    transactions: [transaction('T1', '2026-11-11', '-55.50', 'SHOES')],
  }),
]);

async function scene(
  answer: (asked: Asked) => Answer = () => ({ body: TWO }),
  { accounts = ACCOUNTS, more = '' } = {},
) {
  const bridge = await startBridge(answer);
  const cwd = scratchDir();
  const text = `institutions:\n  - name: bridge\n    simplefin: env:ACCESS\n${more}    accounts: ${accounts}\n`;
  writeFileSync(join(cwd, 'accounts.yaml'), text);
  const options: RunOptions = { cwd, env: { ACCESS: bridge.access }, now: () => NOW };
  const run = (argv: readonly string[], extra: Partial<RunOptions> = {}) => runCli(argv, { ...options, ...extra });
  return { ...bridge, cwd, run };
}

type Scene = Awaited<ReturnType<typeof scene>>;

interface Outcome {
  readonly account: string;
  readonly status: string;
  readonly transactions: { readonly new: number } | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
  readonly notices: readonly { readonly code: string; readonly message: string }[];
}

async function synced(one: Scene, argv: readonly string[] = [], extra: Partial<RunOptions> = {}) {
  const { stdout, stderr, code } = await one.run(['sync', '--json', '--retries', '0', ...argv], extra);
  const { accounts } = JSON.parse(stdout) as { accounts: readonly Outcome[] };
  return { code, stderr, stdout, giro: accounts[0], card: accounts[1] };
}

async function stored(one: Scene) {
  const { stdout } = await one.run(['transactions', '--json']);
  return (JSON.parse(stdout) as { transactions: readonly Record<string, unknown>[] }).transactions;
}

test('all accounts of a bridge come with one request for the days that a bank would be asked for', async () => {
  const one = await scene();
  const first = await synced(one, ['--since', '2026-10-01']);
  expect([first.giro, first.card].map((each) => [each?.status, each?.transactions?.new])).toEqual([
    ['ok', 2],
    ['ok', 1],
  ]);
  expect(one.asked).toHaveLength(1);
  const [asked] = one.asked;
  expect(asked?.path).toBe('/simplefin/accounts');
  expect([...(asked?.query ?? [])]).toEqual([
    ['version', '2'],
    ['start-date', String(Date.parse('2026-10-01T00:00:00Z') / 1000)],
    ['pending', '1'],
    ['account', 'ACT-1'],
    ['account', 'ACT-2'],
  ]);
  const basic = Buffer.from(`${BRIDGE_USER}:${BRIDGE_PASSWORD}`).toString('base64');
  expect(asked?.headers.authorization).toBe(`Basic ${basic}`);
  const again = await synced(one);
  expect([again.giro, again.card].map((each) => each?.transactions?.new)).toEqual([0, 0]);
  expect(one.asked).toHaveLength(2);
});

test('amounts stay the text that came, and texts become name and memo', async () => {
  const one = await scene();
  await synced(one);
  const rows = await stored(one);
  expect(rows.map(({ postedOn, amount, name, memo }) => [postedOn, amount, name, memo])).toEqual([
    ['2026-11-10', '-12.10', 'Coffee', 'two cups'],
    ['2026-11-11', '-55.50', 'SHOES', null],
    ['2026-11-12', '1000000000000000.01', 'SALARY', null],
  ]);
});

test('the access URL is nowhere but in the request', async () => {
  const one = await scene(({ headers }) => ({
    body: accountSet([account('ACT-1', { name: `you are ${headers.authorization} ${BRIDGE_PASSWORD}` })]),
  }));
  const { stdout, stderr } = await synced(one, ['--verbose']);
  const kept = readdirSync(join(one.cwd, 'data'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:sqlite|db|json|key)|wal|log/.test(name))
    .map((name) => readFileSync(join(one.cwd, 'data', name), 'latin1'));
  expect(kept.length).toBeGreaterThan(0);
  const store = await openStore(join(one.cwd, 'data'), { readOnly: true });
  const replies = [...store.replies(new Date(0))].map(({ reply }) => `${reply.origin} ${Buffer.from(reply.body)}`);
  store.close();
  expect(replies.join('\n')).toContain('you are Basic');
  for (const text of [stdout, stderr, ...kept, ...replies]) {
    expect(text).not.toContain(BRIDGE_PASSWORD);
    expect(text).not.toContain(Buffer.from(`${BRIDGE_USER}:${BRIDGE_PASSWORD}`).toString('base64'));
    expect(text).not.toContain(one.access);
  }
});

const FAULTS: readonly [name: string, answer: Answer, code: string, message: RegExp][] = [
  ['revoked', { status: 403, body: 'Forbidden' }, 'SIGNON_REJECTED', /refused the access URL \(HTTP 403\)/],
  [
    'gen.auth',
    { body: accountSet([], '"errlist":[{"code":"gen.auth","msg":"Forbidden"}]') },
    'SIGNON_REJECTED',
    /Forbidden/,
  ],
  ['payment', { status: 402, body: 'Payment required' }, 'PAYMENT_REQUIRED', /wants to be paid/],
  ['busy', { status: 429, headers: { 'retry-after': '7200' }, body: '' }, 'TOO_MANY_REQUESTS', /too many requests/],
  ['gone', { status: 404, body: 'no' }, 'HTTP_STATUS', /no SimpleFIN bridge/],
  ['broken', { status: 500, body: 'oops' }, 'SERVER_UNAVAILABLE', /not available now/],
  ['half', { body: TWO.slice(0, 300) }, 'SIMPLEFIN_UNREADABLE', /cut off/],
  ['empty', { body: '' }, 'SIMPLEFIN_UNREADABLE', /empty/],
  ['other', { body: '{"hello":[1]}' }, 'SIMPLEFIN_UNREADABLE', /no account set/],
  [
    'page',
    { headers: { 'content-type': 'text/html' }, body: '<html><title>Sign in</title></html>' },
    'WEB_PAGE',
    /page/,
  ],
  [
    'redirect',
    { status: 302, headers: { location: 'https://elsewhere.example/' }, body: '' },
    'REDIRECTED',
    /redirects/,
  ],
  [
    'gen.failed',
    { body: accountSet([], '"errlist":[{"code":"gen.","msg":"Try later"}]') },
    'STATEMENT_REFUSED',
    /Try later/,
  ],
];

test.each(FAULTS)(
  'a bridge that goes wrong (%s) fails all of its accounts and says why',
  async (_, answer, code, message) => {
    const one = await scene(() => answer);
    const { giro, card, stdout } = await synced(one, ['--since', '30d']);
    expect(giro).toMatchObject({ status: 'failed', error: { code, message: expect.stringMatching(message) } });
    expect(giro?.error?.hint).toMatch(/\w/);
    expect(card?.error?.code).toBe(code);
    expect(stdout).not.toContain(BRIDGE_PASSWORD);
    expect(one.asked).toHaveLength(1);
    expect(await stored(one)).toEqual([]);
  },
);

test('a refused access URL is not used again until it changes, by no run', async () => {
  let status = 403;
  const one = await scene(() => (status === 200 ? { body: TWO } : { status, body: 'Forbidden' }));
  await synced(one, ['--since', '30d']);
  status = 200;
  const { giro } = await synced(one);
  expect(giro).toMatchObject({ status: 'skipped', error: { code: 'SIGNON_BLOCKED' } });
  expect(giro?.error?.hint).toContain('setup token');
  expect(one.asked).toHaveLength(1);
  const changed = { env: { ACCESS: one.access.replace(BRIDGE_PASSWORD, 'another-Password') } };
  expect((await synced(one, [], changed)).giro?.status).toBe('ok');
});

test('a broken connection fails its accounts alone, with the words of the bridge', async () => {
  const errlist = `"errlist":[{"code":"con.auth","msg":"Sign in at the bank again","conn_id":"CON-2"},{"code":"act.missingdata","msg":"some days","account_id":"ACT-1"}],"errors":["Connection to CON-2 Bank may need attention"]`;
  const one = await scene(() => ({ body: TWO.replace('"errlist":[]', errlist) }));
  const { giro, card } = await synced(one);
  expect(card).toMatchObject({ status: 'failed', error: { code: 'CONNECTION_ATTENTION' } });
  expect(card?.error?.message).toContain('Sign in at the bank again');
  // What the bridge knew before is stored all the same.
  expect((await stored(one)).map(({ name }) => name)).toContain('SHOES');
  expect(giro?.status).toBe('ok');
  expect(giro?.notices.map(({ code }) => code)).toContain('missing-data');
  // The bridge said that days are missing: they are asked for again.
  one.asked.length = 0;
  await synced(one);
  expect(one.asked.at(-1)?.query.get('start-date')).toBe(String(Date.parse('2026-08-22T00:00:00Z') / 1000));
});

test('version 1 names the connection by its organisation', async () => {
  const one = await scene(() => ({
    body: TWO.replace('"errlist":[]', '"errors":["Connection to CON-2 Bank may need attention","Hello"]'),
  }));
  const { giro, card } = await synced(one);
  expect(card?.error).toMatchObject({ code: 'CONNECTION_ATTENTION' });
  expect(giro?.status).toBe('ok');
  expect(giro?.notices.map(({ message }) => message).join()).toContain('Hello');
});

test('a bridge is asked at most 24 times in 24 hours, across runs', async () => {
  const one = await scene();
  let at = NOW.getTime();
  const now = () => new Date(at);
  for (let run = 0; run < 24; run += 1) {
    expect((await synced(one, ['--since', '30d'], { now })).code).toBe(0);
    at += 60_000;
  }
  const { giro } = await synced(one, [], { now });
  expect(giro).toMatchObject({ status: 'failed', error: { code: 'DAILY_LIMIT' } });
  expect(giro?.error?.hint).toContain('after 2026-11-21 15:00 UTC');
  expect(one.asked).toHaveLength(24);
  at = NOW.getTime() + 86_400_000 + 1;
  expect((await synced(one, [], { now })).code).toBe(0);
});

test('one request that no bridge has seen is not counted', async () => {
  const one = await scene();
  const nowhere = { env: { ACCESS: 'http://a:longPassword@127.0.0.1:1/x' } };
  for (let run = 0; run < 26; run += 1)
    expect((await synced(one, [], nowhere)).giro?.error?.code).toBe('CONNECTION_FAILED');
});

test('longer windows are cut into those that a bridge answers, each for all accounts', async () => {
  const one = await scene(({ query }) => ({
    body: query.has('end-date')
      ? accountSet([
          account('ACT-1', {
            transactions: [transaction(`T-${query.get('start-date')}`, '2026-06-01', '"-1.00"', 'old')],
          }),
        ])
      : TWO,
  }));
  const { giro } = await synced(one, ['--since', '2026-03-01']);
  expect(giro?.status).toBe('ok');
  expect(one.asked).toHaveLength(3);
  const days = one.asked.map(({ query }) =>
    [query.get('start-date'), query.get('end-date')].map((s) =>
      s === null ? null : new Date(Number(s) * 1000).toISOString().slice(0, 10),
    ),
  );
  expect(one.asked.map(({ query }) => query.get('pending'))).toEqual(['1', null, null]);
  expect(days).toEqual([
    ['2026-08-26', null],
    ['2026-05-29', '2026-08-26'],
    ['2026-03-01', '2026-05-29'],
  ]);
});

const WRONG: readonly [name: string, secret: (one: { token: string }) => string, code: string, message: RegExp][] = [
  ['a setup token', ({ token }) => token, 'ACCESS_URL_INVALID', /setup token/],
  ['a password', () => 'correct horse', 'ACCESS_URL_INVALID', /not an access URL/],
  ['no password', () => 'https://bridge.example/simplefin', 'ACCESS_URL_INVALID', /no user name and password/],
  ['not encrypted', () => 'http://me:Secret123@bridge.example/simplefin', 'INSECURE_URL', /not encrypted/],
];

test.each(WRONG)('a secret that is no access URL (%s) is not sent and not shown', async (_, secret, code, message) => {
  const one = await scene();
  const ACCESS = secret(one);
  const { giro, stdout, stderr } = await synced(one, [], { env: { ACCESS } });
  expect(giro?.error).toMatchObject({ code, message: expect.stringMatching(message) });
  expect(`${stdout}${stderr}`).not.toContain(ACCESS);
  expect(one.asked).toEqual([]);
});

const LIST = accountSet([
  account('ACT-1', { name: 'Everyday Checking' }),
  account('ACT-2', { name: 'Visa Platinum ...0815', conn: 'CON-2' }),
  account('ACT-3', { name: 'Roth IRA', more: ',"holdings":[]' }),
  account('ACT-4', { name: 'Mystery' }),
]);

test('discover lists the accounts of a bridge, and their kinds where the names tell them', async () => {
  const one = await scene(() => ({ body: LIST }), { accounts: '[{ name: giro, kind: checking, id: ACT-1 }]' });
  const { stdout, code } = await one.run(['discover', 'bridge', '--json']);
  expect(code).toBe(0);
  const { accounts } = JSON.parse(stdout) as { accounts: readonly Record<string, unknown>[] };
  expect(accounts).toMatchObject([
    { state: 'configured', entry: { name: 'giro' } },
    { state: 'new', entry: { name: 'visa-platinum-0815', kind: 'creditcard', id: 'ACT-2' } },
    { state: 'new', entry: { name: 'roth-ira', kind: 'investment', id: 'ACT-3' } },
    { state: 'new', entry: { name: 'mystery', kind: 'checking' }, remark: expect.stringContaining('guess') },
  ]);
  expect([...(one.asked[0]?.query ?? [])]).toEqual([
    ['version', '2'],
    ['balances-only', '1'],
  ]);
});

test('check says what a bridge has, and a dry run what it would be asked, without the secret', async () => {
  const one = await scene();
  const checked = await one.run(['check', 'bridge']);
  expect(checked.stdout).toMatch(/simplefin: found/);
  expect(checked.stdout).toMatch(/giro/);
  expect(checked.code).toBe(0);
  const asked = one.asked.length;
  const dry = await one.run(['sync', '--dry-run', '--since', '2026-11-01']);
  expect(dry.stdout).toContain(
    'GET ACCESS-URL/accounts?version=2&start-date=1793491200&pending=1&account=ACT-1&account=ACT-2',
  );
  expect(`${dry.stdout}${dry.stderr}${checked.stdout}`).not.toContain(BRIDGE_PASSWORD);
  expect(one.asked).toHaveLength(asked);
  const probed = await one.run(['signon', 'bridge']);
  expect(probed.stderr).toContain('accepted the sign-on and lists 2 accounts');
});

test('an id that the bridge does not have is a failure that says how to find the new one', async () => {
  const one = await scene(() => ({ body: accountSet([account('ACT-1')]) }));
  const { giro, card } = await synced(one);
  expect(giro?.status).toBe('ok');
  expect(card?.error).toMatchObject({ code: 'STATEMENT_MISSING', hint: expect.stringContaining('ofx-sync discover') });
});

test('pending transactions come and go, and a bad entry costs no other', async () => {
  let body = accountSet([
    account('ACT-1', {
      transactions: [
        `{"id":"P1","posted":0,"amount":"-4.00","description":"HOTEL","transacted_at":${noon('2026-11-18')},"pending":true}`,
        '"nonsense"',
        '{"id":"B1","posted":1763380800,"amount":"lots","description":"X"}',
        transaction('T3', '2026-11-17', '1e2', 'BONUS'),
      ],
    }),
    '{"name":"no id"}',
    account('ACT-2'),
  ]);
  const one = await scene(() => ({ body }));
  const first = await synced(one);
  expect(first.giro?.notices.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['bad-transaction', 'bad-account']),
  );
  expect((await stored(one)).map(({ amount, pending, postedOn }) => [amount, pending, postedOn])).toEqual([
    ['100', false, '2026-11-17'],
    ['-4.00', true, '2026-11-18'],
  ]);
  body = accountSet([
    account('ACT-1', { transactions: [transaction('T4', '2026-11-19', '-4.00', 'HOTEL')] }),
    account('ACT-2'),
  ]);
  await synced(one);
  expect((await stored(one)).map(({ amount, pending }) => [amount, pending])).toEqual([
    ['100', false],
    ['-4.00', false],
  ]);
});

test('holdings become positions of an investment account, and the rest of its value is cash', async () => {
  const holding =
    '{"id":"HOL-1","symbol":"VTI","description":"Total Market","shares":"12.345678901","currency":"USD","market_value":"3000.50","cost_basis":"2500.00","purchase_price":"202.50","created":1}';
  const depot = (holdings: string) =>
    accountSet([account('ACT-9', { balance: '"3100.50"', more: `,"holdings":[${holdings}]` })]);
  let body = depot(holding);
  const one = await scene(() => ({ body }), { accounts: '[{ name: depot, kind: investment, id: ACT-9 }]' });
  const worth = async () => {
    const { accounts } = JSON.parse((await one.run(['accounts', '--json'])).stdout) as {
      accounts: readonly { worth: readonly { amount: string }[] }[];
    };
    return accounts[0]?.worth[0]?.amount;
  };
  expect((await synced(one)).giro).toMatchObject({ status: 'ok', notices: [] });
  expect(await worth()).toBe('3100.5');
  body = depot(`${holding},{"id":"HOL-2"}`);
  expect((await synced(one)).giro?.notices.map(({ code }) => code)).toContain('bad-position');
  expect(await worth()).toBe('3000.5');
});

test('the value of an investment whose bridge names no securities is its balance, whether or not it has bookings', async () => {
  const dividend = transaction('T1', '2026-11-18', '"4.20"', 'DIVIDEND');
  const depot = (transactions: string[]) => accountSet([account('ACT-9', { balance: '"3100.50"', transactions })]);
  for (const body of [depot([]), depot([dividend])]) {
    const one = await scene(() => ({ body }), { accounts: '[{ name: depot, kind: investment, id: ACT-9 }]' });
    await synced(one);
    const { accounts } = JSON.parse((await one.run(['accounts', '--json'])).stdout) as {
      accounts: readonly { ledgerBalance: unknown; holdings: unknown; worth: readonly { amount: string }[] }[];
    };
    expect(accounts[0]).toMatchObject({ ledgerBalance: { amount: '3100.50' }, worth: [{ amount: '3100.50' }] });
    expect(accounts[0]?.holdings ?? null).toBeNull();
  }
});

test('securities in the newest of several windows are the only value of the account', async () => {
  const holding =
    '"holdings":[{"id":"HOL-1","symbol":"VTI","shares":"12","currency":"USD","market_value":"3000.00","created":1}]';
  const one = await scene(
    ({ query }) => ({
      body: accountSet([account('ACT-9', { balance: '"3100.00"', more: query.has('end-date') ? '' : `,${holding}` })]),
    }),
    { accounts: '[{ name: depot, kind: investment, id: ACT-9 }]' },
  );
  await synced(one, ['--since', '2026-06-01']);
  expect(one.asked).toHaveLength(2);
  const { accounts } = JSON.parse((await one.run(['accounts', '--json'])).stdout) as {
    accounts: readonly { ledgerBalance: unknown; worth: readonly { amount: string }[] }[];
  };
  expect(accounts[0]).toMatchObject({ ledgerBalance: null, worth: [{ amount: '3100' }] });
});

test('accounts that are not configured are no news at a sync: discover lists them', async () => {
  const one = await scene(() => ({ body: accountSet(['ACT-1', 'ACT-2', 'ACT-3', 'ACT-4'].map((id) => account(id))) }));
  const { giro, card, stderr } = await synced(one);
  expect([giro, card].map((each) => [each?.status, each?.notices])).toEqual([
    ['ok', []],
    ['ok', []],
  ]);
  expect(stderr).not.toContain('not in accounts.yaml');
  const { stdout } = await one.run(['discover', 'bridge', '--json']);
  const { accounts } = JSON.parse(stdout) as { accounts: readonly { state: string }[] };
  expect(accounts.map(({ state }) => state)).toEqual(['configured', 'configured', 'new', 'new']);
});

test('bank text is cleaned of what could steer a terminal', async () => {
  const body = accountSet([
    account('ACT-1', { transactions: [transaction('T1', '2026-11-10', '"-1.00"', 'ev\\u001b[2Jil\\u202e\\r\\nname')] }),
    account('ACT-2'),
  ]);
  const one = await scene(() => ({ body }));
  await synced(one);
  expect((await stored(one))[0]?.['name']).not.toMatch(/[\u0000-\u001f]/);
  expect((await one.run(['transactions'])).stdout).not.toContain('\u001b[2J');
});

test('a failure in one of several windows fails the account, and keeps what came', async () => {
  const one = await scene(({ query }) => ({
    body: query.has('end-date')
      ? TWO.replace('"errlist":[]', '"errlist":[{"code":"act.failed","msg":"no older days","account_id":"ACT-1"}]')
      : TWO,
  }));
  const { giro, card } = await synced(one, ['--since', '2026-07-01']);
  expect(giro?.error).toMatchObject({ code: 'STATEMENT_REFUSED', message: expect.stringContaining('no older days') });
  expect(card?.status).toBe('ok');
  expect(await stored(one)).toHaveLength(3);
});

test('kept answers are read again, and a saved account set is imported as a file', async () => {
  const one = await scene();
  await synced(one);
  const before = await stored(one);
  const replayed = await one.run(['import', '--replay', '--json']);
  expect(replayed.code).toBe(0);
  expect(JSON.parse(replayed.stdout)).toMatchObject({ replies: 1 });
  expect(await stored(one)).toEqual(before);
  const more = transaction('T9', '2026-11-15', '"-7.00"', 'BREAD');
  writeFileSync(join(one.cwd, 'saved.json'), accountSet([account('ACT-1', { transactions: [more] })]));
  const imported = await one.run(['import', 'saved.json']);
  expect(imported.code, imported.stderr).toBe(0);
  expect((await stored(one)).map(({ name }) => name)).toContain('BREAD');
  expect((await one.run(['inspect', 'saved.json'])).stdout).toContain('BREAD');
});

/** The bookings of an account in three months: some alike on one day, some the same every week, one renamed by the bank. */
function bookings(seed: number): { readonly day: string; readonly amount: string; readonly text: string }[] {
  return Array.from({ length: 120 }, (_, index) => {
    const date = new Date(Date.parse('2026-08-25T12:00:00Z') + Math.floor(index * 0.8) * 86_400_000);
    const isTwin = index % 7 === seed % 7;
    return {
      day: date.toISOString().slice(0, 10),
      amount: isTwin ? '-2.50' : `-${1 + ((index * 37 + seed) % 90)}.${10 + (index % 89)}`,
      text: isTwin ? 'TRAM' : `SHOP ${(index * 13 + seed) % 17}`,
    };
  });
}

test('ids that are new each day double nothing', async () => {
  let today = new Date('2026-10-20T15:00:00Z');
  const accounts = ['ACT-1', 'ACT-2', 'ACT-3'];
  const one = await scene(
    ({ query }) => {
      const from = Number(query.get('start-date'));
      const to = Math.min(Number(query.get('end-date') ?? Infinity), today.getTime() / 1000);
      return {
        body: accountSet(
          accounts.map((id, seed) => {
            const listed = bookings(seed).filter(({ day }) => noon(day) >= from && noon(day) < to);
            const texts = listed.map(({ day, amount, text }, index) =>
              transaction(`${id}-${today.toISOString()}-${index}`, day, `"${amount}"`, text),
            );
            return account(id, { transactions: texts });
          }),
        ),
      };
    },
    { accounts: `[${accounts.map((id) => `{ name: ${id}, kind: checking, id: ${id} }`).join(', ')}]` },
  );
  for (let day = 0; day < 25; day += 1) {
    const { code } = await synced(one, [], { now: () => today });
    expect(code).toBe(0);
    today = new Date(today.getTime() + 86_400_000);
  }
  const last = today.getTime() / 1000 - 86_400;
  const rows = await stored(one);
  for (const [seed, id] of accounts.entries()) {
    const mine = rows
      .filter(({ account: name }) => name === id)
      .map(({ postedOn, amount, name }) => `${postedOn} ${amount} ${name}`);
    const real = bookings(seed)
      .filter(({ day }) => noon(day) < last)
      .map(({ day, amount, text }) => `${day} ${amount} ${text}`);
    expect(mine.toSorted()).toEqual(real.toSorted());
  }
});
