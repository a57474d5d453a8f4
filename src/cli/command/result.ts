/** The result of a command, printed in the form that was asked for: a JSON document, lines of text, or next to nothing. */

import { type CliIo, write, writeLines } from '../terminal/io.js';
import type { Invocation } from './command.js';

export interface Result {
  /** The document that `--json` prints on standard output. */
  readonly json: object;
  /** The lines for a person. */
  readonly text: readonly string[];
  /** The lines under `--quiet`; none unless given. */
  readonly quiet?: readonly string[];
  /** The stream of the lines: standard output unless given. */
  readonly stream?: 'stdout' | 'stderr';
  /** Indentation of the JSON document: 2 unless given, 0 for a document on one line. */
  readonly indent?: number;
}

/** Prints the result in the form that the options ask for. */
export async function printResult({ io, options }: Invocation, result: Result): Promise<void> {
  const { json, text, quiet = [], stream = 'stdout', indent } = result;
  if (options.json === true) await printJson(io, json, indent);
  else await writeLines(io[stream], options.quiet === true ? quiet : text);
}

/** Characters that JSON allows in strings, and with which text of a bank could control a terminal or reverse what it shows. */
const HARMFUL = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Prints a JSON document on standard output. */
export async function printJson({ stdout }: CliIo, document: unknown, indent = 2): Promise<void> {
  const text = JSON.stringify(document, null, indent);
  const escaped = text.replace(HARMFUL, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
  await write(stdout, `${escaped}\n`);
}
