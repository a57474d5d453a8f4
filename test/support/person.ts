/** A person at a terminal who answers each question by a rule, so that the questions can be counted. */

import { setTimeout as delay } from 'node:timers/promises';
import type { Terminal } from './terminal.js';

/** What the person does at a question: keys by their names in tmux, or text with `=` before it. */
export type Habit = readonly [question: RegExp, ...keys: readonly string[]];

/** Answers questions until the program has ended. @returns the questions, in their order */
export async function answerAll(terminal: Terminal, habits: readonly Habit[]): Promise<string[]> {
  const asked: string[] = [];
  for (;;) {
    const question = await nextQuestion(terminal, asked.length);
    if (question === null) return asked;
    asked.push(question);
    const [, ...keys] = habits.find(([pattern]) => pattern.test(question)) ?? [];
    if (keys.length === 0) throw new Error(`nobody knows what to answer: ${question}\n${terminal.screen()}`);
    for (const key of keys) {
      if (key.startsWith('=')) terminal.type(key.slice(1));
      else terminal.keys(key);
    }
  }
}

/** Waits for a question behind those that were answered; `null` when the program has ended. */
async function nextQuestion(terminal: Terminal, answered: number): Promise<string | null> {
  for (const started = Date.now(); Date.now() - started < 110_000; await delay(30)) {
    const lines = terminal.all().split('\n');
    const done = lines.filter((line) => line.startsWith('✓ ') && !line.includes(' › ')).length;
    const open = lines.findLast((line) => line.startsWith('? '));
    const isEnded = lines.some((line) => /^ended with \d+/.test(line));
    if (isEnded) return null;
    if (open !== undefined && done === answered) return open.slice(2);
  }
  throw new Error(`no further question, and no end:\n${terminal.screen()}`);
}
