/**
 * Taking out of what a check found whatever is nobody else's business. Institutions write back what they were sent, in messages,
 * pages and addresses, and people paste what they see into bug reports.
 */

import type { Checked } from '../../check/check.js';
import { maskedId } from '../../model/account.js';
import type { Institution } from '../../model/institution.js';
import { secretsMask } from '../../ofx/write/request.js';
import type { Login } from '../../ports.js';

export type Redactor = (text: string) => string;

/** Takes secrets, configured numbers, a user id that stands in accounts.yaml, and queries of addresses out of a text. */
export function redactorFor(institutions: readonly Institution[], logins: readonly Login[]): Redactor {
  const secrets = logins.flatMap(({ userId, password, clientUid, extras }) => [
    userId,
    password,
    ...[clientUid, extras?.userCred1, extras?.userCred2, extras?.accessKey, extras?.sessionCookie].flatMap(
      (one) => one ?? [],
    ),
  ]);
  const mask = secretsMask(secrets);
  // Institutions may have the same.
  const plain = [...new Map(institutions.flatMap(plainOf))].toSorted(([a], [b]) => b.length - a.length);
  return (text) => plain.reduce((left, [value, shown]) => left.replaceAll(value, shown), mask(text));
}

function plainOf({ accounts, userId, url }: Institution): readonly (readonly [string, string])[] {
  const query = url === null || !URL.canParse(url) || url.startsWith('sandbox:') ? '' : new URL(url).search;
  return [
    ...accounts.filter(({ id }) => id.length >= 4).map(({ id }) => [id, maskedId(id)] as const),
    ...(userId?.scheme === 'plain' && userId.value.length >= 3 ? [[userId.value, '[user id]'] as const] : []),
    ...(query === '' ? [] : [[query, '?[left out]'] as const]),
  ];
}

/** The same institution and steps, without what is private in their texts. */
export function redactedCheck({ institution, steps }: Checked, logins: readonly Login[]): Checked {
  const redact = redactorFor([institution], logins);
  return {
    institution,
    steps: steps.map((step) => ({
      ...step,
      message: redact(step.message),
      hint: step.hint === null ? null : redact(step.hint),
      details: Object.fromEntries(Object.entries(step.details).map(([key, value]) => [key, mapStrings(value, redact)])),
    })),
  };
}

/** The same value with each of its texts, but for the names of its members, put through a function. */
export function mapStrings(value: unknown, change: Redactor): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapStrings(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapStrings(one, change)]));
}
