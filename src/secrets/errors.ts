/** Errors of the providers, and the checks of what a secret may contain. */

import { SecretError } from '../errors.js';
import { Secret, type SecretReference } from '../model/secret.js';
import type { SecretContext } from '../ports.js';

const BESIDE_KEYCHAIN = 'env:NAME, file:PATH, { command: […] }';

/** Returns a reference of the provider's own scheme. @throws TypeError for another, which is a bug of this program */
export function expectScheme<S extends SecretReference['scheme']>(
  reference: SecretReference,
  scheme: S,
): Extract<SecretReference, { scheme: S }> {
  if (!isOf(reference, scheme))
    throw new TypeError(`the provider ${scheme} got a reference of scheme ${reference.scheme}`);
  return reference;
}

function isOf<S extends SecretReference['scheme']>(
  reference: SecretReference,
  scheme: S,
): reference is Extract<SecretReference, { scheme: S }> {
  return reference.scheme === scheme;
}

/** The secret is absent; the hint says how to put it there. */
export function notFound(context: SecretContext, message: string, hint: string, cause?: unknown): SecretError {
  return new SecretError('SECRET_NOT_FOUND', `${subject(context)}: ${message}`, { hint, cause });
}

/** The provider does not work here and now; the hint says what to change, and names the other places for a secret. */
export function unavailable(
  context: SecretContext,
  message: string,
  first: string,
  places = `keychain, ${BESIDE_KEYCHAIN}`,
): SecretError {
  const hint = `${first}, or choose another place in accounts.yaml: ${places}`;
  return new SecretError('SECRET_PROVIDER_UNAVAILABLE', `${subject(context)}: ${message}`, { hint });
}

/** The keychain does not work; the hint names only the other places. */
export function keychainUnavailable(context: SecretContext, message: string, first: string): SecretError {
  return unavailable(context, message, first, BESIDE_KEYCHAIN);
}

export function interrupted(context: SecretContext): SecretError {
  return new SecretError('INTERRUPTED', `${subject(context)}: interrupted`, { hint: 'Run again.' });
}

function subject({ institution, field }: SecretContext): string {
  return `${field} of ${institution}`;
}

/**
 * Returns the secret if it is plausible. Control characters show that something else was read, and a wrong password that is
 * sent repeatedly locks the login.
 * @param origin its place, for messages
 */
export function secretOf(value: string, origin: string, context: SecretContext): Secret {
  if (value === '') throw notFound(context, `${origin} is empty`, 'Save the secret there.');
  if (/[\u0000-\u001f\u007f]/.test(value))
    throw unavailable(
      context,
      `${origin} contains control characters`,
      'Store the secret again as one line of plain text',
    );
  return new Secret(value);
}

/** Returns the first line of UTF-8 text as a secret. A space at its end belongs to it. */
export function firstLineSecret(bytes: Uint8Array, origin: string, context: SecretContext): Secret {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  let line: string;
  try {
    line = new TextDecoder('utf-8', { fatal: true }).decode(end < 0 ? bytes : bytes.subarray(0, end));
  } catch {
    throw unavailable(context, `${origin} is not UTF-8 text`, 'Save it as UTF-8');
  }
  return secretOf(line, `the first line of ${origin}`, context);
}
