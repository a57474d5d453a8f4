/** Killing the program at random moments of a sync, then completing it: the store is that of an undisturbed run, and whole each time. */

import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { Database } from '../../src/store/database.js';
import { configText } from '../support/institutions.js';
import { namedConfig } from '../support/named-config.js';
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
    env: { ...process.env, ...namedConfig(cwd), OFX_SYNC_DATA: join(cwd, 'data') },
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

const MANY = configText(
  Array.from({ length: 30 }, (_, index) => ({
    name: `s${index}`,
    url: `sandbox://meadow?delay=${(index * 7) % 60}ms`,
    accounts:
      '[{ name: joint, kind: checking, id: "0044881200", routing: "011000015" }, { name: card, kind: creditcard, id: "5500005555555559" }]',
  })),
  '{ history: 120d, concurrency: 30 }',
);

/** An account that a run has reported as stored. */
interface Reported {
  readonly institution: string;
  readonly account: string;
  readonly fresh: number;
}

/** Reads the reports of a run in lines of text or JSON; the kill may have cut the last line. */
function reportedIn(output: string): Reported[] {
  return output
    .split('\n')
    .slice(0, -1)
    .flatMap((line) => {
      if (!line.startsWith('{')) {
        const [, institution, account, fresh] = /^(\w+)\/(\w+): ok, (\d+) new/.exec(line) ?? [];
        return institution === undefined || account === undefined
          ? []
          : [{ institution, account, fresh: Number(fresh) }];
      }
      const { event, status, institution, account, new: fresh } = JSON.parse(line) as Record<string, string>;
      if (event !== 'outcome' || status !== 'ok') return [];
      const name = account?.split('/').at(-1) ?? '';
      return [{ institution: institution ?? '', account: name, fresh: Number(fresh) }];
    });
}

/** Runs the program and kills it once it has reported so many accounts. @returns what it had reported. */
function killedAfterReports(cwd: string, data: string, how: { reports: number; json: boolean }): Promise<Reported[]> {
  const child = spawn(process.execPath, [program, ...(how.json ? ['--log-format', 'json'] : [])], {
    cwd,
    env: { ...process.env, ...namedConfig(cwd), OFX_SYNC_DATA: data },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (reportedIn(output).length >= how.reports) child.kill('SIGKILL');
  });
  return new Promise((resolve) => {
    child.on('close', () => resolve(reportedIn(output)));
  });
}

test(
  'what was reported as stored is stored, wherever kill -9 comes in between',
  async () => {
    const cwd = scratchDir();
    writeFileSync(join(cwd, 'accounts.yaml'), MANY);
    const before = join(cwd, 'data');
    // The banks have accepted the logins, and the days before are still to be downloaded.
    expect((await runCli(['-q', '--since', '1d'], { cwd })).code).toBe(0);
    let killed = 0;
    for (let kill = 0; kill < KILLS; kill += 1) {
      const data = join(cwd, `killed-${kill}`);
      cpSync(before, data, { recursive: true });
      const reported = await killedAfterReports(cwd, data, { reports: 1 + ((kill * 37) % 55), json: kill % 2 === 1 });
      expect(reported.length).toBeGreaterThan(0);
      if (reported.length < 60) killed += 1;
      expect(storedOf(data, reported)).toEqual(reported);
      rmSync(data, { recursive: true });
    }
    // Some runs may end before the kill arrives, not most of them.
    expect(killed).toBeGreaterThan(KILLS / 2);
  },
  60_000 + KILLS * 15_000,
);

/** Returns what the newest run has stored of the reported accounts: their outcomes, and their new transactions. */
function storedOf(data: string, reported: readonly Reported[]): Reported[] {
  const database = new Database(join(data, 'ofx-sync.db'));
  try {
    expect(database.get('PRAGMA integrity_check')?.['integrity_check']).toBe('ok');
    const run = database.get('SELECT MAX(id) AS id FROM runs')?.['id'] ?? null;
    return reported.flatMap(({ institution, account }) => {
      const outcome = database.get(
        "SELECT 1 FROM outcomes WHERE run = ? AND institution = ? AND account = ? AND status = 'ok'",
        ...[run, institution, account],
      );
      const fresh = database.count(
        `SELECT COUNT(*) AS n FROM transactions t JOIN accounts a ON a.id = t.account
         WHERE t.run = ? AND a.institution = ? AND a.name = ? AND t.pending = 0`,
        ...[run, institution, account],
      );
      return outcome === null ? [] : [{ institution, account, fresh }];
    });
  } finally {
    database.close();
  }
}
