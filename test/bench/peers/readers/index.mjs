/** The programs and libraries that read a statement file. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { aqbanking } from '../clients/aqbanking.mjs';
import { debian, ROOT, run } from '../lab.mjs';
import { readAll } from './batch.mjs';
import { NPM_PACKAGES, npmFolder, npmVersion } from './npm.mjs';

const WORKER = fileURLToPath(new URL('read.mjs', import.meta.url));
const PYTHON_WORKER = fileURLToPath(new URL('read_with_ofxparse.py', import.meta.url));

export const READERS = [
  {
    name: 'ofx-sync',
    version: async () => JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')).version,
    read: (paths) => readAll([process.execPath, [WORKER, 'ofx-sync', ROOT]], paths),
  },
  { name: 'libofx (ofxdump)', version: async () => debian('libofx7'), read: (paths) => eachAlone(paths, withOfxdump) },
  {
    name: 'ofxparse',
    version: async () => debian('python3-ofxparse'),
    read: (paths) => readAll(['/usr/bin/python3', [PYTHON_WORKER]], paths),
  },
  {
    name: 'AqBanking',
    version: aqbanking.version,
    read: (paths, dir) => eachAlone(paths, (path) => withAqbanking(path, dir)),
  },
  ...NPM_PACKAGES.map((name) => ({
    name: `${name} (npm)`,
    version: async () => npmVersion(name),
    read: (paths) =>
      readAll(
        [process.execPath, [WORKER, name, join(npmFolder(name), ...name.split('/').map(() => '..'), '..')]],
        paths,
      ),
  })),
];

async function eachAlone(paths, read) {
  const results = [];
  for (const path of paths) results.push(await read(path));
  return results;
}

async function withOfxdump(path) {
  const { status, isEnded, stdout, stderr } = await run(['ofxdump', [path]], { limit: 10_000, env: { TZ: 'UTC' } });
  if (!isEnded) return { error: null, why: 'did not end in 10 s' };
  // Errors of its parser, and of the reading of a value.
  const said =
    `${stdout}\n${stderr}`.split('\n').find((line) => /LibOFX ERROR|OpenSP parser: (?:error|otherError)/.test(line)) ??
    null;
  const rows = stdout
    .split(/^ofx_proc_transaction\(\):/m)
    .slice(1)
    .map((block) => {
      const value = (label) => new RegExp(`^\\s*${label}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      return [
        day(value('Date posted')),
        value('Total money amount').trim(),
        value('Name of payee or transaction description'),
      ];
    });
  if (rows.length === 0 && status !== 0) return { error: said ?? `status ${status}` };
  return { rows, warning: said };
}

/** `Wed Nov 18 2026 12:00:00 UTC`, in whatever order the program has the parts. */
function day(text) {
  const at = new Date(`${text.replace(/\b(?:UTC|GMT)\b/, '')} UTC`);
  return Number.isNaN(at.getTime()) ? '' : at.toISOString().slice(0, 10).replaceAll('-', '');
}

async function withAqbanking(path, dir) {
  const home = mkdtempSync(join(dir, 'aq-'));
  const context = join(home, 'context');
  const args = ['-n', '-D', home, 'import', '--importer=ofx', '--profile=default', `--infile=${path}`, '-c', context];
  const { status, isEnded, stderr } = await run(['aqbanking-cli', args], {
    limit: 10_000,
    env: { HOME: home, TZ: 'UTC' },
  });
  try {
    if (!isEnded) return { error: null, why: 'did not end in 10 s' };
    if (status !== 0) return { error: stderr.trim().split('\n').at(-1) || `status ${status}` };
    const said =
      stderr
        .split('\n')
        .find((line) => /Error|Unable|not |bad /i.test(line) && !/settings|banking_update/.test(line)) ?? null;
    return { rows: contextRows(readFileSync(context, 'utf8')), warning: said };
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function contextRows(text) {
  return text
    .split(/(?=\btransaction \{)/)
    .slice(1)
    .map((row) => {
      const value = (key) => new RegExp(`\\b${key}="([^"]*)"`).exec(row)?.[1] ?? '';
      const [, over = '', under = '1'] = /^(-?\d+)(?:\/(\d+))?:/.exec(unescaped(value('value'))) ?? [];
      return [
        value('date') || value('valutaDate'),
        over === '' ? '' : String(Number(over) / Number(under)),
        unescaped(value('remoteName')),
      ];
    });
}

function unescaped(text) {
  const bytes = Buffer.from(
    text.replace(/%([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
  return text.includes('%') ? bytes.toString('utf8') : text;
}
