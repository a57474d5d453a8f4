/** Asking a person, on a terminal only: without echo for secrets, and never while progress is drawn over it. */

import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { CliIo } from './io.js';

/** Asks one question at a time; `null` where there is no terminal to ask on. */
export function askHidden(
  io: CliIo,
  around?: { pause(): void; resume(): void },
): ((question: string) => Promise<string>) | null {
  if (io.stdin.isTTY !== true || io.stderr.isTTY !== true) return null;
  let last: Promise<unknown> = Promise.resolve();
  return (question) => {
    const answer = last.then(async () => {
      around?.pause();
      try {
        return await askOnce(question, io);
      } finally {
        around?.resume();
      }
    });
    last = answer.catch(() => undefined);
    return answer;
  };
}

async function askOnce(question: string, io: CliIo): Promise<string> {
  io.stderr.write(question);
  // The terminal's own echo is off while readline holds it in raw mode; what readline would echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('', { signal: io.signal });
  } finally {
    lines.close();
    io.stderr.write('\n');
  }
}

/** The first line of standard input, where it is no terminal. */
export async function lineOf(io: CliIo): Promise<string> {
  const lines = createInterface({ input: io.stdin });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return '';
}
