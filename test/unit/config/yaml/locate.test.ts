import { describe, expect, test } from 'vitest';
import { type HostEnvironment, locateConfig, locateData } from '../../../../src/config/yaml/locate.js';

const LINUX: HostEnvironment = { env: {}, cwd: '/work', home: '/home/alex', platform: 'linux' };
const MAC: HostEnvironment = { env: {}, cwd: '/work', home: '/Users/alex', platform: 'darwin' };
const WINDOWS: HostEnvironment = { env: {}, cwd: 'D:\\money', home: 'C:\\Users\\alex', platform: 'win32' };

const nowhere = () => false;
const at = (path: string) => (candidate: string) => candidate === path;
const withEnv = (around: HostEnvironment, env: HostEnvironment['env']) => ({ ...around, env });

describe('accounts.yaml', () => {
  test('the option comes first, then the environment, the current folder, and the configuration folder', () => {
    const around = withEnv(LINUX, { OFX_SYNC_CONFIG: 'env.yaml' });
    expect(locateConfig('flag.yaml', around, () => true)).toBe('/work/flag.yaml');
    expect(locateConfig(undefined, around, () => true)).toBe('/work/env.yaml');
    expect(locateConfig(undefined, LINUX, () => true)).toBe('/work/accounts.yaml');
    expect(locateConfig(undefined, LINUX, at('/home/alex/.config/ofx-sync/accounts.yaml'))).toBe(
      '/home/alex/.config/ofx-sync/accounts.yaml',
    );
  });

  test('a named file is returned even if it does not exist', () => {
    expect(locateConfig('/etc/a.yaml', LINUX, nowhere)).toBe('/etc/a.yaml');
    expect(locateConfig(undefined, withEnv(LINUX, { OFX_SYNC_CONFIG: '/etc/b.yaml' }), nowhere)).toBe('/etc/b.yaml');
  });

  test('an empty variable does not count', () => {
    expect(locateConfig(undefined, withEnv(LINUX, { OFX_SYNC_CONFIG: '' }), () => true)).toBe('/work/accounts.yaml');
  });

  test.each([
    [LINUX, '/home/alex/.config/ofx-sync/accounts.yaml'],
    [withEnv(LINUX, { XDG_CONFIG_HOME: '/xdg' }), '/xdg/ofx-sync/accounts.yaml'],
    [withEnv(LINUX, { XDG_CONFIG_HOME: 'relative' }), '/home/alex/.config/ofx-sync/accounts.yaml'],
    [MAC, '/Users/alex/Library/Application Support/ofx-sync/accounts.yaml'],
    [withEnv(MAC, { XDG_CONFIG_HOME: '/xdg' }), '/xdg/ofx-sync/accounts.yaml'],
    [WINDOWS, 'C:\\Users\\alex\\AppData\\Roaming\\ofx-sync\\accounts.yaml'],
    [withEnv(WINDOWS, { APPDATA: 'E:\\Roaming' }), 'E:\\Roaming\\ofx-sync\\accounts.yaml'],
  ])('the personal folder of %o', (around, path) => {
    expect(locateConfig(undefined, around, at(path))).toBe(path);
  });

  test('not found: says where it looked and what to do', () => {
    expect(() => locateConfig(undefined, LINUX, nowhere)).toThrow(
      expect.objectContaining({
        code: 'CONFIG_NOT_FOUND',
        message:
          'accounts.yaml not found (looked for /work/accounts.yaml and /home/alex/.config/ofx-sync/accounts.yaml)',
        hint: expect.stringContaining('ofx-sync init'),
      }),
    );
  });
});

describe('data', () => {
  test('the option comes first, then the environment', () => {
    const around = withEnv(LINUX, { OFX_SYNC_DATA: '/var/money' });
    expect(locateData('here', around)).toBe('/work/here');
    expect(locateData(undefined, around)).toBe('/var/money');
  });

  test.each([
    [LINUX, '/home/alex/.local/share/ofx-sync'],
    [withEnv(LINUX, { XDG_DATA_HOME: '/xdg' }), '/xdg/ofx-sync'],
    [MAC, '/Users/alex/Library/Application Support/ofx-sync'],
    [WINDOWS, 'C:\\Users\\alex\\AppData\\Local\\ofx-sync'],
    [withEnv(WINDOWS, { LOCALAPPDATA: 'E:\\Local' }), 'E:\\Local\\ofx-sync'],
  ])('the data folder of %o', (around, path) => {
    expect(locateData(undefined, around)).toBe(path);
  });
});
