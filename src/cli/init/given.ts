/** The beginning of guided set-up: answers that the command line gives are not asked for, and interrupted ones go on. */

import { textOption } from '../command/context.js';
import { visible } from '../terminal/escape.js';
import type { Prompts } from '../terminal/prompts.js';
import { type ConfigTarget, namesIn, pathOf } from './config-file.js';
import { nameProblem } from './entry.js';
import { optionalAnswers } from './flags.js';
import { forgetAnswers, keptState } from './kept-answers.js';
import { askOrigin, originNamed } from './origin.js';
import { type Answers, INITIAL_STATE, type Origin, type SetUpState, type StepId } from './state.js';

/** Returns the state to begin with: after the answers that were given, or where the last set-up was interrupted. */
export async function firstState(prompts: Prompts, target: ConfigTarget): Promise<SetUpState> {
  const { invocation } = target;
  const words = invocation.words.join(' ');
  const files = textOption(invocation, 'files');
  const named = files !== undefined && words === '' ? ({ kind: 'files' } as const) : null;
  const origin = named ?? (await originNamed(words, namesIn(target)));
  const given = givenAnswers(target);
  if (origin !== null)
    return { ...INITIAL_STATE, answers: { ...given.answers, origin }, done: ['origin'], given: given.steps };
  if (words !== '') return searched(words, given, { prompts, target });
  const kept = await keptState(target);
  if (kept === null) return { ...INITIAL_STATE, answers: given.answers, given: given.steps };
  const chosen = await prompts.choose(`Go on with ${titleOf(kept.answers)}, where you stopped?`, [
    { id: 'on', label: 'Yes, with my answers' },
    { id: 'anew', label: 'No, start anew' },
  ]);
  if (chosen === 'on') return kept;
  forgetAnswers(target);
  return { ...INITIAL_STATE, answers: given.answers, given: given.steps };
}

/** Begins the search with words that name no bank exactly. */
async function searched(
  words: string,
  { answers, steps }: Given,
  context: { readonly prompts: Prompts; readonly target: ConfigTarget },
): Promise<SetUpState> {
  const found = await askOrigin({ ...context, answers, isBack: false }, words);
  const isAnswer = found !== null && found !== 'restart' && !('goTo' in found);
  if (!isAnswer) return { ...INITIAL_STATE, answers, given: steps };
  return { answers: { ...answers, ...found }, done: ['origin'], given: steps };
}

interface Given {
  readonly answers: Answers;
  readonly steps: readonly StepId[];
}

function givenAnswers(target: ConfigTarget): Given {
  const { invocation } = target;
  const name = textOption(invocation, 'name');
  const userId = textOption(invocation, 'userId');
  const options = optionalAnswers(target);
  const isNamed = name !== undefined && nameProblem(name, namesIn(target)) === null;
  const answers: Answers = {
    ...options,
    ...(isNamed ? { name, isNamed } : {}),
    ...(userId === undefined ? {} : { userId }),
    ...placeOf(target),
  };
  const steps: StepId[] = [
    ...(invocation.options['acceptStale'] === true ? (['stale'] as const) : []),
    ...(options.files === undefined ? [] : (['files'] as const)),
    ...(userId === undefined ? [] : (['userId'] as const)),
    ...(options.org === undefined && options.fid === undefined ? [] : (['ids'] as const)),
  ];
  return { answers, steps };
}

/** Reads `--password`, which names a place. */
function placeOf(target: ConfigTarget): Pick<Answers, 'storage' | 'where' | 'isPlaced'> {
  const text = textOption(target.invocation, 'password');
  if (text === undefined) return {};
  const [, scheme, where = ''] = /^(env|file|command):\s*(\S.*)$/.exec(text) ?? [];
  if (scheme === 'file') return { storage: scheme, where: pathOf(where, target), isPlaced: true };
  if (scheme === 'env' || scheme === 'command') return { storage: scheme, where, isPlaced: true };
  if (text === 'file') return { storage: text, isPlaced: true };
  return text === 'prompt' ? { storage: text, isPlaced: true } : {};
}

function titleOf({ origin, name = '', userId }: Answers): string {
  const title = origin?.kind === 'directory' ? origin.title : name === '' ? addressOf(origin) : name;
  return visible(userId === undefined ? title : `${title} (${userId})`);
}

function addressOf(origin: Origin | undefined): string {
  if (origin?.kind === 'bridge') return 'the SimpleFIN bridge';
  return origin?.kind === 'url' ? origin.url : 'the statement files';
}
