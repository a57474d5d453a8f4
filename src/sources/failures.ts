/**
 * Turns failures of a connection, a request or a reply into errors that name the cause and a remedy. Matches on error codes,
 * never on wording. No error here holds a request, which would hold the password.
 */

import { ConnectionError, HttpError, OfxError, type OfxSyncError, OfxSyncError as SyncError } from '../errors.js';
import type { Quirks } from '../model/institution.js';
import { shellWord } from '../model/shell-word.js';
import { describePage, type WebPage } from '../ofx/unpack/web-page.js';
import { proxyHost } from './proxy.js';
import { TunnelError } from './tunnel.js';

/** The facts about a request that the messages mention. */
export interface Destination {
  readonly institution: string;
  /** Host and port only: paths and queries may hold tokens. */
  readonly host: string;
  /** Host and port of the proxy on the way to it, if there is one. */
  readonly proxy?: string | null;
  readonly timeoutMs: number;
}

/** Returns the facts about a request on its way. */
export function destinationOf(
  institution: string,
  { host }: URL,
  { proxy, timeoutMs }: { readonly proxy: string | null; readonly timeoutMs: number },
): Destination {
  return { institution, host, proxy: proxy === null ? null : proxyHost(proxy), timeoutMs };
}

/** A server that can be reached answers long before. */
const LONGEST_CONNECT_MS = 15_000;

/** Returns the time limit for making a connection, a part of that for the whole request, in milliseconds. */
export function connectLimitMs(timeoutMs: number): number {
  return Math.min(LONGEST_CONNECT_MS, timeoutMs);
}

const TLS_CODE = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;
const NO_CONNECTION: Readonly<Record<string, string>> = {
  ENOTFOUND: 'unknown host name',
  EAI_AGAIN: 'the host name could not be looked up',
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'the connection was closed',
  EPIPE: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed',
  ETIMEDOUT: 'nothing answers at any of its addresses',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no network',
  ENETDOWN: 'no network',
  EADDRNOTAVAIL: 'no network',
};
const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const BROKEN_REPLY = /^HPE_|^UND_ERR_(?:RES_|RESPONSE)|^Z_|^ERR_BROTLI|^ERR__ERROR_FORMAT/;

/**
 * Returns the error for a failure while connecting, sending or receiving.
 * @param isConnected there was a connection.
 * @param unsent the bank cannot have seen the request.
 */
export function transportError(
  error: unknown,
  to: Destination,
  isConnected: boolean,
  unsent = !isConnected,
): OfxSyncError {
  if (error instanceof SyncError) return error;
  if (error instanceof TunnelError) return tunnelError(error, to, unsent);
  const code = codeOf(error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT') return timedOut(to, 'connect', unsent);
  if (TIMED_OUT.has(code) && isConnected) return timedOut(to, 'reply');
  if (TLS_CODE.test(code)) return tlsError(code, to, unsent);
  if (BROKEN_REPLY.test(code)) {
    return new ConnectionError('CONNECTION_FAILED', `the reply from ${to.host} is not HTTP (${code})`, {
      hint: `Check the url of ${to.institution}: the server at this address is not an OFX server.`,
      cause: nameAndCode(error),
    });
  }
  const reason = NO_CONNECTION[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  const hint =
    code === 'ENOTFOUND'
      ? `Check your network and the url of ${to.institution}: banks move or close their OFX servers.`
      : mayBeDown(to);
  return new ConnectionError('CONNECTION_FAILED', `no connection to ${to.host}: ${reason}`, {
    hint,
    retryable: true,
    unsent,
    cause: nameAndCode(error),
  });
}

function mayBeDown({ institution, proxy = null }: Destination): string {
  const what = proxy === null ? institution : `${institution}, or the proxy ${proxy},`;
  return `Check your network, or try again later: ${what} may be down.`;
}

/** Returns the error for a proxy through which there is no way to the institution. Some proxies answer 401 in the place of 407. */
function tunnelError({ proxy, reason, isNamed }: TunnelError, to: Destination, unsent: boolean): OfxSyncError {
  if (typeof reason === 'string' && TLS_CODE.test(reason))
    return new ConnectionError('TLS_FAILED', `no secure connection to the proxy ${proxy} (${meaningOf(reason)})`, {
      unsent,
      hint: 'If you know why this machine does not trust its certificate, name the authority that signed it in NODE_EXTRA_CA_CERTS; otherwise do not use this proxy.',
    });
  const failed = (what: string, hint: string, retryable = true) =>
    new ConnectionError('CONNECTION_FAILED', `no connection to ${to.host}: the proxy ${what}`, {
      hint,
      retryable,
      unsent,
    });
  if (reason === 407 || reason === 401)
    return failed(
      isNamed ? 'does not accept its name and password' : 'requires a name and a password',
      'Set them in the environment: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT; or use a proxy on this machine that signs on for you.',
      false,
    );
  if (typeof reason === 'number')
    return failed(
      `refused it (HTTP ${reason})`,
      `Try again later: ${to.institution} may be down. If it repeats, ask whether the proxy allows it.`,
    );
  return failed(
    `${proxy} ${BROKEN_REPLY.test(reason) ? 'does not answer with HTTP' : 'cannot be reached'} (${reason})`,
    'Check your network, and the address of the proxy: HTTPS_PROXY, or proxy: in accounts.yaml.',
  );
}

/** Returns the error for a reply that broke off, or cannot be decompressed. */
export function brokenReply(error: unknown, to: Destination, httpStatus: number): OfxSyncError {
  if (error instanceof SyncError) return error;
  const code = codeOf(error);
  if (TIMED_OUT.has(code)) return timedOut(to, 'body');
  if (BROKEN_REPLY.test(code)) return transportError(error, to, true).withHttpStatus(httpStatus);
  const reason = NO_CONNECTION[code] ?? (code === '' ? 'the connection failed' : code);
  return new ConnectionError('CONNECTION_FAILED', `the reply from ${to.host} did not finish: ${reason}`, {
    hint: `Check your network, or try again later: the fault may lie with ${to.institution}.`,
    retryable: true,
    httpStatus,
    cause: nameAndCode(error),
  });
}

/**
 * @param phase the part that did not finish in time. The request can safely be sent again only before a reply began.
 * @param unsent the bank cannot have seen the request.
 */
export function timedOut(
  to: Destination,
  phase: 'connect' | 'reply' | 'body',
  unsent = phase === 'connect',
): OfxSyncError {
  const limitMs = phase === 'connect' ? connectLimitMs(to.timeoutMs) : to.timeoutMs;
  const limit = seconds(limitMs);
  const message = {
    connect: `no connection to ${to.host} within ${limit}`,
    reply: `no reply from ${to.host} within ${limit}`,
    body: `the reply from ${to.host} did not finish within ${limit}`,
  }[phase];
  const moreTime = `Try again later, or allow more time: --timeout ${optionText(limitMs * 2)}`;
  return new ConnectionError('TIMED_OUT', message, {
    hint: phase === 'connect' && limitMs === LONGEST_CONNECT_MS ? mayBeDown(to) : moreTime,
    retryable: phase !== 'body',
    unsent,
  });
}

interface BadReply {
  readonly status: number;
  readonly location: string | null;
  readonly retryAfterMs: number | null;
  /** The reply sets a cookie that the request did not have. */
  readonly setsCookie?: boolean;
  /** Words in which it says that user id or password are wrong. */
  readonly refusalText: string | null;
}

/** Some servers reply to the first request with nothing but a cookie. */
const SEND_AGAIN: Quirks = { cookies: 'resend-when-empty' };

/** Returns the error for a good reply without a body that sets a cookie. */
export function cookieFirst(to: Destination, httpStatus: number): OfxSyncError {
  return new OfxError('OFX_UNREADABLE', `${to.host} sent an empty reply that sets a cookie`, {
    httpStatus,
    hint: 'It may reply only to a request that brings the cookie back: set cookies: resend-when-empty.',
    remedy: SEND_AGAIN,
  });
}

/** Returns the error for a reply whose HTTP status is not 2xx. @param title of the page that came with it. */
export function httpError(reply: BadReply, to: Destination, title: string | null = null): OfxSyncError {
  const { status, refusalText } = reply;
  const what = `HTTP ${status}${title === null ? '' : `, “${title}”`}`;
  if (status >= 300 && status < 400) {
    const target = hostOf(reply.location);
    return new HttpError(
      'REDIRECTED',
      `${to.host} redirects${target === null ? '' : ` to ${target}`} (HTTP ${status}); ofx-sync does not follow redirects, to protect your password`,
      {
        httpStatus: status,
        hint: `If the bank has moved its OFX server, change the url of ${to.institution}; a redirect to a web page means that the service has ended.`,
      },
    );
  }
  if (status === 429 || status >= 500) {
    const isTemporary = status === 429 || (status >= 502 && status <= 504);
    return new ConnectionError('SERVER_UNAVAILABLE', `${to.host} is not available now (${what})`, {
      httpStatus: status,
      refusalText,
      retryable: isTemporary,
      ...(reply.retryAfterMs === null ? {} : { retryAfterMs: reply.retryAfterMs }),
      ...unavailableRemedy(reply),
    });
  }
  return new HttpError('HTTP_STATUS', `${to.host} refused the request (${what})`, {
    httpStatus: status,
    refusalText,
    hint:
      status === 404 || status === 410
        ? `The bank has no OFX server at this address any longer: check the url of ${to.institution}.`
        : `The server does not accept requests written this way (OFX version, headers, ORG, FID). To find settings that it accepts: ofx-sync probe ${shellWord(to.institution)}; to see the request: ofx-sync --dry-run ${shellWord(to.institution)}`,
  });
}

/** Returns the hint for a server that is not available, and the settings that may help if it is not only now. */
function unavailableRemedy({ status, setsCookie = false }: BadReply): {
  readonly hint: string;
  readonly remedy?: Quirks;
} {
  if (status === 429)
    return { hint: 'The bank limits the number of requests: try again later. If it repeats, set minIntervalMs: 5000.' };
  if (status === 505)
    return { hint: 'It may accept only HTTP/1.0: set httpVersion: "1.0".', remedy: { httpVersion: '1.0' } };
  const hint = 'The fault lies with the bank: try again later.';
  if (status !== 500 || !setsCookie) return { hint };
  return {
    hint: `${hint} If it repeats, it may reply only to a request that brings its cookie back: set cookies: resend-when-empty.`,
    remedy: SEND_AGAIN,
  };
}

/** A gateway that blocks requests at random lets one through that comes a moment later, but not one that comes at once. */
const PAGE_PASSES_MS = 3000;

/** Returns the error for a web page in the place of a reply, whatever its HTTP status. Servers send their own errors as pages too. */
export function pageError(page: WebPage, reply: BadReply, to: Destination): OfxSyncError {
  const { status, retryAfterMs, refusalText } = reply;
  if (page.from === null && status >= 400) return httpError(reply, to, page.title);
  const retryable = page.passes || status === 429 || (status >= 502 && status <= 504);
  const waitMs = retryAfterMs ?? (page.passes ? PAGE_PASSES_MS : null);
  return new HttpError('WEB_PAGE', `${to.host} sent ${describePage(page)}, HTTP ${status}`, {
    httpStatus: status,
    retryable,
    refusalText,
    ...(waitMs === null ? {} : { retryAfterMs: waitMs }),
    fromGateway: page.isGateway,
    hint: page.hint,
  });
}

/** Returns the error for a reply with HTTP 200 that is neither OFX nor a page, and says that user id or password are wrong. */
export function textError(refusalText: string, httpStatus: number, to: Destination): OfxSyncError {
  return new HttpError('WEB_PAGE', `${to.host} sent a text in place of a reply, HTTP ${httpStatus}`, {
    httpStatus,
    refusalText,
    hint: 'Check user id and password.',
  });
}

export function tooLarge(to: Destination, limit: number, stage: 'sent' | 'decompressed'): OfxSyncError {
  return new HttpError(
    'REPLY_TOO_LARGE',
    `the reply from ${to.host} is larger than ${Math.round(limit / 1_048_576)} MB${stage === 'decompressed' ? ' decompressed' : ''} and was not read to its end`,
    {
      hint: 'Request fewer days with --since; a reply that never ends is a server error.',
    },
  );
}

const TLS_MEANINGS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired: CERT_HAS_EXPIRED',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: CERT_NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: ERR_TLS_CERT_ALTNAME_INVALID',
};

function meaningOf(code: string): string {
  return TLS_MEANINGS[code] ?? code;
}

/** Returns the error for a certificate that is not valid, or a handshake that failed. */
export function tlsError(code: string, to: Destination, unsent = true): OfxSyncError {
  const untrusted = /SELF_SIGNED|UNABLE_TO|CERT_UNTRUSTED/.test(code);
  return new ConnectionError('TLS_FAILED', `no secure connection to ${to.host} (${meaningOf(code)})`, {
    unsent,
    hint: untrusted
      ? `This machine does not trust the authority that signed its certificate. If you know why, name that authority with ca: FILE for ${to.institution}; otherwise do not sign on there.`
      : code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID'
        ? `Its certificate ${code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'}: inform the bank, and check this machine’s clock.`
        : /^(?:ERR_SSL_|EPROTO$|ECONNRESET$)/.test(code)
          ? `No common version or cipher was found: the server may support only old TLS (tlsMinVersion: TLSv1, tlsCiphers:), or no TLS at all.`
          : `Do not sign on there until you know the reason: ask ${to.institution}, or open the address in a browser.`,
  });
}

function codeOf(error: unknown): string {
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    const found = 'code' in current && typeof current.code === 'string' ? current.code : '';
    if (found !== '' && found !== 'UND_ERR_SOCKET') return found;
    if (found === 'UND_ERR_SOCKET' && !(current.cause instanceof Error)) return found;
    if (current instanceof AggregateError && current.errors.length > 0 && found === '')
      return codeOf(current.errors[0]);
  }
  return '';
}

/** Keeps the name and the code only: undici attaches sockets and requests to its errors. */
function nameAndCode(error: unknown): unknown {
  return error instanceof Error ? `${error.name} ${codeOf(error)}`.trim() : undefined;
}

function hostOf(location: string | null): string | null {
  if (location === null || !URL.canParse(location)) return null;
  return new URL(location).host;
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(3))} s`;
}

/** The most that `--timeout` takes: a day. */
const LONGEST_MS = 86_400_000;

/** Returns a length of time as options take it: `2s`, `500ms`. */
function optionText(ms: number): string {
  const most = Math.min(LONGEST_MS, Math.ceil(ms));
  const isShort = most < 100_000 && most % 1000 !== 0;
  return isShort ? `${most}ms` : `${Math.ceil(most / 1000)}s`;
}
