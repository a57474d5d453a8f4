/** `push:` of accounts.yaml, already checked, to the settings of the model. */

import type { Config } from '../model/institution.js';
import { PUSH_SECRETS, PUSH_TARGETS, type PushSettings, type PushTargetName } from '../model/push.js';
import type { SecretReference } from '../model/secret.js';
import type { PushEntry } from './push-schema.js';
import type { ReferenceEntry } from './references.js';

export interface PushContext {
  readonly reference: (entry: ReferenceEntry) => SecretReference;
  readonly absolute: (path: string) => string;
}

/** The keys in any target, for reading them alike. */
interface AnyEntry {
  readonly server?: string | undefined;
  readonly budget?: string | undefined;
  readonly folder?: string | undefined;
  readonly accounts?: Readonly<Record<string, string>> | undefined;
  readonly token?: ReferenceEntry | undefined;
  readonly password?: ReferenceEntry | undefined;
  readonly encryptionPassword?: ReferenceEntry | undefined;
}

/** Nothing when the file has no `push:`. */
export function buildPush(entry: PushEntry | null | undefined, context: PushContext): Pick<Config, 'push'> {
  if (entry == null) return {};
  return {
    push: Object.fromEntries(
      PUSH_TARGETS.flatMap((target) =>
        entry[target] === undefined ? [] : [[target, settingsOf(target, entry[target] ?? {}, context)]],
      ),
    ),
  };
}

function settingsOf(target: PushTargetName, entry: AnyEntry, context: PushContext): PushSettings {
  const references = PUSH_SECRETS[target].flatMap((key) => {
    const given = entry[key] ?? (isWanted(key, entry) ? 'keychain' : null);
    return given === null ? [] : [[key, named(context.reference(given), target, key)]];
  });
  return {
    server: entry.server ?? null,
    budget: entry.budget ?? null,
    secrets: Object.fromEntries(references),
    folder: entry.folder === undefined ? null : context.absolute(entry.folder),
    accounts: entry.accounts === undefined ? null : new Map(Object.entries(entry.accounts)),
  };
}

/** A secret that is needed is in the keychain unless the file says otherwise. */
function isWanted(key: string, { server }: AnyEntry): boolean {
  return key === 'token' || (key === 'password' && server !== undefined);
}

/** In the keychain the first secret has the name of the target, another its own beside it. */
function named(reference: SecretReference, target: PushTargetName, key: string): SecretReference {
  if (reference.scheme !== 'keychain' || reference.name !== null) return reference;
  return { scheme: 'keychain', name: pushSecretName(target, key) };
}

/** The name of a secret in the keychain when none is given. */
export function pushSecretName(target: PushTargetName, key: string): string {
  return key === PUSH_SECRETS[target][0] ? target : `${target}-${key}`;
}
