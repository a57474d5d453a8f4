/** Where accounts.yaml and the data folder are: option, environment, here, then the place that the operating system has for such files. */

import { join, resolve } from 'node:path';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
}

/** The configuration file to read; the last place is answered whether or not a file is there. */
export function locateConfig(
  flag: string | undefined,
  around: Surroundings,
  exists: (path: string) => boolean,
): string {
  if (flag !== undefined) return resolve(around.cwd, flag);
  const fromEnv = around.env['OFX_SYNC_CONFIG'];
  if (fromEnv !== undefined && fromEnv !== '') return resolve(around.cwd, fromEnv);
  const here = join(around.cwd, 'accounts.yaml');
  if (exists(here)) return here;
  const personal = join(folder(around, 'config'), 'ofx-sync', 'accounts.yaml');
  return exists(personal) ? personal : here;
}

/** The folder of the store. */
export function locateData(flag: string | undefined, around: Surroundings): string {
  const given = flag ?? around.env['OFX_SYNC_DATA'];
  if (given !== undefined && given !== '') return resolve(around.cwd, given);
  return join(folder(around, 'data'), 'ofx-sync');
}

function folder({ env, home, platform }: Surroundings, kind: 'config' | 'data'): string {
  if (platform === 'win32')
    return (
      (kind === 'config' ? env['APPDATA'] : env['LOCALAPPDATA']) ??
      join(home, 'AppData', kind === 'config' ? 'Roaming' : 'Local')
    );
  const xdg = kind === 'config' ? env['XDG_CONFIG_HOME'] : env['XDG_DATA_HOME'];
  if (xdg?.startsWith('/') === true) return xdg;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support');
  return kind === 'config' ? join(home, '.config') : join(home, '.local', 'share');
}
