/**
 * What is stored after months with banks that behave badly, compared with what they delivered: for this program and for other
 * ways to keep statements. `npm run bench -- truth --months 18 --seeds 3 --only NAME --json`
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

export async function truthBench(argv) {
  const { values } = parseArgs({
    args: argv,
    options: {
      months: { type: 'string', default: '18' },
      seeds: { type: 'string', default: '1' },
      only: { type: 'string', multiple: true, default: [] },
      problems: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
    },
  });
  const module = fileURLToPath(new URL('../life/table.ts', import.meta.url));
  const { module: life } = await runnerImport(module, { configFile: false, logLevel: 'error' });
  const behaviours = life.behavioursNamed(values.only);
  const rows = [];
  for (let seed = 1; seed <= Number(values.seeds); seed += 1) {
    const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'ofx-sync-life-'));
    try {
      rows.push(
        await life.reportsOf(PROGRAM, { behaviours, seed: String(seed), months: Number(values.months), folder }),
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  const table = life.tableOf(behaviours, rows.flat());
  console.log(values.json ? JSON.stringify(table, null, 2) : life.printed(table));
  if (values.problems) console.log(life.printedProblems(rows.flat()));
}
