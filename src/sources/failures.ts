/**
 * What went wrong on the way to an institution and back, as errors that say whose fault it is and what to do. Matches on
 * error codes only, never on wording; no error here holds a request, which would hold the password.
 */

import { ConnectionError, HttpError, type OfxSyncError, OfxSyncError as SyncError } from '../errors.js';
import { shellWord } from '../model/shell-word.js';
import { describePage, type WebPage } from './front-end.js';

/** What the messages need to know about a request. */
export interface Destination {
  readonly institution: string;
  /** Host and port only: paths and queries may hold tokens. */
  readonly host: string;
  readonly timeoutMs: number;
}

const TLS_CODE = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|HOSTNAME_MISMATCH)/;
const NO_CONNECTION: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the name is not known',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNREFUSED: 'nothing answers there (connection refused)',
  ECONNRESET: 'the connection was cut',
  EPIPE: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to it',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  EADDRNOTAVAIL: 'there is no network',
  PROXY_REFUSED: 'the proxy does not lead there',
  PROXY_WANTS_PASSWORD: 'the proxy wants a name and a password',
  // undici's word for a proxy that answers anything but 200; what the caller aborts never comes here.
  UND_ERR_ABORTED: 'the proxy does not lead there',
};
const TIMED_OUT = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);
const BROKEN_REPLY = /^HPE_|^UND_ERR_(?:RES_|RESPONSE)|^Z_|^ERR_BROTLI|^ERR__ERROR_FORMAT/;

/** An error thrown while connecting, sending or receiving. */
export function transportError(error: unknown, to: Destination): OfxSyncError {
  if (error instanceof SyncError) return error;
  const code = codeOf(error);
  if (TIMED_OUT.has(code))
    return timedOut(to, code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT' ? 'connect' : 'reply');
  if (TLS_CODE.test(code)) return tlsError(code, to);
  if (BROKEN_REPLY.test(code)) {
    return new ConnectionError('CONNECTION_FAILED', `${to.host} answered with something that is not HTTP (${code})`, {
      hint: `Check the url of ${to.institution}: something else than an OFX server answers there.`,
      cause: bare(error),
    });
  }
  const reason = NO_CONNECTION[code] ?? (code === '' ? 'the connection failed' : `the connection failed (${code})`);
  const hint =
    code === 'ENOTFOUND'
      ? `Check your network and the url of ${to.institution}: institutions move or close their OFX servers.`
      : code === 'PROXY_WANTS_PASSWORD'
        ? 'Give them in the environment: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT; or name a proxy on this machine that signs on for you.'
        : `Check your network, or try again later: ${to.institution} may be down.`;
  return new ConnectionError('CONNECTION_FAILED', `no connection to ${to.host}: ${reason}`, {
    hint,
    retryable: code !== 'PROXY_WANTS_PASSWORD',
    cause: bare(error),
  });
}

/** A reply that had begun and broke off, or cannot be unpacked. */
export function brokenReply(error: unknown, to: Destination, httpStatus: number): OfxSyncError {
  if (error instanceof SyncError) return error;
  const code = codeOf(error);
  if (TIMED_OUT.has(code)) return timedOut(to, 'body');
  if (BROKEN_REPLY.test(code)) return transportError(error, to).withHttpStatus(httpStatus);
  const reason = NO_CONNECTION[code] ?? (code === '' ? 'the connection failed' : code);
  return new ConnectionError('CONNECTION_FAILED', `the reply of ${to.host} was not received to its end: ${reason}`, {
    hint: `Check your network, or try again later: the fault may be on the side of ${to.institution}.`,
    retryable: true,
    httpStatus,
    cause: bare(error),
  });
}

/** @param phase what had not happened when time ran out. Only before a reply can the request be sent again safely. */
export function timedOut(to: Destination, phase: 'connect' | 'reply' | 'body'): OfxSyncError {
  const what = { connect: 'no connection to', reply: 'no answer from', body: 'an answer without end from' }[phase];
  return new ConnectionError('TIMED_OUT', `${what} ${to.host} within ${seconds(to.timeoutMs)}`, {
    hint: `Try again later, or give it more time: --timeout ${seconds(to.timeoutMs * 2).replace(' ', '')}`,
    retryable: phase !== 'body',
  });
}

interface BadReply {
  readonly status: number;
  readonly location: string | null;
  readonly retryAfterMs: number | null;
}

/** A reply whose HTTP status is not 2xx, and the title of the page that came with it. */
export function httpError(reply: BadReply, to: Destination, title: string | null = null): OfxSyncError {
  const { status } = reply;
  const what = `HTTP ${status}${title === null ? '' : `, “${title}”`}`;
  if (status >= 300 && status < 400) {
    const target = hostOf(reply.location);
    return new HttpError(
      'REDIRECTED',
      `${to.host} redirects${target === null ? '' : ` to ${target}`} (HTTP ${status}), which is not followed with a password in hand`,
      {
        httpStatus: status,
        hint: `If the institution has moved its OFX server, change the url of ${to.institution}; a redirect to a web page means that the service has ended there.`,
      },
    );
  }
  if (status === 429 || status >= 500) {
    const patience = status === 429 || (status >= 502 && status <= 504);
    return new ConnectionError('SERVER_UNAVAILABLE', `${to.host} cannot answer now (${what})`, {
      httpStatus: status,
      retryable: patience,
      ...(reply.retryAfterMs === null ? {} : { retryAfterMs: reply.retryAfterMs }),
      hint:
        status === 429
          ? 'The institution asks for patience: try again later.'
          : 'The fault is on their side: try again later.',
    });
  }
  return new HttpError('HTTP_STATUS', `${to.host} refused the request (${what})`, {
    httpStatus: status,
    hint:
      status === 404 || status === 410
        ? `The OFX server is not at this address any more: check the url of ${to.institution}.`
        : `The server wants the request otherwise (version, headers, org, fid): look at ofx-sync --dry-run ${shellWord(to.institution)}, or let ofx-sync probe ${shellWord(to.institution)} find what it takes`,
  });
}

/** A gate that keeps a request out at random lets one through that comes a moment later, and not at once. */
const PAGE_PASSES_MS = 3000;

/** A web page in the place of an answer, good by HTTP's account or not. Servers dress errors of their own as pages too. */
export function pageError(page: WebPage, reply: BadReply, to: Destination): OfxSyncError {
  const { status, retryAfterMs } = reply;
  if (page.from === null && status >= 400) return httpError(reply, to, page.title);
  const retryable = page.passes || status === 429 || (status >= 502 && status <= 504);
  const patienceMs = retryAfterMs ?? (page.passes ? PAGE_PASSES_MS : null);
  return new HttpError('WEB_PAGE', `${to.host} answered with ${describePage(page)}, HTTP ${status}`, {
    httpStatus: status,
    retryable,
    ...(patienceMs === null ? {} : { retryAfterMs: patienceMs }),
    fromGateway: page.isGate,
    hint: page.hint,
  });
}

export function tooLarge(to: Destination, limit: number, stage: 'sent' | 'decompressed'): OfxSyncError {
  return new HttpError(
    'REPLY_TOO_LARGE',
    `the reply of ${to.host} is larger than ${Math.round(limit / 1_048_576)} MB${stage === 'decompressed' ? ' decompressed' : ''} and was not read to its end`,
    {
      hint: 'Ask for less with --since; a reply without end is a fault of the server.',
    },
  );
}

const TLS_MEANINGS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired: CERT_HAS_EXPIRED',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet: CERT_NOT_YET_VALID',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name: ERR_TLS_CERT_ALTNAME_INVALID',
};

/** A certificate, or a handshake, that is not to be relied on. */
export function tlsError(code: string, to: Destination): OfxSyncError {
  const untrusted = /SELF_SIGNED|UNABLE_TO|CERT_UNTRUSTED/.test(code);
  return new ConnectionError('TLS_FAILED', `no secure connection to ${to.host} (${TLS_MEANINGS[code] ?? code})`, {
    hint: untrusted
      ? `Its certificate is from nobody that this machine trusts. If you know why, name that authority with ca: FILE for ${to.institution}; otherwise do not sign on there.`
      : code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID'
        ? `Its certificate ${code === 'CERT_HAS_EXPIRED' ? 'has expired' : 'is not valid yet'}: tell the institution, and check this machine’s clock.`
        : /^(?:ERR_SSL_|EPROTO$|ECONNRESET$)/.test(code)
          ? `No common version or cipher was found: it may speak old TLS only (tlsMinVersion: TLSv1, tlsCiphers:), or something else than TLS.`
          : `Do not sign on there until this is explained: ask ${to.institution}, or look at the address in a browser.`,
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

/** Name and code only: undici hangs sockets and requests on its errors. */
function bare(error: unknown): unknown {
  return error instanceof Error ? `${error.name} ${codeOf(error)}`.trim() : undefined;
}

function hostOf(location: string | null): string | null {
  if (location === null || !URL.canParse(location)) return null;
  return new URL(location).host;
}

function seconds(ms: number): string {
  return `${Number((ms / 1000).toPrecision(3))} s`;
}
