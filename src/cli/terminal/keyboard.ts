/**
 * The keys of a terminal, delivered to one question at a time. Keys that are typed before a question is drawn wait for it: a
 * line editor of its own for each question would lose them.
 */

import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import type { CliIo } from './io.js';

interface Keyboard {
  /** Reads keys until the function that it returns is called; Ctrl-C works meanwhile, with or without a question. */
  hold(): () => void;
  /** Delivers keys to a question until `giveBack` is called. */
  lend(): { readonly input: Readable; giveBack(): void };
  /** Leaves the terminal to other work meanwhile, such as a program that asks for its own password. */
  aside<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Drops keys that were typed before an unexpected question: they were meant for another one. */
  forget(): void;
  /** Aborts at the end of the input. */
  readonly ended: AbortSignal;
}

const ESCAPE = '\u001b';
const CTRL_C = '\u0003';
/** The line editor waits for 50 ms after Escape, which may begin the code of another key. */
const AFTER_ESCAPE_MS = 70;
/** A paste may be long. */
const MOST_WAITING = 65_536;

const KEYBOARDS = new WeakMap<CliIo['stdin'], Keyboard>();

/** Returns the keyboard of standard input: the same one for all questions. */
export function keyboardOf(io: CliIo): Keyboard {
  const known = KEYBOARDS.get(io.stdin) ?? openKeyboard(io);
  KEYBOARDS.set(io.stdin, known);
  return known;
}

function openKeyboard({ stdin, interrupt }: CliIo): Keyboard {
  const ended = new AbortController();
  const decoder = new StringDecoder('utf8');
  let waiting = '';
  let reader: Readable | null = null;
  let holders = 0;
  let isDelivering = false;

  const deliver = async () => {
    if (isDelivering) return;
    isDelivering = true;
    try {
      while (reader !== null && waiting !== '') {
        // The rest of an arrow key may be on its way.
        if (waiting === ESCAPE) await delay(AFTER_ESCAPE_MS);
        const key = firstKey(waiting);
        if (reader === null || key === '') continue;
        waiting = waiting.slice(key.length);
        reader.push(key);
        await (key === ESCAPE ? delay(AFTER_ESCAPE_MS) : turn());
      }
    } finally {
      isDelivering = false;
    }
  };
  const onData = (chunk: Uint8Array | string) => {
    const sent = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
    // A terminal that was not yet raw when Enter was pressed sends a line feed.
    const text = sent.replace(/\r?\n/g, '\r');
    const stop = text.lastIndexOf(CTRL_C);
    waiting = stop < 0 ? (waiting + text).slice(0, MOST_WAITING) : text.slice(stop);
    if (stop >= 0 && reader === null) {
      waiting = '';
      interrupt();
    }
    void deliver();
  };
  const onEnd = () => ended.abort();
  const attach = () => {
    stdin.setRawMode?.(true);
    stdin.on('data', onData).once('end', onEnd).once('close', onEnd).resume();
  };
  const detach = () => {
    stdin.off('data', onData).off('end', onEnd).off('close', onEnd);
    stdin.setRawMode?.(false);
    stdin.pause();
  };
  const release = () => {
    holders -= 1;
    if (holders === 0) detach();
  };
  return {
    hold: () => {
      holders += 1;
      if (holders === 1) attach();
      return once(release);
    },
    aside: async (work) => {
      if (holders === 0) return work();
      detach();
      try {
        return await work();
      } finally {
        attach();
      }
    },
    lend: () => {
      const input = new Readable({ read: () => undefined });
      reader = input;
      void deliver();
      return {
        input,
        giveBack: () => {
          if (reader === input) reader = null;
          input.destroy();
        },
      };
    },
    forget: () => {
      waiting = '';
    },
    ended: ended.signal,
  };
}

/** Returns one key, as the code that a terminal sends for it, or text without keys that could end a question. */
function firstKey(text: string): string {
  return /^(?:\u001b(?:\[[\d;?]*[A-Za-z~]?|O.?)?|[^\u0000-\u001f\u007f]+|[\s\S])/.exec(text)?.[0] ?? text;
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) work();
    isDone = true;
  };
}
