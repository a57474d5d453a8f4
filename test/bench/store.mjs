/** The store: saving, saving again, and what a long history costs an incremental save, as a ratio to a short one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../dist/store/open.js';

const ACCOUNT = {
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
  kind: 'bank',
  trnuid: null,
  status: { code: 0, severity: 'INFO', message: null },
  account: ACCOUNT,
  currency: 'USD',
  ledgerBalance: null,
  availableBalance: null,
  balances: [],
  positions: [],
  securities: [],
  cash: null,
  openOrders: [],
  closings: [],
  marketing: null,
  notices: [],
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
    rows.push({ name: 'incremental save of 200, 1,000 stored', value: short.incremental, unit: 'ms' });
    rows.push({
      name: 'incremental save of 200, 1,000,000 stored',
      value: long.incremental,
      unit: 'ms',
      ratio: long.incremental / short.incremental,
      against: '1,000 stored',
    });
    rows.push({
      name: 'opening, 1,000,000 stored',
      value: long.open,
      unit: 'ms',
      ratio: long.open / short.open,
      against: '1,000 stored',
    });
    rows.push({
      name: 'the last 30 days out of 1,000,000',
      value: long.query,
      unit: 'ms',
      ratio: long.query / short.query,
      against: '1,000 stored',
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
  return rows;
}

async function history(dir, count) {
  let store = await openStore(dir);
  for (let from = 0; from < count; from += 50_000) save(store, transactions(from, Math.min(50_000, count - from)));
  store.close();
  const opened = performance.now();
  store = await openStore(dir);
  const open = performance.now() - opened;
  // Medians of several saves, each of 100 known and 100 new ones.
  const times = Array.from({ length: 9 }, (_, round) =>
    timed(() => save(store, transactions(count - 100 + round * 100, 200))),
  );
  const last = transactions(count - 1, 1)[0].postedOn;
  const query = timed(() => [...store.transactions({ since: day(dayOf(last) - 30) })].length);
  store.close();
  return { open, incremental: times.toSorted((a, b) => a - b)[4], query };
}

function save(store, list) {
  store.save(
    ACCOUNT,
    { ...EMPTY, period: null, transactions: list },
    { runId: 1, at: new Date('2026-11-20T06:30:00Z'), wanted: null, institution: INSTITUTION },
  );
}

/** Ten a day. */
function transactions(from, count) {
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    return {
      fitid: `F${number}`,
      type: 'DEBIT',
      postedOn: day(Math.floor(number / 10)),
      postedAt: null,
      userOn: null,
      availableOn: null,
      amount: `-${number % 900}.${String(number % 100).padStart(2, '0')}`,
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
