/** Months with banks that behave badly: what a program keeps that knows transactions again, against what was delivered. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport } from 'vite';
import { loadConfigText } from '../../../../dist/config/load.js';
import { readOfx } from '../../../../dist/ofx/read.js';
import { openStore } from '../../../../dist/store/open.js';
import { importStatements, replay } from '../../../../dist/sync/import.js';
import { sync } from '../../../../dist/sync/sync.js';
import { wire } from '../../../../dist/wiring.js';
import { cents, run } from '../lab.mjs';

const PROGRAM = { loadConfigText, openStore, wire, sync, importStatements, replay, readOfx };
const LIFE = fileURLToPath(new URL('../../../life/peers.ts', import.meta.url));
const AUTOSYNC = fileURLToPath(new URL('../readers/keep_with_autosync.py', import.meta.url));
const MONTHS = 2;

export const identityRow = {
  key: 'identity',
  title: `Transactions known again, ${MONTHS} months with banks that behave badly`,
  run: async ({ dir, say }) => {
    mkdirSync(dir, { recursive: true });
    const { module: life } = await runnerImport(LIFE, { configFile: false, logLevel: 'error' });
    const behaviours = life.behavioursWith(16);
    const folder = mkdtempSync(join(dir, 'identity-'));
    const lived = await life.live(PROGRAM, { behaviours, seed: '1', months: MONTHS, folder });
    try {
      const reports = lived.reports();
      const cells = {
        'ofx-sync': sum(reports.map(({ ours }) => ours)),
        'ledger-autosync': await autosync(life, lived.accounts, folder),
        'a set of FITIDs': sum(reports.map(({ fitids }) => fitids)),
        'same amount within three days': sum(reports.map(({ fuzzy }) => fuzzy)),
      };
      for (const [name, figures] of Object.entries(cells)) say(`${name}: ${JSON.stringify(figures)}`);
      return {
        cells,
        counts: {
          behaviours: behaviours.length,
          expected: reports.reduce((total, { expected }) => total + expected, 0),
        },
      };
    } finally {
      await lived.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

async function autosync(life, accounts, folder) {
  const lists = accounts.map((account) =>
    life.filesOf(account).map((text, index) => {
      const path = join(folder, `${account.id}-${index}.ofx`);
      writeFileSync(path, text, 'latin1');
      return path;
    }),
  );
  const input = lists.map((list) => `${JSON.stringify(list)}\n`).join('');
  const { stdout, stderr } = await run(['/usr/bin/python3', ['-W', 'ignore', AUTOSYNC]], {
    input,
    limit: 600_000,
    env: { HOME: folder, PYTHON_KEYRING_BACKEND: 'keyring.backends.null.Keyring' },
  });
  const lines = stdout.trim().split('\n');
  if (lines.length !== accounts.length)
    throw new Error(`ledger-autosync judged ${lines.length} of ${accounts.length} accounts: ${stderr.slice(-500)}`);
  const kept = lines.map((line) => JSON.parse(line));
  const verdicts = accounts.map((account, index) =>
    life.verdictOn(
      account,
      kept[index].kept.map((row) => rowOf(life, row)),
    ),
  );
  return { ...sum(verdicts), refusedFiles: kept.reduce((total, { refused }) => total + refused, 0) };
}

function rowOf(life, [day, amount, name, memo]) {
  return { day: life.dayNumber(day), cents: cents(amount), name, memo: memo === '' ? null : memo };
}

function sum(figures) {
  const total = (key) => figures.reduce((sofar, one) => sofar + (one[key] ?? 0), 0);
  return Object.fromEntries(['right', 'lost', 'doubled', 'distorted', 'reported'].map((key) => [key, total(key)]));
}
