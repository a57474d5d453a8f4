/**
 * Setup tokens and access URLs. A setup token is the address of a claim in Base64; claiming it once gives the access URL,
 * `https://USER:PASSWORD@HOST/ROOT`, which is secret as a whole.
 */

import { isLoopback } from '../model/account-identity.js';

/** The parts of an access URL. */
export interface Access {
  /** Address below which the bridge answers, without user information and without a slash at its end. */
  readonly root: URL;
  readonly user: string;
  readonly password: string;
}

/** The reasons why a text is not an access URL. */
export type AccessProblem = 'setup-token' | 'not-encrypted' | 'no-password' | 'not-an-address';

/** Longer than any token and any address. */
const MAX_LENGTH = 4_000;

/** Reads an access URL. Of a text that is none, only the reason is returned: it may be some other secret. */
export function readAccess(text: string): Access | AccessProblem {
  const given = text.trim();
  if (isSetupToken(given)) return 'setup-token';
  if (given.length > MAX_LENGTH || !/^https?:\/\//i.test(given) || !URL.canParse(given)) return 'not-an-address';
  const url = new URL(given);
  if (!isProtected(url)) return 'not-encrypted';
  if (url.username === '' || url.password === '') return 'no-password';
  const [user, password] = [decoded(url.username), decoded(url.password)];
  const root = new URL(url.origin + url.pathname.replace(/\/+$/, ''));
  return { root, user, password };
}

/** Returns true for an address to which a secret may be sent: encrypted, or on this machine. */
export function isProtected(url: URL): boolean {
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname));
}

/** Returns true for a text that is an address in Base64: nothing else of a person looks like that. */
export function isSetupToken(text: string): boolean {
  return claimAddress(text) !== null;
}

/** Returns true for a setup token or an access URL, which are for a bridge and for no bank. */
export function isForBridge(text: string): boolean {
  return typeof readAccess(text) !== 'string' || isSetupToken(text);
}

/** Returns the address at which a setup token is claimed; `null` for any other text. */
export function claimAddress(token: string): URL | null {
  const compact = token.replace(/\s/g, '');
  if (compact.length > MAX_LENGTH || !/^[\w+/-]+={0,2}$/.test(compact)) return null;
  const address = Buffer.from(compact, 'base64').toString('latin1').trim();
  return /^https?:\/\/[!-~]+$/.test(address) && URL.canParse(address) ? new URL(address) : null;
}

/** Decodes a part of an address; one that is not encoded as it should be is taken as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
