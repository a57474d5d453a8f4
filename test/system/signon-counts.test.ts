/** How often a password is presented where one is right, counted at a bank of another make: each case and what it came to. */

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RIGHT, type Way, WRONG } from '../support/counting-bank.js';
import { type CountingScene, countingScene } from '../support/counting-scene.js';
import { runCli } from '../support/run-cli.js';

const NO_PATIENCE = 'sync --timeout 400ms';

describe('never accepted, and refused without a verdict', () => {
  test.each([
    ...(
      ['HTTP 400', 'HTTP 500', 'a page', 'an empty reply', 'a reply that is cut off', 'status 2000'] as const
    ).flatMap((way): [Way, number][] => [
      [way, 5],
      [way, 10],
    ]),
  ])('%s, %i accounts: two sign-ons in all, and no more', async (way, accounts) => {
    const { bank, sync } = await countingScene({ refuses: way }, accounts);
    const runs = [];
    for (let run = 0; run < 3; run += 1) {
      const before = bank.presented();
      await sync();
      runs.push(bank.presented() - before);
    }
    expect(runs).toEqual([2, 0, 0]);
  });

  test('a connection that is reset after the request', async () => {
    const { bank, sync } = await countingScene({ refuses: 'a reset connection' });
    const runs = [];
    for (let run = 0; run < 3; run += 1) {
      const before = bank.presented();
      await sync();
      runs.push(bank.presented() - before);
    }
    expect(runs).toEqual([2, 0, 0]);
  });

  test('no reply within the time', async () => {
    const { bank, sync } = await countingScene({ refuses: 'no reply' });
    const runs = [];
    for (let run = 0; run < 3; run += 1) {
      const before = bank.presented();
      await sync(NO_PATIENCE);
      runs.push(bank.presented() - before);
    }
    expect(runs).toEqual([2, 0, 0]);
  });
});

describe('accepted before, refused now', () => {
  test('bank and card at two addresses of the profile', async () => {
    const scene = await countingScene({ split: true });
    const { bank, sync, run, configure } = scene;
    scene.password = RIGHT;
    configure({ cards: 1 });
    expect((await run('check')).code).toBe(0);
    expect(await sync()).toEqual(['river/a1 ok', 'river/a2 ok', 'river/a3 ok']);
    bank.rules.password = 'another';
    bank.reset();
    await sync();
    await sync();
    expect(bank.presented(RIGHT)).toBe(1);
  });

  test.each([
    ['an account per request', ['accountsPerRequest: 1']],
    ['an account per request, five at once', ['accountsPerRequest: 1', 'perInstitution: 5']],
  ])('%s', async (_, more) => {
    const scene = await countingScene({}, 5);
    scene.password = RIGHT;
    scene.configure({ more });
    expect(new Set((await scene.sync()).map((line) => line.split(' ')[1]))).toEqual(new Set(['ok']));
    scene.bank.rules.password = 'another';
    scene.bank.reset();
    await scene.sync();
    await scene.sync();
    expect(scene.bank.presented(RIGHT)).toBe(1);
  });
});

test.each(['HTTP 401 with a text', 'a page that names the password', 'HTTP 401'] as const)(
  '%s: once by sync, check and discover together, and reported as a refusal',
  async (way) => {
    const { bank, sync, run } = await countingScene({ refuses: way });
    expect(new Set((await sync()).map((line) => line.split(' ').slice(1).join(' ')))).toEqual(
      new Set(['failed SIGNON_REJECTED']),
    );
    expect((await run('check')).code).not.toBe(0);
    expect((await run('discover river')).code).not.toBe(0);
    expect(bank.presented()).toBe(1);
  },
);

test('the words of the server are reported', async () => {
  const text = await countingScene({ refuses: 'HTTP 401 with a text' });
  expect((await text.run('sync')).stderr + (await text.run('status')).stdout).toContain('Invalid user id or password');
  const page = await countingScene({ refuses: 'a page that names the password' });
  const { stdout, stderr } = await page.run('sync');
  expect(stdout + stderr).toContain('Invalid user or password.');
  expect(stdout + stderr).not.toContain('ofx-sync probe');
});

test.each(['HTTP 401 with a text', 'a page that names the password'] as const)(
  '%s for everybody: check and discover report the refusal of the sign-on, not the form of the request',
  async (refuses) => {
    const { bank, run } = await countingScene({ refuses, forCustomers: true });
    for (const line of ['check', 'check', 'discover river', 'signon river']) {
      const { code, stdout, stderr } = await run(line);
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(/sign-on refused \(HTTP \d+\): “Invalid user/);
      expect(stdout + stderr).not.toContain('ofx-sync probe');
    }
    expect(bank.presented()).toBe(1);
  },
);

describe('one login under several names', () => {
  test('two institutions', async () => {
    const { bank, sync, configure } = await countingScene();
    configure({ names: ['river', 'delta'] });
    await sync();
    await sync();
    expect(bank.presented()).toBe(1);
  });

  test('check asks two of them at once', async () => {
    const { bank, run, configure } = await countingScene();
    configure({ names: ['river', 'delta'] });
    await run('check');
    expect(bank.presented()).toBe(1);
  });

  test('a renamed institution', async () => {
    const { bank, sync, configure } = await countingScene();
    await sync();
    configure({ names: ['delta'] });
    await sync();
    expect(bank.presented()).toBe(1);
  });

  test('init under another name', async () => {
    const scene = await countingScene();
    expect((await setUp(scene, 'river')).stderr).toContain('15500');
    await setUp(scene, 'delta');
    const third = (await setUp(scene, 'estuary')).stderr.replace(/\s+/g, ' ');
    expect(scene.bank.presented()).toBe(1);
    // accounts.yaml has no bank yet that `sync` or `check` could be given.
    expect(third).toContain('try again with the same ones: add --force to ofx-sync init');
    expect(third).not.toContain('estuary');
  });
});

/** Runs init without questions; accounts.yaml is written only when the bank accepts the sign-on. */
async function setUp({ bank, cwd, password }: CountingScene, name: string, ...more: string[]) {
  rmSync(join(cwd, 'accounts.yaml'), { force: true });
  const line = `init ${bank.url} --non-interactive --name ${name} --user-id alex --password env:PW --org C`;
  return runCli([...line.split(' '), ...more], { cwd, env: { PW: password } });
}

test.each([
  ['HTTP 500 with 15500', 1],
  ['HTTP 401', 1],
  ['a page that names the password', 1],
] as const)('cookies to be sent back: %s', async (way, times) => {
  const { bank, sync, configure } = await countingScene({ refuses: way, setsCookies: true });
  configure({ more: ['cookies: resend-when-empty'] });
  await sync();
  await sync();
  expect(bank.presented()).toBe(times);
});

describe('a first sync at a bank that fails on one account of four', () => {
  const THREE = ['river/a1 ok', 'river/a2 failed SERVER_UNAVAILABLE', 'river/a3 ok', 'river/a4 ok'];
  const BAD = { account: '000000002', way: 'HTTP 500' } as const;

  test('the other three arrive', async () => {
    const scene = await countingScene({ bad: BAD }, 4);
    scene.password = RIGHT;
    expect(await scene.sync()).toEqual(THREE);
    expect(await scene.sync()).toEqual(THREE);
  });

  test('also when it is the first one, and answers 503', async () => {
    const scene = await countingScene({ bad: { account: '000000001', way: 'HTTP 503' } }, 4);
    scene.password = RIGHT;
    expect(await scene.sync()).toEqual([
      'river/a1 failed SERVER_UNAVAILABLE',
      'river/a2 ok',
      'river/a3 ok',
      'river/a4 ok',
    ]);
  });

  test('also when it demands cookies first', async () => {
    const scene = await countingScene({ bad: BAD, cookieFirst: 500 }, 4);
    scene.password = RIGHT;
    scene.configure({ more: ['cookies: resend-when-empty'] });
    expect(await scene.sync()).toEqual(THREE);
  });

  test('also when its profile names no list of accounts', async () => {
    const scene = await countingScene({ bad: BAD, listless: true }, 4);
    scene.password = RIGHT;
    // Reads the profile, and shows that the sign-on is accepted.
    const { stdout } = await scene.run('check --json');
    expect(stdout).toContain('accepted (0)');
    expect(await scene.sync()).toEqual(THREE);
  });
});

describe('two sign-ons without a verdict', () => {
  const skipped = ['river/a1', 'river/a2', 'river/a3'].map((name) => `${name} skipped SIGNON_UNCONFIRMED`);

  test('the login is skipped, with what to do, until check tries again', async () => {
    const { bank, sync, run } = await countingScene({ refuses: 'HTTP 400' });
    await sync();
    expect(await sync()).toEqual(skipped);
    const { stdout } = await run('status');
    expect(stdout).toContain('neither accepted nor refused two sign-ons');
    expect(stdout).toContain('or try again with the same ones: ofx-sync check river');
    bank.reset();
    await run('discover river');
    expect(bank.presented()).toBe(0);
    await run('check');
    expect(bank.presented()).toBe(2);
    bank.reset();
    expect(await sync()).toEqual(skipped);
    expect(bank.presented()).toBe(0);
  });

  test.each(['check', 'signon river'])('%s confirms a password that was right all the time', async (line) => {
    const scene = await countingScene({ down: 'HTTP 400' });
    scene.password = RIGHT;
    await scene.sync();
    scene.bank.rules.down = null;
    expect(await scene.sync()).toEqual(skipped);
    await scene.run(line);
    expect(await scene.sync()).toEqual(['river/a1 ok', 'river/a2 ok', 'river/a3 ok']);
  });

  test('init says how to try again', async () => {
    const scene = await countingScene({ down: 'HTTP 503' });
    for (let run = 0; run < 2; run += 1) await setUp(scene, 'river');
    const third = await setUp(scene, 'river');
    expect(scene.bank.presented()).toBe(2);
    expect(third.stderr.replace(/\s+/g, ' ')).toContain('add --force to ofx-sync init');
    scene.password = RIGHT;
    scene.bank.rules.down = null;
    expect((await setUp(scene, 'river', '--force')).code).toBe(0);
  });

  test('a person who chooses to try again in init is not stopped', async () => {
    const { bank, cwd } = await countingScene({ refuses: 'HTTP 503' });
    rmSync(join(cwd, 'accounts.yaml'));
    const typed = [bank.url, '', 'alex', WRONG];
    const stop = new AbortController();
    let questions = 0;
    const answers = () => {
      const next = typed.shift();
      if (next !== undefined) return next;
      questions += 1;
      if (bank.presented() > 2 || questions > 4) stop.abort();
      return '1';
    };
    const { stderr } = await runCli(['init'], { cwd, env: { TERM: 'dumb' }, answers, signal: stop.signal });
    expect(bank.presented()).toBe(3);
    expect(stderr).not.toContain('neither accepted nor refused');
  });

  test('another password is presented without a word', async () => {
    const scene = await countingScene({ refuses: 'HTTP 400' });
    await scene.sync();
    scene.password = RIGHT;
    expect(await scene.sync()).toEqual(['river/a1 ok', 'river/a2 ok', 'river/a3 ok']);
  });

  test('--force presents it twice more', async () => {
    const { bank, sync } = await countingScene({ refuses: 'HTTP 400' });
    await sync();
    bank.reset();
    await sync('sync --force');
    await sync();
    expect(bank.presented()).toBe(2);
  });
});

test('check --quiet shows what it exits with 3 for: a sign-on that was refused before', async () => {
  const { run, sync } = await countingScene();
  await sync();
  const { code, stdout } = await run('check --quiet');
  expect(code).toBe(3);
  expect(stdout).toContain('skipped, since the bank refused the sign-on');
});

test('the line of an account that is skipped says so once', async () => {
  const { run, sync } = await countingScene();
  await sync();
  const { stderr } = await run('sync');
  expect(stderr).toMatch(/^\S+\/\S+: skipped, since the bank refused the sign-on/m);
  expect(stderr).not.toMatch(/skipped, skipped/);
});

test('two institutions with one login and two passwords: the refused one is not repeated', async () => {
  const scene = await countingScene();
  scene.configure({ names: ['river', 'delta'] });
  const file = join(scene.cwd, 'accounts.yaml');
  const text = readFileSync(file, 'utf8').split('password: env:PW');
  writeFileSync(file, text.join('password: env:PW').replace(/env:PW(?![\s\S]*env:PW)/, 'env:PW2'));
  const env = { PW: WRONG, PW2: RIGHT };
  for (let run = 0; run < 3; run += 1) await runCli(['sync', '-q'], { cwd: scene.cwd, env });
  expect(scene.bank.presented(WRONG)).toBe(1);
  const { stdout } = await runCli(['sync', '--json'], { cwd: scene.cwd, env });
  const { accounts } = JSON.parse(stdout) as { accounts: { institution: string; status: string }[] };
  expect(accounts.map(({ institution, status }) => `${institution} ${status}`)).toEqual([
    ...Array.from({ length: 3 }, () => 'river skipped'),
    ...Array.from({ length: 3 }, () => 'delta ok'),
  ]);
});
