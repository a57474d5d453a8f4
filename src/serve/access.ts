/** Finds the token that a request presents, exchanges setup tokens, and slows down whoever guesses. */

import type { IncomingMessage } from 'node:http';
import type { Token, TokenKind, Tokens } from '../store/serving/tokens.js';
import { hasDigest, newSecret, type Presented, readSecret } from './secrets.js';
import { createThrottle } from './throttle.js';

/** The token of a request, or the reason why it is refused. */
export type Access = { readonly token: Token } | { readonly waitS: number };

export interface Gatekeeper {
  /** Judges the user name and password of a program. */
  reader(request: IncomingMessage): Access;
  /** Judges the cookie of a browser. A missing cookie is no guess. */
  browser(request: IncomingMessage): Access;
  /** Exchanges the one-time secret of a setup token or page token for one of access. Rejects with a StoreError. */
  claim(
    text: string,
    kind: TokenKind,
    request: IncomingMessage,
  ): Promise<{ readonly access: Presented } | { readonly waitS: number }>;
}

export interface GatekeeperOptions {
  readonly tokens: Pick<Tokens, 'byAccess' | 'claimable' | 'claim' | 'used'>;
  readonly now: () => Date;
}

export const COOKIE = 'ofx-sync-page';
/** The use of a token is recorded at most this often. */
const RECORD_MS = 60_000;

export function createGatekeeper({ tokens, now }: GatekeeperOptions): Gatekeeper {
  const throttle = createThrottle(() => now().getTime());
  const refuse = (request: IncomingMessage) => ({ waitS: throttle.wrong(request.socket.remoteAddress ?? '') });
  const recordUse = ({ name, lastUsedAt }: Token) => {
    const at = now();
    if (lastUsedAt === null || Math.abs(at.getTime() - Date.parse(lastUsedAt)) >= RECORD_MS) tokens.used(name, at);
  };
  const judge = (presented: Presented | null, kind: TokenKind, request: IncomingMessage): Access => {
    const found = presented === null ? null : tokens.byAccess(presented.id);
    const isRight = hasDigest(presented?.secret ?? '', found?.digest ?? null);
    if (found === null || !isRight || found.kind !== kind) return refuse(request);
    recordUse(found);
    return { token: found };
  };
  return {
    reader: (request) => judge(basicOf(request.headers.authorization), 'reader', request),
    browser: (request) => {
      const cookie = cookieOf(request.headers.cookie);
      return cookie === null ? { waitS: 0 } : judge(readSecret(cookie), 'page', request);
    },
    claim: async (text, kind, request) => {
      const presented = readSecret(text);
      const found = presented === null ? null : tokens.claimable(presented.id, now());
      const isRight = hasDigest(presented?.secret ?? '', found?.digest ?? null);
      if (presented === null || found === null || !isRight || found.kind !== kind) return refuse(request);
      const { presented: access, kept } = newSecret();
      return (await tokens.claim(presented.id, kept, now())) ? { access } : refuse(request);
    },
  };
}

/** Reads user name and password (RFC 7617); `null` for anything that cannot be ours. */
function basicOf(header: string | undefined): Presented | null {
  const encoded = /^basic +([\w+/=-]{1,400})$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return null;
  const [id = '', secret = ''] = Buffer.from(encoded, 'base64').toString('latin1').split(':', 2);
  return readSecret(`${id}${secret}`);
}

function cookieOf(header: string | undefined): string | null {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === COOKIE && value !== undefined) return value;
  }
  return null;
}
