/** `check --offline` and `--version --verbose` on machines where something is wrong. */

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Database } from '../../src/store/database.js';
import { version } from '../../src/version.js';
import { configText } from '../support/institutions.js';
import { type RunOptions, runCli } from '../support/run-cli.js';
import { scratchDir } from '../support/scratch.js';

interface Project {
  readonly cwd: string;
  readonly data: string;
  readonly run: (argv: readonly string[], more?: Partial<RunOptions>) => ReturnType<typeof runCli>;
}

function project(): Project {
  const cwd = scratchDir();
  writeFileSync(join(cwd, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]), { mode: 0o600 });
  const bin = scratchDir();
  writeFileSync(join(bin, 'crontab'), '#!/bin/sh\necho "no crontab for you" >&2; exit 1\n', { mode: 0o755 });
  const run = (argv: readonly string[], more: Partial<RunOptions> = {}) =>
    runCli(argv, { cwd, env: { PATH: `${bin}:/usr/bin:/bin` }, ...more });
  return { cwd, data: join(cwd, 'data'), run };
}

async function wrong(
  { run }: Project,
  more: Partial<RunOptions> = {},
): Promise<{ code: number; wrong: string[]; hints: (string | null)[] }> {
  const { code, stdout } = await run(['check', '--offline', '--json'], more);
  const { machine } = JSON.parse(stdout) as { machine: { what: string; ok: boolean; hint: string | null }[] };
  const found = machine.filter(({ ok }) => !ok);
  return { code, wrong: found.map(({ what }) => what), hints: found.map(({ hint }) => hint) };
}

describe('check --offline', () => {
  test('finds nothing before the first sync, and after it; and makes nothing', async () => {
    const one = project();
    expect(await wrong(one)).toEqual({ code: 0, wrong: [], hints: [] });
    await one.run(['-q']);
    expect(await wrong(one)).toEqual({ code: 0, wrong: [], hints: [] });
    const { stdout } = await one.run(['check', '--offline']);
    expect(stdout).toMatch(/this machine\n {2}✓ version: ofx-sync .*\n {2}✓ configuration: only you can change it\n/);
    expect((await one.run(['check', '--offline', '-q'])).stdout).toBe('');
  });

  test('names what others may read or change', async () => {
    const one = project();
    await one.run(['-q']);
    chmodSync(join(one.cwd, 'accounts.yaml'), 0o666);
    chmodSync(one.data, 0o755);
    expect(await wrong(one)).toEqual({
      code: 1,
      wrong: ['configuration', 'store permissions'],
      hints: [`chmod go-w ${join(one.cwd, 'accounts.yaml')}`, `chmod -R go-rwx ${one.data}`],
    });
  });

  test('names a store that is damaged, and one that is newer', async () => {
    const one = project();
    mkdirSync(one.data, { mode: 0o700 });
    writeFileSync(join(one.data, 'ofx-sync.db'), 'no database, and long enough to be looked at'.repeat(30), {
      mode: 0o600,
    });
    expect((await wrong(one)).wrong).toEqual(['store file']);
    const other = project();
    await other.run(['-q']);
    newer(other);
    expect((await wrong(other)).wrong).toEqual(['store schema']);
  });

  test('names a clock that is wrong', async () => {
    const one = project();
    await one.run(['-q'], { now: () => new Date(2026, 10, 20, 12) });
    expect((await wrong(one, { now: () => new Date(2026, 10, 20, 11, 30) })).wrong).toEqual([]);
    expect((await wrong(one, { now: () => new Date(2026, 10, 19) })).wrong).toEqual(['clock']);
    expect((await wrong(one, { now: () => new Date(1970, 0, 1) })).wrong).toEqual(['clock']);
  });

  test('names a schedule that has lost its program', async () => {
    const one = project();
    const script = join(one.cwd, 'bin.js');
    writeFileSync(script, '');
    await one.run(['schedule', 'install', '--system', 'systemd', '--no-enable', '-q'], { script });
    expect((await wrong(one, { script })).wrong).toEqual([]);
    const timer = join(one.cwd, '.config/systemd/user/ofx-sync.timer');
    writeFileSync(timer, readFileSync(timer, 'utf8').replaceAll(script, '/gone/bin.js'));
    expect((await wrong(one, { script })).wrong).toEqual(['schedule']);
    const report = await one.run(['--version', '--verbose'], { script });
    expect(report.code).toBe(1);
    expect(report.stdout).toContain('schedule  the schedule runs /gone/bin.js, which does not exist. Install it again');
  });
});

test('check without a name looks at this machine too, and is not well when that is not', async () => {
  const one = project();
  const well = await one.run(['check']);
  expect(well.stdout).toMatch(/this machine\n {2}✓ version/);
  expect(well.code).toBe(0);
  chmodSync(join(one.cwd, 'accounts.yaml'), 0o666);
  const ill = await one.run(['check', '--quiet']);
  expect(ill.stdout).toMatch(/this machine\n {2}✗ configuration: other users can change/);
  expect(ill.code).toBe(1);
  expect((await one.run(['check', 'summit'])).code).toBe(0);
});

describe('--version --verbose', () => {
  test('says that the store fits, or is newer', async () => {
    const one = project();
    expect(await one.run(['--version', '--verbose'])).toMatchObject({
      code: 0,
      stdout: `ofx-sync ${version()}\nstore     none yet in ${one.data}\nschedule  none\n`,
    });
    await one.run(['-q']);
    expect((await one.run(['--version', '-v'])).stdout).toContain('ofx-sync.db fits\n');
    newer(one);
    const { code, stdout } = await one.run(['--version', '--verbose', '--json']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ ofxSync: version(), store: { fits: false }, schedule: { fits: true } });
  });

  test('--version alone is one line', async () => {
    expect((await project().run(['--version'])).stdout).toBe(`${version()}\n`);
  });
});

function newer({ data }: Project): void {
  const db = new Database(join(data, 'ofx-sync.db'));
  db.exec('PRAGMA user_version = 999');
  db.close();
}
