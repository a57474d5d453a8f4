/** Advice on an error during guided set-up: only what can be done at that point. Pure. */

import type { OfxSyncError } from '../../errors.js';

/** Words of a sentence that is about a bank that accounts.yaml has: commands, options and settings. */
const LATER =
  /ofx-sync |accounts\.yaml|--[a-z]|\b(?:accept|ca|cookies|fi|fid|files|org|url):|\b[a-z]+[A-Z][A-Za-z]*:|\bthe url\b/;

/** Returns the sentences of the hint that can be followed before the bank is set up; `null` without any. */
export function adviceDuringSetUp({ code, hint }: Pick<OfxSyncError, 'code' | 'hint'>): string | null {
  const own = code === 'TLS_FAILED' && hint?.includes('ca: FILE') === true ? UNTRUSTED : ADVICE[code];
  if (own !== undefined) return own;
  const sentences = (hint ?? '').split(/(?<=\.)\s+/).filter((one) => one !== '' && !LATER.test(one));
  return sentences.length === 0 ? null : sentences.join(' ');
}

const UNTRUSTED =
  'This machine does not trust the authority that signed its certificate. Unless you know why, do not sign on there.';

/** The next step at this point. A refused sign-on needs none: the choices say it. */
const ADVICE: Readonly<Partial<Record<OfxSyncError['code'], string | null>>> = {
  SIGNON_REJECTED: null,
  SIGNON_LOCKED: 'Unlock it on the bank’s website, then try again.',
  SIGNON_BLOCKED: 'More of them could lock the login: check user id and password first.',
  SIGNON_UNCONFIRMED: 'More of them could lock the login: check user id and password first.',
  SIGNON_NEEDS_ACTION: 'Sign on at the bank’s website and do what it asks for, then try again.',
  ENCRYPTION_REQUIRED: 'Choose another bank or address, then: My bank only offers downloads.',
  WEB_PAGE: 'Compare the address with the one that the bank gives for Quicken. It may offer only downloads by now.',
  TIMED_OUT: 'Try again later, or compare the address with the one that the bank gives for Quicken.',
  OFX_UNREADABLE: 'The address may be another one, or the bank wants ORG and FID.',
};
