/** Questions without echo, for secrets, on a terminal only; progress is paused meanwhile. */

import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { interrupted, type OfxSyncError } from '../../errors.js';
import type { CliIo } from './io.js';

/** Returns a function that asks one question at a time; `null` without a terminal. */
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
  if (io.signal.aborted) throw stopped();
  io.stderr.write(question);
  // Readline's raw mode turns the terminal's own echo off, and readline's echo is discarded.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: io.stdin, output: nowhere, terminal: true, historySize: 0 });
  const stop = () => lines.close();
  io.signal.addEventListener('abort', stop, { once: true });
  try {
    return await new Promise((resolve, reject) => {
      lines.once('line', resolve);
      // In raw mode Ctrl-C is a key, not a signal.
      lines.once('SIGINT', io.interrupt);
      // Ctrl-D ends the input: an empty answer.
      lines.once('close', () => (io.signal.aborted ? reject(stopped()) : resolve('')));
    });
  } finally {
    io.signal.removeEventListener('abort', stop);
    lines.close();
    io.stderr.write('\n');
  }
}

function stopped(): OfxSyncError {
  return interrupted('interrupted while asking for a password', 'Run the command again.');
}

/** Reads the first line of standard input, for input that does not come from a terminal. */
export async function readLine(io: CliIo): Promise<string> {
  const lines = createInterface({ input: io.stdin });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return '';
}
