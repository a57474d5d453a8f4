/** The questions about the place of the password: the keychain where one works, another place where none does. */

import { dirname } from 'node:path';
import { toOfxSyncError } from '../../errors.js';
import { passwordContext } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import type { Choice } from '../terminal/prompts.js';
import { type ConfigTarget, draftInstitution, pathOf } from './config-file.js';
import { mayBeLiteral } from './entry.js';
import type { QuestionContext, QuestionResult } from './question.js';
import { type Answers, PASSWORD_STORAGES, type PasswordStorage } from './state.js';

const LABELS: Readonly<Record<PasswordStorage, Omit<Choice, 'id'>>> = {
  keychain: { label: 'In the keychain of this computer', hint: 'service ofx-sync' },
  env: { label: 'In an environment variable', hint: 'env:NAME' },
  file: { label: 'In a file that only I can read', hint: 'file:PATH, mode 0600' },
  command: { label: 'A command prints it', hint: 'such as pass, op or bw' },
  prompt: { label: 'Nowhere: ask me at each run', hint: 'no timer can sync then' },
  literal: { label: 'In accounts.yaml itself', hint: 'only for test addresses such as this one' },
};

export async function askStorage({ answers, prompts, target }: QuestionContext): Promise<QuestionResult> {
  const trouble = await keychainTrouble(answers.name ?? '', target);
  if (trouble !== null) prompts.say([`The keychain cannot be used here: ${visible(trouble)}`]);
  const places = PASSWORD_STORAGES.filter(
    (one) => (one !== 'keychain' || trouble === null) && (one !== 'literal' || mayBeLiteral(answers)),
  );
  const chosen = await prompts.choose(
    'Where do you want to keep the password?',
    places.map((id) => ({ id, ...LABELS[id] })),
    answers.storage,
  );
  const found = places.find((one) => one === chosen);
  return found === undefined ? null : { storage: found };
}

/**
 * Returns the reason why the keychain of this machine cannot be used, `null` when it can. A locked one looks like an empty one
 * until something is stored.
 */
export async function keychainTrouble(name: string, { invocation }: ConfigTarget): Promise<string | null> {
  const { keychain } = await import('../../secrets/keychain.js');
  try {
    await keychain.get({ scheme: 'keychain', name }, passwordContext(invocation, name));
    return null;
  } catch (error) {
    const { code, message, hint } = toOfxSyncError(error);
    // The next step offers the other places.
    return code === 'SECRET_NOT_FOUND'
      ? null
      : `${message}. ${hint?.replace(/, or choose another place.*$/, '') ?? ''}.`;
  }
}

const WHERE: Readonly<Partial<Record<PasswordStorage, readonly [question: string, usual: (name: string) => string]>>> =
  {
    env: ['Name of the environment variable', (name) => `${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_PASSWORD`],
    file: ['Path of the file (its first line is the password)', (name) => `~/.config/ofx-sync/${name}.password`],
    command: ['The command (its first line of output is the password)', (name) => `pass show ${name}`],
  };

/** Asks for the variable, file or command, which must yield the password now: signing on comes next. */
export async function askWhere({ answers, prompts, target }: QuestionContext): Promise<QuestionResult> {
  const chosen = answers.storage ?? 'env';
  const [question, usual] = WHERE[chosen] ?? ['Where', () => ''];
  for (let initial = answers.where ?? usual(answers.name ?? ''); ; ) {
    const where = await prompts.line(question, {
      initial,
      validate: (text) =>
        chosen === 'env' && !/^[A-Za-z_]\w*$/.test(text.trim())
          ? 'letters, digits and underscores'
          : emptyProblem(text),
    });
    if (where === null) return null;
    const found = chosen === 'file' ? pathOf(where, target) : where.trim();
    const trouble = await storageTrouble({ ...answers, where: found }, target);
    if (trouble === null) return { where: found };
    prompts.say([visible(trouble)]);
    initial = where;
  }
}

function emptyProblem(text: string): string | null {
  return text.trim() === '' ? 'nothing was typed' : null;
}

/** Returns the reason why the place does not yield the password, `null` when it does. */
async function storageTrouble(answers: Answers, target: ConfigTarget): Promise<string | null> {
  const { resolveSecret } = await import('../../secrets/index.js');
  try {
    const { institution, config } = await draftInstitution(answers, target, []);
    if (institution.password === null) return null;
    const context = passwordContext(target.invocation, institution.name, dirname(config.file));
    await resolveSecret(institution.password, context);
    return null;
  } catch (error) {
    const { message, hint, code } = toOfxSyncError(error);
    if (code === 'INTERRUPTED') throw error;
    return `${message}. ${hint ?? ''}`;
  }
}
