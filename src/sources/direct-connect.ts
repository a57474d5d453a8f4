/** Writes OFX Direct Connect requests, sends them over HTTP, and returns the replies. */

import { toOfxSyncError } from '../errors.js';
import type { Institution } from '../model/institution.js';
import {
  type Inquiry,
  inquiryAddress,
  type Login,
  type Service,
  type StatementRequest,
  statementAddress,
} from '../model/login.js';
import { encryptionError } from '../ofx/demands.js';
import {
  maskedStatementRequest,
  type RequestStamp,
  writeInquiry,
  writeStatementRequest,
} from '../ofx/write/request.js';
import type { StatementSource } from '../ports.js';
import { requestHeaders } from './headers.js';
import { createHttpClient, type HttpClientOptions } from './http-client.js';
import { maskedReply } from './masked-reply.js';

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
      requireOpen(request.login, servicesOf(request.wanted));
      const address = statementAddress(request);
      const clean = (reply: Uint8Array) => maskedReply(reply, context.signal, request.login);
      const send = (to: string | null) =>
        http.send({ bytes: writeStatementRequest(request, options.stamp()).bytes, clean }, to, context);
      if (address === null) return send(null);
      try {
        return await send(address);
      } catch (error) {
        // Some profiles name addresses that cannot be reached: names of inner networks, servers that have moved.
        if (toOfxSyncError(error).unsent && !context.signal.aborted) return send(null);
        throw error;
      }
    },
    inquire: async (inquiry, context) => {
      if (inquiry.login !== null) requireOpen(inquiry.login, servicesFor(inquiry));
      const { bytes } = writeInquiry(institution, inquiry, options.stamp());
      const more = inquiry.kind === 'password' ? [inquiry.newPassword] : [];
      const clean = (reply: Uint8Array) => maskedReply(reply, context.signal, inquiry.login, more);
      return http.send({ bytes, clean }, inquiryAddress(inquiry, institution), context);
    },
    preview: (request) => {
      const address = statementAddress(request) ?? institution.url ?? '';
      return previewText(institution, address, maskedStatementRequest(request, options.stamp()));
    },
    close: () => http.close(),
  };
}

/** @throws OfxSyncError before a password is sent to a message set that accepts encrypted ones only. */
function requireOpen(login: Login, services: readonly Service[]): void {
  const error = encryptionError(login, services);
  if (error !== null) throw error;
}

function servicesOf(wanted: StatementRequest['wanted']): Service[] {
  return wanted.map(({ account }) => account.kind);
}

function servicesFor(inquiry: Inquiry): readonly Service[] {
  if (inquiry.kind === 'closings') return servicesOf(inquiry.wanted);
  return [inquiry.kind === 'accounts' ? 'accounts' : 'signon'];
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
