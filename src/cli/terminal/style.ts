/** Colour, which only adds to the words. */

import type { CliIo, GlobalOptions } from './io.js';

/** The foreground colours that both light and dark terminals show well. */
const CODES = { red: 31, green: 32, yellow: 33 } as const;

type Format = keyof typeof CODES;

export type Style = (format: Format, text: string) => string;

/**
 * Returns the style for a stream: without colour when it is not a terminal, under NO_COLOR, or with `--no-color`. FORCE_COLOR
 * overrules the first two.
 */
export function styleFor(stream: CliIo['stdout'], io: CliIo, options: GlobalOptions): Style {
  const forced = (io.env['FORCE_COLOR'] ?? '') !== '' && io.env['FORCE_COLOR'] !== '0';
  const wanted = forced || (stream.isTTY === true && (io.env['NO_COLOR'] ?? '') === '' && io.env['TERM'] !== 'dumb');
  if (options.color === false || !wanted) return (_, text) => text;
  return (format, text) => `\u001b[${CODES[format]}m${text}\u001b[39m`;
}

/** Returns true for a person with a screen reader, who sets ACCESSIBLE: no drawings, and nothing that changes in place. */
export function isAccessible({ env }: Pick<CliIo, 'env'>): boolean {
  return !['', '0', 'false'].includes(env['ACCESSIBLE'] ?? '');
}
