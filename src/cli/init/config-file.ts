/** The accounts.yaml that guided set-up writes or extends, and what stands in it. */

import { existsSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { type LoadOptions, loadConfigText } from '../../config/load.js';
import type { AccountEntry } from '../../config/schema.js';
import { addInstitution } from '../../config/yaml/edit.js';
import { configPlaces } from '../../config/yaml/locate.js';
import { readConfigText, writeConfigText } from '../../config/yaml/write.js';
import { toOfxSyncError } from '../../errors.js';
import type { Account } from '../../model/account.js';
import type { Config, Institution } from '../../model/institution.js';
import type { SecretContext } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { loadOptionsOf } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { entryOf } from './entry.js';
import type { Answers } from './state.js';

export interface ConfigPlace {
  readonly invocation: Invocation;
  readonly file: string;
  /** The text as it stands; empty for a new file. */
  readonly before: string;
  /** What stands in it, `null` for a new file. */
  readonly config: Config | null;
}

/** @throws ConfigError when there is a file, and it is not right. */
export async function configPlace(invocation: Invocation): Promise<ConfigPlace> {
  const file = fileFor(invocation);
  const before = await readConfigText(file);
  const config = before.trim() === '' ? null : await loadConfigText(before, file, checkOptions(invocation));
  return { invocation, file, before, config };
}

/** The file that is named, the one that is there, or the personal one that every folder finds. */
function fileFor({ options, io }: Invocation): string {
  const named = [options.config, io.env['OFX_SYNC_CONFIG']].find((path) => path !== undefined && path !== '');
  if (named !== undefined) return resolve(io.cwd, named);
  const places = configPlaces(io);
  return places.find((path) => existsSync(path)) ?? places[1];
}

/** Other institutions may wait for their accounts; that is not what this command is about. */
function checkOptions(invocation: Invocation): LoadOptions {
  return { ...loadOptionsOf(invocation), accountsToCome: true };
}

/** A path that a person typed, which counts from where they are; in the file it would count from the file's folder. */
export function pathOf(typed: string, { invocation }: ConfigPlace): string {
  const path = typed.trim();
  return /^~(?=[\\/]|$)/.test(path) ? path : resolve(invocation.io.cwd, path);
}

/** The file as a person would say it, safe to print. */
export function shownFile({ file, invocation }: ConfigPlace): string {
  const { home } = invocation.io;
  return visible(file.startsWith(`${home}${sep}`) ? `~${file.slice(home.length)}` : file);
}

export function namesIn({ config }: ConfigPlace): string[] {
  return config?.institutions.map(({ name }) => name) ?? [];
}

/** The account that is configured with this number already, anywhere in the file. */
export function configuredAs({ config }: ConfigPlace, { id, routing }: AccountEntry): Account | null {
  const all = config?.institutions.flatMap(({ accounts }) => accounts) ?? [];
  return all.find((account) => account.id === id && account.routing === (routing ?? null)) ?? null;
}

/**
 * The institution as it will be, with the directory's part. A password that was typed is not in it: it is asked for by the
 * wiring, which is handed it.
 */
export async function candidate(
  answers: Answers,
  place: ConfigPlace,
  accounts: readonly AccountEntry[],
): Promise<{ readonly config: Config; readonly institution: Institution }> {
  const entry = entryOf(answers, accounts);
  const text = addInstitution(place.before, entry);
  const config = await loadConfigText(text, place.file, checkOptions(place.invocation));
  const found = config.institutions.find(({ name }) => name === answers.name);
  if (found === undefined) throw new TypeError('the institution that was added is not there');
  const institution: Institution =
    answers.password === undefined ? found : { ...found, password: { scheme: 'prompt' } };
  return { config: { ...config, institutions: [institution] }, institution };
}

/** Lines that will stand in the file. */
function textAfter(answers: Answers, { before }: ConfigPlace): string {
  return addInstitution(before, entryOf(answers));
}

/**
 * Puts the password where it belongs and writes the file; both or neither.
 * @throws SecretError when the password cannot be kept there; ConfigError when the file cannot be written.
 */
export async function commit(answers: Answers, place: ConfigPlace): Promise<void> {
  const { name = '', place: where, password } = answers;
  const { io } = place.invocation;
  const folder = dirname(place.file);
  const made = existsSync(folder) ? null : ((await mkdir(folder, { recursive: true, mode: 0o700 })) ?? null);
  let undo = async () => {
    if (made !== null) await rmdir(folder).catch(() => undefined);
  };
  try {
    if (where === 'keychain' && password !== undefined) {
      const { keychain, storeInKeychain } = await import('../../secrets/keychain.js');
      const context: SecretContext = { institution: name, field: 'password', env: io.env, baseDir: folder };
      const reference = { scheme: 'keychain', name } as const;
      const wasThere = await keychain.get(reference, context).then(
        () => true,
        () => false,
      );
      await storeInKeychain(reference, password, context);
      const before = undo;
      undo = async () => {
        if (!wasThere) await keychain.delete(reference, context).catch(() => undefined);
        await before();
      };
    }
    const after = textAfter(answers, place);
    await writeConfigText(place.file, { before: place.before, after }, checkOptions(place.invocation));
  } catch (error) {
    await undo();
    throw toOfxSyncError(error);
  }
}
