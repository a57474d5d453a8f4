/** Resolves references to secrets. There is one provider per scheme; the keys of the table are the schemes of accounts.yaml. */

import type { Secret, SecretReference } from '../model/secret.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { command } from './command.js';
import { file } from './file.js';
import { keychain } from './keychain.js';
import { env, literal, plain, prompt } from './simple.js';

export const secretProviders = { keychain, env, file, command, prompt, literal, plain } satisfies Record<
  SecretReference['scheme'],
  SecretProvider
>;

/**
 * Fetches the value of a reference.
 * @throws SecretError SECRET_NOT_FOUND or SECRET_PROVIDER_UNAVAILABLE, each with a hint; INTERRUPTED.
 */
export async function resolveSecret(reference: SecretReference, context: SecretContext): Promise<Secret> {
  return secretProviders[reference.scheme].get(reference, context);
}
