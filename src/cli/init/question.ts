/** The input and the result of one question of guided set-up. */

import type { Prompts } from '../terminal/prompts.js';
import type { ConfigTarget } from './config-file.js';
import type { Answers } from './state.js';

export interface QuestionContext {
  /** The answers so far. */
  readonly answers: Answers;
  readonly target: ConfigTarget;
  readonly prompts: Prompts;
}

/** The new answers; `null` goes back one question, `restart` to the first. */
export type QuestionResult = Answers | null | 'restart';
