/** Checks `simplefin:` of an institution: where the access URL of its bridge is, or a bridge of the sandbox. */

import { z } from 'zod';
import { isSetupToken } from '../simplefin/access.js';
import { isTestAddress, sandboxName } from './address.js';
import { REFERENCE_TEXT, type ReferenceEntry, referenceComplaint, referenceObject } from './references.js';
import type { RawEntry, RuleProblem } from './rule-problem.js';
import { isRecord, textOf } from './yaml/positions.js';

const SANDBOX_TEXT = /^sandbox:\/\/[\w.-]+(?:\?\S*)?$/;

export const simplefinSchema = z.union([
  z.string().regex(new RegExp(`${REFERENCE_TEXT.source}|${SANDBOX_TEXT.source}`)),
  referenceObject,
]);

/** Returns the address of a bridge of the sandbox, which has no secret; `null` for a reference to an access URL. */
export function sandboxOf(value: ReferenceEntry | undefined): string | null {
  return typeof value === 'string' && sandboxName(value) !== null ? value : null;
}

/** Returns the problems of `simplefin`. Nothing of an access URL or a token that stands there is repeated. */
export function simplefinRules({ path, value }: RawEntry): RuleProblem[] {
  const given = value['simplefin'];
  const text = textOf(given);
  if (given === undefined || sandboxOf(text ?? undefined) !== null) return [];
  const at = { path: [...path, 'simplefin'], at: 'value' } as const;
  const institution = textOf(value['name']);
  if (text !== null && isSetupToken(text))
    return [
      {
        ...at,
        message: 'a setup token does not belong here: it is used up by the first program that claims it',
        suggestion: `write \`simplefin: keychain\`, then run: ofx-sync secret set ${institution ?? 'NAME'}`,
      },
    ];
  const isTest = isTestAddress(literalOf(given));
  const complaint = referenceComplaint(given, { key: 'simplefin', institution, isTest });
  return complaint === null ? [] : [{ ...at, ...complaint }];
}

function literalOf(given: unknown): string | null {
  if (isRecord(given)) return textOf(given['literal']);
  return /^literal:\s*(\S.*)$/.exec(textOf(given) ?? '')?.[1] ?? null;
}
