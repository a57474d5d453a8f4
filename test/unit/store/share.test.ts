/** The copy for others holds nothing of the sign-ons, also not in deleted pages; files are private from their first byte. */

import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Database } from '../../../src/store/database.js';
import { createPrivate, secureFolder } from '../../../src/store/folder.js';
import { backupStore } from '../../../src/store/maintain.js';
import { openStore } from '../../../src/store/open.js';
import { scratchDir } from '../../support/scratch.js';

const AT = new Date('2026-11-20T06:30:00Z');
const SECRETS = ['t0ken-of-access', 's3ssion-cookie', 'cl1ent-uid', 'raw-r3ply', 'private-f1le'];

async function storeWithSecrets(): Promise<string> {
  const dir = scratchDir();
  const store = await openStore(dir);
  const runId = store.beginRun(AT);
  for (const nth of ['', '-older', '-oldest'])
    store.setLoginState('river', {
      clientUid: `cl1ent-uid${nth}`,
      accessKey: `t0ken-of-access${nth}`,
      sessionCookie: `s3ssion-cookie${nth}`,
    });
  store.keepReply(
    { body: Buffer.from('raw-r3ply'), httpStatus: 200, origin: 'raw-r3ply' },
    { runId, institution: 'river', wanted: [], at: AT },
  );
  store.markFileImported('river', { hash: 'x', name: 'private-f1le', purpose: '', at: AT });
  store.finishRun(runId, AT);
  store.close();
  return dir;
}

test('a copy to share has the accounts and runs, and none of the tokens and replies', async () => {
  const dir = await storeWithSecrets();
  const file = backupStore(dir, { file: join(dir, 'shared.db'), at: AT, share: true });
  const bytes = readFileSync(file, 'latin1');
  expect(SECRETS.filter((secret) => bytes.includes(secret))).toEqual([]);
  const db = new Database(file, { readOnly: true });
  const count = (table: string) => db.count(`SELECT COUNT(*) AS n FROM ${table}`);
  expect([count('runs'), count('logins'), count('replies'), count('files')]).toEqual([1, 0, 0, 0]);
  expect(db.all('PRAGMA freelist_count').map((row) => row['freelist_count'])).toEqual([0]);
  expect(db.all('SELECT * FROM v_transactions')).toEqual([]);
  db.close();
  // An ordinary backup has everything that a restored store needs.
  const whole = readFileSync(backupStore(dir, { file: null, at: AT }), 'latin1');
  expect(whole).toContain('t0ken-of-access');
});

test('every table is either shared or emptied on purpose', async () => {
  const dir = await storeWithSecrets();
  const db = new Database(join(dir, 'ofx-sync.db'));
  db.exec('CREATE TABLE later (secret TEXT)');
  db.exec("INSERT INTO later VALUES ('of-a-later-version')");
  db.close();
  const file = backupStore(dir, { file: join(dir, 'shared.db'), at: AT, share: true });
  expect(readFileSync(file, 'latin1')).not.toContain('of-a-later-version');
});

describe.skipIf(process.platform === 'win32')('modes', () => {
  let before = 0;
  beforeEach(() => {
    before = process.umask(0);
  });
  afterEach(() => {
    process.umask(before);
  });

  test('a file is private before anything is written to it, and nothing that exists is taken', () => {
    const path = join(scratchDir(), 'x.part');
    createPrivate(path);
    expect(statSync(path)).toMatchObject({ size: 0 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(() => createPrivate(path)).toThrow('cannot be created');
    const link = `${path}.link`;
    symlinkSync(join(scratchDir(), 'elsewhere'), link);
    expect(() => createPrivate(link)).toThrow('cannot be created');
  });

  test('all files of a new store and its backup, without any umask', async () => {
    const dir = await storeWithSecrets();
    backupStore(dir, { file: null, at: AT, share: true });
    const paths = readdirSync(dir, { recursive: true, encoding: 'utf8' }).map((name) => join(dir, name));
    const open = paths.filter((path) => (statSync(path).mode & 0o077) !== 0);
    expect(open).toEqual([]);
    expect(paths.filter((path) => path.endsWith('.part'))).toEqual([]);
  });

  const folder = (mode: number) => {
    const dir = join(scratchDir(), 'data');
    mkdirSync(dir);
    chmodSync(dir, mode);
    return dir;
  };
  const modeOf = (dir: string) => statSync(dir).mode & 0o7777;

  test.each([0o700, 0o755, 0o770, 0o775, 0o1777])('a folder of mode %o stays as it is', (mode) => {
    const dir = folder(mode);
    expect(secureFolder(dir)).toBeNull();
    expect(modeOf(dir)).toBe(mode);
  });

  test.each([
    [0o777, 0o755],
    [0o2773, 0o2751],
  ])('a folder of mode %o, which everybody can change, becomes %o, with a notice', (mode, then) => {
    const dir = folder(mode);
    expect(secureFolder(dir)).toMatch(/^everybody could change the data folder .*; now only you can$/);
    expect(modeOf(dir)).toBe(then);
    expect(secureFolder(dir)).toBeNull();
  });

  test('a folder that does not exist yet is nothing to complain of', () => {
    expect(secureFolder(join(scratchDir(), 'none'))).toBeNull();
  });
});
