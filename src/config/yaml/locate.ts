/** Where accounts.yaml and the data folder are: option, environment, here, then the place that the operating system has for such files. */

import { posix, win32 } from 'node:path';
import { ConfigError } from '../../errors.js';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
}

/**
 * The configuration file to read. A file that was named is answered whether or not it is there.
 * @throws ConfigError CONFIG_NOT_FOUND with the places that were looked at.
 */
export function locateConfig(
  flag: string | undefined,
  around: Surroundings,
  exists: (path: string) => boolean,
): string {
  const { resolve } = pathsOf(around);
  const named = flag ?? nonEmpty(around.env['OFX_SYNC_CONFIG']);
  if (named !== undefined) return resolve(around.cwd, named);
  const places = configPlaces(around);
  const found = places.find(exists);
  if (found !== undefined) return found;
  throw new ConfigError('CONFIG_NOT_FOUND', `there is no accounts.yaml (looked at ${places.join(' and ')})`, {
    hint: 'Make one: ofx-sync init; or name one: --config FILE',
  });
}

/** Where accounts.yaml is looked for when none is named: here, then in the user's configuration folder. */
export function configPlaces(around: Surroundings): readonly [here: string, personal: string] {
  const { join } = pathsOf(around);
  return [join(around.cwd, 'accounts.yaml'), join(folder(around, 'config'), 'ofx-sync', 'accounts.yaml')];
}

/** The folder of the store. */
export function locateData(flag: string | undefined, around: Surroundings): string {
  const { join, resolve } = pathsOf(around);
  const named = nonEmpty(flag) ?? nonEmpty(around.env['OFX_SYNC_DATA']);
  return named === undefined ? join(folder(around, 'data'), 'ofx-sync') : resolve(around.cwd, named);
}

/** XDG where it is set or usual; Application Support; AppData. A relative XDG path is to be ignored (XDG base directories). */
function folder(around: Surroundings, kind: 'config' | 'data'): string {
  const { env, home, platform } = around;
  const { join, isAbsolute } = pathsOf(around);
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

function pathsOf({ platform }: Pick<Surroundings, 'platform'>): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
