/**
 * The guided paths against the sandbox: what an institution wants beside a password is asked for on a terminal and done, and
 * without a terminal is an error that says exactly what to do.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js';
import { SANDBOX_TOKEN } from '../../src/sandbox/tenant.js';
import { openStore } from '../../src/store/open.js';
import { configText } from '../support/institutions.js';
import { type Run, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const cleanUps: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanUp of cleanUps) await cleanUp();
});

interface Setting {
  readonly sandbox: Sandbox;
  readonly cwd: string;
  readonly asked: string[];
  /** In a terminal, with a person who gives these answers to questions that contain the words. */
  readonly typed: (
    argv: readonly string[],
    answers: Readonly<Record<string, string | (() => Promise<string>)>>,
  ) => Promise<Run>;
  /** Without a terminal. */
  readonly run: (...argv: string[]) => Promise<Run>;
}

async function setting(wants: string, more: readonly string[] = []): Promise<Setting> {
  const sandbox = await startSandbox();
  cleanUps.push(() => sandbox.close());
  const cwd = scratchDir();
  const entry = {
    name: 'summit',
    url: `"${sandbox.url('summit')}?wants=${wants}"`,
    password: 'env:PW',
    more: ['ofxVersion: "203"', ...more],
  };
  writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
  const asked: string[] = [];
  const env = { PW: 'demo' };
  return {
    sandbox,
    cwd,
    asked,
    run: (...argv) => runCli(argv, { cwd, env }),
    typed: (argv, answers) =>
      runCli(argv, {
        cwd,
        env,
        answers: async (question) => {
          asked.push(question);
          const found = Object.entries(answers).find(([words]) => question.includes(words))?.[1] ?? '';
          return typeof found === 'string' ? found : found();
        },
      }),
  };
}

describe('15000: a new password', () => {
  test('is asked for twice, sent, and holds from then on', async () => {
    const { typed, run, sandbox, cwd } = await setting('new-password');
    const unattended = await run('-q');
    expect(unattended.stderr).toContain('Change it in a terminal: ofx-sync signon summit');
    const done = await typed(['signon', 'summit'], { 'new password': 'new-demo', 'repeat it': 'new-demo' });
    expect(done.stderr).toContain('summit has accepted the new password');
    expect(done.stderr).toContain('Store it where accounts.yaml looks for it (env)');
    expect(done.stderr).toContain('accepted the sign-on');
    expect(done.code).toBe(0);
    expect(done.stderr + done.stdout).not.toContain('new-demo');
    expect(sandbox.counts('summit').refusedSignons).toBe(0);
    expect((await runCli(['-q'], { cwd, env: { PW: 'new-demo' } })).code).toBe(0);
  });

  test('two that differ change nothing', async () => {
    const { typed, run } = await setting('new-password');
    const done = await typed(['signon', 'summit'], { 'new password': 'one-thing', 'repeat it': 'another' });
    expect(done.code).toBe(1);
    expect(done.stderr).toContain('nothing was changed');
    const next = await run('-q');
    expect(next.code).toBe(3);
    expect(next.stderr).toContain('the bank wants a new password before the first sign-on; your password was not sent');
  });

  test('one that the institution does not take', async () => {
    const { typed } = await setting('new-password');
    const done = await typed(['signon', 'summit'], { 'new password': 'abc', 'repeat it': 'abc' });
    expect(done.code).toBe(1);
    expect(done.stderr).toContain('15503');
  });
});

describe('15510: a program to be confirmed', () => {
  test('waits for the person, and the same client UID is accepted', async () => {
    const { typed, run, sandbox, asked } = await setting('confirmed-client-uid', ['clientUid: auto']);
    expect((await run('-q')).stderr).toContain('For guidance, run in a terminal: ofx-sync signon summit');
    const confirm = async () => {
      await fetch(`${sandbox.url('summit')}/confirm`);
      return '';
    };
    const done = await typed(['signon', 'summit'], { 'when it is confirmed': confirm });
    expect(done.code).toBe(0);
    expect(asked).toHaveLength(1);
    expect(done.stderr).toContain('secure messages');
    expect((await run('-q')).code).toBe(0);
  });

  test('a version without a place for it sends none, and there is nothing to confirm', async () => {
    const { typed, asked, cwd, sandbox } = await setting('confirmed-client-uid');
    const entry = {
      name: 'summit',
      url: `"${sandbox.url('river')}?wants=client-uid"`,
      password: 'env:PW',
      more: ['ofxVersion: "102"', 'clientUid: auto'],
    };
    writeFileSync(join(cwd, 'accounts.yaml'), configText([entry]));
    const done = await typed(['signon', 'summit'], {});
    expect(done.code).toBe(1);
    expect(asked).toEqual([]);
    expect(done.stderr).toContain('OFX 102 has no element for it. Set clientUid: always');
  });

  test('without a client UID there is nothing to confirm', async () => {
    const { typed, asked } = await setting('confirmed-client-uid');
    const done = await typed(['signon', 'summit'], {});
    expect(done.code).toBe(1);
    expect(asked).toEqual([]);
    expect(done.stderr).toContain('Set clientUid: auto');
  });
});

describe('15512: a token', () => {
  test('is asked for under its own name, and the access key that it brings is kept', async () => {
    const { typed, run, cwd, asked } = await setting('token');
    expect((await run('-q')).stderr).toContain('in a terminal: ofx-sync signon summit');
    const done = await typed(['signon', 'summit'], { 'Access code': SANDBOX_TOKEN });
    expect(done.code).toBe(0);
    expect(asked).toEqual(['Access code: ']);
    expect((await run('-q')).code).toBe(0);
    const store = await openStore(join(cwd, 'data'), { readOnly: true });
    expect(store.loginState('summit').accessKey).toBe('key-summit-1');
    store.close();
  });

  test('a wrong one is asked for again', async () => {
    const { typed, asked } = await setting('token');
    const tokens = ['999999', SANDBOX_TOKEN];
    const done = await typed(['signon', 'summit'], { 'Access code': async () => tokens.shift() ?? '' });
    expect(done.code).toBe(0);
    expect(done.stderr).toContain('15513');
    expect(asked).toHaveLength(2);
  });
});

describe('3000: security questions', () => {
  test('are asked, but for those that a program answers itself', async () => {
    const { typed, run, asked } = await setting('questions');
    expect((await run('-q')).stderr).toContain('Answer them in a terminal: ofx-sync signon summit');
    const done = await typed(['signon', 'summit'], { maiden: 'Smith', goldfish: 'Bubbles' });
    expect(done.code).toBe(0);
    expect(asked).toEqual(['Mother’s maiden name: ', 'Name of your goldfish: ']);
    expect((await run('-q')).code).toBe(0);
  });

  test('a wrong answer is asked for again', async () => {
    const { typed, asked } = await setting('questions');
    const fish = ['Nemo', 'Bubbles'];
    const done = await typed(['signon', 'summit'], { maiden: 'Smith', goldfish: async () => fish.shift() ?? '' });
    expect(done.code).toBe(0);
    expect(done.stderr).toContain('3001');
    expect(asked).toHaveLength(4);
  });

  test('all of it at once: password, program, token and questions', async () => {
    const { typed, sandbox } = await setting('new-password,confirmed-client-uid,token,questions', ['clientUid: auto']);
    const done = await typed(['signon', 'summit'], {
      'new password': 'new-demo',
      'repeat it': 'new-demo',
      'when it is confirmed': async () => {
        await fetch(`${sandbox.url('summit')}/confirm`);
        return '';
      },
      'Access code': SANDBOX_TOKEN,
      maiden: 'Smith',
      goldfish: 'Bubbles',
    });
    expect(done.stderr).toContain('accepted the sign-on');
    expect(done.code).toBe(0);
  });
});

describe('USERCRED1', () => {
  test('is sent from where accounts.yaml says', async () => {
    const { cwd } = await setting('credential', ['userCred1: env:PIN']);
    expect((await runCli(['-q'], { cwd, env: { PW: 'demo', PIN: '1234' } })).code).toBe(0);
  });

  test('check says that it is wanted', async () => {
    const { run } = await setting('credential');
    expect((await run('check')).stdout).toContain('it wants a further credential (Telephone PIN): set userCred1:');
  });
});

test('a refused password ends it at once', async () => {
  const { cwd, sandbox } = await setting('token');
  let asked = 0;
  const run = await runCli(['signon', 'summit'], {
    cwd,
    env: { PW: 'wrong' },
    answers: () => {
      asked += 1;
      return SANDBOX_TOKEN;
    },
  });
  expect(run.code).toBe(1);
  expect(run.stderr).toContain('15500');
  // The token, which goes with the first sign-on, and nothing after the refusal.
  expect(asked).toBe(1);
  expect(sandbox.counts('summit').refusedSignons).toBe(1);
});

test('discover leads through the same', async () => {
  const { typed, cwd } = await setting('token');
  const done = await typed(['discover', 'summit'], { 'Access code': SANDBOX_TOKEN });
  expect(done.code).toBe(0);
  expect(done.stdout).toContain('in accounts.yaml already; Summit Rewards Card');
  expect(readFileSync(join(cwd, 'accounts.yaml'), 'utf8')).toContain('summit');
});
