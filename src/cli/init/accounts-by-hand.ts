/** Questions about accounts that the person enters, when the institution does not list them. */

import { isBankKind } from '../../config/account-types.js';
import type { AccountEntry } from '../../config/schema.js';
import { ACCOUNT_KINDS } from '../../model/account.js';
import { yesOrNo } from '../terminal/prompts.js';
import { nameProblem } from './entry.js';
import type { QuestionContext, QuestionResult } from './question.js';
import { usesFiles } from './state.js';

const LABELS: Readonly<Record<string, string>> = {
  creditcard: 'credit card',
  moneymarket: 'money market',
  creditline: 'line of credit',
  cd: 'certificate of deposit',
};

export async function askByHand(context: QuestionContext): Promise<QuestionResult> {
  const { prompts } = context;
  prompts.say(['This bank does not list its accounts. Enter each one as printed on its statement.']);
  const picked: AccountEntry[] = [];
  for (;;) {
    const entry = await askOne(context, picked);
    if (entry === null) return null;
    picked.push(entry);
    const more = await yesOrNo(prompts, 'Another account?', false);
    if (more === null) return null;
    if (!more) return { picked };
  }
}

async function askOne(
  { prompts, answers }: QuestionContext,
  others: readonly AccountEntry[],
): Promise<AccountEntry | null> {
  const kinds = ACCOUNT_KINDS.map((id) => ({ id, label: LABELS[id] ?? id }));
  const chosen = await prompts.choose('What kind of account?', kinds);
  const kind = ACCOUNT_KINDS.find((one) => one === chosen);
  if (kind === undefined) return null;
  const id = await prompts.line('Account number, as printed on the statement', { validate: numberProblem });
  if (id === null) return null;
  const wantsRouting = isBankKind(kind) && !usesFiles(answers);
  const routing = wantsRouting ? await prompts.line('Routing number', { validate: numberProblem }) : '';
  if (routing === null) return null;
  const wantsBroker = kind === 'investment' && !usesFiles(answers);
  const brokerId = wantsBroker
    ? await prompts.line('BROKERID, such as broker.example', { validate: numberProblem })
    : '';
  if (brokerId === null) return null;
  const taken = others.map(({ name }) => name);
  const usual = kind === 'creditcard' ? 'card' : kind;
  const name = await prompts.line('What do you want to call it?', {
    initial: taken.includes(usual) ? `${usual}-${taken.length + 1}` : usual,
    validate: (text) => nameProblem(text.trim(), taken),
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

function numberProblem(text: string): string | null {
  return text.trim() === '' ? 'nothing was typed' : text.trim().length > 64 ? 'at most 64 characters' : null;
}
