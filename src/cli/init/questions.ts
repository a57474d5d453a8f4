/** The questions of guided set-up: each gets the answers so far, and returns its own, or `null` to go back one question. */

import type { AccountEntry } from '../../config/schema.js';
import { keyLines } from '../../config/yaml/edit.js';
import { maskedId } from '../../model/account.js';
import { present } from '../../model/present.js';
import { visible } from '../terminal/escape.js';
import { type Prompts, yesOrNo } from '../terminal/prompts.js';
import { plural } from '../terminal/wording.js';
import { askByHand } from './accounts-by-hand.js';
import { namesIn, shownFile } from './config-file.js';
import { askFiles } from './downloads.js';
import { entryOf, nameProblem, proposedName } from './entry.js';
import { askOrigin } from './origin.js';
import { askStorage, askWhere } from './password.js';
import type { QuestionContext, QuestionResult } from './question.js';
import { type Offer, type StepId, usesFiles } from './state.js';

/** Every step with a question. Signing on has none. */
export const QUESTIONS: Readonly<
  Record<Exclude<StepId, 'signon'>, (context: QuestionContext) => Promise<QuestionResult>>
> = {
  origin: askOrigin,
  ended: askEnded,
  stale: askStale,
  ids: askIds,
  files: askFiles,
  name: askName,
  userId: askUserId,
  storage: askStorage,
  where: askWhere,
  password: askPassword,
  accounts: askAccounts,
  byHand: askByHand,
  names: askNames,
  confirm: askConfirm,
};

/** Offers downloads where the OFX service has ended. */
async function askEnded({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  const { origin } = answers;
  if (origin?.kind !== 'directory' || origin.ended === null) return {};
  prompts.say([
    `${visible(origin.title)} no longer offers OFX: ${visible(origin.ended.what)}.`,
    `  ${visible(origin.ended.advice)}`,
  ]);
  const chosen = await prompts.choose('What now?', [
    { id: 'files', label: 'Read the statement files that I download from its website' },
    { id: 'other', label: 'Choose another bank' },
  ]);
  return chosen === null ? null : chosen === 'files' ? {} : 'restart';
}

async function askStale({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  const { origin } = answers;
  if (origin?.kind !== 'directory') return {};
  prompts.say([
    `Be careful with ${visible(origin.title)}: ${visible(origin.evidence)}.`,
    '  Its address may belong to somebody else by now. Ask the bank for its OFX (Quicken) server address first.',
  ]);
  const sure = await yesOrNo(prompts, 'Send your user id and password to that address?', false);
  return sure === null ? null : sure ? { trusted: true } : 'restart';
}

async function askIds({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  prompts.say(['Most servers need two ids besides the address. The help pages of your bank for Quicken name them.']);
  const org = await prompts.line('ORG (Enter: none)', { initial: answers.org ?? '', validate: idProblem });
  if (org === null) return null;
  const fid = await prompts.line('FID (Enter: none)', { initial: answers.fid ?? '', validate: idProblem });
  return fid === null ? null : { org: org.trim(), fid: fid.trim() };
}

function idProblem(text: string): string | null {
  return text.trim().length > 32 ? 'at most 32 characters' : null;
}

async function askName({ answers, prompts, target }: QuestionContext): Promise<QuestionResult> {
  const taken = namesIn(target);
  const known = answers.name;
  const name = await prompts.line('What do you want to call it?', {
    initial: known !== undefined && !taken.includes(known) ? known : proposedName(answers, taken),
    validate: (text) => nameProblem(text.trim(), taken),
  });
  return name === null ? null : { name: name.trim() };
}

async function askUserId({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  const userId = await prompts.line(`User id at ${visible(answers.name ?? '')}`, {
    ...present({ initial: answers.userId }),
    validate: (text) => (text.trim() === '' ? 'enter the user id that you sign on with on its website' : null),
  });
  return userId === null ? null : { userId: userId.trim() };
}

async function askPassword({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  const password = await prompts.hidden(
    `Password of ${visible(answers.userId ?? '')} at ${visible(answers.name ?? '')}`,
  );
  return password === null ? null : { password };
}

async function askAccounts(context: QuestionContext): Promise<QuestionResult> {
  const { answers, prompts } = context;
  const offers = answers.offers ?? [];
  const initial = offers.filter(({ isActive }) => isActive).map(({ entry }) => entry.name);
  const ids = await prompts.pick(
    `Which of ${plural(offers.length, 'account')} do you want to download?`,
    offers.map((offer) => ({ id: offer.entry.name, label: offerLabel(offer), hint: offerHint(offer) })),
    initial,
  );
  if (ids === null) return null;
  const picked = offers.map(({ entry }) => entry).filter(({ name }) => ids.includes(name));
  if (picked.length > 0) return { picked };
  prompts.say(['Choose at least one account, or press Ctrl-C to quit.']);
  return askAccounts(context);
}

function offerLabel({ entry }: Offer): string {
  return `${visible(entry.name)}  ${visible(maskedId(entry.id))}`;
}

function offerHint({ balance, description, remark }: Offer): string {
  return [
    balance ?? 'balance unknown',
    ...(description === null ? [] : [visible(description)]),
    ...(remark === null ? [] : [visible(remark)]),
  ].join(' · ');
}

async function askNames({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  const picked = answers.picked ?? [];
  const keep = await yesOrNo(prompts, `Call them ${picked.map(({ name }) => visible(name)).join(', ')}?`, true);
  if (keep === null) return null;
  return keep ? {} : renamed(picked, prompts);
}

async function renamed(picked: readonly AccountEntry[], prompts: Prompts): Promise<QuestionResult> {
  const entries: AccountEntry[] = [];
  for (const entry of picked) {
    const taken = entries.map(({ name }) => name);
    const name = await prompts.line(`Name of the account ${visible(maskedId(entry.id))}`, {
      initial: entry.name,
      validate: (text) => nameProblem(text.trim(), taken),
    });
    if (name === null) return null;
    entries.push({ ...entry, name: name.trim() });
  }
  return { picked: entries };
}

async function askConfirm({ answers, prompts, target }: QuestionContext): Promise<QuestionResult> {
  const { keys, accounts } = entryOf(answers);
  const moved = answers.movedTo ?? [];
  const shown = answers.storage === 'literal' ? { ...keys, password: { literal: '…' } } : keys;
  prompts.say([
    '',
    ...keyLines(shown).map((line) => `    ${visible(line)}`),
    ...accounts.map(({ name, kind, id }) => `    - ${visible(name)}: ${kind}, ${visible(maskedId(id))}`),
    ...moved.map((host) => `  The bank’s profile moves requests, with your password, to ${visible(host)}.`),
    '',
  ]);
  const where = target.before.trim() === '' ? `Write ${shownFile(target)}` : `Add this to ${shownFile(target)}`;
  const secret =
    answers.storage === 'keychain' && !usesFiles(answers) ? ', and store the password in the keychain' : '';
  const hosts = moved.length === 0 ? '' : `, and send the password to ${moved.map(visible).join(', ')}`;
  const sure = await yesOrNo(prompts, `${where}${secret}${hosts}?`, moved.length === 0);
  return sure === null || !sure ? null : {};
}
