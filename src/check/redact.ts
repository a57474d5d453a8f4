/**
 * The removal of private values from the result of a check. Institutions repeat what they were sent in messages, pages and
 * addresses, and people paste what they see into bug reports.
 */

import { idsOf, maskedId } from '../model/account.js';
import type { Institution } from '../model/institution.js';
import { secretsMask } from '../ofx/write/request.js';
import type { Login } from '../ports.js';
import type { Checked } from './check.js';

export type Redactor = (text: string) => string;

/** Returns a function that removes secrets, account numbers, user ids of accounts.yaml and queries of addresses from a text. */
export function redactorFor(institutions: readonly Institution[], logins: readonly Login[]): Redactor {
  const secrets = logins.flatMap(({ userId, password, clientUid, extras }) => [
    userId,
    password,
    ...[clientUid, extras?.userCred1, extras?.userCred2, extras?.accessKey, extras?.sessionCookie].flatMap(
      (one) => one ?? [],
    ),
  ]);
  const mask = secretsMask(secrets);
  // Institutions may share a value.
  const replacements = [...new Map(institutions.flatMap(replacementsOf))].toSorted(([a], [b]) => b.length - a.length);
  return (text) => replacements.reduce((rest, [value, shown]) => rest.replaceAll(value, shown), mask(text));
}

function replacementsOf({ accounts, userId, url }: Institution): readonly (readonly [string, string])[] {
  const query = url === null || !URL.canParse(url) || url.startsWith('sandbox:') ? '' : new URL(url).search;
  return [
    ...accounts
      .flatMap(idsOf)
      .filter((id) => id.length >= 4)
      .map((id) => [id, maskedId(id)] as const),
    ...(userId?.scheme === 'plain' && userId.value.length >= 3 ? [[userId.value, '[user id]'] as const] : []),
    ...(query === '' ? [] : [[query, '?[omitted]'] as const]),
  ];
}

/** Returns the same check without private values in its texts. */
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

/** Returns the value with every text in it changed by a function, except the keys of objects. */
export function mapStrings(value: unknown, change: Redactor): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((one) => mapStrings(one, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapStrings(one, change)]));
}
