/** What a person has trusted: the record in the data folder, and the hosts that an upgrade takes over. */

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../../../src/store/data/migrations.js';
import { Database } from '../../../../src/store/database.js';
import { confirmedHosts } from '../../../../src/store/trust/hosts.js';
import { bindEntry, distrust, hostsOfEntry, isTrusted, trust } from '../../../../src/store/trust/record.js';
import { scratchDir } from '../../../support/scratch.js';

const CONFIG = { path: '/home/alex/finance/accounts.yaml', text: 'institutions: []\n' };

test('the record knows path and content, and is for its owner only', () => {
  const dir = join(scratchDir(), 'data');
  expect(isTrusted(dir, CONFIG)).toBe(false);
  trust(dir, CONFIG);
  expect(isTrusted(dir, CONFIG)).toBe(true);
  expect(isTrusted(dir, { ...CONFIG, text: `${CONFIG.text} ` })).toBe(false);
  expect(isTrusted(dir, { ...CONFIG, path: '/home/eve/accounts.yaml' })).toBe(false);
  expect(readFileSync(join(dir, 'trust.json'), 'utf8')).not.toContain('institutions:');
  expect([dir, join(dir, 'trust.json')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o600]);
  bindEntry(dir, 'river', ['b.example', 'a.example', 'b.example']);
  expect(hostsOfEntry(dir, 'river')).toEqual(['a.example', 'b.example']);
  expect(hostsOfEntry(dir, 'toString')).toEqual([]);
  expect(distrust(dir, CONFIG.path)).toBe(true);
  expect(distrust(dir, CONFIG.path)).toBe(false);
  expect(hostsOfEntry(dir, 'river')).toEqual(['a.example', 'b.example']);
  bindEntry(dir, 'river', []);
  expect(hostsOfEntry(dir, 'river')).toEqual([]);
  expect(readdirSync(dir)).toEqual(['trust.json']);
});

test.each(['', 'null', '[]', '{', '{ "configurations": 7, "keychain": [1] }', '{ "keychain": { "river": "x" } }'])(
  'a record that reads %j is an error, and is left as it is: its bindings may still be read from it',
  (text) => {
    const dir = scratchDir();
    writeFileSync(join(dir, 'trust.json'), text);
    for (const use of [() => isTrusted(dir, CONFIG), () => hostsOfEntry(dir, 'river'), () => trust(dir, CONFIG)])
      expect(use).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
    expect(readFileSync(join(dir, 'trust.json'), 'utf8')).toBe(text);
  },
);

test('a record that cannot be written is an error of the store', () => {
  const dir = scratchDir();
  mkdirSync(join(dir, 'trust.json'));
  expect(() => trust(dir, CONFIG)).toThrow(expect.objectContaining({ code: 'STORE_FAILED' }));
  expect(readdirSync(dir)).toEqual(['trust.json']);
});

const UPGRADE = MIGRATIONS.findIndex((one) => one.includes('CREATE TABLE confirmed_hosts'));
const OWN = 'https://ofx.river.example/ofx';

test.each([
  ['a sign-on that was accepted', 'ok', OWN, ['https://cards.example/ofx'], false, ['cards.example']],
  ['a refused one after a statement', 'refused', OWN, ['https://cards.example/ofx'], true, ['cards.example']],
  ['a refused one and no statement', 'refused', OWN, ['https://cards.example/ofx'], false, []],
  ['no sign-on', 'unknown', OWN, ['https://cards.example/ofx'], false, []],
  [
    'ports, queries and capitals',
    'ok',
    OWN,
    ['https://Cards.Example:8443?x=https://y/', 'https://Cards.Example?x'],
    false,
    ['cards.example'],
  ],
  [
    'several',
    'ok',
    'https://ofx.river.example:443/',
    ['https://a.example/', 'https://b.example'],
    false,
    ['a.example', 'b.example'],
  ],
  ['a server on this computer', 'ok', 'http://127.0.0.1:80/', ['http://127.0.0.1:81/'], false, []],
])('an upgrade takes over hosts of the profile: %s', (_, signon, url, addresses, hasStatement, expected) => {
  const db = new Database(join(scratchDir(), 'ofx-sync.db'));
  for (const migration of MIGRATIONS.slice(0, UPGRADE)) db.exec(migration);
  const profile = JSON.stringify({ url, addresses: Object.fromEntries(addresses.map((one, index) => [index, one])) });
  db.run('INSERT INTO logins (institution, last_signon, profile) VALUES (?, ?, ?)', 'river', signon, profile);
  db.run("INSERT INTO logins (institution, last_signon, profile) VALUES ('damaged', 'ok', '{')");
  db.run("INSERT INTO logins (institution, last_signon) VALUES ('none', 'ok')");
  db.run("INSERT INTO runs (id, started_at) VALUES (1, '2026-11-20T06:30:00Z')");
  if (hasStatement)
    db.run(
      "INSERT INTO outcomes (run, institution, account, status, duration_ms) VALUES (1, 'river', 'card', 'ok', 1)",
    );
  db.exec(MIGRATIONS[UPGRADE] ?? '');
  expect(confirmedHosts(db, 'ofx.river.example')).toEqual(expected);
  db.close();
});
