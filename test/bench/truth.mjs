/**
 * What is stored after months with banks that behave badly, compared with what they delivered: for this program and for other
 * ways to keep statements. `npm run bench -- truth --months 18 --seeds 3 --only NAME`
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runnerImport } from 'vite';
import { loadConfigText } from '../../dist/config/load.js';
import { readOfx } from '../../dist/ofx/read.js';
import { openStore } from '../../dist/store/open.js';
import { importStatements, replay } from '../../dist/sync/import.js';
import { sync } from '../../dist/sync/sync.js';
import { wire } from '../../dist/wiring.js';

const PROGRAM = { loadConfigText, openStore, wire, sync, importStatements, replay, readOfx };

const OPTIONS = {
  months: { type: 'string', default: '18' },
  seeds: { type: 'string', default: '1' },
  // Parts of names; all behaviours when absent.
  only: { type: 'string', multiple: true, default: [] },
  // Number of behaviours that are put together by chance.
  mixed: { type: 'string', default: '16' },
  // Lists each wrong transaction; with `traces`, every statement that listed it.
  problems: { type: 'boolean', default: false },
  traces: { type: 'boolean', default: false },
  // Reads all replies and files again, and counts the rows that this changes.
  replay: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
};

export async function truthBench(args) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const path = fileURLToPath(new URL('../life/table.ts', import.meta.url));
  const { module: life } = await runnerImport(path, { configFile: false, logLevel: 'error' });
  const named = (seed) => life.behavioursNamed(values.only, { mixed: Number(values.mixed), seed });
  const behaviours = named(1);
  const lives = [];
  for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
    const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'ofx-sync-life-'));
    const { traces, replay } = values;
    const options = {
      behaviours: named(seed),
      seed: String(seed),
      months: Number(values.months),
      folder,
      traces,
      replay,
    };
    try {
      lives.push(await life.reportsOf(PROGRAM, options));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const reports = lives.flatMap((one) => one.reports);
  const table = life.tableOf(behaviours, reports);
  console.log(values.json ? JSON.stringify(table, null, 2) : life.printed(table));
  if (values.problems) console.log(life.printedProblems(reports));
  if (values.traces) console.log(lives.flatMap((one) => one.traces).join('\n'));
}
