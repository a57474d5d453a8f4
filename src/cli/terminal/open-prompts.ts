/** Chooses how questions are asked: drawn, or line by line for terminals that cannot draw and for screen readers. */

import type { CliIo, GlobalOptions } from './io.js';
import type { Asker } from './prompts.js';

/** The asker that suits the terminal; `null` where there is none to ask on. */
export async function openAsker(io: CliIo, options: GlobalOptions): Promise<Asker | null> {
  if (io.stdin.isTTY !== true || io.stderr.isTTY !== true) return null;
  if (wantsPlain(io, options)) return (await import('./plain-prompts.js')).plainAsker(io);
  return (await import('./drawn-prompts.js')).liveAsker(io, options);
}

/** ACCESSIBLE is what people with screen readers set for command lines of many kinds. */
function wantsPlain({ env }: CliIo, { progress }: GlobalOptions): boolean {
  const accessible = env['ACCESSIBLE'] ?? '';
  return env['TERM'] === 'dumb' || progress === false || !['', '0', 'false'].includes(accessible);
}
