/**
 * The secrets of tokens: made here, shown once, kept as digests. A secret has 256 random bits, so that a digest without salt or
 * stretching reveals nothing of it. Its first part finds the token, its second part is compared in constant time.
 */

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Credential } from '../store/serving/tokens.js';

const ID_BYTES = 12;
const SECRET_BYTES = 32;
const TEXT = /^([0-9a-f]{24})([\w-]{43})$/;

/** Both halves of a secret, in letters that are safe in every part of a URL and in a cookie. */
export interface Presented {
  readonly id: string;
  readonly secret: string;
}

/** Makes a secret, and what is kept of it. */
export function newSecret(): { readonly presented: Presented; readonly kept: Credential } {
  const presented = {
    id: randomBytes(ID_BYTES).toString('hex'),
    secret: randomBytes(SECRET_BYTES).toString('base64url'),
  };
  return { presented, kept: { id: presented.id, digest: digestOf(presented.secret) } };
}

/** Writes both halves as one word. */
export function secretText({ id, secret }: Presented): string {
  return `${id}${secret}`;
}

/** Reads both halves from one word; `null` for a text that was not made here. */
export function readSecret(text: string): Presented | null {
  const [, id, secret] = TEXT.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}

/** Compared with in the place of a token that does not exist, so that both take the same time. */
const NOBODY = digestOf('');

/** Returns true when the secret has the digest. A `null` digest never matches. */
export function hasDigest(secret: string, digest: string | null): boolean {
  const isEqual = timingSafeEqual(Buffer.from(digestOf(secret), 'hex'), Buffer.from(digest ?? NOBODY, 'hex'));
  return isEqual && digest !== null;
}

function digestOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
