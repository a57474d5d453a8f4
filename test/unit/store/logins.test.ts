/** Logins in the store: one for all names of it, taken over from version 0.1 without loss, and no help for guessing a password. */

import { copyFileSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Institution } from '../../../src/model/institution.js';
import { Secret } from '../../../src/model/secret.js';
import type { Credentials, Store } from '../../../src/ports.js';
import { Database, numberOf } from '../../../src/store/database.js';
import { checkValueOf, loginKey } from '../../../src/store/identity/login-key.js';
import { backupStore } from '../../../src/store/maintain.js';
import { openStore } from '../../../src/store/open.js';
import { institution } from '../../support/builders.js';
import { scratchDir } from '../../support/scratch.js';

function credentials(change: Partial<Institution> = {}, password = 'pw-1', userId = 'alex'): Credentials {
  return { institution: institution(change), userId: new Secret(userId), password: new Secret(password) };
}

async function inStore<T>(dir: string, work: (store: Store) => T): Promise<T> {
  const store = await openStore(dir);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

const REFUSED = {
  verdict: 'refused',
  unanswered: 0,
  last: { code: 'SIGNON_REJECTED', message: 'sign-on refused (15500)', at: '2026-11-01T06:30:00.000Z' },
} as const;
const NOTHING = { verdict: null, unanswered: 0, last: null };

describe('a login', () => {
  test.each<[string, Credentials, boolean]>([
    ['another name', credentials({ name: 'delta' }), true],
    ['another path', credentials({ url: 'https://ofx.river.example/other' }), true],
    ['another host', credentials({ url: 'https://ofx.other.example/ofx' }), false],
    ['another ORG', credentials({ org: 'OTHER' }), false],
    ['no FID', credentials({ fid: null }), false],
    ['another user', credentials({}, 'pw-1', 'kim'), false],
    ['another password', credentials({}, 'pw-2'), false],
  ])('with %s: has the verdict of the other %s', async (_, other, isSame) => {
    const dir = scratchDir();
    await inStore(dir, (store) => {
      store.setSignonState(credentials(), REFUSED);
      expect(store.signonState(other)).toMatchObject(isSame ? REFUSED : NOTHING);
    });
  });

  test('is shown by the name of each of its institutions', async () => {
    await inStore(scratchDir(), (store) => {
      store.setSignonState(credentials(), REFUSED);
      store.setSignonState(credentials({ name: 'delta' }), { accessKey: 'key-1' });
      for (const name of ['river', 'delta'])
        expect(store.loginState(name)).toMatchObject({
          lastSignon: 'refused',
          blocked: REFUSED.last,
          accessKey: 'key-1',
        });
    });
  });

  test('keeps what it has when the store is opened again, and when its institution is renamed', async () => {
    const dir = scratchDir();
    await inStore(dir, (store) =>
      store.setSignonState(credentials(), { verdict: 'accepted', clientUid: 'UID-1', sessionCookie: 'cookie-1' }),
    );
    await inStore(dir, (store) =>
      expect(store.signonState(credentials({ name: 'delta' }))).toMatchObject({
        ...{ verdict: 'accepted', clientUid: 'UID-1', sessionCookie: 'cookie-1' },
      }),
    );
  });
});

/** Writes a row as version 0.1 did. */
function writeRowOf01(dir: string, of: Credentials, row: Record<string, string | null>): void {
  const salt = '00112233445566778899aabbccddeeff';
  const check = of.password.checkValue(salt) * 1024 + of.userId.checkValue(salt);
  const database = new Database(join(dir, 'ofx-sync.db'));
  database.insert('logins', { institution: of.institution.name, salt, check_value: check, ...row }, 'replace');
  database.close();
}

const BLOCKED_01 = {
  last_signon: 'refused',
  blocked_code: REFUSED.last.code,
  blocked_message: REFUSED.last.message,
  blocked_at: REFUSED.last.at,
};

describe('what version 0.1 recorded under the name', () => {
  async function home(row: Record<string, string | null>, of = credentials()): Promise<string> {
    const dir = scratchDir();
    await inStore(dir, () => undefined);
    writeRowOf01(dir, of, row);
    return dir;
  }

  test('a block goes on, is shown before and after, and ends with another password', async () => {
    const dir = await home(BLOCKED_01);
    await inStore(dir, (store) => {
      expect(store.loginState('river').blocked).toEqual(REFUSED.last);
      expect(store.signonState(credentials())).toMatchObject(REFUSED);
      expect(store.loginState('river').blocked).toEqual(REFUSED.last);
      expect(store.signonState(credentials({}, 'pw-2'))).toMatchObject(NOTHING);
    });
    const other = await home(BLOCKED_01);
    await inStore(other, (store) => expect(store.signonState(credentials({}, 'pw-2'))).toMatchObject(NOTHING));
  });

  test('an acceptance, the client UID, tokens and the profile go on', async () => {
    const tokens = { client_uid: 'UID-1', access_key: 'key-1', session_cookie: 'cookie-1' };
    const profile = JSON.stringify({ url: 'https://ofx.river.example/ofx', name: 'River', addresses: {} });
    const dir = await home({ last_signon: 'ok', profile, ...tokens });
    await inStore(dir, (store) => {
      const expected = { verdict: 'accepted', clientUid: 'UID-1', accessKey: 'key-1', sessionCookie: 'cookie-1' };
      expect(store.signonState(credentials())).toMatchObject(expected);
      expect(store.signonState(credentials({ name: 'delta' }))).toMatchObject(expected);
      expect(store.loginState('river').profile?.name).toBe('River');
    });
  });

  test('a refusal of one institution counts for the other that had the login, too', async () => {
    const dir = await home({ last_signon: 'ok' });
    writeRowOf01(dir, credentials({ name: 'delta' }), BLOCKED_01);
    await inStore(dir, (store) => {
      expect(store.signonState(credentials())).toMatchObject({ verdict: 'accepted' });
      expect(store.signonState(credentials({ name: 'delta' }))).toMatchObject(REFUSED);
      expect(store.signonState(credentials())).toMatchObject(REFUSED);
    });
  });

  test('its salt is gone then', async () => {
    const dir = await home({ last_signon: 'ok' });
    await inStore(dir, (store) => store.signonState(credentials()));
    const database = new Database(join(dir, 'ofx-sync.db'));
    expect(database.get('SELECT salt FROM logins')).toEqual({ salt: null });
    database.close();
  });
});

test('without the key, a refusal stands, tokens go on, and an acceptance is to be confirmed', async () => {
  const dir = scratchDir();
  const accepted = credentials({ name: 'delta', org: 'DELTA' });
  await inStore(dir, (store) => {
    store.setSignonState(credentials(), { ...REFUSED, clientUid: 'UID-1' });
    store.setSignonState(accepted, { verdict: 'accepted', accessKey: 'key-1' });
  });
  rmSync(join(dir, 'ofx-sync.key'));
  await inStore(dir, (store) => {
    expect(store.signonState(credentials())).toMatchObject({ ...REFUSED, clientUid: 'UID-1' });
    expect(store.signonState(accepted)).toMatchObject({ ...NOTHING, accessKey: 'key-1' });
  });
});

test('accounts that are forgotten take the tokens with them; a refusal stays', async () => {
  await inStore(scratchDir(), (store) => {
    store.setSignonState(credentials(), { ...REFUSED, clientUid: 'UID-1', accessKey: 'key-1' });
    store.forget([{ institution: 'river', name: 'checking' }]);
    expect(store.signonState(credentials())).toMatchObject({ ...REFUSED, clientUid: null, accessKey: null });
  });
});

describe('guessing a password of six digits', () => {
  const CANDIDATES = Array.from({ length: 100_000 }, (_, index) => String(index).padStart(6, '0'));
  const PASSWORD = '071826';
  const own = (password: string) => credentials({}, password);

  /** A year of sign-ons, with copies made in between. */
  async function copies(count: number, copy: (dir: string, number: number) => string): Promise<string[]> {
    const dir = scratchDir();
    const made: string[] = [];
    for (let number = 0; number < count; number += 1) {
      await inStore(dir, (store) => {
        store.setSignonState(own(PASSWORD), { unanswered: 1 });
        store.setSignonState(own(PASSWORD), { verdict: 'accepted', unanswered: 0, accessKey: `key-${number}` });
      });
      made.push(copy(dir, number));
    }
    return made;
  }

  const backup = (dir: string, number: number) =>
    backupStore(dir, { file: join(dir, `copy-${number}.db`), at: new Date() });

  /** The whole folder, which is more than a backup. */
  function folder(dir: string, number: number): string {
    const copy = join(dir, `folder-${number}`);
    mkdirSync(copy);
    for (const name of ['ofx-sync.db', 'ofx-sync.key']) copyFileSync(join(dir, name), join(copy, name));
    return copy;
  }

  function checkValuesIn(file: string): { login: string; value: number }[] {
    const database = new Database(file, { readOnly: true });
    const rows = database.all('SELECT login, check_value FROM credentials');
    database.close();
    return rows.map((row) => ({ login: String(row['login']), value: numberOf(row['check_value']) }));
  }

  function left(folders: readonly string[]): string[] {
    return folders.reduce<string[]>((candidates, path) => {
      const key = readFileSync(join(path, 'ofx-sync.key'), 'utf8').trim();
      const known = checkValuesIn(join(path, 'ofx-sync.db'));
      return candidates.filter((candidate) =>
        known.every(({ login, value }) => checkValueOf(own(candidate), login, key) === value),
      );
    }, CANDIDATES);
  }

  test('two and five copies of the folder leave all candidates that one leaves', async () => {
    const folders = await copies(5, folder);
    const one = left(folders.slice(0, 1));
    expect(one).toContain(PASSWORD);
    expect(one.length).toBeGreaterThan(50);
    expect(left(folders.slice(0, 2))).toEqual(one);
    expect(left(folders)).toEqual(one);
  });

  test.each([2, 5])('%i backups leave all 100,000: they have no salt', async (count) => {
    const dir = scratchDir();
    const files = await copies(count, backup);
    // Without the key, any password could have any of these values; they are the same in each backup, so that they add nothing.
    expect(new Set(files.map((file) => JSON.stringify(checkValuesIn(file)))).size).toBe(1);
    const database = new Database(files[0] ?? '', { readOnly: true });
    expect(database.all('SELECT salt FROM logins WHERE salt IS NOT NULL')).toEqual([]);
    database.close();
    const key = readFileSync(join(files[0] ?? '', '..', 'ofx-sync.key'), 'utf8').trim();
    for (const file of files) expect(readFileSync(file, 'latin1')).not.toContain(key);
    // With keys that the person who guesses makes up, every candidate is as good as any other.
    const [{ login, value } = { login: '', value: 0 }] = checkValuesIn(files[0] ?? '');
    const isRefuted = (candidate: string) =>
      Array.from({ length: 20_000 }, (_, index) => checkValueOf(own(candidate), login, `${dir}${index}`)).every(
        (check) => check !== value,
      );
    expect(CANDIDATES.filter((_, index) => index % 20_000 === 0).filter(isRefuted)).toEqual([]);
  });

  test('the store shows no user id, and the file with the key is for its owner only', async () => {
    const dir = scratchDir();
    await inStore(dir, (store) => store.setSignonState(credentials({}, PASSWORD, 'alexandra.user'), REFUSED));
    expect(readFileSync(join(dir, 'ofx-sync.db'), 'latin1')).not.toContain('alexandra');
    expect(statSync(join(dir, 'ofx-sync.key')).mode & 0o777).toBe(0o600);
    const key = readFileSync(join(dir, 'ofx-sync.key'), 'utf8').trim();
    const [row] = checkValuesIn(join(dir, 'ofx-sync.db'));
    expect(row?.login).toBe(loginKey(credentials({}, PASSWORD, 'alexandra.user'), key));
    expect(row?.login).not.toBe(loginKey(credentials({}, PASSWORD, 'alexandra.user'), '0'.repeat(64)));
  });
});
