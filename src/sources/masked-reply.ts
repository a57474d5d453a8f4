/** Masks the secrets that a reply repeats, before anything else reads it. */

import type { Login } from '../model/login.js';
import type { Secret } from '../model/secret.js';
import { maskSecretsInReply, repeatableTexts } from '../ofx/write/request.js';
import type { Reply } from '../ports.js';
import { isLarge, maskLarge } from './large-reply.js';

/** Masks the secrets in a reply, a large one in a thread of its own. */
export async function maskedReply(
  reply: Uint8Array,
  signal: AbortSignal,
  login: Login | null,
  more: readonly Secret[] = [],
): Promise<Pick<Reply, 'body' | 'packed'>> {
  if (!isLarge(reply)) return { body: maskSecretsInReply(reply, login, more) };
  return maskLarge(reply, repeatableTexts(login, more), signal);
}
