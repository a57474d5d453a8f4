/**
 * Questions drawn on a terminal, with the keys and the redrawing of @clack/core. The frames are drawn here: what is chosen is
 * said by signs that are read out (`>`, `[x]`), never by colour alone. Escape goes back, Ctrl-C ends.
 */

import { AutocompletePrompt, isCancel, MultiSelectPrompt, PasswordPrompt, SelectPrompt, TextPrompt } from '@clack/core';
import type { CliIo, GlobalOptions } from './io.js';
import { type Asker, type Choice, type LineOptions, stopped } from './prompts.js';
import { type Style, styleFor } from './style.js';
import { shortened, table, wrapped } from './table.js';

interface Screen {
  readonly io: CliIo;
  readonly style: Style;
}

/** What the library hands every frame. */
interface Drawn {
  readonly state: string;
  readonly error: string;
}

type Streams = Pick<CliIo, 'signal'> & { readonly input: CliIo['stdin']; readonly output: CliIo['stderr'] };

export function liveAsker(io: CliIo, options: GlobalOptions): Asker {
  const screen = { io, style: styleFor(io.stderr, io, options) };
  return {
    say: (lines) => void io.stderr.write(wrappedLines(lines, columnsOf(io))),
    search: (question, find) => search(screen, question, find),
    choose: (question, choices, initial) => choose(screen, question, { choices, initial }),
    pick: (question, choices, initial) => pick(screen, question, { choices, initial }),
    line: (question, how = {}) => line(screen, question, how),
    hidden: (question) => hidden(screen, question),
  };
}

const KEYS = {
  list: 'up and down: choose · Enter: take · Escape: back',
  search: 'type to search · up and down: choose · Enter: take · Escape: back',
  pick: 'Space: tick or untick · a: all · Enter: take · Escape: back',
  line: 'Enter: take · Escape: back',
} as const;

async function search(
  screen: Screen,
  question: string,
  find: (typed: string) => readonly Choice[],
): Promise<string | null> {
  const found = (typed: string) => find(typed).map((choice) => ({ ...choice, value: choice.id }));
  let searched = '';
  const answer = await asked<string | string[]>(screen, (streams) =>
    new AutocompletePrompt<Choice & { readonly value: string }>({
      ...streams,
      options() {
        // What is typed on leads to the best fit, and not to what fitted best before.
        if (this.userInput !== searched) this.focusedValue = undefined;
        searched = this.userInput;
        return found(this.userInput);
      },
      filter: () => true,
      validate: (value) => (value === undefined ? 'nothing is chosen: type the name in other words' : undefined),
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
  return asked<string>(screen, (streams) =>
    new SelectPrompt({
      ...streams,
      options: choices.map((choice) => ({ ...choice, value: choice.id })),
      ...(initial === undefined ? {} : { initialValue: initial }),
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
  const answer = await asked<string[]>(screen, (streams) =>
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

async function line(screen: Screen, question: string, { initial, complaint }: LineOptions): Promise<string | null> {
  return asked<string>(screen, (streams) =>
    new TextPrompt({
      ...streams,
      ...(initial === undefined ? {} : { initialValue: initial }),
      validate: (value) => complaint?.(value ?? '') ?? undefined,
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
  return asked<string>(screen, (streams) =>
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

/** Runs one prompt; `null` for Escape. The library tells Ctrl-C and Escape by one word, so that the key is looked at here. */
async function asked<T>({ io }: Screen, run: (streams: Streams) => Promise<T | symbol | undefined>): Promise<T | null> {
  if (io.signal.aborted) throw stopped();
  const own = new AbortController();
  let isBack = false;
  const onKey = (_text: string | undefined, key: { name?: string; ctrl?: boolean } | undefined) => {
    isBack = key?.name === 'escape';
    // The line editor takes Ctrl-D for the end of everything, and would wait for ever.
    if (key?.ctrl === true && key.name === 'd') own.abort();
  };
  const onEnd = () => own.abort();
  io.stdin.on('keypress', onKey).once('end', onEnd);
  try {
    const signal = AbortSignal.any([own.signal, io.signal]);
    const answer = await run({ input: io.stdin, output: io.stderr, signal });
    if (answer !== undefined && typeof answer !== 'symbol') return answer;
    if (isCancel(answer) && isBack && !signal.aborted) return null;
    io.interrupt();
    throw stopped();
  } finally {
    io.stdin.off('keypress', onKey).off('end', onEnd);
  }
}

interface Frame {
  readonly question: string;
  /** Shown in place of the rest once it is given. */
  readonly answer: string;
  readonly body: readonly string[];
  readonly keys: string;
}

function frame({ io, style }: Screen, { state, error }: Drawn, { question, answer, body, keys }: Frame): string {
  const width = columnsOf(io) - 1;
  if (state === 'submit') return shortened(`${style('green', '✓')} ${question}  ${answer}`, width + 10);
  if (state === 'cancel') return shortened(`  ${question}  (back)`, width);
  const complaint = state === 'error' ? wrapped(`  ${error}`, width, '  ').map((line) => style('red', line)) : [];
  // Read whole before it is answered, however narrow the terminal.
  const [first = '', ...more] = wrapped(question, width - 2);
  return [
    `${style('yellow', '?')} ${first}`,
    ...more.map((line) => `  ${line}`),
    ...body,
    ...complaint,
    shortened(`  ${keys}`, width),
  ].join('\n');
}

/** As many as fit, around the one that is at the cursor. */
function listed({ io }: Screen, choices: readonly Choice[], cursor: number): string[] {
  const most = Math.max(3, Math.min(12, (io.stderr.rows ?? 24) - 5));
  const from = Math.max(0, Math.min(cursor - Math.floor(most / 2), choices.length - most));
  const rows = table(
    choices.map(({ label, hint = '' }, index) => [`${index === cursor ? '>' : ' '} ${label}`, hint]),
    [
      { align: 'left', flexible: true },
      { align: 'left', flexible: true },
    ],
    columnsOf(io) - 3,
  );
  const more = choices.length > most ? [`  (${choices.length - most} more)`] : [];
  return [...rows.slice(from, from + most).map((row) => `  ${row}`), ...more];
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
