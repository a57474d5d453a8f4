/**
 * Claims the setup token of a SimpleFIN bridge and keeps its access URL. A token works once: the place is tried before anything
 * is sent, so that the answer is not lost for want of one.
 */

import type { CliIo } from '../terminal/io.js';

/** A place that keeps a secret. */
export interface SecretPlace {
  /** Keeps a secret for trial and removes it. @throws OfxSyncError when the place cannot be used. */
  readonly test: () => Promise<void>;
  /** Keeps the secret, also after Ctrl-C: what a claim brought comes no second time. @throws OfxSyncError */
  readonly keep: (value: string) => Promise<void>;
}

/** Claims a token and keeps the access URL, which is also returned. @throws OfxSyncError */
export async function claimInto(place: SecretPlace, token: string, { env, now, signal }: CliIo): Promise<string> {
  const { claimToken } = await import('../../sources/simplefin-claim.js');
  await place.test();
  const access = await claimToken(token, { env, now, signal });
  await place.keep(access);
  return access;
}

/** Returns an entry of the keychain as a place. */
export async function keychainPlace(
  name: string,
  context: Parameters<typeof import('../../secrets/keychain.js').storeInKeychain>[2],
): Promise<SecretPlace> {
  const { keychain, storeInKeychain } = await import('../../secrets/keychain.js');
  const trial = { scheme: 'keychain', name: `${name}-trial` } as const;
  return {
    test: async () => {
      await storeInKeychain(trial, 'trial', context);
      await keychain.delete?.(trial, context);
    },
    keep: async (value) => {
      const { signal: _, ...uninterrupted } = context;
      await storeInKeychain({ scheme: 'keychain', name }, value, uninterrupted);
    },
  };
}
