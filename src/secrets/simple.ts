/** The providers that need no other program: environment, terminal, and values that stand in the configuration. */

import { Secret } from '../model/secret.js';
import type { SecretContext, SecretProvider } from '../ports.js';
import { expect, notFound, secretOf, unavailable } from './refusals.js';

export const env: SecretProvider = {
  scheme: 'env',
  get: async (reference, context) => {
    const { name } = expect(reference, 'env');
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
    expect(reference, 'prompt');
    const ask = context.prompt;
    if (ask === undefined)
      throw unavailable(context, 'it is to be asked on a terminal, and there is none', 'Run in a terminal');
    const value = await inTurn(ask, () => ask(`${context.field} of ${context.institution}: `));
    if (value === '') throw notFound(context, 'nothing was typed', 'Run again and type it.');
    return secretOf(value, 'what was typed', context);
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

/** Logins are resolved all at once, and a terminal takes one question at a time. */
const lastQuestion = new WeakMap<NonNullable<SecretContext['prompt']>, Promise<unknown>>();

function inTurn(ask: NonNullable<SecretContext['prompt']>, question: () => Promise<string>): Promise<string> {
  const answer = (lastQuestion.get(ask) ?? Promise.resolve()).then(question, question);
  lastQuestion.set(ask, answer);
  return answer;
}
