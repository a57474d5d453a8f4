/** The result of a push in parts. */

import type { PushResult } from '../model/push-session.js';

export const NOTHING: PushResult = { added: 0, present: 0, matched: 0, linked: 0, unlinked: [], refused: [] };

export function joined(a: PushResult, b: PushResult): PushResult {
  return {
    added: a.added + b.added,
    present: a.present + b.present,
    matched: a.matched + b.matched,
    linked: a.linked + b.linked,
    unlinked: [...a.unlinked, ...b.unlinked],
    refused: [...a.refused, ...b.refused],
  };
}
