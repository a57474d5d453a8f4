/** Killing `export --new --append` at random moments: the journal holds each transaction exactly once in the end. */

import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';
import { bankFile, FILES_CONFIG, type FileTransaction } from '../support/statement-file.js';

const KILLS = Number(process.env['OFX_SYNC_KILLS'] ?? 6);

async function importStatement(dir: string, transactions: readonly FileTransaction[]): Promise<void> {
  writeFileSync(join(dir, 'statement.qfx'), bankFile(transactions));
  expect((await runCli(['import', 'statement.qfx', '-q'], { cwd: dir })).code).toBe(0);
}

let program = '';
beforeAll(() => {
  program = builtProgram();
});

const argv = ['export', '--format', 'ledger', '--new', '--append', '--output', 'all.journal', '-q'];

function start(dir: string, killAfter: number | null): Promise<{ ms: number; code: number | null }> {
  const began = performance.now();
  const child = spawn(process.execPath, [program, ...argv], {
    cwd: dir,
    env: { ...process.env, OFX_SYNC_DATA: join(dir, 'data') },
    stdio: 'ignore',
  });
  const timer = killAfter === null ? null : setTimeout(() => child.kill('SIGKILL'), killAfter);
  return new Promise((resolve) => {
    child.on('exit', (code) => {
      if (timer !== null) clearTimeout(timer);
      resolve({ ms: performance.now() - began, code });
    });
  });
}

test(
  'kill -9 at any moment: each transaction is in the journal exactly once',
  async () => {
    const dir = scratchDir();
    writeFileSync(join(dir, 'accounts.yaml'), FILES_CONFIG);
    const batch = (round: number) =>
      Array.from({ length: 300 }, (_, index) => ({
        fitid: `R${round}N${index}`,
        amount: `-${index + 1}.${10 + round}`,
        on: '20261105',
        name: `SHOP ${index}`,
      }));
    await importStatement(dir, batch(0));
    const { ms: whole } = await start(dir, null);
    for (let round = 1; round <= KILLS; round += 1) {
      await importStatement(dir, batch(round));
      // The program writes in the last third of its time.
      await start(dir, whole * (0.5 + ((round * 0.37) % 0.6)));
    }
    expect((await start(dir, null)).code).toBe(0);
    const fitids = [...readFileSync(join(dir, 'all.journal'), 'utf8').matchAll(/; fitid: (\S+)/g)].map(
      (match) => match[1] ?? '',
    );
    const wanted = Array.from({ length: KILLS + 1 }, (_, round) => batch(round).map(({ fitid }) => fitid)).flat();
    const [here, due] = [new Set(fitids), new Set(wanted)];
    expect({
      twice: fitids.length - here.size,
      missing: wanted.filter((fitid) => !here.has(fitid)),
      strange: fitids.filter((fitid) => !due.has(fitid)),
    }).toEqual({ twice: 0, missing: [], strange: [] });
    expect(readdirSync(join(dir, 'data', 'appending'))).toEqual([]);
  },
  60_000 + KILLS * 10_000,
);
