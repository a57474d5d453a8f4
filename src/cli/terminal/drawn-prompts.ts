/**
 * Questions drawn on a terminal, with the keys and the redrawing of @clack/core. The frames are drawn here: signs that a screen
 * reader reads out (`>`, `[x]`) mark the choice, never colour alone. Escape goes back, Ctrl-C quits.
 */

import type { Readable } from 'node:stream';
import { AutocompletePrompt, isCancel, MultiSelectPrompt, PasswordPrompt, SelectPrompt, TextPrompt } from '@clack/core';
import { present } from '../../model/present.js';
import type { CliIo, GlobalOptions } from './io.js';
import { keyboardOf } from './keyboard.js';
import { type Choice, type LineOptions, type Prompts, setUpInterrupted } from './prompts.js';
import { type Style, styleFor } from './style.js';
import { choiceBlocks, shortened, wrapped } from './table.js';

interface Screen {
  readonly io: CliIo;
  readonly style: Style;
}

/** The part of a prompt of the library that every frame shows. */
interface PromptState {
  readonly state: string;
  readonly error: string;
}

type Streams = Pick<CliIo, 'signal'> & { readonly input: Readable; readonly output: CliIo['stderr'] };

export function drawnPrompts(io: CliIo, options: GlobalOptions): Prompts {
  const screen = { io, style: styleFor(io.stderr, io, options) };
  return {
    say: (lines) => void io.stderr.write(wrappedLines(lines, columnsOf(io))),
    search: (question, find, typed) => search(screen, question, { find, typed }),
    choose: (question, choices, initial) => choose(screen, question, { choices, initial }),
    pick: (question, choices, initial) => pick(screen, question, { choices, initial }),
    line: (question, how = {}) => line(screen, question, how),
    hidden: (question) => hidden(screen, question),
    hold: () => keyboardOf(io).hold(),
    aside: (work) => keyboardOf(io).aside(work),
    forget: () => keyboardOf(io).forget(),
  };
}

const KEYS = {
  list: 'up and down: choose · Enter: accept · Escape: back',
  search: 'type to search · up and down: choose · Enter: accept · Escape: back',
  pick: 'Space: tick or untick · a: all · Enter: accept · Escape: back',
  line: 'Enter: accept · Escape: back',
} as const;

async function search(
  screen: Screen,
  question: string,
  { find, typed }: { readonly find: (typed: string) => readonly Choice[]; readonly typed: string | undefined },
): Promise<string | null> {
  const found = (typed: string) => find(typed).map((choice) => ({ ...choice, value: choice.id }));
  let searched = '';
  const answer = await run<string | string[]>(screen, (streams) =>
    new AutocompletePrompt<Choice & { readonly value: string }>({
      ...streams,
      ...present({ initialUserInput: typed }),
      options() {
        // Another letter moves the cursor to the best match, away from the previous one.
        if (this.userInput !== searched) this.focusedValue = undefined;
        searched = this.userInput;
        return found(this.userInput);
      },
      filter: () => true,
      validate: (value) => (value === undefined ? 'nothing is chosen: try another name' : undefined),
      render() {
        const chosen = this.filteredOptions.find(({ value }) => value === this.focusedValue);
        return frame(screen, this, {
          question,
          answer: chosen?.label ?? '',
          body: [`  ${this.userInputWithCursor}`, ...listed(screen, this.filteredOptions, this.cursor)],
          keys: KEYS.search,
        });
      },
    }).prompt(),
  );
  return typeof answer === 'string' ? answer : null;
}

async function choose(
  screen: Screen,
  question: string,
  { choices, initial }: { readonly choices: readonly Choice[]; readonly initial: string | undefined },
): Promise<string | null> {
  return run<string>(screen, (streams) =>
    new SelectPrompt({
      ...streams,
      options: choices.map((choice) => ({ ...choice, value: choice.id })),
      ...present({ initialValue: initial }),
      render() {
        return frame(screen, this, {
          question,
          answer: choices[this.cursor]?.label ?? '',
          body: listed(screen, choices, this.cursor),
          keys: KEYS.list,
        });
      },
    }).prompt(),
  );
}

async function pick(
  screen: Screen,
  question: string,
  { choices, initial }: { readonly choices: readonly Choice[]; readonly initial: readonly string[] },
): Promise<readonly string[] | null> {
  const answer = await run<string[]>(screen, (streams) =>
    new MultiSelectPrompt({
      ...streams,
      options: choices.map((choice) => ({ ...choice, value: choice.id })),
      initialValues: [...initial],
      render() {
        const ticked = new Set(this.value ?? []);
        const boxes = choices.map((choice) => ({
          ...choice,
          label: `${ticked.has(choice.id) ? '[x]' : '[ ]'} ${choice.label}`,
        }));
        return frame(screen, this, {
          question,
          answer: `${ticked.size} of ${choices.length}`,
          body: listed(screen, boxes, this.cursor),
          keys: KEYS.pick,
        });
      },
    }).prompt(),
  );
  return answer === null ? null : choices.map(({ id }) => id).filter((id) => answer.includes(id));
}

async function line(screen: Screen, question: string, { initial, validate }: LineOptions): Promise<string | null> {
  return run<string>(screen, (streams) =>
    new TextPrompt({
      ...streams,
      ...present({ initialValue: initial }),
      validate: (value) => validate?.(value ?? '') ?? undefined,
      render() {
        return frame(screen, this, {
          question,
          answer: this.userInput,
          body: [`  ${this.userInputWithCursor}`],
          keys: KEYS.line,
        });
      },
    }).prompt(),
  );
}

async function hidden(screen: Screen, question: string): Promise<string | null> {
  return run<string>(screen, (streams) =>
    new PasswordPrompt({
      ...streams,
      mask: '*',
      validate: (value) => (value === undefined || value === '' ? 'nothing was typed' : undefined),
      render() {
        const isDone = this.state === 'submit' || this.state === 'cancel';
        const body = isDone ? [] : [`  ${this.userInputWithCursor}`];
        return frame(screen, this, { question, answer: 'typed, not shown', body, keys: KEYS.line });
      },
    }).prompt(),
  );
}

/** Runs one prompt; `null` for Escape. The library reports Ctrl-C and Escape as the same event, so the key is read here. */
async function run<T>(
  { io }: Screen,
  prompt: (streams: Streams) => Promise<T | symbol | undefined>,
): Promise<T | null> {
  if (io.signal.aborted) throw setUpInterrupted();
  const own = new AbortController();
  let isBack = false;
  const onKey = (_text: string | undefined, key: { name?: string; ctrl?: boolean } | undefined) => {
    isBack = key?.name === 'escape';
    // The line editor of the library waits for ever after Ctrl-D.
    if (key?.ctrl === true && key.name === 'd') own.abort();
  };
  const keyboard = keyboardOf(io);
  const release = keyboard.hold();
  const { input, giveBack } = keyboard.lend();
  input.on('keypress', onKey);
  try {
    const signal = AbortSignal.any([own.signal, keyboard.ended, io.signal]);
    const answer = await prompt({ input, output: io.stderr, signal });
    if (answer !== undefined && typeof answer !== 'symbol') return answer;
    if (isCancel(answer) && isBack && !signal.aborted) return null;
    io.interrupt();
    throw setUpInterrupted();
  } finally {
    giveBack();
    release();
  }
}

interface Frame {
  readonly question: string;
  /** Replaces the body once the question is answered. */
  readonly answer: string;
  readonly body: readonly string[];
  readonly keys: string;
}

function frame({ io, style }: Screen, { state, error }: PromptState, { question, answer, body, keys }: Frame): string {
  const width = columnsOf(io) - 1;
  if (state === 'submit') {
    // The answer matters more than the end of the question.
    const short = shortened(answer, Math.max(width - question.length - 4, Math.floor(width / 2)));
    return `${style('green', '✓')} ${shortened(question, width - short.length - 4)}  ${short}`;
  }
  if (state === 'cancel') return shortened(`  ${question}  (back)`, width);
  const problem = state === 'error' ? wrapped(`  ${error}`, width, '  ').map((line) => style('red', line)) : [];
  // A question is never cut, however narrow the terminal.
  const [first = '', ...more] = wrapped(question, width - 2);
  return [
    `${style('yellow', '?')} ${first}`,
    ...more.map((line) => `  ${line}`),
    ...body,
    ...problem,
    ...wrapped(`  ${keys}`, width, '  '),
  ].join('\n');
}

/** Returns as many choices as fit, around the cursor. A choice is wrapped on a narrow terminal, never cut. */
function listed({ io }: Screen, choices: readonly Choice[], cursor: number): string[] {
  const blocks = choiceBlocks(
    choices.map(({ label, hint = '' }, index) => [`${index === cursor ? '>' : ' '} ${label}`, hint]),
    columnsOf(io) - 3,
  );
  const room = Math.max(3, Math.min(12, (io.stderr.rows ?? 24) - 7));
  let [from, to] = [cursor, Math.min(cursor + 1, blocks.length)];
  let used = blocks[cursor]?.length ?? 0;
  for (let isFull = false; !isFull; ) {
    const [above, below] = [blocks[from - 1]?.length, blocks[to]?.length];
    // The choices around the cursor, as evenly as there are any.
    const isUp = above !== undefined && (below === undefined || cursor - from < to - cursor - 1);
    const more = isUp ? above : below;
    isFull = more === undefined || used + more > room;
    if (isFull) break;
    used += more ?? 0;
    if (isUp) from -= 1;
    else to += 1;
  }
  const left = blocks.length - (to - from);
  return [...blocks.slice(from, to).flat(), ...(left > 0 ? [`(${left} more)`] : [])].map((line) => `  ${line}`);
}

function wrappedLines(lines: readonly string[], width: number): string {
  return lines
    .flatMap((line) => wrapped(line, width - 1, '  '))
    .map((line) => `${line}\n`)
    .join('');
}

function columnsOf({ stderr }: CliIo): number {
  return Math.max(40, stderr.columns ?? 80);
}
