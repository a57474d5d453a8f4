/**
 * `npm run bench -- peers [--only ROW] [--client NAME] [--dir DIR] [--result FILE]`: this program and its peers under the same trials.
 * The table goes to `test/fixtures/field.json`, from which `npm run docs` writes docs/field.md; with --only and --client, a part of it
 * is measured again. A row or a program that fails costs only itself; what was measured is written after each row.
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

const RESULT = fileURLToPath(new URL('../../fixtures/field.json', import.meta.url));

/** Peers that cannot be run, and why. */
const NOT_MEASURED = {
  ofxtools: 'not in Debian and not on npm',
  ofxgo: 'a Go library, not in Debian',
  'ofx (npm)': 'compiles its parser when it is installed; install scripts are not run here',
  'ofx4js (npm)': 'Node cannot load it: it imports a name that its parser does not export',
};

export async function peersBench(args) {
  const { only, client, dir: given, result } = asked(args);
  const dir = given ?? mkdtempSync(join(tmpdir(), 'ofx-bench-'));
  mkdirSync(dir, { recursive: true });
  try {
    const missing = await installReaders(join(dir, 'npm'));
    keepOnly((name) => !missing.includes(name) && (client === undefined || name === client));
    const facts = await circumstances(missing);
    const before = existsSync(result) ? JSON.parse(readFileSync(result, 'utf8')).rows : {};
    const write = (rows) => writeFileSync(result, `${JSON.stringify({ ...facts, rows }, null, 1)}\n`);
    const rows = {};
    for (const row of ROWS.filter(({ key }) => only.length === 0 || only.includes(key))) {
      const figures = await measured(row, dir);
      if (figures !== null) rows[row.key] = figures;
      write(added(rows, before));
    }
    if (only.length === 0 && client === undefined) write(rows);
    console.log(`\nwritten: ${result} (npm run docs writes docs/field.md from it)`);
  } finally {
    if (given === undefined) rmSync(dir, { recursive: true, force: true });
  }
}

function asked(args) {
  const options = {
    only: { type: 'string', multiple: true, default: [] },
    client: { type: 'string' },
    dir: { type: 'string' },
    result: { type: 'string', default: RESULT },
  };
  const { values } = parseArgs({ args, options });
  const refuse = (what, names) => {
    throw new Error(`no such ${what} (there are ${names.join(', ')})`);
  };
  const keys = ROWS.map(({ key }) => key);
  const unknown = values.only.filter((name) => !keys.includes(name));
  if (unknown.length > 0) refuse(`row: ${unknown.join(', ')}`, keys);
  const names = CLIENTS.map(({ name }) => name);
  if (values.client !== undefined && !names.includes(values.client)) refuse(`client: ${values.client}`, names);
  return values;
}

function keepOnly(isKept) {
  for (const list of [CLIENTS, READERS]) list.splice(0, list.length, ...list.filter(({ name }) => isKept(name)));
}

/** A trial's figures, with how long it took and how busy the machine was; `null` if it fails as a whole. */
async function measured({ key, title, run: measure }, dir) {
  console.log(`\n${title}`);
  const started = performance.now();
  rmSync(join(dir, key), { recursive: true, force: true });
  try {
    const figures = await measure({ dir, say: (line) => console.log(`  ${line}`) });
    const seconds = Math.round((performance.now() - started) / 1000);
    if (Object.values(figures.cells).some((cell) => cell?.failed !== undefined)) process.exitCode = 1;
    return { ...figures, seconds, load: Number(loadavg()[0].toFixed(1)) };
  } catch (error) {
    console.error(`  failed: ${error.stack}`);
    process.exitCode = 1;
    return null;
  }
}

/** What an earlier run measured, with what was measured again put in. */
function added(rows, kept) {
  return Object.fromEntries(
    ROWS.flatMap(({ key }) => {
      const [before, now] = [kept[key], rows[key]];
      if (now === undefined) return before === undefined ? [] : [[key, before]];
      return [[key, { ...now, cells: { ...before?.cells, ...now.cells } }]];
    }),
  );
}

async function circumstances(missing) {
  const versions = {};
  for (const { name, version } of [...CLIENTS, ...READERS]) versions[name] ??= await version();
  const [{ model }] = cpus();
  const curl = /^curl (\S+)/.exec((await run(['curl', ['--version']])).stdout)?.[1];
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: {
      processor: model.trim(),
      cores: cpus().length,
      memoryGb: Math.round(totalmem() / 2 ** 30),
      kernel: release().split('.', 2).join('.'),
    },
    versions: { node: process.version, curl, ...versions },
    notMeasured: { ...NOT_MEASURED, ...Object.fromEntries(missing.map((name) => [name, 'npm could not install it'])) },
  };
}
