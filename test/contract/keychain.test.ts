/**
 * The real keychain: gnome-keyring on a private D-Bus, unlocked, locked and missing. A process keeps its first connection, so this
 * file runs itself again in a separate process for each state (OFX_SYNC_KEYRING names the state).
 */

import { execFile, execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SecretError } from '../../src/errors.js';
import type { SecretContext } from '../../src/ports.js';
import { keychain, keychainWith, storeInKeychain } from '../../src/secrets/keychain.js';
import { keychainNames } from '../../src/secrets/keychain-names.js';

const STATE = process.env['OFX_SYNC_KEYRING'];
const KEYRING = fileURLToPath(new URL('../support/keyring.sh', import.meta.url));
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const OWN = { scheme: 'keychain', name: null } as const;
const NAMED = { scheme: 'keychain', name: 'summit card' } as const;
const CANARY = 'pä ss"wörd\\ 🗝 canary-9f2c';

const context: SecretContext = { institution: 'river', field: 'password', env: {}, baseDir: '/' };

function missingProgram(): string | null {
  if (process.platform !== 'linux') return 'gnome-keyring is for Linux';
  for (const program of ['dbus-run-session', 'gnome-keyring-daemon', 'secret-tool']) {
    try {
      execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    } catch {
      return `${program} is not installed`;
    }
  }
  return null;
}

async function errorOf(work: Promise<unknown>): Promise<SecretError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof SecretError)) throw new Error(`no SecretError: ${error}`);
  expect(`${error.message} ${error.hint}`).not.toContain(CANARY);
  return error;
}

const lookup = (account: string) =>
  execFileSync('secret-tool', ['lookup', 'service', 'ofx-sync', 'account', account], { encoding: 'utf8' });

describe.runIf(STATE === undefined)('the keychain', () => {
  const missing = missingProgram();
  if (missing !== null && process.env['OFX_SYNC_REQUIRE_PROGRAMS'] === '1') throw new Error(missing);
  test.skipIf(missing !== null).concurrent.for(['unlocked', 'locked', 'no-daemon', 'no-bus', 'no-library'])(
    `with gnome-keyring: %s${missing === null ? '' : ` (${missing})`}`,
    async (state) => {
      const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
      const args = [state, process.execPath, vitest, 'run', '--reporter=json', 'test/contract/keychain.test.ts'];
      const env = { ...process.env, OFX_SYNC_KEYRING: state };
      const { stdout } = await promisify(execFile)(KEYRING, args, { cwd: ROOT, env, timeout: 110_000 }).catch(
        (error: { stdout: string }) => error,
      );
      const report: unknown = JSON.parse(stdout.slice(stdout.indexOf('{')));
      expect(report).toMatchObject({ success: true, numFailedTests: 0 });
      expect(Reflect.get(report as object, 'numPassedTests')).toBeGreaterThan(0);
    },
  );

  test('stops waiting for a keychain that never answers', async () => {
    const never = () => new Promise<never>(() => {});
    const silent = keychainWith({
      load: async () => ({ getPassword: never, setPassword: never, deletePassword: never }),
      timeLimitMs: 20,
    });
    const error = await errorOf(silent.get(OWN, context));
    expect(error.code).toBe('SECRET_PROVIDER_UNAVAILABLE');
    expect(error.message).toBe('password of river: the keychain did not answer within 0.02 s');
    const interruption = new AbortController();
    const asked = silent.get(OWN, { ...context, signal: interruption.signal });
    interruption.abort();
    expect((await errorOf(asked)).code).toBe('INTERRUPTED');
  });

  test('reports a missing module', async () => {
    const absent = keychainWith({ load: () => import('keytar-that-is-not-there' as string), timeLimitMs: 1000 });
    expect((await errorOf(absent.get(OWN, context))).message).toContain('keytar');
  });
});

describe.runIf(STATE === 'unlocked')('unlocked', () => {
  test('stores, replaces, returns and deletes, under the name of the institution', async () => {
    expect((await errorOf(keychain.get(OWN, context))).code).toBe('SECRET_NOT_FOUND');
    await storeInKeychain(OWN, 'first', context);
    await storeInKeychain(OWN, CANARY, context);
    expect((await keychain.get(OWN, context)).reveal()).toBe(CANARY);
    expect(lookup('river')).toBe(CANARY);
    expect(await keychain.delete(OWN, context)).toBe(true);
    expect(await keychain.delete(OWN, context)).toBe(false);
    const error = await errorOf(keychain.get(OWN, context));
    expect(error.code).toBe('SECRET_NOT_FOUND');
    expect(error.hint).toContain('ofx-sync secret set river');
  });

  test('separates entries by name, twenty at the same time', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `institution ${index}`);
    await Promise.all(names.map((name) => storeInKeychain({ scheme: 'keychain', name }, `of ${name}`, context)));
    const values = await Promise.all(names.map((name) => keychain.get({ scheme: 'keychain', name }, context)));
    expect(values.map((value) => value.reveal())).toEqual(names.map((name) => `of ${name}`));
    await storeInKeychain(NAMED, 'card', context);
    expect(lookup('summit card')).toBe('card');
    expect(await keychainNames(process.execPath, process.env)).toEqual([...names, 'summit card'].toSorted());
  });

  test('reads what secret-tool stored', async () => {
    const attributes = ['xdg:schema', 'org.freedesktop.Secret.Generic', 'service', 'ofx-sync', 'account', 'river'];
    execFileSync('secret-tool', ['store', '--label=ofx-sync', ...attributes], { input: CANARY });
    expect((await keychain.get(OWN, context)).reveal()).toBe(CANARY);
  });

  test.each(['', 'two\nlines', 'cut\0here'])('refuses %j, which it could not return unchanged', async (value) => {
    await errorOf(storeInKeychain(NAMED, value, { ...context, institution: 'never' }));
    await expect(keychain.get({ scheme: 'keychain', name: 'never' }, context)).rejects.toThrow();
  });
});

describe.runIf(STATE === 'locked')('locked', () => {
  test('says that it may be locked, and what to do', async () => {
    const read = await errorOf(keychain.get(OWN, context));
    expect(read.code).toBe('SECRET_NOT_FOUND');
    expect(read.message).toContain('or it is locked');
    expect(read.hint).toContain('unlock the keychain');
    const written = await errorOf(storeInKeychain(OWN, CANARY, context));
    expect(written.code).toBe('SECRET_PROVIDER_UNAVAILABLE');
    expect(written.message).toBe('password of river: the keychain is locked');
    expect(await keychain.delete(OWN, context)).toBe(false);
    // The search crashes its process when there is something to find, but that is a separate process.
    expect((await keychainNames(process.execPath, process.env)) ?? []).toEqual([]);
  });
});

const BROKEN: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  'no-daemon': ['no keychain is running', 'gnome-keyring, KWallet'],
  'no-bus': ['there is no D-Bus session', 'desktop session'],
  'no-library': ['its module keytar does not load', 'apt install libsecret-1-0'],
};

describe.runIf(STATE !== undefined && Object.hasOwn(BROKEN, STATE))('broken', () => {
  test('each call says what is missing, what to do, and the other places for a secret', async () => {
    const [message = '', hint = ''] = BROKEN[STATE ?? ''] ?? [];
    const calls = [keychain.get(OWN, context), storeInKeychain(OWN, CANARY, context), keychain.delete(OWN, context)];
    for (const error of await Promise.all(calls.map(errorOf))) {
      expect(error.code).toBe('SECRET_PROVIDER_UNAVAILABLE');
      expect(error.message).toContain(message);
      expect(error.hint).toContain(hint);
      expect(error.hint).toContain('env:NAME');
    }
  });
});
