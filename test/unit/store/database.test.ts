/** The wrapper of the SQLite driver. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
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
