/** Where the password is to be kept: the keychain where one works, another place where none does. */

import { dirname } from 'node:path';
import { toOfxSyncError } from '../../errors.js';
import type { SecretContext } from '../../ports.js';
import { visible } from '../terminal/escape.js';
import type { Choice } from '../terminal/prompts.js';
import { type ConfigPlace, candidate, pathOf } from './config-file.js';
import { mayBeLiteral } from './entry.js';
import type { Asking, Given } from './question.js';
import { type Answers, PLACES, type Place } from './state.js';

const LABELS: Readonly<Record<Place, Omit<Choice, 'id'>>> = {
  keychain: { label: 'In the keychain of this computer', hint: 'service ofx-sync' },
  env: { label: 'In an environment variable', hint: 'env:NAME' },
  file: { label: 'In a file that only I can read', hint: 'file:PATH, mode 0600' },
  command: { label: 'A command prints it', hint: 'such as pass, op or bw' },
  prompt: { label: 'Nowhere: ask me at each run', hint: 'no timer can run it then' },
  literal: { label: 'In accounts.yaml itself', hint: 'nothing real is behind this address' },
};

export async function askPlace({ answers, asker, place }: Asking): Promise<Given> {
  const trouble = await keychainTrouble(answers.name ?? '', place);
  if (trouble !== null) asker.say([`The keychain cannot be used here: ${visible(trouble)}`]);
  const places = PLACES.filter(
    (one) => (one !== 'keychain' || trouble === null) && (one !== 'literal' || mayBeLiteral(answers)),
  );
  const chosen = await asker.choose(
    'Where shall the password be kept?',
    places.map((id) => ({ id, ...LABELS[id] })),
    answers.place,
  );
  const found = places.find((one) => one === chosen);
  return found === undefined ? null : { place: found };
}

/**
 * Why the keychain of this machine cannot be used, `null` when it can. A locked one is not told from an empty one before
 * something is stored.
 */
export async function keychainTrouble(name: string, { invocation }: ConfigPlace): Promise<string | null> {
  const { io } = invocation;
  const context: SecretContext = {
    institution: name,
    field: 'password',
    env: io.env,
    baseDir: io.cwd,
    signal: io.signal,
  };
  const { keychain } = await import('../../secrets/keychain.js');
  try {
    await keychain.get({ scheme: 'keychain', name }, context);
    return null;
  } catch (error) {
    const { code, message, hint } = toOfxSyncError(error);
    // The other places are offered by what comes next.
    return code === 'SECRET_NOT_FOUND' ? null : `${message}. ${hint?.replace(/, or name another place.*$/, '') ?? ''}.`;
  }
}

const WHERE: Readonly<Partial<Record<Place, readonly [question: string, usual: (name: string) => string]>>> = {
  env: ['Name of the environment variable', (name) => `${name.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}_PASSWORD`],
  file: ['Path of the file (its first line is the password)', (name) => `~/.config/ofx-sync/${name}.password`],
  command: ['The command (its first line of output is the password)', (name) => `pass show ${name}`],
};

/** The place itself, which has to hold the password now: it is about to be used. */
export async function askWhere({ answers, asker, place }: Asking): Promise<Given> {
  const chosen = answers.place ?? 'env';
  const [question, usual] = WHERE[chosen] ?? ['Where', () => ''];
  for (let initial = answers.where ?? usual(answers.name ?? ''); ; ) {
    const where = await asker.line(question, {
      initial,
      complaint: (text) =>
        chosen === 'env' && !/^[A-Za-z_]\w*$/.test(text.trim())
          ? 'letters, digits and underscores'
          : emptyComplaint(text),
    });
    if (where === null) return null;
    const found = chosen === 'file' ? pathOf(where, place) : where.trim();
    const trouble = await placeTrouble({ ...answers, where: found }, place);
    if (trouble === null) return { where: found };
    asker.say([visible(trouble)]);
    initial = where;
  }
}

function emptyComplaint(text: string): string | null {
  return text.trim() === '' ? 'nothing was typed' : null;
}

/** Why the password is not to be had there. */
async function placeTrouble(answers: Answers, place: ConfigPlace): Promise<string | null> {
  const { io } = place.invocation;
  const { resolveSecret } = await import('../../secrets/index.js');
  try {
    const { institution, config } = await candidate(answers, place, []);
    if (institution.password === null) return null;
    await resolveSecret(institution.password, {
      institution: institution.name,
      field: 'password',
      env: io.env,
      baseDir: dirname(config.file),
      signal: io.signal,
    });
    return null;
  } catch (error) {
    const { message, hint, code } = toOfxSyncError(error);
    if (code === 'INTERRUPTED') throw error;
    return `${message}. ${hint ?? ''}`;
  }
}
