/** Finds accounts.yaml and the data folder: by option, environment variable, current folder, then the operating system's convention. */

import { posix, win32 } from 'node:path';
import { ConfigError } from '../../errors.js';

/** The home folder of a user who has none, and a current folder that nobody can name: no system lets a file be made below it. */
export const NOWHERE = '/dev/null';

export interface HostEnvironment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
}

/**
 * Returns the configuration file to read. A file that was named is returned whether or not it exists.
 * @throws ConfigError CONFIG_NOT_FOUND with the paths that were tried.
 */
export function locateConfig(
  flag: string | undefined,
  host: HostEnvironment,
  exists: (path: string) => boolean,
): string {
  const { resolve } = pathsOf(host);
  const named = flag ?? nonEmpty(host.env['OFX_SYNC_CONFIG']);
  if (named !== undefined) return resolve(host.cwd, named);
  const places = configPlaces(host);
  const found = places.find(exists);
  if (found !== undefined) return found;
  throw new ConfigError('CONFIG_NOT_FOUND', `accounts.yaml not found (looked for ${places.join(' and ')})`, {
    hint:
      host.home === NOWHERE
        ? 'This user has no home folder. Name a file: --config FILE. Or set HOME.'
        : 'Create it: ofx-sync init. Or name a file: --config FILE',
  });
}

/** `named`: by option or environment; `personal`: in the user's configuration folder; `found`: in the current folder. */
export type ConfigOrigin = 'named' | 'personal' | 'found';

/** Returns how the configuration was found that {@link locateConfig} returned. */
export function originOfConfig(flag: string | undefined, host: HostEnvironment, file: string): ConfigOrigin {
  if (flag !== undefined || nonEmpty(host.env['OFX_SYNC_CONFIG']) !== undefined) return 'named';
  return file === configPlaces(host)[1] ? 'personal' : 'found';
}

/** Returns the default paths of accounts.yaml: in the current folder, then in the user's configuration folder. */
export function configPlaces(host: HostEnvironment): readonly [here: string, personal: string] {
  const { join } = pathsOf(host);
  return [join(host.cwd, 'accounts.yaml'), join(folder(host, 'config'), 'ofx-sync', 'accounts.yaml')];
}

/** Returns the folder of the store. */
export function locateData(flag: string | undefined, host: HostEnvironment): string {
  const { join, resolve } = pathsOf(host);
  const named = nonEmpty(flag) ?? nonEmpty(host.env['OFX_SYNC_DATA']);
  return named === undefined ? join(folder(host, 'data'), 'ofx-sync') : resolve(host.cwd, named);
}

/** Returns the folder for what can be made again; nothing in it is kept for good. */
export function locateCache(host: HostEnvironment): string {
  const { env, home, platform } = host;
  const { join, isAbsolute } = pathsOf(host);
  if (platform === 'win32') return join(folder(host, 'data'), 'ofx-sync', 'cache');
  const xdg = env['XDG_CACHE_HOME'];
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'ofx-sync');
  return platform === 'darwin' ? join(home, 'Library', 'Caches', 'ofx-sync') : join(home, '.cache', 'ofx-sync');
}

/** Returns the XDG folder, Application Support or AppData. A relative XDG path is ignored (XDG Base Directory Specification). */
function folder(host: HostEnvironment, kind: 'config' | 'data'): string {
  const { env, home, platform } = host;
  const { join, isAbsolute } = pathsOf(host);
  if (platform === 'win32') {
    const [set, usual] =
      kind === 'config' ? ([env['APPDATA'], 'Roaming'] as const) : ([env['LOCALAPPDATA'], 'Local'] as const);
    return nonEmpty(set) ?? join(home, 'AppData', usual);
  }
  const xdg = kind === 'config' ? env['XDG_CONFIG_HOME'] : env['XDG_DATA_HOME'];
  if (xdg !== undefined && isAbsolute(xdg)) return xdg;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return kind === 'config' ? join(home, '.config') : join(home, '.local', 'share');
}

function pathsOf({ platform }: Pick<HostEnvironment, 'platform'>): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
