/**
 * Asking a person one thing after another, for guided set-up. Every question can be gone back from (`null`); Ctrl-C rejects
 * with INTERRUPTED. On a terminal that draws (`asker-live.ts`), or line by line for one that does not and for screen readers
 * (`asker-plain.ts`).
 */

import { OfxSyncError } from '../../errors.js';

export interface Choice {
  readonly id: string;
  /** Safe to print. */
  readonly label: string;
  /** What else is to be known of it, safe to print. */
  readonly hint?: string;
}

/** An answer, or `null`: one question back. */
export type Answer<T> = Promise<T | null>;

export interface LineOptions {
  readonly initial?: string;
  /** What is wrong with an answer, `null` when it can be taken. */
  readonly complaint?: (text: string) => string | null;
}

export interface Asker {
  /** Lines between questions. */
  say(lines: readonly string[]): void;
  /** One of what fits the words that are typed; its id. */
  search(question: string, find: (typed: string) => readonly Choice[]): Answer<string>;
  choose(question: string, choices: readonly Choice[], initial?: string): Answer<string>;
  /** Any number of them; their ids in the order of the choices. */
  pick(question: string, choices: readonly Choice[], initial: readonly string[]): Answer<readonly string[]>;
  line(question: string, options?: LineOptions): Answer<string>;
  /** Without echo. */
  hidden(question: string): Answer<string>;
}

export async function yesOrNo(asker: Asker, question: string, initial: boolean): Answer<boolean> {
  const choices = [
    { id: 'yes', label: 'Yes' },
    { id: 'no', label: 'No' },
  ];
  const answer = await asker.choose(question, choices, initial ? 'yes' : 'no');
  return answer === null ? null : answer === 'yes';
}

export function stopped(): OfxSyncError {
  return new OfxSyncError('INTERRUPTED', 'stopped; nothing was changed', { hint: 'Begin again: ofx-sync init' });
}
