/** Killing the program at random moments of a sync, then completing it: the store is that of an undisturbed run, and whole each time. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/store/database.js';
import { configText } from '../support/institutions.js';
import { builtProgram } from '../support/program.js';
import { runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

const KILLS = Number(process.env['OFX_SYNC_KILLS'] ?? 8);
const ENTRIES = configText(
  Array.from({ length: 6 }, (_, index) => ({
    name: `s${index}`,
    url: `sandbox://meadow?delay=${index * 40}ms`,
    accounts:
      '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }, { name: card, kind: creditcard, id: "5500005555555559" }]',
  })),
  '{ history: 700d }',
);

let program = '';

beforeAll(() => {
  program = builtProgram();
});

function killedAfter(cwd: string, ms: number): Promise<void> {
  const child = spawn(process.execPath, [program, '-q'], {
    cwd,
    env: { ...process.env, OFX_SYNC_DATA: join(cwd, 'data') },
    stdio: 'ignore',
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), ms);
  return new Promise((resolve) => {
    child.on('exit', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

test(
  'kill -9 at any moment leaves a store that the next run completes',
  async () => {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'accounts.yaml'), ENTRIES);
    for (let kill = 0; kill < KILLS; kill += 1) {
      await killedAfter(cwd, 120 + ((kill * 137) % 600));
      const path = join(cwd, 'data', 'ofx-sync.db');
      // Killed before it had a store.
      if (!existsSync(path)) continue;
      const shell = spawnSync('sqlite3', [path, 'PRAGMA integrity_check'], { encoding: 'utf8' });
      if (shell.error === undefined) expect(shell.stdout.trim()).toBe('ok');
      else expect(integrity(path)).toBe('ok');
    }
    // Killed twice before the bank had accepted anything, a login waits for a person.
    expect((await runCli(['-q', '--force'], { cwd })).code).toBe(0);
    const undisturbed = scratchDir();
    writeFileSync(join(undisturbed, 'accounts.yaml'), ENTRIES);
    expect((await runCli(['-q'], { cwd: undisturbed })).code).toBe(0);
    const listed = async (dir: string) =>
      (
        JSON.parse((await runCli(['transactions', '--json'], { cwd: dir })).stdout) as {
          transactions: { id: string }[];
        }
      ).transactions
        .map((one) => JSON.stringify(one))
        .toSorted();
    const [disturbed, clean] = [await listed(cwd), await listed(undisturbed)];
    expect(clean.length).toBeGreaterThan(1000);
    expect(disturbed).toEqual(clean);
  },
  60_000 + KILLS * 10_000,
);

function integrity(path: string): unknown {
  const database = new Database(path);
  try {
    return database.get('PRAGMA integrity_check')?.['integrity_check'];
  } finally {
    database.close();
  }
}
