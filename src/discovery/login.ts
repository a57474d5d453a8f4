/** The login of an institution: its secrets resolved just before use, and what the bank gave at earlier sign-ons. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { type Config, type Institution, secretReferences, withoutOtherSecrets } from '../model/institution.js';
import type { SignonExtras } from '../model/login.js';
import { present } from '../model/present.js';
import { Secret, type SecretReference } from '../model/secret.js';
import type { Login, SecretContext, Store } from '../ports.js';
import { addressesOf } from './profile.js';

/** Where secrets are found, and who may be asked for them. */
export interface LoginOptions {
  readonly config: Config;
  readonly store: Store;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks on the terminal without echo; absent without a terminal. */
  readonly prompt?: (question: string) => Promise<string>;
  readonly signal?: AbortSignal;
}

/** Resolves the secrets of a login, each once and all at once. An institution with files needs none. */
export async function resolveLogin(
  institution: Institution,
  { config, store, env, prompt, signal }: LoginOptions,
): Promise<Login> {
  const { resolveSecret } = await import('../secrets/index.js');
  const own = secretReferences(institution).map(([, reference]) => reference);
  const ownEnv = withoutOtherSecrets(env, config, own);
  const context = (field: string): SecretContext =>
    present({ institution: institution.name, field, env: ownEnv, baseDir: dirname(config.file), signal, prompt });
  const get = async (reference: SecretReference | null, field: string) =>
    reference === null ? new Secret('') : resolveSecret(reference, context(field));
  const optional = async (field: 'userCred1' | 'userCred2') => {
    const reference = institution[field];
    return reference === undefined ? {} : { [field]: await get(reference, field) };
  };
  const [userId, password, clientUid, userCred1, userCred2] = await Promise.all([
    get(institution.userId, 'userId'),
    get(institution.password, 'password'),
    institution.clientUid === null
      ? null
      : institution.clientUid === 'auto'
        ? ownClientUid(institution.name, store)
        : get(institution.clientUid, 'clientUid'),
    optional('userCred1'),
    optional('userCred2'),
  ]);
  const { accessKey, sessionCookie, profile } = store.loginState(institution.name);
  const extras: SignonExtras = {
    ...userCred1,
    ...userCred2,
    ...(accessKey === null ? {} : { accessKey: new Secret(accessKey) }),
    ...(sessionCookie === null ? {} : { sessionCookie: new Secret(sessionCookie) }),
  };
  return { institution, userId, password, clientUid, extras, addresses: addressesOf(institution, profile) };
}

/**
 * Creates the client UID once and keeps it: institutions register it, and a new one would have to be confirmed again. It is in
 * upper case and without dashes, the form that all institutions accept.
 */
function ownClientUid(institution: string, store: Store): Secret {
  const known = store.loginState(institution).clientUid;
  if (known !== null) return new Secret(known);
  const created = randomUUID().replaceAll('-', '').toUpperCase();
  store.setLoginState(institution, { clientUid: created });
  return new Secret(created);
}

/** Returns a login with the same secrets as a sync would use, each replaced by a mask. */
export function maskedLogin(institution: Institution, store: Store | null): Login {
  const masked = new Secret('');
  const state = store?.loginState(institution.name);
  return {
    institution,
    userId: masked,
    password: masked,
    clientUid: institution.clientUid === null ? null : masked,
    extras: {
      ...(institution.userCred1 === undefined ? {} : { userCred1: masked }),
      ...(institution.userCred2 === undefined ? {} : { userCred2: masked }),
      ...(state?.accessKey == null ? {} : { accessKey: masked }),
      ...(state?.sessionCookie == null ? {} : { sessionCookie: masked }),
    },
    addresses: addressesOf(institution, state?.profile ?? null),
  };
}
