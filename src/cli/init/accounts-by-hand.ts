/** Questions about accounts that the person enters, when the institution does not list them. */

import { isBankKind } from '../../config/account-types.js';
import type { AccountEntry } from '../../config/schema.js';
import { ACCOUNT_KINDS, type AccountKind } from '../../model/account.js';
import { type Prompts, yesOrNo } from '../terminal/prompts.js';
import { askedTwice, brokerProblem, cleanedNumber, numberProblem, routingProblem } from './account-numbers.js';
import { askParts, type Part, type QuestionContext, type QuestionResult } from './question.js';
import { signsOn, usesProgram } from './state.js';

const LABELS: Readonly<Record<string, string>> = {
  creditcard: 'credit card',
  moneymarket: 'money market',
  creditline: 'line of credit',
  cd: 'certificate of deposit',
};

type Field = 'kind' | 'number' | 'routing' | 'broker' | 'another';
type Draft = Partial<Record<Field, string>>;

export async function askByHand({ prompts, answers, isBack }: QuestionContext): Promise<QuestionResult> {
  const isFromFiles = !signsOn(answers);
  prompts.say([
    usesProgram(answers)
      ? 'Enter each account with its number as the program prints it.'
      : 'This bank does not list its accounts. Enter each one as printed on its statement.',
  ]);
  const given = await askParts((texts) => nextPart(draftsOf(texts, isFromFiles), isFromFiles, prompts), {
    kept: answers.parts?.byHand ?? [],
    isBack,
  });
  if (given === null) return null;
  const picked = entriesOf(draftsOf(given, isFromFiles));
  return { picked, parts: { ...answers.parts, byHand: given } };
}

/** Returns the questions about one account, in their order. */
function fieldsOf({ kind }: Draft, isFromFiles: boolean): readonly Field[] {
  const known = kindOf(kind);
  if (known === null) return ['kind'];
  const routing: readonly Field[] = isBankKind(known) && !isFromFiles ? ['routing'] : [];
  const broker: readonly Field[] = known === 'investment' && !isFromFiles ? ['broker'] : [];
  return ['kind', 'number', ...routing, ...broker, 'another'];
}

/** Sorts the answers into accounts; the last one may be incomplete. */
function draftsOf(texts: readonly string[], isFromFiles: boolean): readonly Draft[] {
  const drafts: Draft[] = [{}];
  for (const text of texts) {
    const current = drafts.at(-1) ?? {};
    const field = fieldsOf(current, isFromFiles).find((one) => current[one] === undefined) ?? 'another';
    drafts[drafts.length - 1] = { ...current, [field]: text };
    if (field === 'another' && text === 'yes') drafts.push({});
  }
  return drafts;
}

function nextPart(drafts: readonly Draft[], isFromFiles: boolean, prompts: Prompts): Part | null {
  const current = drafts.at(-1) ?? {};
  const field = fieldsOf(current, isFromFiles).find((one) => current[one] === undefined);
  if (field === undefined) return null;
  return partFor(field, kindOf(current.kind) ?? 'checking', prompts);
}

function partFor(field: Field, kind: AccountKind, prompts: Prompts): Part {
  switch (field) {
    case 'kind':
      return (initial) => prompts.choose('What kind of account?', kinds(), initial);
    case 'number':
      return (initial) => line(prompts, 'Account number, as printed on the statement', initial, numberProblem(kind));
    case 'routing':
      return (initial) => line(prompts, 'Routing number', initial, routingProblem);
    case 'broker':
      return (initial) => line(prompts, 'BROKERID, such as broker.example', initial, brokerProblem);
    case 'another':
      return async (initial) => {
        const more = await yesOrNo(prompts, 'Another account?', initial === 'yes');
        return more === null ? null : more ? 'yes' : 'no';
      };
  }
}

function kinds() {
  return ACCOUNT_KINDS.map((id) => ({ id, label: LABELS[id] ?? id }));
}

function line(
  prompts: Prompts,
  question: string,
  initial: string | undefined,
  check: Parameters<typeof askedTwice>[0],
): Promise<string | null> {
  return prompts.line(question, { ...(initial === undefined ? {} : { initial }), validate: askedTwice(check) });
}

/** Returns the accounts as entries; their names are proposals, which the last screen can change. */
function entriesOf(drafts: readonly Draft[]): readonly AccountEntry[] {
  const entries: AccountEntry[] = [];
  for (const { kind: chosen, number = '', routing, broker } of drafts) {
    const kind = kindOf(chosen);
    if (kind === null) continue;
    const id = cleanedNumber(number, kind);
    entries.push({
      name: freeName(kind, id, entries),
      kind,
      id,
      ...(routing === undefined ? {} : { routing: routing.replace(/[\s-]+/g, '') }),
      ...(broker === undefined ? {} : { brokerId: broker.trim() }),
    });
  }
  return entries;
}

function freeName(kind: AccountKind, id: string, others: readonly AccountEntry[]): string {
  const usual = kind === 'creditcard' ? 'card' : kind;
  const names = [
    usual,
    `${usual}-${id.replace(/[^\p{L}\p{N}]/gu, '').slice(-4)}`,
    ...others.map((_, index) => `${usual}-${index + 2}`),
  ];
  return names.find((name) => others.every((one) => one.name !== name)) ?? `${usual}-${others.length + 2}`;
}

function kindOf(text: string | undefined): AccountKind | null {
  return ACCOUNT_KINDS.find((one) => one === text) ?? null;
}
