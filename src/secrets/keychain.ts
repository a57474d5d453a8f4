/**
 * The operating system's keychain, through keytar: service `ofx-sync`, account = name of the institution. The module is loaded
 * only when used, by its default export, since it is CommonJS. `findCredentials` is never used: it crashes on a locked keyring.
 */

import { SecretError } from '../errors.js';
import type { Secret, SecretReference } from '../model/secret.js';
import { shellWord } from '../model/shell-word.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expectScheme, interrupted, keychainUnavailable, notFound, secretOf } from './errors.js';

export const KEYCHAIN_SERVICE = 'ofx-sync';
/** Long enough for a person whom the system asks to unlock it. */
const TIME_LIMIT_MS = 60_000;

type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>;

export interface Keychain extends SecretProvider {
  get(reference: SecretReference, context: SecretContext): Promise<Secret>;
  /** Stores text that a person typed under the name of the reference. */
  store(reference: SecretReference, value: string, context: SecretContext): Promise<void>;
  /** Returns `false` when nothing has that name, or the keychain is locked. */
  delete(reference: SecretReference, context: SecretContext): Promise<boolean>;
}

interface KeychainOptions {
  readonly load: () => Promise<Keytar>;
  readonly timeLimitMs: number;
}

export const keychain: Keychain = keychainWith({
  load: async () => (await import('keytar')).default,
  timeLimitMs: TIME_LIMIT_MS,
});

/** Stores text that a person typed under the name of the reference. */
export const storeInKeychain = keychain.store;

export function keychainWith(options: KeychainOptions): Keychain {
  const use = <T>(context: SecretContext, work: (keytar: Keytar) => Promise<T>) => call(options, context, work);
  return {
    scheme: 'keychain',
    get: async (reference, context) => {
      const name = entryName(reference, context);
      const value = await use(context, (keytar) => keytar.getPassword(KEYCHAIN_SERVICE, name));
      if (value === null || value === '') throw noEntry(name, context);
      return secretOf(value, `the keychain’s entry for ${name}`, context);
    },
    store: async (reference, value, context) => {
      const name = entryName(reference, context);
      // Checked before it is stored, since the keychain would cut it at a NUL.
      secretOf(value, 'the given text', context);
      await use(context, (keytar) => keytar.setPassword(KEYCHAIN_SERVICE, name, value));
    },
    delete: async (reference, context) => {
      const name = entryName(reference, context);
      return use(context, (keytar) => keytar.deletePassword(KEYCHAIN_SERVICE, name));
    },
  };
}

function entryName(reference: SecretReference, context: SecretContext): string {
  return expectScheme(reference, 'keychain').name ?? context.institution;
}

/** A locked keyring answers as if it were empty. */
function noEntry(name: string, context: SecretContext): SecretError {
  return notFound(
    context,
    `the keychain has no entry for ${name}, or it is locked`,
    `Store it: ofx-sync secret set ${shellWord(name)}. If it is already there, unlock the keychain (sign in to your desktop) and run again.`,
  );
}

async function call<T>(
  { load, timeLimitMs }: KeychainOptions,
  context: SecretContext,
  work: (keytar: Keytar) => Promise<T>,
): Promise<T> {
  if (context.signal?.aborted === true) throw interrupted(context);
  let keytar: Keytar;
  try {
    keytar = await load();
  } catch (cause) {
    throw notLoaded(cause, context);
  }
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), timeLimitMs);
  try {
    return await Promise.race([work(keytar), stopped(limit.signal, timeLimitMs, context)]);
  } catch (cause) {
    throw cause instanceof SecretError ? cause : refused(cause, context);
  } finally {
    clearTimeout(timer);
  }
}

/** Rejects when the limit is over or the run is interrupted, even while keytar is loading. */
function stopped(limit: AbortSignal, timeLimitMs: number, context: SecretContext): Promise<never> {
  const signal = AbortSignal.any([limit, ...(context.signal === undefined ? [] : [context.signal])]);
  const late = `the keychain did not answer within ${timeLimitMs / 1000} s`;
  return new Promise((_, reject) => {
    const stop = () =>
      reject(
        limit.aborted
          ? keychainUnavailable(context, late, 'Unlock it (it may be asking for your password)')
          : interrupted(context),
      );
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}

function notLoaded(cause: unknown, context: SecretContext): SecretError {
  const isAbsent = cause instanceof Error && 'code' in cause && /MODULE_NOT_FOUND$/.test(String(cause.code));
  return isAbsent
    ? keychainUnavailable(
        context,
        'the keychain module keytar is not installed',
        'Install again with optional dependencies',
      )
    : keychainUnavailable(
        context,
        'the keychain cannot be used: its module keytar does not load',
        'On Linux install libsecret (Debian: apt install libsecret-1-0)',
      );
}

/** Messages of keytar about an unusable Secret Service, each with our message and the first step. */
const KEYTAR_ERRORS: readonly (readonly [pattern: RegExp, message: string, first: string])[] = [
  [
    /not provided by any|ServiceUnknown/i,
    'no keychain is running',
    'Start one (gnome-keyring, KWallet, KeePassXC with its Secret Service)',
  ],
  [
    /autolaunch|DISPLAY|D-?Bus|connect to|No such file or directory/i,
    'the keychain cannot be reached: there is no D-Bus session',
    'Run in your desktop session (from a timer: with DBUS_SESSION_BUS_ADDRESS)',
  ],
  [/locked|Cannot create an item/i, 'the keychain is locked', 'Unlock it (sign in to your desktop)'],
  [
    /collection|does not exist/i,
    'the keychain has no default keyring yet',
    'Create one in your desktop’s password manager, or sign in to your desktop once',
  ],
  [/denied|not allowed|cancel|dismiss/i, 'the keychain refused access', 'Allow it when your system asks'],
];

function refused(cause: unknown, context: SecretContext): SecretError {
  const said = cause instanceof Error ? cause.message : String(cause);
  const [, message, first] = KEYTAR_ERRORS.find(([pattern]) => pattern.test(said)) ?? [
    null,
    `the keychain failed (${said.replace(/[\u0000-\u001f]/g, ' ').slice(0, 160)})`,
    'Try it in your desktop’s password manager',
  ];
  return keychainUnavailable(context, message, first);
}
