/**
 * The operating system's keychain through keytar: service `ofx-sync`, account = name of the institution. Loaded only when
 * used, and by its default export, since the module is CommonJS. Never `findCredentials`: it crashes on a locked keyring.
 */

import { SecretError } from '../errors.js';
import { Secret, type SecretReference } from '../model/secret.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expect, notFound, who } from './simple.js';

const SERVICE = 'ofx-sync';

type Keytar = typeof import('keytar');

export const keychain: SecretProvider = {
  scheme: 'keychain',
  get: async (reference, context) => {
    const name = entryName(reference, context);
    const value = await use(context, (keytar) => keytar.getPassword(SERVICE, name));
    if (value === null || value === '') {
      // A locked keyring answers as if nothing were there.
      throw notFound(
        context,
        `the keychain has no entry for ${name}, or it is locked`,
        `Store it: ofx-sync secret set ${name}. If it is stored already, unlock the keychain (sign in to your desktop) and run again.`,
      );
    }
    return new Secret(value);
  },
  delete: async (reference, context) =>
    use(context, (keytar) => keytar.deletePassword(SERVICE, entryName(reference, context))),
};

/** Stores a value typed by a person under the name of the reference. */
export async function storeInKeychain(
  reference: SecretReference,
  value: string,
  context: SecretContext,
): Promise<void> {
  await use(context, (keytar) => keytar.setPassword(SERVICE, entryName(reference, context), value));
}

function entryName(reference: SecretReference, context: SecretContext): string {
  return expect(reference, 'keychain').name ?? context.institution;
}

async function use<T>(context: SecretContext, work: (keytar: Keytar) => Promise<T>): Promise<T> {
  const keytar = await load(context);
  try {
    return await work(keytar);
  } catch (cause) {
    throw explained(cause instanceof Error ? cause.message : String(cause), context);
  }
}

async function load(context: SecretContext): Promise<Keytar> {
  try {
    return (await import('keytar')).default;
  } catch {
    throw unavailable(
      context,
      'the keychain cannot be used here (keytar does not load)',
      'On Linux install libsecret (Debian: apt install libsecret-1-0)',
    );
  }
}

function explained(message: string, context: SecretContext): SecretError {
  if (/D-Bus|DISPLAY/i.test(message))
    return unavailable(
      context,
      'the keychain cannot be reached: there is no D-Bus session',
      'Run in your desktop session',
    );
  if (/not provided by any/i.test(message))
    return unavailable(context, 'no keychain service is running', 'Start one (gnome-keyring, KWallet, KeePassXC)');
  if (/locked collection|Cannot create an item/i.test(message))
    return unavailable(context, 'the keychain is locked', 'Unlock it (sign in to your desktop)');
  if (/collection|does not exist/i.test(message))
    return unavailable(
      context,
      'the keychain has no default keyring yet',
      'Make one in your desktop’s password program',
    );
  return unavailable(
    context,
    `the keychain refused (${message.slice(0, 120)})`,
    'Check it in your desktop’s password program',
  );
}

function unavailable(context: SecretContext, message: string, first: string): SecretError {
  return new SecretError('SECRET_PROVIDER_UNAVAILABLE', `${who(context)}: ${message}`, {
    hint: `${first}, or name another place in accounts.yaml: env:NAME, file:PATH, { command: […] }`,
  });
}
