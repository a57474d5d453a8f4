/**
 * Names likely causes when a server accepts one request and then not the next: whatever is in the second only, or its coming
 * too soon.
 */

import type { OfxSyncError } from '../errors.js';
import { sendsClientUid, versionOf } from '../model/institution.js';
import type { Login } from '../model/login.js';
import type { Step } from './step.js';

interface Accepted {
  readonly login: Login;
  /** An earlier reply set a cookie that was not sent back. */
  readonly setsCookie: boolean;
}

/**
 * Adds the likely causes to the hints of a sign-on that failed without a verdict on it, and of accounts that failed after it was
 * accepted. The request before them, at the latest the one for the profile, was accepted.
 */
export function withCauses(steps: readonly Step[], accepted: Accepted): Step[] {
  const isWhole = steps.every(({ step, status }) => step !== 'account' || status === 'failed');
  return steps.map((step) => {
    if (step.status !== 'failed' || step.error === null) return step;
    const isSignon = step.step === 'signon';
    const causes =
      isSignon || isWhole ? causesOf(step.error, { ...accepted, isSignon }) : paceCauses(step.error, accepted);
    if (causes.length === 0) return step;
    const lead = causes.length === 1 ? 'Set' : 'Try, one at a time:';
    const hint = `The server accepted the request just before this one. ${lead} ${causes.join('; ')}.`;
    return { ...step, hint };
  });
}

/** Lists settings that may help when all statements fail alike, each with the reason, the likeliest first. */
function causesOf(error: OfxSyncError, accepted: Accepted & { readonly isSignon: boolean }): string[] {
  if (!UNJUDGED.has(error.code) || error.remedy !== null) return [];
  const { login, isSignon } = accepted;
  const { accounts, quirks } = login.institution;
  const elsewhere = accounts.some(({ kind }) => login.addresses?.[kind] !== undefined);
  const pace = paceCauses(error, accepted);
  const isRefused = pace.length === 0;
  const isFirstUid = isSignon && login.clientUid !== null && sendsClientUid(quirks);
  const sendsPending = quirks.includePending ?? versionOf(quirks) >= '220';
  return [
    ...given(elsewhere, 'serviceUrls: own, if the address for statements in its profile is out of date'),
    ...pace,
    ...given(isRefused && isFirstUid, 'clientUid: never, since this request was the first with a CLIENTUID'),
    ...given(
      isRefused && sendsPending,
      'includePending: false, since this request was the first for pending transactions',
    ),
  ];
}

/** Lists settings for a server that refuses a later request as it is. */
function paceCauses({ httpStatus }: OfxSyncError, { setsCookie }: Accepted): string[] {
  if (httpStatus !== 403 && httpStatus !== 429) return [];
  return [
    ...given(setsCookie, 'cookies: persist, since it set a cookie and may want it back'),
    'minIntervalMs: 5000, since it may refuse a request too soon after the one before',
  ];
}

/** Failures without a verdict on the sign-on. */
const UNJUDGED: ReadonlySet<string> = new Set([
  'HTTP_STATUS',
  'SERVER_UNAVAILABLE',
  'WEB_PAGE',
  'TIMED_OUT',
  'OFX_UNREADABLE',
]);

function given(applies: boolean, cause: string): string[] {
  return applies ? [cause] : [];
}
