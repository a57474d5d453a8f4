/** Writes that are committed together: reported when they are on disk, each completed or undone by itself. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { StoreError } from '../../../src/errors.js';
import { Database } from '../../../src/store/database.js';
import { Commits } from '../../../src/sync/commits.js';
import { scratchDir } from '../../support/scratch.js';

interface Scene {
  readonly db: Database;
  readonly commits: Commits;
  /** The durability of each transaction, in order. */
  readonly transactions: boolean[];
  /** Returns the rows that another connection sees. */
  readonly seen: () => unknown[];
}

function scene(failing: { commits: number } = { commits: 0 }, moreToCome = () => false): Scene {
  const path = join(scratchDir(), 'x.db');
  const db = new Database(path);
  db.useWal();
  db.exec('CREATE TABLE t (a UNIQUE)');
  const other = new Database(path, { readOnly: true });
  const transactions: boolean[] = [];
  let depth = 0;
  const together = <T>(work: () => T, how: { readonly durable?: boolean } = {}): T => {
    if (depth === 0) transactions.push(how.durable ?? false);
    depth += 1;
    try {
      return db.transaction(() => {
        const result = work();
        if (depth === 1 && failing.commits > 0) {
          failing.commits -= 1;
          throw new Error('the disk is full');
        }
        return result;
      }, how);
    } finally {
      depth -= 1;
    }
  };
  const seen = () => other.all('SELECT a FROM t ORDER BY rowid').map((row) => row['a']);
  return { db, commits: new Commits({ together }, moreToCome), transactions, seen };
}

const insert = (db: Database, a: number) => () => {
  db.insert('t', { a });
  return a;
};

describe('writes that arrive together', () => {
  test('are one transaction, and each is reported when all are on disk, in their order', async () => {
    const { db, commits, transactions, seen } = scene();
    const reports: unknown[] = [];
    await Promise.all(
      [1, 2, 3].map((a) =>
        commits.add(insert(db, a)).then((result) => {
          reports.push([result, seen()]);
        }),
      ),
    );
    expect(reports).toEqual([1, 2, 3].map((a) => [a, [1, 2, 3]]));
    expect(transactions).toEqual([false]);
  });

  test('all fail at once when another program holds the store: each alone would wait as long again', async () => {
    const locked = new StoreError('STORE_LOCKED', 'another program writes to the store');
    let waits = 0;
    const commits = new Commits({
      together: () => {
        waits += 1;
        throw locked;
      },
    });
    const results = await Promise.allSettled([1, 2, 3].map((a) => commits.add(() => a)));
    expect(results).toEqual([1, 2, 3].map(() => ({ status: 'rejected', reason: locked })));
    expect(waits).toBe(1);
  });

  test('one that must not be lost waits again for the other program, a few times', async () => {
    const locked = new StoreError('STORE_LOCKED', 'another program writes to the store');
    let waits = 0;
    const commits = new Commits({
      together: (work) => {
        waits += 1;
        if (waits <= 2) throw locked;
        return work();
      },
    });
    const patient = commits.add(() => 'kept', { durable: true, patience: 2 });
    const lost = expect(commits.add(() => 'lost', { durable: true, patience: 1 })).rejects.toBe(locked);
    expect(await patient).toBe('kept');
    await lost;
  });

  test('one that fails takes no other with it', async () => {
    const { db, commits, seen } = scene();
    const results = await Promise.allSettled([
      commits.add(insert(db, 1)),
      commits.add(() => {
        insert(db, 2)();
        insert(db, 1)();
      }),
      commits.add(insert(db, 3)),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(seen()).toEqual([1, 2, 3]);
  });

  test('a commit that fails is made again, one write after the other', async () => {
    const { db, commits, seen, transactions } = scene({ commits: 1 });
    const results = await Promise.all([commits.add(insert(db, 1)), commits.add(insert(db, 2))]);
    expect(results).toEqual([1, 2]);
    expect(seen()).toEqual([1, 2]);
    expect(transactions).toEqual([false]);
  });

  test('durable ones go before all others, in a commit of their own', async () => {
    const { db, commits, transactions, seen } = scene();
    const long = [1, 2].map((a) => commits.add(insert(db, a), { size: 50_000 }));
    const durable = [3, 4].map((a) => commits.add(insert(db, a), { durable: true }));
    await Promise.all(durable);
    expect(seen()).toEqual([3, 4]);
    await Promise.all(long);
    expect(transactions).toEqual([true, false, false]);
    expect(db.get('PRAGMA synchronous')).toEqual({ synchronous: 1 });
  });

  test('many transactions are several commits, and a long statement is one of its own', async () => {
    const { db, commits, transactions, seen } = scene();
    const sizes = [900, 900, 900, 50_000, 10];
    await Promise.all(sizes.map((size, a) => commits.add(insert(db, a), { size })));
    expect(seen()).toEqual([0, 1, 2, 3, 4]);
    expect(transactions).toHaveLength(4);
  });

  test('wait for replies that are still read, unless they are many, or something may be sent only after them', async () => {
    let isReading = true;
    const { db, commits, transactions } = scene({ commits: 0 }, () => isReading);
    const turn = () => new Promise((resolve) => setImmediate(resolve));
    const first = commits.add(insert(db, 1));
    for (let turns = 0; turns < 3; turns += 1) await turn();
    expect(transactions).toEqual([]);
    isReading = false;
    await Promise.all([first, commits.add(insert(db, 2))]);
    expect(transactions).toEqual([false]);
    isReading = true;
    await commits.add(insert(db, 3), { durable: true });
    await Promise.all(Array.from({ length: 40 }, (_, index) => commits.add(insert(db, 10 + index))));
    expect(transactions).toEqual([false, true, false]);
  });
});
