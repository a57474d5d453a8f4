/** One question of guided set-up: what it is given, and what it gives. */

import type { Asker } from '../terminal/prompts.js';
import type { ConfigPlace } from './config-file.js';
import type { Answers } from './state.js';

export interface Asking {
  readonly answers: Answers;
  readonly place: ConfigPlace;
  readonly asker: Asker;
}

/** What was answered; `null`: one question back; `over`: from the beginning. */
export type Given = Answers | null | 'over';
