/** Stores of every released schema are upgraded completely, after a backup. */

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { MIGRATIONS, SCHEMA_VERSION, schemaVersion } from '../../../src/store/data/migrations.js';
import { Database } from '../../../src/store/database.js';
import { openStore } from '../../../src/store/open.js';
import { upgrade } from '../../../src/store/upgrade.js';
import { VIEWS } from '../../../src/store/views.js';
import { dump } from '../../support/dump.js';
import { scratchDir } from '../../support/scratch.js';

const SCHEMAS = new URL('../../fixtures/schemas/', import.meta.url);
const released = readdirSync(SCHEMAS).filter((name) => name.endsWith('.sql'));

/** A store as an earlier version left it: the text of `sqlite3 ofx-sync.db .dump`, with its version. */
function asReleased(name: string): string {
  const dir = scratchDir();
  mkdirSync(dir, { recursive: true });
  const db = new Database(join(dir, 'ofx-sync.db'));
  db.exec(readFileSync(new URL(name, SCHEMAS), 'utf8'));
  db.exec(`PRAGMA user_version = ${Number(/\d+/.exec(name)?.[0])}`);
  db.close();
  return dir;
}

const structure = (dir: string) => {
  const db = new Database(join(dir, 'ofx-sync.db'), { readOnly: true });
  const rows = db.all("SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY 1, 2");
  db.close();
  return rows.map(({ type, name, sql }) => [
    type,
    name,
    String(sql)
      .replace(/\s+|--.*$/gm, ' ')
      .replace(/\s+/g, ' '),
  ]);
};

describe.each(released)('%s', (name) => {
  test('opens, keeps its transactions, and has the structure of a new one', async () => {
    const dir = asReleased(name);
    const store = await openStore(dir, { readOnly: true });
    const transactions = [...store.transactions({ withRemoved: true })];
    expect(transactions.map(({ fitid }) => fitid)).toEqual(['F1', 'F2', 'F3']);
    expect(store.versions(transactions[0]?.id ?? '').map(({ transaction }) => transaction.name)).toEqual(['GROCER']);
    expect(store.accountState({ institution: 'river', name: 'checking' })?.ledgerBalance?.amount).toBe('100.00');
    store.close();
    const fresh = scratchDir();
    (await openStore(fresh)).close();
    expect(structure(dir)).toEqual(structure(fresh));
  });
});

test('every schema up to the current one is among them', () => {
  expect(released).toHaveLength(SCHEMA_VERSION);
});

describe('a migration', () => {
  async function storeOfToday(): Promise<{ dir: string; db: Database }> {
    const dir = scratchDir();
    (await openStore(dir)).close();
    return { dir, db: new Database(join(dir, 'ofx-sync.db')) };
  }

  test('makes a backup first, and runs once', async () => {
    const { dir, db } = await storeOfToday();
    const before = dump(dir);
    const next = [
      ...MIGRATIONS,
      'ALTER TABLE accounts ADD COLUMN colour TEXT; DROP TABLE holes; CREATE TABLE holes (account, from_date, to_date)',
    ];
    upgrade(db, next);
    upgrade(db, next);
    expect(schemaVersion(db)).toBe(SCHEMA_VERSION + 1);
    db.close();
    const copy = join(dir, 'backups', `ofx-sync-schema-${SCHEMA_VERSION}.db`);
    expect(existsSync(copy)).toBe(true);
    const kept = scratchDir();
    mkdirSync(kept, { recursive: true });
    const copied = new Database(copy, { readOnly: true });
    expect(schemaVersion(copied)).toBe(SCHEMA_VERSION);
    copied.close();
    expect(before['accounts']).toEqual([]);
  });

  test('that fails changes nothing', async () => {
    const { dir, db } = await storeOfToday();
    const before = structure(dir);
    expect(() => upgrade(db, [...MIGRATIONS, 'CREATE TABLE one (a); SELECT * FROM nothing'])).toThrow();
    expect(schemaVersion(db)).toBe(SCHEMA_VERSION);
    db.close();
    expect(structure(dir)).toEqual(before);
  });
});

test('each view has the columns that are documented', async () => {
  const dir = scratchDir();
  (await openStore(dir)).close();
  const db = new Database(join(dir, 'ofx-sync.db'), { readOnly: true });
  for (const { name, columns } of VIEWS)
    expect(db.all(`PRAGMA table_info(${name})`).map((row) => row['name'])).toEqual(
      columns.map((column) => column.split(' ')[0]),
    );
  db.close();
});
