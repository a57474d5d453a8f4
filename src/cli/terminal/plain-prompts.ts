/**
 * Questions a line at a time, for a terminal that cannot draw and for screen readers: numbered choices, an answer with Enter,
 * `<` to go back. No line is ever overwritten.
 */

import { createInterface } from 'node:readline';
import { askHidden, nextLine } from './hidden-prompt.js';
import type { CliIo } from './io.js';
import { type Choice, type LineOptions, type Prompts, setUpInterrupted } from './prompts.js';

const BACK = '<';

export function plainPrompts(io: CliIo): Prompts {
  const say = (lines: readonly string[]) => void io.stderr.write(lines.map((line) => `${line}\n`).join(''));
  const line = async (question: string, { initial, validate }: LineOptions = {}): Promise<string | null> => {
    for (;;) {
      const usual = initial === undefined || initial === '' ? '' : ` (Enter: ${initial})`;
      const asked = `${question}${usual}`;
      const typed = await read(io, asked.endsWith('?') ? `${asked} ` : `${asked}: `);
      if (typed === BACK) return null;
      const answer = typed === '' ? (initial ?? '') : typed;
      const wrong = validate?.(answer) ?? null;
      if (wrong === null) return answer;
      say([wrong]);
    }
  };
  const choose = async (question: string, choices: readonly Choice[], initial?: string): Promise<string | null> => {
    say([question, ...numbered(choices)]);
    const usual = choices.findIndex(({ id }) => id === initial);
    const number = await line(`Number, or ${BACK} to go back`, {
      ...(usual < 0 ? {} : { initial: String(usual + 1) }),
      validate: (text) => (choices[numberOf(text)] === undefined ? `enter a number from 1 to ${choices.length}` : null),
    });
    return number === null ? null : (choices[numberOf(number)]?.id ?? null);
  };
  return {
    say,
    line,
    choose,
    search: async (question, find, typed = '') => {
      for (let first = typed; ; first = '') {
        const words = first === '' ? await line(question) : first;
        if (words === null) return null;
        const found = find(words);
        if (found.length === 0) {
          say(['Nothing matches. Try other words.']);
          continue;
        }
        const chosen = await choose(`${found.length} found`, found, found.length === 1 ? found[0]?.id : undefined);
        if (chosen !== null) return chosen;
      }
    },
    pick: async (question, choices, initial) => {
      say([question, ...numbered(choices)]);
      const usual = choices.flatMap(({ id }, index) => (initial.includes(id) ? [index + 1] : []));
      const numbers = await line(`Numbers with spaces between them, none, or ${BACK} to go back`, {
        ...(usual.length === 0 ? {} : { initial: usual.join(' ') }),
        validate: (text) =>
          words(text).every((word) => choices[numberOf(word)] !== undefined)
            ? null
            : `enter numbers from 1 to ${choices.length}, or none`,
      });
      if (numbers === null) return null;
      const chosen = new Set(words(numbers).map(numberOf));
      return choices.flatMap(({ id }, index) => (chosen.has(index) ? [id] : []));
    },
    hidden: async (question) => {
      for (;;) {
        const typed = await askHidden(io)?.(`${question} (not shown; ${BACK} to go back): `);
        if (typed === undefined || io.signal.aborted) throw setUpInterrupted();
        if (typed !== '') return typed === BACK ? null : typed;
        say(['nothing was typed']);
      }
    },
    // The terminal keeps lines that are typed ahead.
    hold: () => () => undefined,
    aside: (work) => work(),
    forget: () => undefined,
  };
}

function numbered(choices: readonly Choice[]): string[] {
  return choices.map(({ label, hint }, index) => `  ${index + 1}. ${label}${hint === undefined ? '' : ` (${hint})`}`);
}

function numberOf(text: string): number {
  return /^\d{1,4}$/.test(text.trim()) ? Number(text) - 1 : -1;
}

function words(text: string): string[] {
  return text.trim().toLowerCase() === 'none' ? [] : text.split(/[\s,]+/).filter((word) => word !== '');
}

/** Reads one line, with the terminal's own echo and editing. The end of the input quits, as Ctrl-C does. */
async function read(io: CliIo, question: string): Promise<string> {
  if (io.signal.aborted) throw setUpInterrupted();
  io.stderr.write(question);
  const lines = createInterface({ input: io.stdin });
  const end = () => lines.close();
  io.signal.addEventListener('abort', end, { once: true });
  try {
    return (await nextLine(lines, io, () => setUpInterrupted())).trim();
  } finally {
    io.signal.removeEventListener('abort', end);
    lines.close();
  }
}
