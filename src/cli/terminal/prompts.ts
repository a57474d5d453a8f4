/**
 * The questions of guided set-up, one after another. Every question lets the person go back (`null`); Ctrl-C rejects with
 * INTERRUPTED. `drawn-prompts.ts` is for terminals that draw, `plain-prompts.ts` for all others and for screen readers.
 */

import { interrupted, type OfxSyncError, toOfxSyncError } from '../../errors.js';

export interface Choice {
  readonly id: string;
  /** Safe to print. */
  readonly label: string;
  /** More about the choice, safe to print. */
  readonly hint?: string;
}

/** An answer, or `null` to go back one question. */
export type Answer<T> = Promise<T | null>;

export interface LineOptions {
  readonly initial?: string;
  /** Returns the problem with an answer, `null` when it is valid. */
  readonly validate?: (text: string) => string | null;
}

export interface Prompts {
  /** Prints lines between questions. */
  say(lines: readonly string[]): void;
  /** Asks for one of the choices that match the typed words, which may begin with those given. @returns its id. */
  search(question: string, find: (typed: string) => readonly Choice[], typed?: string): Answer<string>;
  choose(question: string, choices: readonly Choice[], initial?: string): Answer<string>;
  /** Asks for any number of the choices. @returns their ids in the order of the choices. */
  pick(question: string, choices: readonly Choice[], initial: readonly string[]): Answer<readonly string[]>;
  line(question: string, options?: LineOptions): Answer<string>;
  /** Asks for text without echo. */
  hidden(question: string): Answer<string>;
  /** Keeps keys that are typed between questions for the next one, until the function that it returns is called. */
  hold(): () => void;
  /** Leaves the terminal to other work meanwhile, such as a program that asks for its own password. */
  aside<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Drops keys that were typed before an unexpected question. */
  forget(): void;
}

export async function yesOrNo(prompts: Prompts, question: string, initial: boolean): Answer<boolean> {
  const choices = [
    { id: 'yes', label: 'Yes' },
    { id: 'no', label: 'No' },
  ];
  const answer = await prompts.choose(question, choices, initial ? 'yes' : 'no');
  return answer === null ? null : answer === 'yes';
}

/** Asks for a yes outside of set-up; every other answer is a no. @throws OfxSyncError INTERRUPTED */
export async function saysYes(prompts: Prompts, question: string): Promise<boolean> {
  try {
    return (await yesOrNo(prompts, question, false)) === true;
  } catch (error) {
    // The prompts name the command of set-up.
    throw toOfxSyncError(error).code === 'INTERRUPTED' ? interrupted() : error;
  }
}

export function setUpInterrupted(): OfxSyncError {
  return interrupted({ message: 'stopped; nothing was changed', hint: 'Start again: ofx-sync init' });
}
