/** The wrapper of the SQLite driver. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { Database } from '../../../src/store/database.js';
import { builtProgram } from '../../support/program.js';
import { scratchDir } from '../../support/scratch.js';

/** Iterates slowly, with garbage collection in between, as a long export does. */
const SLOW_READER = `
  import { setImmediate } from 'node:timers/promises';
  const { Database } = await import(process.argv[1]);
  const db = new Database(process.argv[2]);
  db.exec('CREATE TABLE t (a)');
  db.transaction(() => { for (let a = 0; a < 500; a += 1) db.run('INSERT INTO t VALUES (?)', a); });
  let rows = 0;
  for (let round = 0; round < 40; round += 1) {
    for (const row of db.iterate('SELECT a FROM t')) {
      rows += 1;
      if (row.a !== 5 && row.a !== 100) continue;
      globalThis.gc();
      await setImmediate();
      for (let other = 0; other < 50; other += 1) db.get('SELECT ' + other + ' AS x');
    }
  }
  db.close();
  console.log(rows);`;

test('iteration reaches the last row despite garbage collection', () => {
  // In a separate process, since a failure of the driver ends the program.
  const script = ['--expose-gc', '--input-type=module', '-e', SLOW_READER];
  const database = pathToFileURL(join(builtProgram(), '..', 'store', 'database.js')).href;
  const printed = execFileSync(process.execPath, [...script, database, join(scratchDir(), 'x.db')], {
    encoding: 'utf8',
  });
  expect(printed.trim()).toBe('20000');
});

describe('a transaction within another', () => {
  function opened(): Database {
    const db = new Database(join(scratchDir(), 'x.db'));
    db.useWal();
    db.exec('CREATE TABLE t (a UNIQUE)');
    return db;
  }
  const rows = (db: Database) => db.all('SELECT a FROM t ORDER BY a').map((row) => row['a']);
  const add = (db: Database, a: number) => db.insert('t', { a });

  test('is undone without the others, and with the whole', () => {
    const db = opened();
    db.transaction(() => {
      db.transaction(() => add(db, 1));
      expect(() =>
        db.transaction(() => {
          add(db, 2);
          add(db, 1);
        }),
      ).toThrow(/UNIQUE/);
      db.transaction(() => add(db, 3));
    });
    expect(rows(db)).toEqual([1, 3]);
    expect(() =>
      db.transaction(() => {
        db.transaction(() => add(db, 4));
        throw new Error('late');
      }),
    ).toThrow('late');
    expect(rows(db)).toEqual([1, 3]);
  });

  test('once SQLite has given the whole up, nothing of it is committed by itself', () => {
    const db = opened();
    add(db, 0);
    const whole = () =>
      db.transaction(() => {
        db.transaction(() => add(db, 1));
        // Rolls everything back, as SQLite does when the disk is full or cannot be read.
        expect(() => db.transaction(() => db.run('INSERT OR ROLLBACK INTO t VALUES (0)'))).toThrow(/UNIQUE/);
        // Whoever saves an account goes on with the next one.
        expect(() => db.transaction(() => add(db, 2))).toThrow(/UNIQUE/);
        expect(() => add(db, 3)).toThrow(/UNIQUE/);
      });
    expect(whole).toThrow(/UNIQUE/);
    expect(rows(db)).toEqual([0]);
    db.transaction(() => add(db, 4));
    expect(rows(db)).toEqual([0, 4]);
  });

  test('cannot be durable when the whole is not', () => {
    const db = opened();
    expect(() => db.transaction(() => db.transaction(() => add(db, 1), { durable: true }))).toThrow(/durable/);
    db.transaction(() => db.transaction(() => add(db, 1), { durable: true }), { durable: true });
    expect(rows(db)).toEqual([1]);
  });
});
