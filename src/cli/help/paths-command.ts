/** `ofx-sync paths`: shows where everything of this person is: accounts.yaml, store, keys, backups, logs, cache, schedule, passwords. */

import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { configPlaces, locateCache, locateConfig, originOfConfig } from '../../config/yaml/locate.js';
import { installedSchedules } from '../../schedule/installed.js';
import { systems } from '../../schedule/systems.js';
import { KEYCHAIN_SERVICE } from '../../secrets/keychain.js';
import { BACKUP_FOLDER, STORE_FILE } from '../../store/folder.js';
import { KEY_FILE } from '../../store/identity/login-key.js';
import { TRUST_FILE } from '../../store/trust/record.js';
import type { Invocation } from '../command/command.js';
import { configToRead } from '../command/context.js';
import { dataFolder } from '../command/data-folder.js';
import { EXIT } from '../command/exit-codes.js';
import { printResult } from '../command/result.js';
import { trustDir } from '../command/trust.js';
import { placeOf } from '../schedule/fit.js';
import { visible } from '../terminal/escape.js';
import { table, widthOf, wrapped } from '../terminal/table.js';

interface Place {
  /** Stable name for programs. */
  readonly name: string;
  /** Absolute path; `null` for what is not a file. */
  readonly path: string | null;
  /** `null` for what is not a file. */
  readonly exists: boolean | null;
  readonly about: string;
}

export async function pathsCommand(invocation: Invocation): Promise<number> {
  const places = [
    configuration(invocation),
    ...dataPlaces(invocation),
    ...(await schedules(invocation)),
    {
      name: 'keychain',
      path: null,
      exists: null,
      about: `service ${KEYCHAIN_SERVICE}, an entry for each bank; to list them: ofx-sync secret list`,
    },
    ...(await passwordFiles(invocation)),
    file('program', invocation.io.program[1], 'ofx-sync itself'),
  ];
  const lines = linesOf(places, widthOf(invocation.io.stdout));
  await printResult(invocation, { json: { version: 1, paths: places }, text: lines, quiet: lines });
  return EXIT.ok;
}

function file(name: string, path: string, about: string): Place {
  return { name, path, exists: existsSync(path), about };
}

const ORIGINS = {
  named: 'named by --config or OFX_SYNC_CONFIG',
  personal: 'yours, used in every folder',
  found: 'found in the current folder',
} as const;

function configuration({ options, io }: Invocation): Place {
  const [, personal] = configPlaces(io);
  const hasNone = options.config === undefined && (io.env['OFX_SYNC_CONFIG'] ?? '') === '';
  if (hasNone && !configPlaces(io).some(existsSync))
    return file('configuration', personal, 'to create it: ofx-sync init');
  const path = locateConfig(options.config, io, existsSync);
  return file('configuration', path, ORIGINS[originOfConfig(options.config, io, path)]);
}

const KINDS = {
  own: 'all transactions and balances',
  demo: 'of the made-up banks only',
  named: 'named by --data or OFX_SYNC_DATA',
} as const;

function dataPlaces({ options, io }: Invocation): Place[] {
  const { path, kind } = dataFolder(options, io);
  return [
    file('store', join(path, STORE_FILE), KINDS[kind]),
    file('key', join(path, KEY_FILE), 'belongs to the store: move both together'),
    file('backups', join(path, BACKUP_FOLDER), 'made before an upgrade, and by: ofx-sync store backup'),
    file('log', join(path, 'last-run.log'), 'the last scheduled run, where the system keeps no log'),
    file('trust', join(trustDir(io), TRUST_FILE), 'the files and hosts that you trust'),
    file('cache', locateCache(io), 'makes the next start faster; may be deleted at any time'),
  ];
}

async function schedules({ io }: Invocation): Promise<Place[]> {
  const machine = placeOf(io);
  const installed = await installedSchedules(machine);
  if (installed.length === 0)
    return [
      {
        name: 'schedule',
        path: null,
        exists: null,
        about: 'none; to install one: ofx-sync schedule install --daily 06:30',
      },
    ];
  return installed.map(({ system }) => {
    const path = systems[system].mainFile(machine);
    const about = systems[system].title;
    return path === null ? { name: 'schedule', path, exists: null, about } : file('schedule', path, about);
  });
}

/** Returns the files of `file:` secrets; none of a configuration that is missing or has mistakes. */
async function passwordFiles(invocation: Invocation): Promise<Place[]> {
  const quiet = { ...invocation, options: { ...invocation.options, quiet: true } };
  const config = await configToRead(quiet, { accountsToCome: true }).then(
    (read) => read.config,
    () => null,
  );
  return (config?.institutions ?? []).flatMap(({ name, password }) =>
    password?.scheme === 'file'
      ? [file('password', resolve(dirname(config?.file ?? ''), password.path), `password of ${name}`)]
      : [],
  );
}

const COLUMNS = [{ align: 'left' }, { align: 'left' }, { align: 'left' }] as const;

/** Returns a table where it fits, else the paths whole, each with its meaning below: a path that is cut is of no use. */
function linesOf(places: readonly Place[], width: number): string[] {
  const rows = places.map(({ name, path, exists, about }) => [
    name,
    visible(path ?? '-'),
    visible(exists === false ? `not there; ${about}` : about),
  ]);
  const lines = table(rows, COLUMNS, Number.POSITIVE_INFINITY);
  if (lines.every((line) => line.length <= width)) return lines;
  return rows.flatMap(([name = '', path = '', about = '']) => [
    ...(path === '-' ? [name] : [`${name}  ${path}`]),
    ...wrapped(`    ${about}`, width, '    '),
  ]);
}
