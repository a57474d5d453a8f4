/** The login of an institution: its secrets resolved just before use, and what the bank gave at earlier sign-ons. */

import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { SecretError } from '../errors.js';
import {
  type Config,
  type Institution,
  type StatementProgram,
  secretReferences,
  withoutOtherSecrets,
} from '../model/institution.js';
import type { SignonExtras } from '../model/login.js';
import { present } from '../model/present.js';
import { replacementStep, Secret, type SecretReference, storageOf } from '../model/secret.js';
import type { Credentials, Login, SecretContext, Store } from '../ports.js';
import { isForBridge } from '../simplefin/access.js';
import { confirmedAddresses, type HostOptions, refuseOtherHosts } from './hosts.js';
import { addressesOf, demandsOf, listsAccounts } from './profile.js';

/** Where secrets are found, and who may be asked for them. */
export interface LoginOptions extends HostOptions {
  readonly config: Config;
  readonly store: Store;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks on the terminal without echo; absent without a terminal. */
  readonly prompt?: (question: string) => Promise<string>;
  readonly signal?: AbortSignal;
}

/**
 * Resolves the secrets of a login, each once and all at once. An institution with files needs none.
 * @throws AddressError, before any secret is read, when they would go to a host that nobody has confirmed; SecretError.
 */
export async function resolveLogin(institution: Institution, options: LoginOptions): Promise<Login> {
  const { store } = options;
  if (institution.program !== undefined) return loginOfProgram(institution, institution.program, options);
  if (institution.simplefin === true) return loginOfBridge(institution, options);
  await refuseOtherHosts(institution, options);
  const state = store.loginState(institution.name);
  const addresses = await confirmedAddresses(institution, state.profile, options);
  const get = await resolverFor(institution, options);
  const optional = async (field: 'userCred1' | 'userCred2') => {
    const reference = institution[field];
    return reference === undefined ? {} : { [field]: await get(reference, field) };
  };
  const [userId, password, ownUid, userCred1, userCred2] = await Promise.all([
    get(institution.userId, 'userId'),
    get(institution.password, 'password'),
    institution.clientUid === null || institution.clientUid === 'auto' ? null : get(institution.clientUid, 'clientUid'),
    optional('userCred1'),
    optional('userCred2'),
  ]);
  refuseSecretOfBridge(institution, password);
  const credentials = { institution, userId, password };
  const known: Parameters<typeof demandsOf>[1] = {
    loginState: () => state,
    signonState: (of) => store.signonState(of),
    status: (of) => store.status(of),
  };
  const { accessKey, sessionCookie } = store.signonState(credentials);
  const extras: SignonExtras = {
    ...userCred1,
    ...userCred2,
    ...(accessKey === null ? {} : { accessKey: new Secret(accessKey) }),
    ...(sessionCookie === null ? {} : { sessionCookie: new Secret(sessionCookie) }),
  };
  return {
    ...credentials,
    clientUid: institution.clientUid === 'auto' ? ownClientUid(credentials, store) : ownUid,
    extras,
    addresses,
    listsAccounts: listsAccounts(institution, state.profile),
    ...demandsOf(institution, known, credentials),
  };
}

/** An institution that moved back from a bridge may still have the access URL of the bridge under its name. @throws SecretError */
function refuseSecretOfBridge({ name, password: reference }: Institution, password: Secret): void {
  if (!password.is(isForBridge)) return;
  const place = reference === null ? '' : ` (${storageOf(reference, name)})`;
  throw new SecretError(
    'SECRET_NOT_FOUND',
    `${name}: its password${place} is a secret of a SimpleFIN bridge; nothing was sent`,
    {
      hint: `Store the password that ${name} itself knows in its place, ${replacementStep(reference, name)}`,
    },
  );
}

/** Returns a function that resolves the secrets of an institution; a missing one is empty. */
async function resolverFor(
  institution: Institution,
  { config, env, prompt, signal }: LoginOptions,
): Promise<(reference: SecretReference | null, field: string) => Promise<Secret>> {
  const { resolveSecret } = await import('../secrets/index.js');
  const own = secretReferences(institution).map(([, reference]) => reference);
  // A command is given the environment; whatever else is named in the configuration looks up one variable of its own.
  const ownEnv = own.some(({ scheme }) => scheme === 'command') ? withoutOtherSecrets(env, config, own) : env;
  const context = (field: string): SecretContext =>
    present({ institution: institution.name, field, env: ownEnv, baseDir: dirname(config.file), signal, prompt });
  return async (reference, field) => (reference === null ? new Secret('') : resolveSecret(reference, context(field)));
}

/** Resolves the access URL of a bridge, which names its host itself: it can be sent to no other. */
async function loginOfBridge(institution: Institution, options: LoginOptions): Promise<Login> {
  const get = await resolverFor(institution, options);
  const password = await get(institution.password, 'simplefin');
  const written = [...password.parts(LONG_USER), ...password.parts(LONG_PASSWORD)];
  // A reply may repeat them as they are in the address, or as they were sent.
  const passwordParts = written.flatMap((part) => [part, part.percentDecoded()]);
  return {
    institution,
    userId: new Secret(''),
    password,
    clientUid: null,
    addresses: {},
    listsAccounts: true,
    passwordParts,
  };
}

/** The user name and the password in an access URL. Shorter ones are words that a statement may have by chance. */
const LONG_USER = /^\s*\w+:\/\/([^/@:]{12,}):/;
const LONG_PASSWORD = /^\s*\w+:\/\/[^/@:]*:([^/@]{8,})@/;

/** Resolves the secrets of a program, all at once. They are its password: the sign-on guard notices when one changes. */
async function loginOfProgram(
  institution: Institution,
  { secrets }: StatementProgram,
  options: LoginOptions,
): Promise<Login> {
  const get = await resolverFor(institution, options);
  const names = Object.keys(secrets);
  const found = await Promise.all(names.map((name) => get(secrets[name] ?? null, `secrets.${name}`)));
  const named = Object.fromEntries(names.map((name, index) => [name, found[index] ?? new Secret('')]));
  return {
    institution,
    userId: new Secret(''),
    password: names.length === 0 ? new Secret('') : Secret.joined(named),
    clientUid: null,
    addresses: {},
    listsAccounts: false,
    passwordParts: found,
  };
}

/**
 * Creates the client UID once and keeps it: institutions register it, and a new one would have to be confirmed again. It is in
 * upper case and without dashes, the form that all institutions accept.
 */
function ownClientUid(credentials: Credentials, store: Store): Secret {
  const { clientUid } = store.signonState(credentials);
  // The user id, ORG or FID may have been corrected since.
  const known = clientUid ?? store.loginState(credentials.institution.name).clientUid;
  if (known !== null && known === clientUid) return new Secret(known);
  const kept = known ?? randomUUID().replaceAll('-', '').toUpperCase();
  store.setSignonState(credentials, { clientUid: kept });
  return new Secret(kept);
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
    ...(store === null ? {} : demandsOf(institution, store, null)),
  };
}
