/** The questions of guided set-up: each takes what is known, and gives what was answered, or `null` to go one back. */

import type { AccountEntry } from '../../config/schema.js';
import { keyLines } from '../../config/yaml/edit.js';
import { maskedId } from '../../model/account.js';
import { visible } from '../terminal/escape.js';
import { type Asker, yesOrNo } from '../terminal/prompts.js';
import { plural } from '../terminal/wording.js';
import { askByHand } from './accounts-by-hand.js';
import { namesIn, pathOf, shownFile } from './config-file.js';
import { entryOf, nameComplaint, proposedName } from './entry.js';
import { askOrigin } from './origin.js';
import { askPlace, askWhere } from './password.js';
import type { Asking, Given } from './question.js';
import { isOfFiles, type Offer, type StepId } from './state.js';

/** Every step that asks something. Signing on is done elsewhere. */
export const QUESTIONS: Readonly<Record<Exclude<StepId, 'signon'>, (asking: Asking) => Promise<Given>>> = {
  origin: askOrigin,
  ended: askEnded,
  stale: askStale,
  ids: askIds,
  files: askFiles,
  name: askName,
  userId: askUserId,
  place: askPlace,
  where: askWhere,
  password: askPassword,
  accounts: askAccounts,
  byHand: askByHand,
  names: askNames,
  confirm: askConfirm,
};

/** An ended service cannot be asked; its downloads can be read. */
async function askEnded({ answers, asker }: Asking): Promise<Given> {
  const { origin } = answers;
  if (origin?.kind !== 'directory' || origin.ended === null) return {};
  asker.say([
    `${visible(origin.title)} cannot be asked over OFX: ${visible(origin.ended.what)}.`,
    `  ${visible(origin.ended.advice)}`,
  ]);
  const chosen = await asker.choose('What now?', [
    { id: 'files', label: 'Read the statement files that I download from its web site' },
    { id: 'other', label: 'Choose another institution' },
  ]);
  return chosen === null ? null : chosen === 'files' ? {} : 'over';
}

async function askStale({ answers, asker }: Asking): Promise<Given> {
  const { origin } = answers;
  if (origin?.kind !== 'directory') return {};
  asker.say([
    `Be careful with ${visible(origin.title)}: ${visible(origin.evidence)}.`,
    '  Its address may belong to somebody else by now. Ask the institution for its OFX (Quicken) server address first.',
  ]);
  const sure = await yesOrNo(asker, 'Send your user id and password to that address?', false);
  return sure === null ? null : sure ? { trusted: true } : 'over';
}

async function askIds({ answers, asker }: Asking): Promise<Given> {
  asker.say([
    'Most servers want two ids beside the address; the help pages of your institution for Quicken name them.',
  ]);
  const org = await asker.line('ORG (Enter: none)', { initial: answers.org ?? '', complaint: idComplaint });
  if (org === null) return null;
  const fid = await asker.line('FID (Enter: none)', { initial: answers.fid ?? '', complaint: idComplaint });
  return fid === null ? null : { org: org.trim(), fid: fid.trim() };
}

function idComplaint(text: string): string | null {
  return text.trim().length > 32 ? 'at most 32 characters' : null;
}

async function askFiles({ answers, asker, place }: Asking): Promise<Given> {
  const { origin } = answers;
  const usual = `~/Downloads/${origin?.kind === 'directory' ? `${origin.id}-` : ''}*.qfx`;
  const files = await asker.line('Which files hold its statements? (* stands for anything in the name)', {
    initial: answers.files ?? usual,
    complaint: (text) => (text.trim() === '' ? 'a path such as ~/Downloads/*.qfx' : null),
  });
  return files === null ? null : { files: pathOf(files, place) };
}

async function askName({ answers, asker, place }: Asking): Promise<Given> {
  const taken = namesIn(place);
  const known = answers.name;
  const name = await asker.line('What do you want to call it?', {
    initial: known !== undefined && !taken.includes(known) ? known : proposedName(answers, taken),
    complaint: (text) => nameComplaint(text.trim(), taken),
  });
  return name === null ? null : { name: name.trim() };
}

async function askUserId({ answers, asker }: Asking): Promise<Given> {
  const userId = await asker.line(`User id at ${visible(answers.name ?? '')}`, {
    ...(answers.userId === undefined ? {} : { initial: answers.userId }),
    complaint: (text) => (text.trim() === '' ? 'the name that you sign on with at its web site' : null),
  });
  return userId === null ? null : { userId: userId.trim() };
}

async function askPassword({ answers, asker }: Asking): Promise<Given> {
  const password = await asker.hidden(`Password of ${visible(answers.userId ?? '')} at ${visible(answers.name ?? '')}`);
  return password === null ? null : { password };
}

async function askAccounts(asking: Asking): Promise<Given> {
  const { answers, asker } = asking;
  const offers = answers.offers ?? [];
  const initial = offers.filter(({ isActive }) => isActive).map(({ entry }) => entry.name);
  const ids = await asker.pick(
    `Which of ${plural(offers.length, 'account')} shall be kept up to date?`,
    offers.map((offer) => ({ id: offer.entry.name, label: offerLabel(offer), hint: offerHint(offer) })),
    initial,
  );
  if (ids === null) return null;
  const picked = offers.map(({ entry }) => entry).filter(({ name }) => ids.includes(name));
  if (picked.length > 0) return { picked };
  asker.say(['No account is chosen: tick at least one, or stop with Ctrl-C.']);
  return askAccounts(asking);
}

function offerLabel({ entry }: Offer): string {
  return `${visible(entry.name)}  ${visible(maskedId(entry.id))}`;
}

function offerHint({ balance, description, remark }: Offer): string {
  return [
    balance ?? 'balance not known',
    ...(description === null ? [] : [visible(description)]),
    ...(remark === null ? [] : [visible(remark)]),
  ].join(' · ');
}

async function askNames({ answers, asker }: Asking): Promise<Given> {
  const picked = answers.picked ?? [];
  const keep = await yesOrNo(asker, `Call them ${picked.map(({ name }) => visible(name)).join(', ')}?`, true);
  if (keep === null) return null;
  return keep ? {} : renamed(picked, asker);
}

async function renamed(picked: readonly AccountEntry[], asker: Asker): Promise<Given> {
  const entries: AccountEntry[] = [];
  for (const entry of picked) {
    const taken = entries.map(({ name }) => name);
    const name = await asker.line(`Name of the account ${visible(maskedId(entry.id))}`, {
      initial: entry.name,
      complaint: (text) => nameComplaint(text.trim(), taken),
    });
    if (name === null) return null;
    entries.push({ ...entry, name: name.trim() });
  }
  return { picked: entries };
}

async function askConfirm({ answers, asker, place }: Asking): Promise<Given> {
  const { keys, accounts } = entryOf(answers);
  const shown = { ...keys, ...(answers.place === 'literal' ? { password: { literal: '…' } } : {}) };
  asker.say([
    '',
    ...keyLines(shown).map((line) => `    ${visible(line)}`),
    ...accounts.map(({ name, kind, id }) => `    - ${visible(name)}: ${kind}, ${visible(maskedId(id))}`),
    '',
  ]);
  const where = place.before.trim() === '' ? `Write ${shownFile(place)}` : `Add this to ${shownFile(place)}`;
  const secret = answers.place === 'keychain' && !isOfFiles(answers) ? ', and the password to the keychain' : '';
  const sure = await yesOrNo(asker, `${where}${secret}?`, true);
  return sure === null || !sure ? null : {};
}
