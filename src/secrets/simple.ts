/** Providers that need no other program: environment, terminal, and values written in the configuration. */

import { Secret } from '../model/secret.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expectScheme, notFound, secretOf, unavailable } from './errors.js';

export const env: SecretProvider = {
  scheme: 'env',
  get: async (reference, context) => {
    const { name } = expectScheme(reference, 'env');
    const value = Object.hasOwn(context.env, name) ? context.env[name] : undefined;
    if (value === undefined)
      throw notFound(
        context,
        `the environment variable ${name} is not set`,
        `Set ${name} in the environment that ofx-sync runs in.`,
      );
    return secretOf(value, `the environment variable ${name}`, context);
  },
};

export const prompt: SecretProvider = {
  scheme: 'prompt',
  get: async (reference, context) => {
    expectScheme(reference, 'prompt');
    const ask = context.prompt;
    if (ask === undefined)
      throw unavailable(context, 'must be typed in a terminal, but this run has none', 'Run in a terminal');
    const value = await inTurn(ask, () => ask(`${context.field} of ${context.institution}: `));
    if (value === '') throw notFound(context, 'nothing was typed', 'Run again and enter it.');
    return secretOf(value, 'the typed text', context);
  },
};

export const literal: SecretProvider = {
  scheme: 'literal',
  get: async (reference) => expectScheme(reference, 'literal').value,
};

/** An ordinary value, such as a user id that is not secret. */
export const plain: SecretProvider = {
  scheme: 'plain',
  get: async (reference) => new Secret(expectScheme(reference, 'plain').value),
};

/** Logins are resolved concurrently, but a terminal takes one question at a time. */
const lastQuestion = new WeakMap<NonNullable<SecretContext['prompt']>, Promise<unknown>>();

function inTurn(ask: NonNullable<SecretContext['prompt']>, question: () => Promise<string>): Promise<string> {
  const answer = (lastQuestion.get(ask) ?? Promise.resolve()).then(question, question);
  lastQuestion.set(ask, answer);
  return answer;
}
