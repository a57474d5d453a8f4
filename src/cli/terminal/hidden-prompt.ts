/** Asking a person, on a terminal only: without echo for secrets, and never while progress is drawn over it. */

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { OfxSyncError } from '../../errors.js';
import type { CliIo } from './io.js';

/** Asks one question, which is to be answered before the next; `null` where there is no terminal to ask on. */
export function askHidden(
  io: CliIo,
  around?: { pause(): void; resume(): void },
): ((question: string) => Promise<string>) | null {
  if (io.stdin.isTTY !== true || io.stderr.isTTY !== true) return null;
  return async (question) => {
    around?.pause();
    try {
      return await askOnce(question, io);
    } finally {
      around?.resume();
    }
  };
}

async function askOnce(question: string, io: CliIo): Promise<string> {
  if (io.signal.aborted) throw interrupted();
  io.stderr.write(question);
  // The terminal's own echo is off while readline holds it in raw mode; what readline would echo goes nowhere.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: nowhere, terminal: true, historySize: 0 });
  const stop = () => lines.close();
  io.signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      // In raw mode Ctrl-C is a key and no signal.
      lines.once('SIGINT', io.interrupt);
      // Ctrl-D is the end of input: nothing was typed.
      lines.once('close', () => (io.signal.aborted ? reject(interrupted()) : resolve('')));
    });
  } finally {
    io.signal.removeEventListener('abort', stop);
    lines.close();
    io.stderr.write('\n');
  }
}

function interrupted(): OfxSyncError {
  return new OfxSyncError('INTERRUPTED', 'interrupted while asking for a password', {
    hint: 'Run again.',
  });
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
