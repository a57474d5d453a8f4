/** The input and the result of one question of guided set-up, and questions that have several parts. */

import type { Prompts } from '../terminal/prompts.js';
import type { ConfigTarget } from './config-file.js';
import type { Answers, StepId } from './state.js';

export interface QuestionContext {
  /** The answers so far. */
  readonly answers: Answers;
  readonly target: ConfigTarget;
  readonly prompts: Prompts;
  /** The person came back from the next question: a question of several parts begins with its last one. */
  readonly isBack: boolean;
}

/** The new answers; `null` goes back one question, `restart` to the first, `goTo` to a certain one. */
export type QuestionResult = Answers | null | 'restart' | GoTo;

export interface GoTo {
  readonly goTo: StepId;
  readonly more: Answers;
}

/** One part of a question; `initial` is the earlier answer. */
export type Part = (initial: string | undefined) => Promise<string | null>;

/**
 * Asks part after part; each may depend on the answers so far. Going back leads to the part before, and from the first one to
 * the question before.
 * @param partAfter returns `null` when the answers are complete
 */
export async function askParts(
  partAfter: (given: readonly string[]) => Part | null,
  { kept, isBack }: { readonly kept: readonly string[]; readonly isBack: boolean },
): Promise<readonly string[] | null> {
  let known = kept;
  let given = isBack ? kept.slice(0, -1) : [];
  for (let part = partAfter(given); part !== null; part = partAfter(given)) {
    const answer = await part(known[given.length]);
    if (answer === null && given.length === 0) return null;
    if (answer === null) {
      known = [...given, ...known.slice(given.length)];
      given = given.slice(0, -1);
    } else given = [...given, answer];
  }
  return given;
}
