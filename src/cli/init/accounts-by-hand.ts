/** Accounts that a person types, where nobody lists them. */

import { isBankKind } from '../../config/account-types.js';
import type { AccountEntry } from '../../config/schema.js';
import { ACCOUNT_KINDS } from '../../model/account.js';
import { yesOrNo } from '../terminal/prompts.js';
import { nameComplaint } from './entry.js';
import type { Asking, Given } from './question.js';
import { isOfFiles } from './state.js';

const LABELS: Readonly<Record<string, string>> = {
  creditcard: 'credit card',
  moneymarket: 'money market',
  creditline: 'line of credit',
  cd: 'certificate of deposit',
};

export async function askByHand(asking: Asking): Promise<Given> {
  const { asker } = asking;
  asker.say(['No list of accounts is to be had: write them yourself, as your statements name them.']);
  const picked: AccountEntry[] = [];
  for (;;) {
    const entry = await askOne(asking, picked);
    if (entry === null) return null;
    picked.push(entry);
    const more = await yesOrNo(asker, 'Another account?', false);
    if (more === null) return null;
    if (!more) return { picked };
  }
}

async function askOne({ asker, answers }: Asking, others: readonly AccountEntry[]): Promise<AccountEntry | null> {
  const kinds = ACCOUNT_KINDS.map((id) => ({ id, label: LABELS[id] ?? id }));
  const chosen = await asker.choose('What kind of account?', kinds);
  const kind = ACCOUNT_KINDS.find((one) => one === chosen);
  if (kind === undefined) return null;
  const id = await asker.line('Account number, as the institution writes it', { complaint: numberComplaint });
  if (id === null) return null;
  const wantsRouting = isBankKind(kind) && !isOfFiles(answers);
  const routing = wantsRouting ? await asker.line('Routing number', { complaint: numberComplaint }) : '';
  if (routing === null) return null;
  const wantsBroker = kind === 'investment' && !isOfFiles(answers);
  const brokerId = wantsBroker
    ? await asker.line('BROKERID, such as broker.example', { complaint: numberComplaint })
    : '';
  if (brokerId === null) return null;
  const taken = others.map(({ name }) => name);
  const usual = kind === 'creditcard' ? 'card' : kind;
  const name = await asker.line('What do you want to call it?', {
    initial: taken.includes(usual) ? `${usual}-${taken.length + 1}` : usual,
    complaint: (text) => nameComplaint(text.trim(), taken),
  });
  if (name === null) return null;
  return {
    name: name.trim(),
    kind,
    id: id.trim(),
    ...(routing === '' ? {} : { routing: routing.trim() }),
    ...(brokerId === '' ? {} : { brokerId: brokerId.trim() }),
  };
}

function numberComplaint(text: string): string | null {
  return text.trim() === '' ? 'nothing was typed' : text.trim().length > 64 ? 'at most 64 characters' : null;
}
