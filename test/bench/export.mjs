/** Exporting a million transactions in each format: the rate, and the most memory that the program had, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../dist/store/open.js';
import { ACCOUNT, save, transactions } from './store.mjs';

const PROGRAM = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const COUNT = Number(process.env.OFX_SYNC_BENCH_COUNT ?? 1_000_000);
const FORMATS = ['ndjson', 'csv', 'ynab', 'qif', 'ofx', 'hledger', 'ledger', 'beancount'];
const MOST_MB = 200;
const AN_ACCOUNT = 50_000;

export async function exportBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  try {
    const accounts = Array.from({ length: Math.ceil(COUNT / AN_ACCOUNT) }, (_, index) => ({
      ...ACCOUNT,
      name: `a${index}`,
      id: String(index),
    }));
    const entries = accounts.map(({ name, id }) => `{ name: ${name}, kind: checking, id: "${id}", routing: "2" }`);
    writeFileSync(
      join(dir, 'accounts.yaml'),
      `institutions:\n  - name: ${ACCOUNT.institution}\n    files: none/*.ofx\n    accounts: [${entries.join(', ')}]\n`,
    );
    const store = await openStore(dir);
    for (const [index, account] of accounts.entries()) {
      const from = index * AN_ACCOUNT;
      save(store, transactions(from, Math.min(AN_ACCOUNT, COUNT - from)), account);
    }
    store.close();
    return FORMATS.flatMap((format) => measure(dir, format));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function measure(dir, format) {
  const output = join(dir, 'output');
  const argv = [
    'export',
    '--format',
    format,
    '--output',
    output,
    '--config',
    join(dir, 'accounts.yaml'),
    '--data',
    dir,
    ...(format === 'ofx' ? ['--together'] : []),
  ];
  // GNU time's maximum resident set size, from the process itself.
  const script = `process.argv.splice(1, 1, ${JSON.stringify(PROGRAM)}, ...${JSON.stringify(argv)}); await import(${JSON.stringify(PROGRAM)}); process.on('exit', () => console.error(process.resourceUsage().maxRSS))`;
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, 'x'], {
    encoding: 'utf8',
  });
  const seconds = (performance.now() - started) / 1000;
  const megabytes = Number(stderr.trim().split('\n').at(-1)) / 1024;
  if (status !== 0 || Number.isNaN(megabytes)) throw new Error(`${format}: ${stderr}`);
  const size = Math.round(statSync(output).size / 1e6);
  return [
    { name: `${format}: transactions a second (${size} MB)`, value: COUNT / seconds, unit: '/s' },
    { name: `${format}: most memory`, value: megabytes, unit: 'MB', ratio: megabytes / MOST_MB, against: 'allowed' },
  ];
}
