/**
 * `npm run bench -- peers [--only ROW] [--dir DIR]`: this program and its peers under the same trials. The table goes to
 * `field.json` beside this file, from which `npm run docs` writes docs/field.md; with --only, one row of it is measured again.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CLIENTS } from './clients/index.mjs';
import { run } from './lab.mjs';
import { READERS } from './readers/index.mjs';
import { installReaders } from './readers/npm.mjs';
import { ROWS } from './rows/index.mjs';

const RESULT = fileURLToPath(new URL('field.json', import.meta.url));

/** Peers that cannot be run, and why. */
const NOT_MEASURED = {
  ofxtools: 'not in Debian and not on npm',
  ofxgo: 'a Go library, not in Debian',
  'ofx (npm)': 'compiles its parser when it is installed; install scripts are not run here',
  'ofx4js (npm)': 'Node cannot load it: it imports a name that its parser does not export',
};

export async function peersBench(args) {
  const options = { only: { type: 'string', multiple: true, default: [] }, dir: { type: 'string' } };
  const { values } = parseArgs({ args, options });
  const unknown = values.only.filter((name) => !ROWS.some(({ key }) => key === name));
  if (unknown.length > 0)
    throw new Error(`no such row: ${unknown.join(', ')} (there are ${ROWS.map(({ key }) => key).join(', ')})`);
  const dir = values.dir ?? mkdtempSync(join(tmpdir(), 'ofx-bench-'));
  mkdirSync(dir, { recursive: true });
  try {
    const missing = await installReaders(join(dir, 'npm'));
    if (missing.length > 0) throw new Error(`npm could not install ${missing.join(', ')}`);
    const rows = {};
    for (const { key, title, run: measure } of ROWS) {
      if (values.only.length > 0 && !values.only.includes(key)) continue;
      console.log(`\n${title}`);
      const started = performance.now();
      rmSync(join(dir, key), { recursive: true, force: true });
      const measured = await measure({ dir, say: (line) => console.log(`  ${line}`) });
      rows[key] = { ...measured, seconds: Math.round((performance.now() - started) / 1000), load: loadavg()[0] };
    }
    const kept = values.only.length > 0 && existsSync(RESULT) ? JSON.parse(readFileSync(RESULT, 'utf8')).rows : {};
    const all = { ...kept, ...rows };
    const ordered = Object.fromEntries(ROWS.flatMap(({ key }) => (key in all ? [[key, all[key]]] : [])));
    writeFileSync(RESULT, `${JSON.stringify({ ...(await circumstances()), rows: ordered }, null, 1)}\n`);
    console.log(`\nwritten: ${RESULT} (npm run docs writes docs/field.md from it)`);
  } finally {
    if (values.dir === undefined) rmSync(dir, { recursive: true, force: true });
  }
}

async function circumstances() {
  const versions = {};
  for (const { name, version } of [...CLIENTS, ...READERS]) versions[name] ??= await version();
  const cpu = cpus();
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      processor: cpu[0].model.trim(),
      cores: cpu.length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      kernel: release(),
    },
    versions: {
      node: process.version,
      curl: /^curl (\S+)/.exec((await run(['curl', ['--version']])).stdout)?.[1],
      ...versions,
    },
    notMeasured: NOT_MEASURED,
  };
}
