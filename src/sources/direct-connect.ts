/** Statements over OFX Direct Connect: requests written, sent over the institution's line, and their replies handed back. */

import { type OfxSyncError, toOfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import {
  maskedStatementRequest,
  maskSecretsInReply,
  type RequestStamp,
  writeInquiry,
  writeStatementRequest,
} from '../ofx/write/request.js';
import type { Inquiry, StatementRequest, StatementSource } from '../ports.js';
import { requestHeaders } from './headers.js';
import { type LineOptions, openLine } from './line.js';

export { Connections } from './connections.js';
export { isLoopback } from './line.js';

interface DirectConnectOptions extends LineOptions {
  /** Date and fresh ids of one attempt. */
  readonly stamp: () => RequestStamp;
}

/** A source for one institution; its connections are kept for the next request of the same run. */
export function directConnect(
  institution: Institution,
  options: DirectConnectOptions,
): StatementSource & Required<Pick<StatementSource, 'inquire'>> {
  const line = openLine(institution, options);
  return {
    kind: 'direct-connect',
    fetch: async (request, context) => {
      const address = serviceAddress(request);
      const clean = (reply: Uint8Array) => maskSecretsInReply(reply, request.login);
      const send = (to: string | null) =>
        line.send({ bytes: writeStatementRequest(request, options.stamp()).bytes, clean }, to, context);
      if (address === null) return send(null);
      try {
        return await send(address);
      } catch (error) {
        // Profiles name addresses that lead nowhere: names of inner networks, servers that have moved.
        if (isUnreached(toOfxSyncError(error))) return send(null);
        throw error;
      }
    },
    inquire: (inquiry, context) => {
      const { bytes } = writeInquiry(institution, inquiry, options.stamp());
      const more = inquiry.kind === 'password' ? [inquiry.newPassword] : [];
      const clean = (reply: Uint8Array) => maskSecretsInReply(reply, inquiry.login, more);
      return line.send({ bytes, clean }, addressOf(inquiry, institution), context);
    },
    preview: (request) => {
      const address = serviceAddress(request) ?? institution.url ?? '';
      return previewText(institution, address, maskedStatementRequest(request, options.stamp()));
    },
    close: () => line.close(),
  };
}

/** Whether nobody can have seen the request. */
function isUnreached({ code }: OfxSyncError): boolean {
  return code === 'CONNECTION_FAILED' || code === 'TLS_FAILED';
}

/** Where the profile puts the message set of a request; `null` for the institution's own address. */
function serviceAddress({ login, wanted }: StatementRequest): string | null {
  const service = wanted[0]?.account.kind;
  return service === undefined ? null : (login.addresses?.[service] ?? null);
}

/** The profile is asked for where everybody asks first, but for a quirk. */
function addressOf(inquiry: Inquiry, { quirks }: Institution): string | null {
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
