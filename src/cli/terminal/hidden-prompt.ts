/** Questions without echo, for secrets, on a terminal only; progress is paused meanwhile. */

import { createInterface, type Interface } from 'node:readline';
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
    // In raw mode Ctrl-C is a key, not a signal.
    lines.once('SIGINT', io.interrupt);
    // Ctrl-D ends the input: an empty answer.
    return await nextLine(lines, io, () => (io.signal.aborted ? stopped() : ''));
  } finally {
    io.signal.removeEventListener('abort', stop);
    lines.close();
    io.stderr.write('\n');
  }
}

/** Lines that arrived together with the answer to a question wait for the next one. */
const WAITING = new WeakMap<CliIo['stdin'], string[]>();

/** Returns the next line of an editor, or of those that were typed ahead. @param atEnd the line, or the error, at the end of the input */
export function nextLine(lines: Interface, io: CliIo, atEnd: () => string | OfxSyncError): Promise<string> {
  const waiting = WAITING.get(io.stdin) ?? [];
  WAITING.set(io.stdin, waiting);
  const first = waiting.shift();
  if (first !== undefined) return Promise.resolve(first);
  return new Promise((resolve, reject) => {
    let isAnswered = false;
    lines.on('line', (text) => {
      if (isAnswered) waiting.push(text);
      isAnswered = true;
      resolve(text);
    });
    lines.once('close', () => {
      const end = atEnd();
      if (typeof end === 'string') resolve(end);
      else reject(end);
    });
  });
}

function stopped(): OfxSyncError {
  return interrupted({ message: 'interrupted while asking for a password', hint: 'Run the command again.' });
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
