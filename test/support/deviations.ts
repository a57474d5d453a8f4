/** A deviation of a bank, with the command that finds it and the keys that it prints, and the proof that they are right. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { TestContext } from 'vitest';
import { parse } from 'yaml';
import { type DeviantBank, type Deviation, PASSWORD, startDeviantBank } from './deviant-bank.js';
import { type Run, runCli } from './run-cli.js';
import { scratchDir } from './scratch.js';

type Keys = Readonly<Record<string, unknown>>;

export interface Row extends Deviation {
  readonly name: string;
  /** Keys that stand in accounts.yaml before. */
  readonly given?: Keys;
  /** The command that finds it, and its words for the cause. */
  readonly by: 'check' | 'probe';
  readonly cause: RegExp;
  /** The keys that it prints. */
  readonly keys: Keys;
  /** A sync without the key works too, since it goes other ways. */
  readonly worksWithout?: true;
  /** Milliseconds from one command to the next. */
  readonly gapMs?: number;
  /** Time limit of a request, where the server leaves some without an answer. */
  readonly timeout?: string;
}

interface Setting {
  readonly cwd: string;
  readonly run: (data: string, ...argv: string[]) => Promise<Run>;
  readonly configure: (keys: Keys) => void;
}

function setting({ url }: DeviantBank): Setting {
  const cwd = scratchDir();
  const accounts = [
    { name: 'a', kind: 'checking', id: '000123456', routing: '121000248' },
    { name: 'b', kind: 'checking', id: '000123457', routing: '121000248' },
  ];
  return {
    cwd,
    configure: (keys) => {
      const bank = { name: 'bank', url, userId: 'demo', password: 'env:PW', ...keys, accounts };
      writeFileSync(join(cwd, 'accounts.yaml'), JSON.stringify({ institutions: [bank] }));
    },
    run: (data, ...argv) => runCli([...argv, '--data', join(cwd, data)], { cwd, env: { PW: PASSWORD } }),
  };
}

/** The keys that a command prints: `probe` as YAML, `check` as `key: value` in its hints. */
function printed({ stdout }: Run, { by, keys }: Row): Keys {
  if (by === 'probe') return parse(stdout);
  const text = stdout.slice(stdout.indexOf('→')).replace(/\s+/g, ' ');
  return Object.fromEntries(
    Object.keys(keys).flatMap((key) => {
      const value = new RegExp(`\\b${key}: "?([A-Za-z0-9-]+)`).exec(text)?.[1];
      return value === undefined ? [] : [[key, key === 'appVer' ? value : parse(value)]];
    }),
  );
}

/** Proves that the command names the cause and the keys, and that a sync works with what was printed, as it did not before. */
export async function prove(row: Row, { expect, onTestFinished }: TestContext): Promise<void> {
  const { by, cause, given = {}, keys, timeout = '30s', worksWithout = false, gapMs = 0 } = row;
  const bank = await startDeviantBank(row);
  onTestFinished(bank.close);
  const { cwd, run, configure } = setting(bank);
  configure(given);
  const without = await run('without', 'sync', '-q', '--retries', '0', '--timeout', timeout);
  expect(without.code === 0).toBe(worksWithout);

  await delay(gapMs);
  const more = by === 'probe' ? ['--pause', '1ms'] : [];
  const found = await run('data', by, 'bank', '--timeout', timeout, ...more);
  expect(`${found.stdout}${found.stderr}`.replace(/\s+/g, ' ')).toMatch(cause);
  expect(printed(found, row)).toMatchObject(keys);

  await delay(gapMs);
  configure({ ...given, ...printed(found, row) });
  const fixed = await run('fixed', 'sync', '-q', '--retries', '0', '--timeout', '30s');
  expect(fixed).toMatchObject({ code: 0, stderr: '' });
  expect(bank.refused()).toBe(0);
  expect(readFileSync(join(cwd, 'accounts.yaml'), 'utf8')).not.toContain(PASSWORD);
}
