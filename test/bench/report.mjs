/** The report of thirty accounts and ten years: processor time of the command, and size of the page, against what is allowed. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../dist/store/open.js';
import { ACCOUNT, save, transactions } from './store.mjs';

const PROGRAM = fileURLToPath(new URL('../../dist/bin.js', import.meta.url));
const ACCOUNTS = 30;
const YEARS = 10;
/** One a working day. */
const A_YEAR = 250;
const BALANCE = { amount: '1234.56', currency: 'USD', asOf: new Date().toISOString().slice(0, 10) };
const MOST_MS = 2_000;
const MOST_BYTES = 2_000_000;

export async function reportBench() {
  const dir = mkdtempSync(join(tmpdir(), 'ofx-sync-bench-'));
  try {
    await fill(dir);
    const years = run(dir, ['--since', '2016-01-01']);
    const year = run(dir, []);
    const start = spawn(['--version']);
    return [
      row('command, ten years', years.ms, 'ms', MOST_MS),
      row('command, twelve months', year.ms, 'ms', MOST_MS),
      { name: 'of which the start of the program', value: start, unit: 'ms' },
      row('page, ten years', years.bytes, 'bytes', MOST_BYTES),
      row('page, twelve months', year.bytes, 'bytes', MOST_BYTES),
    ];
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const row = (name, value, unit, most) => ({ name, value, unit, ratio: value / most, against: 'allowed' });

async function fill(dir) {
  const accounts = Array.from({ length: ACCOUNTS }, (_, index) => ({
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
  for (const [index, account] of accounts.entries())
    save(store, spread(transactions(index * YEARS * A_YEAR, YEARS * A_YEAR)), account, { ledgerBalance: BALANCE });
  store.close();
}

/** Puts the transactions on days of ten years, the last of them today. */
function spread(all) {
  const today = Date.now();
  return all.map((one, index) => ({
    ...one,
    postedOn: new Date(today - ((all.length - index) * YEARS * 365 * 86_400_000) / all.length)
      .toISOString()
      .slice(0, 10),
  }));
}

function run(dir, more) {
  const output = join(dir, 'report.html');
  const argv = ['report', '--config', join(dir, 'accounts.yaml'), '--data', dir, '--output', output, ...more];
  return { ms: spawn(argv), bytes: statSync(output).size };
}

/** Returns the milliseconds that the processor worked, whatever else the machine did. */
function spawn(argv) {
  const script = `process.argv.splice(1, 1, ${JSON.stringify(PROGRAM)}, ...${JSON.stringify(argv)}); await import(${JSON.stringify(PROGRAM)}); process.on('exit', () => { const { user, system } = process.cpuUsage(); console.error((user + system) / 1000); })`;
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script, 'x'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return Number(stderr.trim().split('\n').at(-1));
}
