/**
 * The place of the password: the keychain where one works, else a file that set-up writes. Nobody is asked unless that fails;
 * the last screen can choose another place.
 */

import { existsSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { toOfxSyncError } from '../../errors.js';
import { passwordContext } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import { type Choice, type Prompts, yesOrNo } from '../terminal/prompts.js';
import { type ConfigTarget, draftInstitution, pathOf } from './config-file.js';
import { mayBeLiteral } from './entry.js';
import { freePasswordFile, passwordPath } from './password-file.js';
import { askParts, type QuestionContext } from './question.js';
import { type Answers, isSandbox, PASSWORD_STORAGES, type PasswordStorage } from './state.js';

/** Chooses the place, which the command line may name, and says where the password will be if that is not the keychain. */
export async function choosePlace(answers: Answers, target: ConfigTarget, prompts: Prompts): Promise<Answers> {
  const { storage, where, origin, isPlaced = false } = answers;
  if (storage === 'file' && isPlaced && where === undefined)
    return { where: freePasswordFile(answers.name ?? '', placesOf(target)) };
  if (isPlaced && storage !== undefined) {
    if (origin?.kind === 'bridge' && storage === 'keychain')
      // A set-up that was interrupted after the claim: the access URL is there.
      return { storage, isStored: answers.password === undefined && (await placeTrouble(answers, target)) === null };
    if (where === undefined || !['env', 'file', 'command'].includes(storage)) return { storage };
    const trouble = await prompts.aside(() => placeTrouble(answers, target));
    // A variable may be set later, and a file that does not exist is written.
    const isUnexpected =
      storage === 'command' || (storage === 'file' && existsSync(passwordPath(where, placesOf(target))));
    if (trouble !== null && isUnexpected) prompts.say([visible(trouble)]);
    return { storage, where, isStored: trouble === null };
  }
  if (origin?.kind === 'url' && isSandbox(origin.url)) return { storage: 'literal', isStored: false };
  const trouble = await keychainTrouble(answers.name ?? '', target);
  if (trouble === null) return { storage: 'keychain', isStored: false };
  const file = freePasswordFile(answers.name ?? '', placesOf(target));
  prompts.say([
    `No keychain: ${visible(trouble.replace(/^password of .*?: (?=the )/, ''))}.`,
    `  The password will be kept in ${visible(shownPath(file, target))}, which only you can read.`,
  ]);
  return { storage: 'file', where: file, isStored: false };
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
    const { code, message } = toOfxSyncError(error);
    if (code === 'INTERRUPTED') throw error;
    return code === 'SECRET_NOT_FOUND' ? null : message;
  }
}

function placesOf({ file, invocation }: ConfigTarget): Parameters<typeof freePasswordFile>[1] {
  return { config: file, io: invocation.io };
}

function shownPath(where: string, target: ConfigTarget): string {
  const path = passwordPath(where, placesOf(target));
  const { home } = target.invocation.io;
  return path.startsWith(`${home}${sep}`) ? `~${path.slice(home.length)}` : path;
}

const LABELS: Readonly<Record<PasswordStorage, Omit<Choice, 'id'>>> = {
  keychain: { label: 'In the keychain of this computer', hint: 'service ofx-sync' },
  file: { label: 'In a file that only I can read', hint: 'ofx-sync writes it, mode 0600' },
  env: { label: 'In an environment variable', hint: 'you set it before each run' },
  command: { label: 'A command prints it', hint: 'such as pass, op or bw' },
  prompt: { label: 'Nowhere: ask me at each run', hint: 'no timer can sync then' },
  literal: { label: 'In accounts.yaml itself', hint: 'only for test addresses such as this one' },
};

const WHERE: Readonly<Partial<Record<PasswordStorage, string>>> = {
  file: 'Path of the file',
  env: 'Name of the environment variable',
  command: 'The command (its first line of output is the password)',
};

/** Asks for the place of the password, when the usual one failed or the person wants another. */
export async function askPlace({ answers, prompts, target }: Omit<QuestionContext, 'isBack'>): Promise<Answers | null> {
  const name = answers.name ?? '';
  const trouble = await keychainTrouble(name, target);
  const places = PASSWORD_STORAGES.filter(
    (one) => (one !== 'keychain' || trouble === null) && (one !== 'literal' || mayBeLiteral(answers)),
  );
  const usual: Readonly<Partial<Record<PasswordStorage, string>>> = {
    file: freePasswordFile(name, placesOf(target)),
    env: `${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_PASSWORD`.replace(/^(?=\d)/, '_'),
    command: `pass show ${name}`,
  };
  const given = await askParts(
    ([chosen, where]) => {
      const storage = storageNamed(chosen);
      if (storage === null)
        return (initial) =>
          prompts.choose(
            'Where do you want to keep the password?',
            places.map((id) => ({ id, ...LABELS[id] })),
            initial ?? answers.storage,
          );
      const question = WHERE[storage];
      if (question === undefined || where !== undefined) return null;
      const before = answers.storage === storage ? answers.where : undefined;
      return (initial) =>
        prompts.line(question, {
          initial: initial ?? before ?? usual[storage] ?? '',
          validate: (text) => placeProblem(storage, text),
        });
    },
    { kept: [], isBack: false },
  );
  const storage = storageNamed(given?.[0]);
  if (given === null || storage === null) return null;
  const typed = given[1]?.trim();
  const where = storage === 'file' && typed !== usual['file'] ? pathOf(typed ?? '', target) : typed;
  const found: Answers = { storage, isPlaced: true, ...(where === undefined ? {} : { where }) };
  return (await isAccepted({ ...answers, ...found }, { prompts, target })) ? found : null;
}

function storageNamed(text: string | undefined): PasswordStorage | null {
  return PASSWORD_STORAGES.find((one) => one === text) ?? null;
}

function placeProblem(storage: PasswordStorage, text: string): string | null {
  if (text.trim() === '') return 'nothing was typed';
  return storage === 'env' && !/^[A-Za-z_]\w*$/.test(text.trim()) ? 'letters, digits and underscores' : null;
}

/** Tries a command, which should print the password by now. A variable may be set later, and a file is written. */
async function isAccepted(
  answers: Answers,
  { prompts, target }: Pick<QuestionContext, 'prompts' | 'target'>,
): Promise<boolean> {
  if (answers.storage !== 'command') return true;
  const trouble = await prompts.aside(() => placeTrouble(answers, target));
  if (trouble === null) return true;
  prompts.say([visible(trouble)]);
  return (await yesOrNo(prompts, 'Keep this command all the same?', false)) === true;
}

/** Returns the reason why the place does not yield the password, `null` when it does. */
async function placeTrouble(answers: Answers, target: ConfigTarget): Promise<string | null> {
  const { resolveSecret } = await import('../../secrets/index.js');
  try {
    const { password: _, ...stored } = answers;
    const { institution, config } = await draftInstitution(stored, target, []);
    if (institution.password === null) return null;
    await resolveSecret(
      institution.password,
      passwordContext(target.invocation, institution.name, dirname(config.file)),
    );
    return null;
  } catch (error) {
    const { message, code } = toOfxSyncError(error);
    if (code === 'INTERRUPTED') throw error;
    return `${message}.`;
  }
}
