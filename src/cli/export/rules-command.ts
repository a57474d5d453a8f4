/** `ofx-sync rules`: tests the rules of accounts.yaml, and suggests new ones. */

import { actionOf } from '../command/action.js';
import type { Invocation } from '../command/command.js';

export async function rulesCommand(invocation: Invocation): Promise<number> {
  switch (actionOf('rules', invocation.words)) {
    case 'test':
      return (await import('./rules-test.js')).testRules(invocation);
    case 'suggest':
      return (await import('./rules-suggest.js')).suggestRules(invocation);
  }
}
