/** The accounts.yaml that guided set-up writes or extends, and its content. */

import { existsSync } from 'node:fs';
import { rmdir } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import type { FoundAccount } from '../../config/found-accounts.js';
import { type LoadOptions, loadConfigText } from '../../config/load.js';
import type { AccountEntry } from '../../config/schema.js';
import { addAccounts, addInstitution } from '../../config/yaml/edit.js';
import { configPlaces } from '../../config/yaml/locate.js';
import { readConfigText, writeConfigText } from '../../config/yaml/write.js';
import { toOfxSyncError } from '../../errors.js';
import { type Account, accountKey } from '../../model/account.js';
import type { Config, Institution } from '../../model/institution.js';
import type { SecretContext } from '../../ports.js';
import type { Invocation } from '../command/command.js';
import { ensureConfigFolder } from '../command/config-folder.js';
import { loadOptionsOf } from '../command/context.js';
import { renewTrust, requireTrust, sourceOf } from '../command/trust.js';
import { visible } from '../terminal/escape.js';
import { entryOf } from './entry.js';
import { passwordPath, writePasswordFile } from './password-file.js';
import type { Answers, Offer } from './state.js';

export interface ConfigTarget {
  readonly invocation: Invocation;
  readonly file: string;
  /** The present text; empty for a new file. */
  readonly before: string;
  /** The present configuration, `null` for a new file. */
  readonly config: Config | null;
}

/** Reads the file. @throws ConfigError when it has mistakes; TrustError when it must not be used. */
export async function configTarget(invocation: Invocation): Promise<ConfigTarget> {
  const file = fileFor(invocation);
  const before = await readConfigText(file);
  const config = before.trim() === '' ? null : await loadConfigText(before, file, checkOptions(invocation));
  if (config !== null) await requireTrust(sourceOf(file, before, invocation), config, invocation);
  return { invocation, file, before, config };
}

/** Returns the file that was named, the one that exists, or the personal one, which is found from every folder. */
function fileFor({ options, io }: Invocation): string {
  const named = [options.config, io.env['OFX_SYNC_CONFIG']].find((path) => path !== undefined && path !== '');
  if (named !== undefined) return resolve(io.cwd, named);
  const places = configPlaces(io);
  return places.find((path) => existsSync(path)) ?? places[1];
}

/** Other institutions may still lack accounts: this command does not need them. */
function checkOptions(invocation: Invocation): LoadOptions {
  return { ...loadOptionsOf(invocation), accountsToCome: true };
}

/** Resolves a path against the working folder, where the person typed it; in the file it would count from the file's folder. */
export function pathOf(typed: string, { invocation }: ConfigTarget): string {
  const path = typed.trim();
  return /^~(?=[\\/]|$)/.test(path) ? path : resolve(invocation.io.cwd, path);
}

/** Splits what was typed into paths. A comma may be part of a name: only one between two paths separates. */
export function pathsOf(typed: string, target: ConfigTarget): string[] {
  return typed
    .trim()
    .split(/(?<=\.(?:ofx|qfx|qbo)),\s*|,\s*(?=[~./\\]|[A-Za-z]:)/i)
    .map((part) => pathOf(part, target));
}

/** Returns the path for a message: `~` for the home folder, safe to print. */
export function shownFile({ file, invocation }: ConfigTarget): string {
  const { home } = invocation.io;
  return visible(file.startsWith(`${home}${sep}`) ? `~${file.slice(home.length)}` : file);
}

export function namesIn({ config }: ConfigTarget): string[] {
  return config?.institutions.map(({ name }) => name) ?? [];
}

/** Returns the accounts that can be added; one whose number is configured already, anywhere in the file, is not active. */
export function offersOf(found: readonly FoundAccount[], { config }: ConfigTarget): Offer[] {
  const configured = config?.institutions.flatMap(({ accounts }) => accounts) ?? [];
  return found.flatMap(({ entry, state, description, remark }) => {
    if (entry === null || state === 'incomplete') return [];
    const same = configured.find((account) => isNamed(account, entry));
    const already = same === undefined ? null : `in accounts.yaml already, as ${accountKey(same)}`;
    return [
      { entry, description, remark: already ?? remark, balance: null, isActive: state === 'new' && already === null },
    ];
  });
}

/** A bank requests accounts by routing number and id; a number names an account of files, which may have no routing number. */
function isNamed(account: Account, { id, routing }: AccountEntry): boolean {
  const isSameRouting = account.routing === (routing ?? null);
  return (account.id === id && isSameRouting) || (account.number === id && (account.routing === null || isSameRouting));
}

/**
 * Returns the institution as the file will configure it, with what the directory adds; one that it has already gets the accounts. A password that was typed is not part of
 * it: the wiring prompts for it, and is given it as the answer.
 */
export async function draftInstitution(
  answers: Answers,
  target: ConfigTarget,
  accounts: readonly AccountEntry[],
): Promise<{ readonly config: Config; readonly institution: Institution }> {
  const { name = '', password } = answers;
  const isExisting = namesIn(target).includes(name);
  const text = isExisting
    ? addAccounts(target.before, name, accounts)
    : addInstitution(target.before, entryOf(answers, accounts));
  const config = await loadConfigText(text, target.file, checkOptions(target.invocation));
  const found = config.institutions.find((one) => one.name === name);
  if (found === undefined) throw new TypeError('the institution was added and is not found');
  // Of a bank that is set up, only the accounts that would be new are asked about.
  const added = found.accounts.filter((one) => accounts.some((other) => other.name === one.name));
  const drafted = isExisting && accounts.length > 0 ? { ...found, accounts: added } : found;
  const institution: Institution = password === undefined ? drafted : { ...drafted, password: { scheme: 'prompt' } };
  return { config: { ...config, institutions: [institution] }, institution };
}

/**
 * Stores the password and writes the file; both or neither.
 * @throws SecretError when the password cannot be stored; ConfigError when the file cannot be written.
 */
export async function commit(answers: Answers, target: ConfigTarget): Promise<void> {
  const folder = dirname(target.file);
  const undo: Undo[] = existsSync(folder) ? [] : [() => rmdir(folder)];
  ensureConfigFolder(target.file);
  try {
    undo.unshift(await storePassword(answers, target));
    const after = addInstitution(target.before, entryOf(answers));
    await writeConfigText(target.file, { before: target.before, after }, checkOptions(target.invocation));
    await renewTrust(target, target.invocation);
  } catch (error) {
    for (const one of undo) await one().catch(() => undefined);
    throw toOfxSyncError(error);
  }
}

type Undo = () => Promise<unknown>;

/** Stores a password that was typed in the keychain or in a file of its own. */
async function storePassword(answers: Answers, target: ConfigTarget): Promise<Undo> {
  const { storage, where = '', password } = answers;
  if (password !== undefined && storage === 'keychain') return storeInKeychainFor(answers, password, target);
  if (password !== undefined && storage === 'file') {
    const { io } = target.invocation;
    const path = passwordPath(where, { config: target.file, io });
    // A file that exists belongs to the person.
    if (!existsSync(path)) return writePasswordFile(path, password, io.signal);
  }
  return async () => undefined;
}

async function storeInKeychainFor(answers: Answers, password: string, target: ConfigTarget): Promise<Undo> {
  const { name = '' } = answers;
  const { io } = target.invocation;
  const { keychain, storeInKeychain } = await import('../../secrets/keychain.js');
  const context: SecretContext = {
    institution: name,
    field: 'password',
    env: io.env,
    baseDir: dirname(target.file),
  };
  const reference = { scheme: 'keychain', name } as const;
  const wasThere = await keychain.get(reference, context).then(
    () => true,
    () => false,
  );
  await storeInKeychain(reference, password, context);
  const { bindStored } = await import('../command/bind-keychain.js');
  const { institution } = await draftInstitution(answers, target, answers.picked ?? []);
  bindStored(name, { institutions: [{ ...institution, password: reference }] }, io);
  return async () => {
    if (!wasThere) await keychain.delete(reference, context);
  };
}
