import type { Prompts } from '../terminal/prompts.js';
import type { ConfigTarget } from './config-file.js';
import type { Origin } from './state.js';

export async function changeBank(
  _name: string,
  _context: { readonly prompts: Prompts; readonly target: ConfigTarget },
): Promise<'done' | 'back' | Origin> {
  return 'back';
}
