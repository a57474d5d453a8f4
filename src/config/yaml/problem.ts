/** A mistake in accounts.yaml and its place. Without YAML itself, which a file that was checked before does not need. */

import type { ConfigProblem } from '../../errors.js';

export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Room for 10,000 institutions with 50,000 accounts, a key on each line, twice over. */
export const MAX_FILE_LENGTH = 16 * 1_048_576;
export const TOO_LARGE: ConfigProblem = atStart('the file is larger than 16 MB', 'is this the right file?');

/** Each value needs one of these characters before it: more of them would fill the memory. 50,000 accounts have 800,000. */
const SEPARATORS = /[\n,[{]|[-?:] /g;
const MAX_SEPARATORS = 1_000_000;

/** Returns true for a text with more values than any configuration has, without parsing it. */
export function hasTooManyValues(text: string): boolean {
  // A shorter text cannot have that many of them.
  if (text.length <= MAX_SEPARATORS) return false;
  let count = 0;
  for (SEPARATORS.lastIndex = 0; SEPARATORS.test(text); count += 1) if (count > MAX_SEPARATORS) return true;
  return false;
}

/** A mistake of the file as a whole. */
export function atStart(message: string, suggestion: string): ConfigProblem {
  return problem({ line: 1, column: 1, message, suggestion });
}

/** Returns the position of the end of a text. */
export function endOfText(text: string): LineColumn {
  const lines = text.split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

export function problem(
  input: LineColumn & { message: string; path?: string; suggestion?: string | undefined },
): ConfigProblem {
  const { line, column, path = '', message, suggestion = null } = input;
  return { line, column, path, message, suggestion };
}
