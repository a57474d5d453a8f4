/** The choice between drawn prompts and plain ones, for terminals that cannot draw and for screen readers. */

import type { CliIo, GlobalOptions } from './io.js';
import type { Prompts } from './prompts.js';
import { isAccessible } from './style.js';

/** Returns the prompts that suit the terminal; `null` without a terminal. */
export async function openPrompts(io: CliIo, options: GlobalOptions): Promise<Prompts | null> {
  if (io.stdin.isTTY !== true || io.stderr.isTTY !== true) return null;
  if (wantsPlain(io, options)) return (await import('./plain-prompts.js')).plainPrompts(io);
  return (await import('./drawn-prompts.js')).drawnPrompts(io, options);
}

function wantsPlain(io: CliIo, { progress }: GlobalOptions): boolean {
  return io.env['TERM'] === 'dumb' || progress === false || isAccessible(io);
}
