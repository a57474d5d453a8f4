/** Writes OFX Direct Connect requests, sends them over HTTP, and returns the replies. */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import type { Secret } from '../model/secret.js';
import {
  maskedStatementRequest,
  maskSecretsInReply,
  type RequestStamp,
  repeatableTexts,
  writeInquiry,
  writeStatementRequest,
} from '../ofx/write/request.js';
import type { Inquiry, Login, Reply, StatementRequest, StatementSource } from '../ports.js';
import { requestHeaders } from './headers.js';
import { createHttpClient, type HttpClientOptions } from './http-client.js';
import { isLarge, maskLarge } from './large-reply.js';

export { Connections } from './connections.js';

interface DirectConnectOptions extends HttpClientOptions {
  /** Returns the date and new ids of one attempt. */
  readonly stamp: () => RequestStamp;
}

/** Creates the source of one institution; its connections are kept for the next request of the same run. */
export function directConnect(
  institution: Institution,
  options: DirectConnectOptions,
): StatementSource & Required<Pick<StatementSource, 'inquire'>> {
  const http = createHttpClient(institution, options);
  return {
    kind: 'direct-connect',
    fetch: async (request, context) => {
      const address = serviceAddress(request);
      const clean = (reply: Uint8Array) => cleaned(reply, context.signal, request.login);
      const send = (to: string | null) =>
        http.send({ bytes: writeStatementRequest(request, options.stamp()).bytes, clean }, to, context);
      if (address === null) return send(null);
      try {
        return await send(address);
      } catch (error) {
        // Some profiles name addresses that cannot be reached: names of inner networks, servers that have moved.
        if (isUnsent(toOfxSyncError(error))) return send(null);
        throw error;
      }
    },
    inquire: (inquiry, context) => {
      const { bytes } = writeInquiry(institution, inquiry, options.stamp());
      const more = inquiry.kind === 'password' ? [inquiry.newPassword] : [];
      const clean = (reply: Uint8Array) => cleaned(reply, context.signal, inquiry.login, more);
      return http.send({ bytes, clean }, inquiryAddress(inquiry, institution), context);
    },
    preview: (request) => {
      const address = serviceAddress(request) ?? institution.url ?? '';
      return previewText(institution, address, maskedStatementRequest(request, options.stamp()));
    },
    close: () => http.close(),
  };
}

/** Masks the secrets in a reply, a large one in a thread of its own. */
async function cleaned(
  reply: Uint8Array,
  signal: AbortSignal,
  login: Login | null,
  more: readonly Secret[] = [],
): Promise<Pick<Reply, 'body' | 'packed'>> {
  if (!isLarge(reply)) return { body: maskSecretsInReply(reply, login, more) };
  return maskLarge(reply, repeatableTexts(login, more), signal);
}

/** Returns true when no server can have seen the request. */
function isUnsent({ code }: OfxSyncError): boolean {
  return code === 'CONNECTION_FAILED' || code === 'TLS_FAILED';
}

/** Returns the address that the profile gives for the message set of a request; `null` for the institution's own. */
function serviceAddress({ login, wanted }: StatementRequest): string | null {
  const service = wanted[0]?.account.kind;
  return service === undefined ? null : (login.addresses?.[service] ?? null);
}

/** Returns the address for an inquiry: the profile is requested at the institution's own, or that of a quirk. */
function inquiryAddress(inquiry: Inquiry, { quirks }: Institution): string | null {
  const { kind, login } = inquiry;
  if (kind === 'profile' || login === null) return quirks.profileUrl ?? null;
  if (kind === 'closings') return login.addresses?.[inquiry.wanted[0]?.account.kind ?? 'bank'] ?? null;
  return login.addresses?.[kind === 'accounts' ? 'accounts' : 'signon'] ?? null;
}

function previewText(institution: Institution, url: string, body: string): string {
  const host = URL.canParse(url) ? new URL(url).host : '';
  const headers = requestHeaders(institution.quirks, {
    cookies: [],
    host,
    length: new TextEncoder().encode(body).length,
  });
  return `POST ${url}\n${headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n\n${body}`;
}
