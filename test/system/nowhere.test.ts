/** The program of a user without a name or a home folder, as in containers, and in a folder that was removed. */

import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { configText } from '../support/institutions.js';
import { canRunAs } from '../support/other-user.js';
import { builtProgram } from '../support/program.js';
import { scratchDir } from '../support/scratch.js';

let bin = '';
beforeAll(() => {
  bin = builtProgram();
  chmodSync(dirname(dirname(bin)), 0o755);
});

/** A user that no passwd entry names. */
const NOBODY = 123_456;

/** Makes a folder with an accounts.yaml, for a user. */
function ownFolder(owner?: number): { readonly home: string; readonly config: string; readonly data: string } {
  const home = scratchDir();
  const config = join(home, 'accounts.yaml');
  writeFileSync(config, configText([{ name: 'summit', url: 'sandbox://summit' }]), { mode: 0o600 });
  if (owner !== undefined) for (const path of [home, config]) chownSync(path, owner, owner);
  return { home, config, data: join(home, 'data') };
}

describe.skipIf(!canRunAs(NOBODY))('a user without a passwd entry', () => {
  const run = (argv: readonly string[], env: Readonly<Record<string, string>>) => {
    const as = { uid: NOBODY, gid: NOBODY, cwd: '/', encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
      ...as,
      env: { PATH: '/usr/bin:/bin', ...env },
    });
    return { status, stdout, stderr };
  };
  const { home, config, data } = ownFolder(process.geteuid?.() === 0 ? NOBODY : undefined);

  test.each([{ HOME: home }, {}])('runs every command that needs no home folder: %j', (env) => {
    for (const [expected, ...argv] of [
      [0, '--version'],
      [0, '--help'],
      [0, 'sync', '--quiet'],
      [0, 'status'],
      [0, 'check', '--offline'],
      [0, 'paths'],
      [0, 'report', '--output', join(home, 'report.html')],
      [0, 'transactions'],
      [1, 'schedule', 'status'],
      [0, 'schedule', 'remove'],
    ] as const) {
      const named = argv[0].startsWith('--') ? [] : ['--config', config, '--data', data];
      const { status, stderr } = run([...argv, ...named], env);
      expect([argv, status, stderr]).toEqual([argv, expected, '']);
    }
  });

  test('hears which commands need one', () => {
    const needs = (argv: readonly string[]) => run(argv, {});
    expect(needs(['status'])).toEqual({
      status: 2,
      stdout: '',
      stderr:
        'ofx-sync: accounts.yaml not found (looked for /accounts.yaml and /dev/null/.config/ofx-sync/accounts.yaml)\n' +
        '  This user has no home folder. Name a file: --config FILE. Or set HOME.\n',
    });
    const folder = 'the data folder /dev/null/.local/share/ofx-sync/demo cannot be created\n';
    expect(needs(['sync', '--config', config])).toMatchObject({ status: 1, stderr: expect.stringContaining(folder) });
    const written = needs(['schedule', 'install', '--system', 'systemd', '--no-enable', '--config', config]);
    expect(written).toMatchObject({ status: 1, stderr: expect.stringContaining('the schedule could not be written') });
  });

  test('installs a schedule', () => {
    const { status, stderr } = run(
      ['schedule', 'install', '--system', 'systemd', '--no-enable', '--config', config, '--data', data],
      { HOME: home },
    );
    expect({ status, stderr }).toMatchObject({ status: 0 });
  });
});

describe.skipIf(process.platform === 'win32')('in a folder that was removed', () => {
  const run = (argv: readonly string[], home: string) => {
    const folder = join(scratchDir(), 'gone');
    mkdirSync(folder);
    const script = 'rmdir "$PWD" && exec "$@"';
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', process.execPath, bin, ...argv], {
      cwd: folder,
      env: { PATH: '/usr/bin:/bin', HOME: home },
      encoding: 'utf8',
    });
    return { status, stdout, stderr, folder };
  };
  const { home, config, data } = ownFolder();

  test('every command that needs no file of it runs', () => {
    expect(run(['--version'], home)).toMatchObject({ status: 0, stdout: `${packageJson.version}\n`, stderr: '' });
    expect(run(['--help'], home)).toMatchObject({ status: 0, stderr: '' });
    const named = ['--config', config, '--data', data];
    expect(run(['sync', '--quiet', ...named], home)).toMatchObject({ status: 0, stderr: '' });
    expect(run(['accounts', ...named], home)).toMatchObject({ status: 0, stderr: '' });
    const personal = join(home, '.config', 'ofx-sync');
    mkdirSync(personal, { recursive: true, mode: 0o700 });
    writeFileSync(join(personal, 'accounts.yaml'), configText([{ name: 'summit', url: 'sandbox://summit' }]));
    expect(run(['accounts', '--data', data], home)).toMatchObject({ status: 0, stderr: '' });
  });

  test('a file of it is not found', () => {
    const { status, stderr, folder } = run(['accounts'], scratchDir());
    expect({ status, stderr }).toEqual({
      status: 2,
      stderr: expect.stringContaining(`accounts.yaml not found (looked for ${folder}/accounts.yaml and `),
    });
    expect(run(['accounts', '--config', 'accounts.yaml'], home).status).toBe(2);
    const written = run(['export', '--format', 'csv', '--output', 'x.csv', '--config', config, '--data', data], home);
    expect(written.stderr).toContain('x.csv was not written: its folder does not exist');
  });
});
