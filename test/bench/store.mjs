/** The store: saving, saving again, and what a long history costs an incremental save, as a ratio to a short one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMPTY_STATEMENT } from '../../dist/model/statement.js';
import { openStore } from '../../dist/store/open.js';

export const ACCOUNT = {
  institution: 'river',
  name: 'checking',
  accountKind: 'checking',
  kind: 'bank',
  id: '1',
  routing: '2',
  branch: null,
  brokerId: null,
  accountType: 'CHECKING',
};
const INSTITUTION = { name: 'river', quirks: {} };
const EMPTY = {
  ...EMPTY_STATEMENT,
  kind: 'bank',
  status: { code: 0, severity: 'INFO', message: null },
  account: ACCOUNT,
  currency: 'USD',
};

export async function storeBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  const rows = [];
  try {
    const store = await openStore(join(dir, 'a'));
    const first = timed(() => save(store, transactions(0, 100_000)));
    const again = timed(() => save(store, transactions(0, 100_000)));
    rows.push({ name: 'saving 100,000 new transactions', value: first, unit: 'ms' });
    rows.push({
      name: 'the same again, unchanged',
      value: again,
      unit: 'ms',
      ratio: again / first,
      against: 'saving them',
    });
    store.close();

    const short = await history(join(dir, 'short'), 1_000);
    const long = await history(join(dir, 'long'), 1_000_000);
    // In turns, so that what else the machine does weighs on both alike; the least of each is what the work itself takes.
    for (let round = 0; round < 15; round += 1)
      for (const one of [short, long]) {
        one.incremental.push(timed(() => save(one.store, transactions(one.count - 100 + round * 100, 200))));
        one.query.push(timed(() => [...one.store.transactions({ since: one.since })].length));
      }
    for (const [what, key] of [
      ['incremental save of 200', 'incremental'],
      ['the last 30 days', 'query'],
      ['opening', 'open'],
    ]) {
      const [least, most] = [Math.min(...short[key]), Math.min(...long[key])];
      rows.push({ name: `${what}, 1,000 stored`, value: least, unit: 'ms' });
      rows.push({
        name: `${what}, 1,000,000 stored`,
        value: most,
        unit: 'ms',
        ratio: most / least,
        against: '1,000 stored',
      });
    }
    short.store.close();
    long.store.close();
  } finally {
    rmSync(dir, { recursive: true });
  }
  return rows;
}

async function history(dir, count) {
  let store = await openStore(dir);
  for (let from = 0; from < count; from += 50_000) save(store, transactions(from, Math.min(50_000, count - from)));
  const open = [];
  for (let round = 0; round < 5; round += 1) {
    store.close();
    const opened = performance.now();
    store = await openStore(dir);
    open.push(performance.now() - opened);
  }
  const last = transactions(count - 1, 1)[0].postedOn;
  return { store, count, open, incremental: [], query: [], since: day(dayOf(last) - 30) };
}

/** @param change of the statement, such as a balance. */
export function save(store, list, account = ACCOUNT, change = {}) {
  store.save(
    account,
    { ...EMPTY, period: null, transactions: list, ...change },
    { runId: 1, at: new Date('2026-11-20T06:30:00Z'), wanted: null, institution: INSTITUTION },
  );
}

/** Ten a day. */
export function transactions(from, count) {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    return {
      fitid: `F${number}`,
      type: 'DEBIT',
      postedOn: day(Math.floor(number / 10)),
      postedAt: null,
      userOn: null,
      availableOn: null,
      amount: `-${(number % 900) + 1}.${String(number % 100).padStart(2, '0')}`,
      currency: 'USD',
      exchange: null,
      name: `SHOP ${number % 300}`,
      extendedName: null,
      payee: null,
      memo: null,
      checkNumber: null,
      refNumber: null,
      serverId: null,
      sic: null,
      counterAccount: null,
      corrects: null,
      pending: false,
      investment: null,
      extra: null,
    };
  });
}

function day(number) {
  return new Date(Date.UTC(1750, 0, 1) + number * 86_400_000).toISOString().slice(0, 10);
}

function dayOf(date) {
  return Math.round((Date.parse(date) - Date.UTC(1750, 0, 1)) / 86_400_000);
}

function timed(work) {
  const started = performance.now();
  work();
  return performance.now() - started;
}
