/** Exporting a million transactions in each format: the rate, and the most memory that the program had, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../dist/store/open.js';
import { ACCOUNT, save, transactions } from './store.mjs';

const PROGRAM = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const COUNT = Number(process.env.OFX_SYNC_BENCH_COUNT ?? 1_000_000);
const FORMATS = ['ndjson', 'csv', 'ynab', 'qif', 'ofx', 'ledger', 'beancount', 'hledger'];
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
    const each = FORMATS.flatMap((format) => measure(dir, format));
    // Added to a journal that is as long already.
    return [...each, ...measure(dir, 'hledger', ['--new', '--append'])];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function measure(dir, format, more = []) {
  const output = join(dir, more.length > 0 ? 'appended' : 'output');
  if (more.length > 0) renameSync(join(dir, 'output'), output);
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
    ...more,
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
    { name: `${[format, ...more].join(' ')}: transactions a second (${size} MB)`, value: COUNT / seconds, unit: '/s' },
    {
      name: `${[format, ...more].join(' ')}: most memory`,
      value: megabytes,
      unit: 'MB',
      ratio: megabytes / MOST_MB,
      against: 'allowed',
    },
  ];
}
