/** The contract of all secret providers, and the behaviour of each. The keychain has its own file. */

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SecretError } from '../../src/errors.js';
import { Secret, type SecretReference } from '../../src/model/secret.js';
import type { SecretContext } from '../../src/ports.js';
import { commandProvider } from '../../src/secrets/command.js';
import { resolveSecret, secretProviders } from '../../src/secrets/index.js';
import { scratchDir } from '../support/scratch.js';

const CANARY = 'pä ss"wörd\\ $HOME 🗝 canary-9f2c ';
const folder = scratchDir();

function secretFile(name: string, content: string | Uint8Array, mode = 0o600): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  chmodSync(path, mode);
  return path;
}

const base: SecretContext = {
  institution: 'river',
  field: 'password',
  env: { PATH: process.env['PATH'], RIVER_PW: CANARY, EMPTY: '' },
  baseDir: folder,
};

function context(change: Partial<SecretContext> = {}): SecretContext {
  return { ...base, ...change };
}

async function errorOf(work: Promise<unknown>): Promise<SecretError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SecretError)) throw new Error(`no SecretError: ${inspect(error)}`);
  expect(error.retryable).toBe(false);
  expect(error.message).toMatch(/^password of river: /);
  expect(error.hint).not.toBeNull();
  expect(inspect(error, { depth: 9 })).not.toContain('canary');
  return error;
}

const PRINT = 'process.stdout.write(process.env.RIVER_PW + "\\nsecond line")';

interface Case {
  readonly scheme: SecretReference['scheme'];
  readonly there: SecretReference;
  /** A reference to an absent secret, where the scheme can have one. */
  readonly absent: SecretReference | null;
  readonly with?: Partial<SecretContext>;
  readonly without?: Partial<SecretContext>;
}

const CASES: readonly Case[] = [
  { scheme: 'env', there: { scheme: 'env', name: 'RIVER_PW' }, absent: { scheme: 'env', name: 'NOT_SET' } },
  {
    scheme: 'file',
    there: { scheme: 'file', path: secretFile('password', `${CANARY}\r\nsecond line\n`) },
    absent: { scheme: 'file', path: join(folder, 'none') },
  },
  {
    scheme: 'command',
    there: { scheme: 'command', command: [process.execPath, '-e', PRINT] },
    absent: { scheme: 'command', command: [process.execPath, '-e', ''] },
  },
  {
    scheme: 'prompt',
    there: { scheme: 'prompt' },
    absent: { scheme: 'prompt' },
    with: { prompt: async () => CANARY },
    without: { prompt: async () => '' },
  },
  { scheme: 'literal', there: { scheme: 'literal', value: new Secret(CANARY) }, absent: null },
  { scheme: 'plain', there: { scheme: 'plain', value: CANARY }, absent: null },
];

describe.each(CASES)('$scheme', ({ scheme, there, absent, ...change }) => {
  test('returns the exact value, which cannot be printed', async () => {
    const secret = await resolveSecret(there, context(change.with));
    expect(secret.reveal()).toBe(CANARY);
    expect(`${secret} ${JSON.stringify(secret)} ${inspect(secret)}`).not.toContain('canary');
  });

  if (absent !== null) {
    test('says that the secret is absent, and how to store it', async () => {
      const error = await errorOf(resolveSecret(absent, context(change.without)));
      expect(error.code).toBe('SECRET_NOT_FOUND');
    });
  }

  test('refuses a reference of another scheme, which is a bug', async () => {
    const other: SecretReference = scheme === 'env' ? { scheme: 'prompt' } : { scheme: 'env', name: 'RIVER_PW' };
    await expect(secretProviders[scheme].get(other, context())).rejects.toThrow(TypeError);
  });
});

test('every provider has its own scheme as its key, and a test here or in keychain.test.ts', () => {
  for (const [name, provider] of Object.entries(secretProviders)) expect(provider.scheme).toBe(name);
  expect(Object.keys(secretProviders).toSorted()).toEqual(
    [...CASES.map(({ scheme }) => scheme), 'keychain'].toSorted(),
  );
});

describe('env', () => {
  test.each([
    ['EMPTY', {}, 'the environment variable EMPTY is empty', 'SECRET_NOT_FOUND'],
    ['constructor', {}, 'the environment variable constructor is not set', 'SECRET_NOT_FOUND'],
    ['TWO', { TWO: 'a\nb' }, 'the environment variable TWO contains control characters', 'SECRET_PROVIDER_UNAVAILABLE'],
  ])('%s', async (name, more, message, code) => {
    const error = await errorOf(resolveSecret({ scheme: 'env', name }, context({ env: { ...base.env, ...more } })));
    expect([error.message, error.code]).toEqual([`password of river: ${message}`, code]);
  });
});

describe('file', () => {
  const get = (path: string) => resolveSecret({ scheme: 'file', path }, context());

  test('paths count from the folder of the configuration; the first line is read, without a BOM', async () => {
    secretFile('with-bom', '\ufeffsecret\nrest');
    expect((await get('with-bom')).reveal()).toBe('secret');
    secretFile('no-newline', 'secret');
    expect((await get('no-newline')).reveal()).toBe('secret');
  });

  test.each([0o640, 0o604, 0o660, 0o644, 0o620])('is refused with mode %o', async (mode) => {
    const path = secretFile(`mode ${mode.toString(8)}`, CANARY, mode);
    const error = await errorOf(get(path));
    expect(error.code).toBe('SECRET_PROVIDER_UNAVAILABLE');
    expect(error.message).toContain(`can be read by others (mode 0${mode.toString(8)})`);
    expect(error.hint).toContain(`chmod 600 "${path}"`);
  });

  test('is refused with a backslash in its name as well', async () => {
    expect((await errorOf(get(secretFile('a\\b', CANARY, 0o644)))).message).toContain('can be read by others');
  });

  test.each([0o600, 0o400, 0o700])('is accepted with mode %o', async (mode) => {
    expect((await get(secretFile(`good ${mode.toString(8)}`, CANARY, mode))).reveal()).toBe(CANARY);
  });

  test('the mode of a link is that of its target', async () => {
    symlinkSync(secretFile('open', CANARY, 0o644), join(folder, 'link'));
    expect((await errorOf(get('link'))).message).toContain('can be read by others');
  });

  test('a folder and a pipe are not files', async () => {
    mkdirSync(join(folder, 'sub'));
    expect((await errorOf(get('sub'))).message).toContain('is not a regular file');
    const { execFileSync } = await import('node:child_process');
    execFileSync('mkfifo', ['-m', '600', join(folder, 'pipe')]);
    expect((await errorOf(get('pipe'))).message).toContain('is not a regular file');
  });

  test.each([
    ['latin-1', Uint8Array.of(0x70, 0xe4, 0x73), 'is not UTF-8 text'],
    ['utf-16', Uint8Array.of(0xff, 0xfe, 0x70, 0, 0x77, 0), 'is not UTF-8 text'],
    ['utf-16 without mark', Uint8Array.of(0x70, 0, 0x77, 0), 'contains control characters'],
    ['blank', Uint8Array.of(0x0a, 0x70), 'is empty'],
    ['empty', Uint8Array.of(), 'is empty'],
  ])('%s text is refused rather than sent as a wrong password', async (name, bytes, message) => {
    expect((await errorOf(get(secretFile(name, bytes)))).message).toContain(message);
  });
});

describe('command', () => {
  const get = (command: string | readonly string[], change: Partial<SecretContext> = {}) =>
    resolveSecret({ scheme: 'command', command }, context(change));

  test('a text goes through the shell, a list does not', async () => {
    expect((await get('printf "%s" one | tr o 0')).reveal()).toBe('0ne');
    expect((await get(['printf', '%s', '$HOME | tr o 0'])).reveal()).toBe('$HOME | tr o 0');
  });

  test('runs in the folder of the configuration, with the environment of the run and nothing to read', async () => {
    expect((await get('pwd')).reveal()).toBe((await import('node:fs')).realpathSync(folder));
    expect((await get('cat; echo "$ONLY"', { env: { PATH: base.env['PATH'], ONLY: 'this' } })).reveal()).toBe('this');
  });

  test('a failure quotes standard error, with control characters escaped', async () => {
    const error = await errorOf(get(`echo ${CANARY.slice(-13)}; printf 'no such\\033[2Jentry\\nmore' >&2; exit 3`));
    expect(error.code).toBe('SECRET_NOT_FOUND');
    expect(error.message).toBe(
      'password of river: the command "echo" failed with exit status 3: no such\\x1b[2Jentry / more',
    );
  });

  test('reports a command that cannot be run', async () => {
    const error = await errorOf(get(['no-such-program-here', 'canary']));
    expect(error.code).toBe('SECRET_PROVIDER_UNAVAILABLE');
    expect(error.message).toBe('password of river: the command "no-such-program-here" cannot be run');
  });

  test.each([
    ['', 'printed nothing'],
    ['echo; echo second', 'the first line of what the command "echo;" printed is empty'],
    ['printf "\\377"', 'is not UTF-8 text'],
    ['kill -9 $$', 'was killed by a signal'],
  ])('%j', async (line, message) => {
    expect((await errorOf(get(['sh', '-c', line]))).message.replaceAll('"sh"', '"echo;"')).toContain(message);
  });

  test('stops waiting after the time limit', async () => {
    const error = await errorOf(
      commandProvider(200).get({ scheme: 'command', command: 'sleep 5 & sleep 5; true' }, context()),
    );
    expect(error.code).toBe('SECRET_PROVIDER_UNAVAILABLE');
    expect(error.message).toBe('password of river: the command "sleep" did not end within 0.2 s');
  });

  test('does not wait for a program that the command started in the background', async () => {
    expect((await get('sleep 5 & echo done')).reveal()).toBe('done');
  });

  test('does not keep endless output in memory', async () => {
    expect((await get('echo secret; head -c 3000000 /dev/zero')).reveal()).toBe('secret');
  });

  test('stops when the run is interrupted', async () => {
    const interruption = new AbortController();
    const running = get('sleep 5', { signal: interruption.signal });
    interruption.abort();
    expect((await errorOf(running)).code).toBe('INTERRUPTED');
    expect((await errorOf(get('echo x', { signal: interruption.signal }))).code).toBe('INTERRUPTED');
  });
});

describe('prompt', () => {
  test('without a terminal, says so and names the other places for a secret', async () => {
    const error = await errorOf(resolveSecret({ scheme: 'prompt' }, context()));
    expect(error.code).toBe('SECRET_PROVIDER_UNAVAILABLE');
    expect(error.hint).toContain('env:NAME');
  });

  test('asks one question at a time, and continues after one that failed', async () => {
    let open = 0;
    let most = 0;
    const questions: string[] = [];
    const ask = async (question: string) => {
      open += 1;
      most = Math.max(most, open);
      questions.push(question);
      await new Promise((resolve) => setTimeout(resolve, 5));
      open -= 1;
      if (question.includes('summit'))
        throw new SecretError('INTERRUPTED', 'password of river: stopped', { hint: 'x' });
      return question;
    };
    const names = ['river', 'summit', 'meadow'];
    const answers = await Promise.allSettled(
      names.map((institution) => resolveSecret({ scheme: 'prompt' }, context({ institution, prompt: ask }))),
    );
    expect(most).toBe(1);
    expect(questions).toEqual(['password of river: ', 'password of summit: ', 'password of meadow: ']);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
