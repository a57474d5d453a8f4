/** Guided set-up for a bank that accounts.yaml has already: change it, add another login, or remove it. */

import { rm } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import { removeAccount, removeInstitution, setInstitutionKey } from '../../config/yaml/change.js';
import { addAccounts } from '../../config/yaml/edit.js';
import { readConfigText, writeConfigText } from '../../config/yaml/write.js';
import { keychainEntries } from '../../discovery/hosts.js';
import { toOfxSyncError } from '../../errors.js';
import { openDirectory } from '../../institutions/directory.js';
import { maskedNumber } from '../../model/account.js';
import { type Institution, passwordKey } from '../../model/institution.js';
import { present } from '../../model/present.js';
import { shellWord } from '../../model/shell-word.js';
import { isSetupToken } from '../../simplefin/access.js';
import { bindStored } from '../command/bind-keychain.js';
import { claimInto, keychainPlace, type SecretPlace } from '../command/claim.js';
import { loadOptionsOf, passwordContext } from '../command/context.js';
import { renewTrust } from '../command/trust.js';
import { visible } from '../terminal/escape.js';
import { type Choice, yesOrNo } from '../terminal/prompts.js';
import { filePlace } from './claim-token.js';
import { type ConfigTarget, shownFile } from './config-file.js';
import { pickOffers } from './offers.js';
import { directoryOrigin } from './origin.js';
import { passwordFolder } from './password-file.js';
import type { QuestionContext } from './question.js';
import type { Answers } from './state.js';

interface Context extends Pick<QuestionContext, 'prompts' | 'target'> {
  readonly bank: Institution;
}

type Task = 'password' | 'userId' | 'discover' | 'accounts' | 'another' | 'remove';

/**
 * Asks what to do with the bank, and does it.
 * @returns `back` to the first question, `done` when something was changed, or the first answers for another login
 */
export async function changeBank(
  name: string,
  { prompts, target }: Pick<QuestionContext, 'prompts' | 'target'>,
): Promise<'done' | 'back' | Answers> {
  const bank = target.config?.institutions.find((one) => one.name === name);
  if (bank === undefined) return 'back';
  const context = { prompts, target, bank };
  const tasks = tasksFor(bank);
  for (;;) {
    const chosen = await prompts.choose(`${visible(name)} is set up already. What do you want to do?`, tasks);
    const task = tasks.find(({ id }) => id === chosen);
    if (task === undefined) return 'back';
    if (task.id === 'another') return sameBank(bank);
    if (await TASKS[task.id](context)) return 'done';
  }
}

function tasksFor({ url, userId, accounts, simplefin }: Institution): (Choice & { readonly id: Task })[] {
  const isBridge = simplefin === true;
  const isReached = url !== null || isBridge;
  const rows: readonly (readonly [Task, string, string, boolean])[] = [
    ['password', isBridge ? 'Paste another setup token' : 'Type another password', '', isReached],
    ['userId', 'Change the user id', userId?.scheme === 'plain' ? userId.value : '', isReached && !isBridge],
    ['discover', 'Look for more accounts', isBridge ? 'asks the bridge' : 'signs on', isReached],
    ['accounts', 'Remove accounts', `of ${accounts.length}`, accounts.length > 1],
    ['another', 'Set up another login at this bank', '', url !== null],
    ['remove', 'Remove this bank', '', true],
  ];
  return rows.flatMap(([id, label, hint, isPossible]) => (isPossible ? [{ id, label, hint: visible(hint) }] : []));
}

/** Returns the answers that another login at the same bank has in common with this one. */
async function sameBank({ title, url, org, fid }: Institution): Promise<Answers> {
  const { institutions } = await openDirectory();
  const known = institutions.find(
    (one) => one.title === title && one.url === url && one.org === org && one.fid === fid,
  );
  if (known !== undefined) return { origin: directoryOrigin(known) };
  return { origin: { kind: 'url', url: url ?? '' }, ...present({ org: org ?? undefined, fid: fid ?? undefined }) };
}

/** Each returns false when the person went back. */
const TASKS: Readonly<Record<Exclude<Task, 'another'>, (context: Context) => Promise<boolean>>> = {
  password: changePassword,
  userId: changeUserId,
  discover: lookForAccounts,
  accounts: removeAccounts,
  remove: removeBank,
};

async function changePassword({ bank, prompts, target }: Context): Promise<boolean> {
  const { invocation } = target;
  const reference = bank.password ?? { scheme: 'keychain' as const, name: null };
  const elsewhere =
    reference.scheme === 'env'
      ? `the environment variable ${reference.name} has the password: set it there`
      : reference.scheme === 'command' || reference.scheme === 'prompt'
        ? 'its password is not kept by ofx-sync'
        : null;
  if (elsewhere !== null) {
    prompts.say([visible(`Nothing to change: ${elsewhere}.`)]);
    return false;
  }
  const isBridge = bank.simplefin === true;
  const question = isBridge ? 'Setup token of the bridge, or its access URL' : `New password at ${visible(bank.name)}`;
  const typed = await prompts.hidden(question);
  if (typed === null) return false;
  const entry = reference.scheme === 'keychain' ? (reference.name ?? bank.name) : null;
  const place =
    reference.scheme === 'file'
      ? filePlace(reference.path, invocation.io.signal)
      : entry === null
        ? inConfiguration({ bank, target })
        : await keychainPlace(entry, passwordContext(invocation, entry));
  if (isBridge && isSetupToken(typed)) await claimInto(place, typed, invocation.io);
  else await place.keep(typed);
  if (entry !== null && target.config !== null) bindStored(entry, target.config, invocation.io);
  prompts.say([
    `The ${isBridge ? 'access URL' : 'password'} of ${visible(bank.name)} is stored. To try it: ofx-sync check ${visible(shellWord(bank.name))}`,
  ]);
  return true;
}

/** A password of a test address stands in accounts.yaml itself. */
function inConfiguration({ bank, target }: Pick<Context, 'bank' | 'target'>): SecretPlace {
  return {
    test: async () => undefined,
    keep: async (value) =>
      change(target, (text) => setInstitutionKey(text, bank.name, passwordKey(bank), { literal: value })),
  };
}

async function changeUserId({ bank, prompts, target }: Context): Promise<boolean> {
  const userId = await prompts.line(`User id at ${visible(bank.name)}`, {
    initial: bank.userId?.scheme === 'plain' ? bank.userId.value : '',
    validate: (text) => (text.trim() === '' ? 'nothing was typed' : null),
  });
  if (userId === null) return false;
  await change(target, (text) => setInstitutionKey(text, bank.name, 'userId', userId.trim()));
  prompts.say([`${shownFile(target)}: changed`]);
  return true;
}

async function lookForAccounts({ bank, prompts, target }: Context): Promise<boolean> {
  const { signOn } = await import('./signon.js');
  prompts.say([`Signing on at ${visible(bank.name)} to list your accounts …`]);
  // The password may be asked for, by this program or by another one that keeps it.
  const { offers, remarks } = await prompts.aside(() => signOn({ name: bank.name }, target, null));
  prompts.say(remarks.map((line) => `  ${line}`));
  const fresh = offers.filter(({ isActive }) => isActive);
  if (fresh.length === 0) {
    prompts.say(['The bank lists no further account.']);
    return false;
  }
  const names = await pickOffers(prompts, fresh, fresh);
  if (names === null || names.length === 0) return false;
  const added = fresh.map(({ entry }) => entry).filter(({ name }) => names.includes(name));
  await change(target, (text) => addAccounts(text, bank.name, added));
  prompts.say([`${shownFile(target)}: ${added.map(({ name }) => visible(name)).join(', ')} added`]);
  return true;
}

async function removeAccounts({ bank, prompts, target }: Context): Promise<boolean> {
  const names = bank.accounts.map(({ name }) => name);
  const choices = bank.accounts.map((account) => ({
    id: account.name,
    label: `${visible(account.name)}  ${visible(maskedNumber(account))}`,
  }));
  const kept = await prompts.pick('Which accounts do you want to keep?', choices, names);
  if (kept === null) return false;
  const gone = names.filter((name) => !kept.includes(name));
  if (kept.length === 0) prompts.say(['Keep at least one account, or remove the bank.']);
  if (kept.length === 0 || gone.length === 0) return false;
  await change(target, (text) => gone.reduce((now, name) => removeAccount(now, bank.name, name), text));
  prompts.say([
    `${shownFile(target)}: ${gone.map(visible).join(', ')} removed`,
    ...storedStill(`${bank.name}/${gone[0]}`),
  ]);
  return true;
}

async function removeBank({ bank, prompts, target }: Context): Promise<boolean> {
  prompts.forget();
  if ((await yesOrNo(prompts, `Remove ${visible(bank.name)} from ${shownFile(target)}?`, false)) !== true) return false;
  await change(target, (text) => removeInstitution(text, bank.name));
  const isForgotten = await forgetPassword(bank, target);
  prompts.say([
    `${shownFile(target)}: ${visible(bank.name)} removed${isForgotten ? ', with its password' : ''}`,
    ...storedStill(bank.name),
  ]);
  return true;
}

function storedStill(name: string): string[] {
  return [
    `  Statements that were downloaded stay. To remove them as well: ofx-sync accounts forget ${visible(shellWord(name))}`,
  ];
}

/** Removes a password that no other bank uses: from the keychain, or the file that set-up wrote. */
async function forgetPassword(bank: Institution, { config, invocation }: ConfigTarget): Promise<boolean> {
  const others = config?.institutions.filter((one) => one !== bank) ?? [];
  const reference = bank.password;
  if (reference?.scheme === 'file') {
    const isOwn = extname(reference.path) === '.password' && dirname(reference.path) === passwordFolder(invocation.io);
    const isShared = others.some(({ password }) => password?.scheme === 'file' && password.path === reference.path);
    if (!isOwn || isShared) return false;
    await rm(reference.path, { force: true });
    return true;
  }
  const entry = reference?.scheme === 'keychain' ? (reference.name ?? bank.name) : null;
  if (entry !== bank.name || others.some((one) => keychainEntries(one).includes(entry))) return false;
  const { keychain } = await import('../../secrets/keychain.js');
  // A keychain that cannot be reached does not bring the bank back.
  return (
    (await keychain
      .delete({ scheme: 'keychain', name: entry }, passwordContext(invocation, entry))
      .catch(() => false)) === true
  );
}

/** Changes accounts.yaml: the whole file, or not at all. @throws ConfigError when the result would have mistakes */
async function change(target: ConfigTarget, edit: (text: string) => string): Promise<void> {
  const { file, invocation } = target;
  const before = await readConfigText(file);
  try {
    await writeConfigText(
      file,
      { before, after: edit(before) },
      { ...loadOptionsOf(invocation), accountsToCome: true },
    );
  } catch (error) {
    throw toOfxSyncError(error);
  }
  await renewTrust({ ...target, before }, invocation);
}
