/** The last screen of guided set-up: what will be written, and a change of anything that was not asked. */

import type { AccountEntry } from '../../config/schema.js';
import { keyLines } from '../../config/yaml/edit.js';
import { maskedId } from '../../model/account.js';
import { visible } from '../terminal/escape.js';
import type { Choice } from '../terminal/prompts.js';
import { namesIn, shownFile } from './config-file.js';
import { entryOf, nameProblem } from './entry.js';
import { askPlace } from './password.js';
import { askParts, type GoTo, type QuestionContext, type QuestionResult } from './question.js';
import { type Answers, hasOwnAddress, type StepId, usesBridge, usesFiles } from './state.js';

type Context = Omit<QuestionContext, 'isBack'>;

/** Shows the entry and asks what to do with it, until it is to be written. */
export async function askLastScreen(first: QuestionContext): Promise<QuestionResult> {
  const { prompts, target } = first;
  let answers = first.answers;
  for (;;) {
    const context = { answers, prompts, target };
    const moved = answers.movedTo ?? [];
    showEntry(context);
    // Keys that were typed for earlier questions must not consent to this.
    if (moved.length > 0) prompts.forget();
    const chosen = await prompts.choose(lastQuestion(context), decisions(answers), moved.length > 0 ? 'back' : 'sync');
    if (chosen === null || chosen === 'back') return null;
    if (chosen !== 'change') return { ...answers, isSynced: chosen === 'sync' };
    const changed = await askChange(context);
    if (changed !== null && 'goTo' in changed) return changed;
    answers = { ...answers, ...changed };
  }
}

function showEntry({ answers, prompts }: Context): void {
  const { keys, accounts } = entryOf(answers);
  const shown = answers.storage === 'literal' ? { ...keys, password: { literal: '…' } } : keys;
  prompts.say([
    '',
    ...keyLines(shown).map((line) => `    ${visible(line)}`),
    ...accounts.map(({ name, kind, id }) => `    - ${visible(name)}: ${kind}, ${visible(maskedId(id))}`),
    ...(answers.movedTo ?? []).map(
      (host) => `  The bank’s profile moves requests, with your password, to ${visible(host)}.`,
    ),
    '',
  ]);
}

function lastQuestion({ answers, target }: Context): string {
  const where = target.before.trim() === '' ? `Write ${shownFile(target)}` : `Add this to ${shownFile(target)}`;
  const secret =
    usesFiles(answers) || usesBridge(answers) || answers.password === undefined
      ? ''
      : answers.storage === 'keychain'
        ? ', store the password in the keychain'
        : answers.storage === 'file'
          ? ', keep the password in a file of its own'
          : '';
  const moved = answers.movedTo ?? [];
  const hosts = moved.length === 0 ? '' : `, send the password to ${moved.map(visible).join(', ')}`;
  return `${where}${secret}${hosts}, and download the first statements?`;
}

function decisions({ movedTo = [] }: Answers): Choice[] {
  return [
    { id: 'sync', label: 'Yes' },
    { id: 'write', label: 'Yes, but download nothing yet' },
    { id: 'change', label: 'Change something first' },
    ...(movedTo.length === 0 ? [] : [{ id: 'back', label: 'No, go back' }]),
  ];
}

type Change = 'name' | 'names' | 'accounts' | 'userId' | 'ids' | 'storage' | 'files' | 'daily';

/** Asks what to change, and changes it. @returns `null` without a change */
async function askChange(context: Context): Promise<Answers | GoTo | null> {
  for (;;) {
    const choices = changesFor(context.answers);
    const id = await context.prompts.choose('What do you want to change?', choices);
    const chosen = choices.find((one) => one.id === id);
    if (chosen === undefined) return null;
    const changed = await change(chosen.id, context);
    if (changed !== null) return changed;
  }
}

function changesFor(answers: Answers): (Choice & { readonly id: Change })[] {
  const { name = '', picked = [], org = '', fid = '', userId = '', daily, files = [] } = answers;
  const isFromFiles = usesFiles(answers);
  const ids = [org, fid].filter((one) => one !== '').join(' ');
  const rows: readonly (readonly [Change, string, string, boolean])[] = [
    ['name', 'Name of the bank', name, true],
    ['names', 'Names of the accounts', picked.map((one) => one.name).join(', '), true],
    ['accounts', 'The accounts', String(picked.length), true],
    ['userId', 'User id', userId, !isFromFiles && !usesBridge(answers)],
    ['ids', 'ORG and FID', ids === '' ? 'none' : ids, hasOwnAddress(answers)],
    ['storage', 'Place of the password', placeName(answers), !isFromFiles && !usesBridge(answers)],
    ['files', 'Statement files', files.join(', '), isFromFiles],
    ['daily', 'Daily sync', daily ?? 'none', answers.storage !== 'prompt'],
  ];
  return rows.flatMap(([id, label, hint, isPart]) => (isPart ? [{ id, label, hint: visible(hint) }] : []));
}

function placeName({ storage, where = '' }: Answers): string {
  if (storage === 'env' || storage === 'file') return `${storage}: ${where}`;
  return storage === 'literal' ? 'accounts.yaml' : (storage ?? '');
}

const STEP_OF: Readonly<Partial<Record<Change, StepId>>> = { userId: 'userId', ids: 'ids', files: 'files' };

async function change(what: Change, context: Context): Promise<Answers | GoTo | null> {
  const { answers } = context;
  const step = STEP_OF[what];
  if (step !== undefined) return { goTo: step, more: what === 'ids' ? { wantsIds: true } : {} };
  switch (what) {
    case 'accounts':
      return { goTo: (answers.offers ?? []).length > 0 ? 'accounts' : 'byHand', more: {} };
    case 'name':
      return renameBank(context);
    case 'names':
      return renameAccounts(context);
    case 'storage':
      return changePlace(context);
    default:
      return askDaily(context);
  }
}

async function renameBank({ answers, prompts, target }: Context): Promise<Answers | null> {
  const taken = namesIn(target);
  const name = await prompts.line('What do you want to call the bank?', {
    initial: answers.name ?? '',
    validate: (text) => nameProblem(text.trim(), taken),
  });
  return name === null ? null : { name: name.trim(), isNamed: true };
}

async function renameAccounts({ answers, prompts }: Context): Promise<Answers | null> {
  const picked = answers.picked ?? [];
  const names = await askParts(
    (given) => {
      const entry = picked[given.length];
      if (entry === undefined) return null;
      return (initial) =>
        prompts.line(`Name of the account ${visible(maskedId(entry.id))}`, {
          initial: initial ?? entry.name,
          validate: (text) => nameProblem(text.trim(), given),
        });
    },
    { kept: [], isBack: false },
  );
  if (names === null) return null;
  const renamed = picked.map((entry, index): AccountEntry => ({ ...entry, name: names[index]?.trim() ?? entry.name }));
  return { picked: renamed };
}

/** Asks for another place, and for the password where the former place held it. */
async function changePlace(context: Context): Promise<Answers | null> {
  const place = await askPlace(context);
  if (place === null) return null;
  const wantsPassword = ['keychain', 'file', 'literal'].includes(place.storage ?? '');
  if (!wantsPassword || context.answers.password !== undefined) return place;
  const password = await context.prompts.hidden('Password');
  return password === null ? null : { ...place, password };
}

async function askDaily({ answers, prompts }: Context): Promise<Answers | null> {
  const time = await prompts.line('At what time of day? (none: no daily sync)', {
    initial: answers.daily ?? '06:30',
    validate: (text) =>
      /^(?:none|(?:[01]?\d|2[0-3]):[0-5]\d)$/.test(text.trim()) ? null : 'a time such as 06:30, or none',
  });
  return time === null ? null : { daily: time.trim() };
}
