/** The providers that need no other program: environment, file, terminal, and values that stand in the configuration. */

import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { SecretError } from '../errors.js';
import { Secret, type SecretReference } from '../model/secret.js';
import type { SecretContext, SecretProvider } from '../ports.js';

export const env: SecretProvider = {
  scheme: 'env',
  get: async (reference, context) => {
    const { name } = expect(reference, 'env');
    const value = context.env[name];
    if (value === undefined || value === '') {
      throw notFound(
        context,
        `the environment variable ${name} is ${value === undefined ? 'not set' : 'empty'}`,
        `Set ${name} in the environment that ofx-sync runs in.`,
      );
    }
    return new Secret(value);
  },
};

export const file: SecretProvider = {
  scheme: 'file',
  get: async (reference, context) => {
    const path = resolve(context.baseDir, expect(reference, 'file').path);
    let mode: number;
    let text: string;
    try {
      mode = (await stat(path)).mode;
      text = await readFile(path, 'utf8');
    } catch (cause) {
      throw notFound(context, `${path} cannot be read`, 'Make the file, readable by you alone (chmod 600).', cause);
    }
    // Windows keeps no such bits: everything there reports 0666.
    if ((mode & 0o077) !== 0 && !path.includes('\\')) {
      throw new SecretError(
        'SECRET_PROVIDER_UNAVAILABLE',
        `${who(context)}: ${path} can be read by others (mode ${(mode & 0o777).toString(8)})`,
        { hint: `chmod 600 ${path}` },
      );
    }
    const value = firstLine(text);
    if (value === '')
      throw notFound(context, `the first line of ${path} is empty`, 'Write the secret into its first line.');
    return new Secret(value);
  },
};

export const prompt: SecretProvider = {
  scheme: 'prompt',
  get: async (reference, context) => {
    expect(reference, 'prompt');
    if (context.prompt === undefined) {
      throw new SecretError(
        'SECRET_PROVIDER_UNAVAILABLE',
        `${who(context)} is to be asked on a terminal, and there is none`,
        {
          hint: 'Run in a terminal, or name another place in accounts.yaml: keychain, env:NAME, file:PATH, { command: […] }',
        },
      );
    }
    const value = await context.prompt(`${context.field} for ${context.institution}: `);
    if (value === '') throw notFound(context, 'nothing was typed', 'Run again and type it.');
    return new Secret(value);
  },
};

export const literal: SecretProvider = {
  scheme: 'literal',
  get: async (reference) => expect(reference, 'literal').value,
};

/** An ordinary value, such as a user id that is no secret. */
export const plain: SecretProvider = {
  scheme: 'plain',
  get: async (reference) => new Secret(expect(reference, 'plain').value),
};

/** A reference of the provider's own scheme; another one is a mistake of the program. */
export function expect<S extends SecretReference['scheme']>(
  reference: SecretReference,
  scheme: S,
): Extract<SecretReference, { scheme: S }> {
  if (reference.scheme !== scheme)
    throw new TypeError(`a reference of scheme ${reference.scheme} was given to ${scheme}`);
  return reference as Extract<SecretReference, { scheme: S }>;
}

export function notFound(context: SecretContext, message: string, hint: string, cause?: unknown): SecretError {
  return new SecretError('SECRET_NOT_FOUND', `${who(context)}: ${message}`, { hint, cause });
}

export function who({ institution, field }: SecretContext): string {
  return `${field} of ${institution}`;
}

export function firstLine(text: string): string {
  return (/^[^\r\n]*/.exec(text.replace(/^\ufeff/, ''))?.[0] ?? '').trimEnd();
}
