/** What all providers share: the sentences of their errors, and what a secret may hold. */

import { SecretError } from '../errors.js';
import { Secret, type SecretReference } from '../model/secret.js';
import type { SecretContext } from '../ports.js';

const BESIDE_KEYCHAIN = 'env:NAME, file:PATH, { command: […] }';

/** A reference of the provider's own scheme; another one is a mistake of the program. */
export function expect<S extends SecretReference['scheme']>(
  reference: SecretReference,
  scheme: S,
): Extract<SecretReference, { scheme: S }> {
  if (!isOf(reference, scheme)) throw new TypeError(`a reference of scheme ${reference.scheme} was given to ${scheme}`);
  return reference;
}

function isOf<S extends SecretReference['scheme']>(
  reference: SecretReference,
  scheme: S,
): reference is Extract<SecretReference, { scheme: S }> {
  return reference.scheme === scheme;
}

/** There is none: the hint says how to put it there. */
export function notFound(context: SecretContext, message: string, hint: string, cause?: unknown): SecretError {
  return new SecretError('SECRET_NOT_FOUND', `${who(context)}: ${message}`, { hint, cause });
}

/** It cannot be had in this way here and now: the hint says what to change, and that there are other ways. */
export function unavailable(context: SecretContext, message: string, first: string): SecretError {
  return elsewhere(context, message, `${first}, or name another place in accounts.yaml: keychain, ${BESIDE_KEYCHAIN}`);
}

/** The same of the keychain, which then is no other place. */
export function keychainUnavailable(context: SecretContext, message: string, first: string): SecretError {
  return elsewhere(context, message, `${first}, or name another place in accounts.yaml: ${BESIDE_KEYCHAIN}`);
}

function elsewhere(context: SecretContext, message: string, hint: string): SecretError {
  return new SecretError('SECRET_PROVIDER_UNAVAILABLE', `${who(context)}: ${message}`, { hint });
}

export function interrupted(context: SecretContext): SecretError {
  return new SecretError('INTERRUPTED', `${who(context)}: interrupted`, { hint: 'Run again.' });
}

function who({ institution, field }: SecretContext): string {
  return `${field} of ${institution}`;
}

/**
 * The secret, when it can be one: control characters show that something else was read, and a wrong password that is sent
 * to an institution again and again locks the login.
 * @param origin Where it was found, for a message.
 */
export function secretOf(value: string, origin: string, context: SecretContext): Secret {
  if (value === '') throw notFound(context, `${origin} is empty`, 'Put the secret there.');
  if (/[\u0000-\u001f\u007f]/.test(value))
    throw unavailable(
      context,
      `${origin} holds control characters`,
      'Store the secret again as one line of plain text',
    );
  return new Secret(value);
}

/** The first line of UTF-8 text, as a secret. A blank at its end belongs to it. */
export function firstLineSecret(bytes: Uint8Array, origin: string, context: SecretContext): Secret {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  let line: string;
  try {
    line = new TextDecoder('utf-8', { fatal: true }).decode(end < 0 ? bytes : bytes.subarray(0, end));
  } catch {
    throw unavailable(context, `${origin} is not UTF-8 text`, 'Write it as UTF-8');
  }
  return secretOf(line, `the first line of ${origin}`, context);
}
