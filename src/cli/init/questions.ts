/** The questions of guided set-up: each gets the answers so far, and returns its own, or `null` to go back one question. */

import { present } from '../../model/present.js';
import { visible } from '../terminal/escape.js';
import { yesOrNo } from '../terminal/prompts.js';
import { askByHand } from './accounts-by-hand.js';
import { askFiles } from './downloads.js';
import { askLastScreen } from './last-screen.js';
import { pickOffers } from './offers.js';
import { askOrigin } from './origin.js';
import { askParts, type QuestionContext, type QuestionResult } from './question.js';
import { isSandbox, type SilentStep, type StepId, usesBridge } from './state.js';

/** Every step with a question. */
export const QUESTIONS: Readonly<
  Record<Exclude<StepId, SilentStep>, (context: QuestionContext) => Promise<QuestionResult>>
> = {
  origin: askOrigin,
  stale: askStale,
  ids: askIds,
  files: askForFiles,
  userId: askUserId,
  password: askPassword,
  accounts: askAccounts,
  byHand: askByHand,
  confirm: askLastScreen,
};

async function askStale({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  const { origin } = answers;
  if (origin?.kind !== 'directory') return {};
  prompts.forget();
  prompts.say([
    `Be careful with ${visible(origin.title)}: ${visible(origin.evidence)}.`,
    '  Its address may belong to somebody else by now. Ask the bank for its OFX (Quicken) server address first.',
  ]);
  const sure = await yesOrNo(prompts, 'Send your user id and password to that address?', false);
  return sure === null ? null : sure ? { trusted: true } : 'restart';
}

async function askIds({ answers, prompts, isBack }: QuestionContext): Promise<QuestionResult> {
  prompts.say(['Most servers need two ids besides the address. The help pages of your bank for Quicken name them.']);
  const given = await askParts(
    ({ length }) => {
      if (length > 1) return null;
      const question = length === 0 ? 'ORG (Enter: none)' : 'FID (Enter: none)';
      return (initial = '') => prompts.line(question, { initial, validate: idProblem });
    },
    { kept: [answers.org ?? '', answers.fid ?? ''], isBack },
  );
  if (given === null) return null;
  const [org = '', fid = ''] = given.map((one) => one.trim());
  return { org, fid };
}

function idProblem(text: string): string | null {
  return text.trim().length > 32 ? 'at most 32 characters' : null;
}

async function askForFiles(context: QuestionContext): Promise<QuestionResult> {
  const { origin } = context.answers;
  if (origin?.kind === 'directory' && origin.ended !== null)
    context.prompts.say([
      `${visible(origin.title)} no longer offers OFX: ${visible(origin.ended.what)}.`,
      '  ofx-sync can read the statement files that you download from its website.',
    ]);
  return askFiles(context);
}

async function askUserId({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  const { origin, userId } = answers;
  const usual = origin?.kind === 'url' && isSandbox(origin.url) ? 'demo' : undefined;
  const typed = await prompts.line(`User id at ${bankOf(answers)}`, {
    ...present({ initial: userId ?? usual }),
    validate: (text) => (text.trim() === '' ? 'enter the user id that you sign on with on its website' : null),
  });
  return typed === null ? null : { userId: typed.trim() };
}

async function askPassword({ answers, prompts }: QuestionContext): Promise<QuestionResult> {
  if (usesBridge(answers)) {
    const token = await prompts.hidden('Setup token of the bridge, or its access URL');
    return token === null ? null : { password: token.trim() };
  }
  const hint = answers.storage === 'literal' && answers.userId === 'demo' ? ' (it is demo)' : '';
  const password = await prompts.hidden(`Password of ${visible(answers.userId ?? '')} at ${bankOf(answers)}${hint}`);
  return password === null ? null : { password };
}

/** Returns the bank as the person chose it, safe to print. */
function bankOf({ origin, name = '' }: QuestionContext['answers']): string {
  return visible(origin?.kind === 'directory' ? origin.title : name);
}

async function askAccounts(context: QuestionContext): Promise<QuestionResult> {
  const { answers, prompts } = context;
  const offers = answers.offers ?? [];
  const before = answers.picked?.map(({ id }) => id);
  const initial = offers.filter(({ isActive, entry }) => before?.includes(entry.id) ?? isActive);
  const ids = await pickOffers(prompts, offers, initial);
  if (ids === null) return null;
  const picked = offers.map(({ entry }) => entry).filter(({ name }) => ids.includes(name));
  if (picked.length > 0) return { picked };
  prompts.say(['Choose at least one account, or press Ctrl-C to quit.']);
  return askAccounts(context);
}
