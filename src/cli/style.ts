/** Colour, as an addition only: everything is said in words too. */

import { styleText } from 'node:util';
import type { CliIo, GlobalOptions } from './io.js';

type Format = 'red' | 'green' | 'yellow' | 'dim' | 'bold';

export type Style = (format: Format, text: string) => string;

/** For one stream: no colour when it is no terminal, under NO_COLOR, or when asked; FORCE_COLOR overrules the first two. */
export function styleFor(stream: CliIo['stdout'], io: CliIo, options: GlobalOptions): Style {
  const forced = (io.env['FORCE_COLOR'] ?? '') !== '' && io.env['FORCE_COLOR'] !== '0';
  const wanted = forced || (stream.isTTY === true && (io.env['NO_COLOR'] ?? '') === '' && io.env['TERM'] !== 'dumb');
  if (options.color === false || !wanted) return (_, text) => text;
  return (format, text) => styleText(format, text);
}
